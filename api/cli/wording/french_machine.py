"""Keeping the machine in French: what making, filling, backing up, watching and serving say, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

_KEPT: Mapping[str, str] = {
    # A new ledger
    "A new ledger {id} lies in {place}.": "Un nouveau registre, {id}, se trouve dans {place}.",
    "the PostgreSQL database": "la base de données PostgreSQL",
    "Its master key is {key}: keep a copy elsewhere, for without it personal values cannot be read.": (
        "Sa clé maîtresse est {key} : gardez-en une copie ailleurs, car sans elle on ne peut lire les valeurs "
        "personnelles."
    ),
    "Next: `caseledger policy publish FILE --as MEMBER`, or `caseledger import FILE --mapping MAP`.": (
        "Ensuite : `caseledger policy publish FILE --as MEMBER`, ou `caseledger import FILE --mapping MAP`."
    ),
    # Export and views
    "{count} entry is in {out}.": "{count} inscription est dans {out}.",
    "{count} entries are in {out}.": "{count} inscriptions sont dans {out}.",
    "The views are made again, up to date as of entry {position}.": (
        "Les vues sont refaites, à jour jusqu'à l'inscription {position}."
    ),
    "views": "vues",
    # Import
    "{file}: {count} row of {cases}, from {source}": "{file} : {count} ligne pour {cases}, de {source}",
    "{file}: {count} rows of {cases}, from {source}": "{file} : {count} lignes pour {cases}, de {source}",
    "what became of them": "ce qu'il en est advenu",
    "rows": "lignes",
    "row": "ligne",
    "recorded": "consigné",
    "repeats of a row": "répétitions d'une ligne",
    "set aside, with the reason": "mis de côté, avec le motif",
    "brought in before": "importé auparavant",
    "The file holds no rows.": "Le fichier n'a pas de lignes.",
    "Added now: {cases}. Continued since before: {continued}. Ended late: {late}. Hand-offs between persons: "
    "{handoffs}.": (
        "Ajouté cette fois : {cases}. Poursuivis d'auparavant : {continued}. Finis en retard : {late}. Passages d'une "
        "personne à une autre : {handoffs}."
    ),
    "Findings": "Constats",
    "for example": "par exemple",
    "{case}: {finding}": "{case} : {finding}",
    "Nothing looked wrong.": "Rien n'a paru anormal.",
    "Set aside (the first {count}; all with --json)": (
        "Mis de côté (les {count} premières; toutes par --json)"
    ),
    # The drop folder
    "What was dropped": "Ce qui fut déposé",
    "file": "fichier",
    "became": "est devenu",
    "new cases": "nouveaux dossiers",
    "why, or where": "motif, ou lieu",
    "imported": "importé",
    "set aside in part": "mis de côté en partie",
    "still written to": "encore en écriture",
    "Nothing lies there.": "Rien ne s'y trouve.",
    "{count} file is still written to: taken the next time.": (
        "{count} fichier est encore en écriture : il sera pris la prochaine fois."
    ),
    "{count} files are still written to: taken the next time.": (
        "{count} fichiers sont encore en écriture : ils seront pris la prochaine fois."
    ),
    # Backups
    "{count} entry is in {file}; without keys it tells nothing personal.": (
        "{count} inscription est dans {file}; sans les clés, ce fichier ne dit rien de personnel."
    ),
    "{count} entries are in {file}; without keys it tells nothing personal.": (
        "{count} inscriptions sont dans {file}; sans les clés, ce fichier ne dit rien de personnel."
    ),
    "The keys are in {file}, with what lies readable in the home: keep it apart from the other.": (
        "Les clés sont dans {file}, avec ce qui se trouve lisible dans le répertoire du registre : gardez ce fichier à "
        "l'écart de l'autre."
    ),
    "In neither are {key} (epoch {epoch}) and the signer beside it: back them up apart from both.": (
        "Ni dans l'un ni dans l'autre : {key} (époque {epoch}) et le signataire à côté; sauvegardez-les à l'écart des "
        "deux."
    ),
    "After an erasure take a new one, and destroy the keys of those before.": (
        "Après un effacement, faites une nouvelle sauvegarde, et détruisez les clés des précédentes."
    ),
    "Taken away: {count} folder that a backup had left which was cut off.": (
        "Enlevé : {count} répertoire laissé par une sauvegarde interrompue."
    ),
    "Taken away: {count} folders that a backup had left which was cut off.": (
        "Enlevé : {count} répertoires laissés par une sauvegarde interrompue."
    ),
    "{count} entry is restored, as of {at}.": "{count} inscription restaurée, telle qu'au {at}.",
    "{count} entries are restored, as of {at}.": "{count} inscriptions restaurées, telles qu'au {at}.",
    "The entries alone are here: what is sealed stays so, and nothing is recorded.": (
        "Seules les inscriptions sont ici : ce qui est scellé le reste, et rien n'est consigné."
    ),
    "The master key of epoch {epoch} is not here: put it at {file}.": (
        "La clé maîtresse de l'époque {epoch} n'est pas ici : mettez-la dans {file}."
    ),
    "If this ledger signs, put the signer's folder back beside the master key.": (
        "Si ce registre signe, remettez le répertoire du signataire à côté de la clé maîtresse."
    ),
    "What was erased after {at} can be read again under a master key of then: carry out again each erasure since, by "
    "its certificate or order, before anybody works here.": (
        "Ce qui fut effacé après le {at} peut être lu de nouveau sous une clé maîtresse d'alors : exécutez de nouveau "
        "chaque effacement survenu depuis, d'après son certificat ou l'ordonnance, avant que quiconque travaille ici."
    ),
    "Next: `caseledger verify`; views and trees are made again when they are first asked.": (
        "Ensuite : `caseledger verify`; les vues et les arbres se refont dès qu'on les interroge."
    ),
    # Database accounts
    "{account} works with the ledger from now on: it adds entries, and changes and removes none.": (
        "Le compte {account} travaille désormais avec le registre : il ajoute des inscriptions, et n'en change ni n'en "
        "supprime aucune."
    ),
    "Its views and trees are made again when they are first asked for, if another account had made them.": (
        "Les vues et les arbres se refont dès qu'on les demande, si un autre compte les avait faits."
    ),
    "Before PostgreSQL 17 only the owner sweeps what an erasure deletes: carry erasures out as the owner.": (
        "Avant PostgreSQL 17, seul le compte propriétaire balaie ce qu'un effacement supprime : exécutez les "
        "effacements par ce compte."
    ),
    "{account} reads entries without personal values, and views; no keys.": (
        "Le compte {account} lit les inscriptions sans les valeurs personnelles, et les vues; aucune clé."
    ),
}
_RUNNING: Mapping[str, str] = {
    # The watch
    "The last entry was recorded at {there}, and here it is {here}: a watch goes by the clock here, so nothing comes "
    "due until it has caught up; set this machine's clock.": (
        "La dernière inscription a été consignée le {there}, et ici nous sommes le {here} : la veille se règle sur "
        "l'horloge d'ici, rien ne vient donc à échéance tant qu'elle n'a pas rattrapé ce retard; réglez l'horloge de "
        "cette machine."
    ),
    "Another process watches: this one stands by.": (
        "Un autre processus fait la veille : celui-ci se tient prêt."
    ),
    "{why} The watch goes on once it can.": "{why} La veille reprendra dès que possible.",
    "The signer is not here, so this watch signs nothing: put its folder back at {place}, unless another machine "
    "signs.": (
        "Le signataire n'est pas ici, cette veille ne signe donc rien : remettez son répertoire dans {place}, à moins "
        "qu'une autre machine ne signe."
    ),
    "Not recorded, though its time has come; a person must see to it. {why}": (
        "Non consigné, bien que le temps en soit venu; une personne doit y voir. {why}"
    ),
    "The witness {witness} has not cosigned: {why}.": "Le témoin {witness} n'a pas cosigné : {why}.",
    "Recorded: {what}.": "Consigné : {what}.",
    "nothing new": "rien de nouveau",
    "; {count} more came to nothing: recorded before, or not called for": (
        "; {count} de plus sans suite, déjà consignés ou sans objet"
    ),
    "Outbox: {alerts}, {held} held until the office opens. Up to date as of entry {position}.": (
        "Boîte d'envoi : {alerts}, en attente de l'ouverture du bureau : {held}. À jour jusqu'à l'inscription "
        "{position}."
    ),
    "{count} alert delivered": "{count} alerte livrée",
    "{count} alerts delivered": "{count} alertes livrées",
    "Checkpoint: {entries}, signed now{cosigned}.": (
        "Point de contrôle : {entries}, signé cette fois{cosigned}."
    ),
    "Checkpoint: {entries}, as before{cosigned}.": (
        "Point de contrôle : {entries}, comme avant{cosigned}."
    ),
    ", cosigned by {count} witness": ", cosigné par {count} témoin",
    ", cosigned by {count} witnesses": ", cosigné par {count} témoins",
    # What it recorded
    "revised due date": "échéance révisée",
    "revised due dates": "échéances révisées",
    "case nobody took": "dossier que personne n'a pris",
    "cases nobody took": "dossiers que personne n'a pris",
    "case without a team": "dossier sans équipe",
    "cases without a team": "dossiers sans équipe",
    "escalation nobody answered": "signalement sans réponse",
    "escalations nobody answered": "signalements sans réponse",
    "case waiting too long": "dossier en attente depuis trop longtemps",
    "cases waiting too long": "dossiers en attente depuis trop longtemps",
    "chase begun by a new plan": "début de relances selon un nouveau plan",
    "chases begun by a new plan": "débuts de relances selon un nouveau plan",
    "step of a chase": "étape de relance",
    "steps of chases": "étapes de relance",
    "routing nobody confirmed": "acheminement que personne n'a confirmé",
    "routings nobody confirmed": "acheminements que personne n'a confirmés",
    "alarm that is over": "alarme terminée",
    "alarms that are over": "alarmes terminées",
    "case nobody present may take": "dossier que personne de présent ne peut prendre",
    "cases nobody present may take": "dossiers que personne de présent ne peut prendre",
    "day of a rate": "jour d'une cadence",
    "days of a rate": "jours d'une cadence",
    "week of routing": "semaine d'acheminement",
    "weeks of routing": "semaines d'acheminement",
    "missed day without an answer": "jour manqué sans réponse",
    "missed days without an answer": "jours manqués sans réponse",
    "transfer nobody answered": "transfert sans réponse",
    "transfers nobody answered": "transferts sans réponse",
    "case moved from who is absent": "dossier d'une personne absente confié à d'autres",
    "cases moved from who is absent": "dossiers de personnes absentes confiés à d'autres",
    "case moved from who has left": "dossier d'une personne partie confié à d'autres",
    "cases moved from who has left": "dossiers de personnes parties confiés à d'autres",
    "case that cannot wait for an absent owner": (
        "dossier qui ne peut attendre une personne responsable absente"
    ),
    "cases that cannot wait for an absent owner": (
        "dossiers qui ne peuvent attendre une personne responsable absente"
    ),
    "owner not heard of": "responsable dont on est sans nouvelles",
    "owners not heard of": "responsables dont on est sans nouvelles",
    "obligation overdue": "obligation en retard",
    "obligations overdue": "obligations en retard",
    "promised contact not made": "contact promis et non fait",
    "promised contacts not made": "contacts promis et non faits",
    "requester without word": "personne qui demande et reste sans nouvelles",
    "requesters without word": "personnes qui demandent et restent sans nouvelles",
    "case closed without a reply": "dossier clos sans réponse",
    "cases closed without a reply": "dossiers clos sans réponse",
    "return not decided": "retour non tranché",
    "returns not decided": "retours non tranchés",
    "inquiry overdue or expired": "enquête en retard ou expirée",
    "inquiries overdue or expired": "enquêtes en retard ou expirées",
    "representation ended by majority": "représentation finie à la majorité",
    "representations ended by majority": "représentations finies à la majorité",
    "quiet window over": "période d'attente terminée",
    "quiet windows over": "périodes d'attente terminées",
    # Serving
    "Serving {address}": "À l'écoute : {address}",
    "Not read, being no settings (`caseledger serve --help` names those): {names}.": (
        "Non lu, car ce ne sont pas des réglages (`caseledger serve --help` les nomme) : {names}."
    ),
    "Telemetry is off: {why}, or set OTEL_SDK_DISABLED=true.": (
        "La télémétrie est coupée : {why}, ou mettez OTEL_SDK_DISABLED=true."
    ),
    # Who may ask
    "Who may ask what": "Qui peut demander quoi",
    "route": "route",
    "There is no route.": "Il n'y a aucune route.",
    "Anybody: {routes}": "Qui que ce soit : {routes}",
    "o they own it   t it is with their team or nobody   k a task of it is theirs   f it came from them\n"
    "i an inquiry of theirs names it   p it is of a programme area they serve   x none of these\n"
    "all however it stands   + it is about no case   - never.   Whoever stepped back from a case has no way in.": (
        "o la personne en répond   t c'est à son équipe ou à personne   k une tâche en est à elle   f c'est venu d'elle"
        "\n"
        "i une de ses enquêtes le nomme   p c'est d'un programme qu'elle sert   x rien de tout cela\n"
        "total quel qu'en soit l'état   + cela ne touche aucun dossier   - jamais.   Qui s'est récusé d'un dossier n'y "
        "a aucun accès."
    ),
    # Keys of other systems
    "Keys of other systems": "Clés d'autres systèmes",
    "None was issued: `caseledger api-key issue MEMBER --scope case.open` does.": (
        "Aucune n'a été délivrée : `caseledger api-key issue MEMBER --scope case.open` en délivre une."
    ),
    "Keep it where secrets are kept: it is not shown again.": (
        "Gardez cela là où l'on garde les secrets : ce n'est montré qu'une fois."
    ),
    "in use": "en usage",
    "expired": "expirée",
    "revoked": "révoquée",
    # Webhooks
    "Who is told of entries": "Qui est avisé des inscriptions",
    "subscription": "abonnement",
    "at": "adresse",
    "told up to": "avisé jusqu'à",
    "owed": "dus",
    "given up": "abandonnés",
    "tried again": "prochain essai",
    "Nobody is: `caseledger webhook make MEMBER URL` lets a system be told.": (
        "Personne : `caseledger webhook make MEMBER URL` fait aviser un système."
    ),
    "{member} is told at {url}: {standing}.": "{member} est avisé à {url} : {standing}.",
    "Given up": "Abandonnés",
    "owed again": "dû de nouveau",
    "Nothing was.": "Rien ne l'a été.",
    "{stands}, told up to entry {position} as far as was recorded": (
        "{stands}, avisé jusqu'à l'inscription {position}, d'après ce qui fut consigné"
    ),
    "{stands}, told up to entry {position}, {owed}": (
        "{stands}, avisé jusqu'à l'inscription {position}, {owed}"
    ),
    "{count} owed": "envois dus : {count}",
    "nothing owed": "aucun envoi dû",
    "what came since is told once it is resumed": "ce qui est venu depuis part à la reprise",
    ", last answer: {answer}": ", dernière réponse : {answer}",
    ", with which its receiver says that it is gone: ask there, then `caseledger webhook resume`": (
        ", par laquelle son destinataire dit ne plus exister : informez-vous auprès de lui, puis `caseledger webhook "
        "resume`"
    ),
    "delivers": "livre",
    "rests": "au repos",
    "sees nothing": "ne voit rien",
    "on pause": "en pause",
    "ended for good": "terminé pour de bon",
    "Delivered: {delivered}; failed: {failed}; given up: {given_up}; receivers that rest: {resting}.": (
        "Livrés : {delivered}; en échec : {failed}; abandonnés : {given_up}; destinataires au repos : {resting}."
    ),
    "secret": "secret",
}
_DEMONSTRATED: Mapping[str, str] = {
    "{office}: {cases} in {days}, until {at}.": "{office} : {cases} en {days}, jusqu'au {at}.",
    "{count} working day": "{count} jour ouvrable",
    "{count} working days": "{count} jours ouvrables",
    "The {count} that need most; `caseledger sla` shows all.": (
        "Les {count} qui en demandent le plus; `caseledger sla` les montre tous."
    ),
    "The same in French begins": "Le début en français",
    "The same in English begins": "Le début en anglais",
    "How each of its dates was reckoned": "Comment chacune de ses dates fut calculée",
    "Verified: {entries}, {parts}, and the views against a rebuild; all is as it was recorded.": (
        "Vérification : {entries}, {parts}, et les vues comparées à une reconstruction; tout est tel que consigné."
    ),
    "Merkle root: {root}": "Racine de Merkle : {root}",
    "working days": "jours ouvrables",
    "days of the story": "jours du récit",
    "It lies in {home}: CASELEDGER_HOME={home} caseledger board --known-at {on}": (
        "Le registre est dans {home} : CASELEDGER_HOME={home} caseledger board --known-at {on}"
    ),
    "Its clock goes on from {at} UTC; Ctrl-C ends it. In another shell:": (
        "Son horloge reprend au {at} UTC; Ctrl-C y met fin. Dans un autre terminal :"
    ),
    # The reference story
    "Pushed: each case on somebody's pile as it comes, whoever knows its subject.": (
        "Poussé : chaque dossier sur la pile de quelqu'un dès qu'il arrive, qui que ce soit qui en connaisse le sujet."
    ),
    "Pulled at a rate: one queue, by subject and in order, three in hand at most; each missed day answered.": (
        "Tiré à une cadence : une seule file, par sujet et dans l'ordre, trois en main au plus; chaque jour manqué a "
        "sa réponse."
    ),
    "Dropped: pushed again, as it was before.": "Abandonné : poussé de nouveau, comme avant.",
    "pushed": "poussé",
    "pulled at a rate": "tiré à une cadence",
    "dropped": "abandonné",
    "week": "semaine",
    "asked": "requis",
    "Waiting stands as at the end of its week, oldest in days. At the end of each day waited:": (
        "En attente : à la fin de la semaine; le plus ancien : en jours. En attente à la fin de chaque jour :"
    ),
    "Waiting: {ends}; {entries} entries say how.": (
        "En attente : {ends}; {entries} inscriptions disent comment."
    ),
    "when it was pushed": "quand c'était poussé",
    "after it was pulled": "une fois tiré",
    "once that was dropped": "après l'abandon",
}
OF_THE_MACHINE: Mapping[str, str] = {**_KEPT, **_RUNNING, **_DEMONSTRATED}
