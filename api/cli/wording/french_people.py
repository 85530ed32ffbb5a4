"""Who is there, who calls and what machines wrote, in French: each English text beside its French one."""

from __future__ import annotations

from collections.abc import Mapping

OF_PEOPLE: Mapping[str, str] = {
    # Absences
    "Who is not there on {on}": "Qui n'est pas là le {on}",
    "away from": "à partir du",
    "stands in": "suppléance",
    "absent, planned": "absence prévue",
    "left": "parti",
    "Everybody is there, as far as it was recorded.": (
        "Tout le monde est là, d'après ce qui a été consigné."
    ),
    # The directory
    "Members on {on}": "Membres, le {on}",
    "teams": "équipes",
    "roles": "rôles",
    "languages": "langues",
    "The policy in force has no members.": "La politique en vigueur n'a pas de membres.",
    "What the directory says": "Ce que dit l'annuaire",
    "more": "précisions",
    "would leave": "partirait",
    "joins": "arrive",
    "changes": "change",
    "waits": "en attente",
    "row {row}": "ligne {row}",
    "set aside": "mis de côté",
    "Nothing that is not so already.": "Rien qui ne soit déjà ainsi.",
    "{count} is as before.": "{count} est comme avant.",
    "{count} are as they were.": "{count} sont comme avant.",
    "The file is one page of more: give the others too.": (
        "Le fichier est une page parmi d'autres : donnez aussi les autres."
    ),
    "Joiners and changes are proposed in {out}: read it, then `caseledger policy publish {out}`.": (
        "Les arrivées et les changements sont proposés dans {out} : lisez-le, puis `caseledger policy publish {out}`."
    ),
    "Joiners and changes are for the policy: give --policy FILE --out PROPOSED to have them written into it.": (
        "Les arrivées et les changements reviennent à la politique : donnez --policy FILE --out PROPOSED pour les y "
        "inscrire."
    ),
    "on {on}, {successor} takes over": "le {on}, {successor} prend la suite",
    "on {on}, nobody named takes over": "le {on}, sans que personne de nommé prenne la suite",
    "{count} case re-homed": "{count} dossier confié à d'autres",
    "{count} cases re-homed": "{count} dossiers confiés à d'autres",
    "is a system in the policy, not a person": "est un système selon la politique, non une personne",
    "has left: give whoever returns a code of their own": (
        "n'est plus là : donnez à qui revient un code à soi"
    ),
    "joins, and no group of theirs is a team of the policy": (
        "arrive, et aucun de ses groupes n'est une équipe de la politique"
    ),
    "has no line of their own in the policy file: change it by hand": (
        "n'a pas de ligne à soi dans le fichier de la politique : changez-le à la main"
    ),
    # Cover
    "Who can do what on {on}": "Qui peut faire quoi le {on}",
    "skills": "compétences",
    "who": "qui",
    "Fewer than two people are there for: {types}.": "Il y a moins de deux personnes pour : {types}.",
    "Every type is covered twice on {on}; --all shows by whom.": (
        "Le {on}, deux personnes au moins sont là pour chaque type; --all montre lesquelles."
    ),
    # Notices owed
    "Notices owed": "Avis à donner",
    "by the end of": "avant la fin du",
    "to be told": "à aviser",
    "of what": "de quoi",
    "an extension": "une prolongation",
    "that it will lapse": "de la péremption à venir",
    "that it will lapse after {on}": "de la péremption, après le {on}",
    "the decision": "la décision",
    "None: everybody who had to be told was told.": ("Aucun : qui devait être avisé l'a été."),
    # Whoever calls without a number
    "Cases that may be theirs": "Dossiers qui peuvent être de cette personne",
    "Records of people that may be theirs": "Fiches qui peuvent être de cette personne",
    "alike in 1000": "ressemblance sur 1000",
    "as": "à titre de",
    "said": "dit",
    "party": "partie",
    "Older ones are compared with more --days: {most} at most.": (
        "De plus anciens sont comparés avec --days plus grand : {most} au plus."
    ),
    "None of those compared is like it.": "Rien de ce qui a été comparé n'y ressemble.",
    "{count} more are like it: say something else too, such as their number.": (
        "{count} autres y ressemblent : ajoutez autre chose, comme leur numéro."
    ),
    "Compared: {cases} of all teams, received since {since}, and {records} of people.": (
        "Comparé : {cases} de toutes les équipes, à partir du {since}, et {records}."
    ),
    "Compared: {cases} of your teams or of none, received since {since}, and {records} of people.": (
        "Comparé : {cases} de vos équipes ou d'aucune, à partir du {since}, et {records}."
    ),
    "That you sought them is recorded.": "Le fait que vous avez cherché est consigné.",
    "{count} case": "{count} dossier",
    "{count} cases": "{count} dossiers",
    "{count} record": "{count} fiche de personne",
    "{count} records": "{count} fiches de personnes",
    # Mail from machines
    "Mail from machines": "Courriels de machines",
    "What waits": "Ce qui attend",
    "yesterday": "hier",
    "older": "avant",
    "oldest": "le plus ancien",
    "mail": "courriel",
    "came": "arrivé",
    "The tray is empty. What a machine writes lands here with `caseledger mail` or `tray-put`.": (
        "La corbeille est vide. Ce qu'une machine écrit y arrive par `caseledger mail` ou `tray-put`."
    ),
    # Mail that is taken in
    "{count} mail from {source}": "{count} courriel de {source}",
    "{count} mails from {source}": "{count} courriels de {source}",
    "standard input": "l'entrée standard",
    "set aside {id}": "la mise de côté {id}",
    "mails": "courriels",
    "opened a case": "a ouvert un dossier",
    "went to the case that it is about": "est allé au dossier dont il traite",
    "from machines, into the tray": "de machines, à la corbeille",
    "recorded before": "déjà consigné",
    "too large, left where it is": "trop gros, laissé où il est",
    "Nothing new is there.": "Il n'y a rien de nouveau.",
    "Not taken in (the first {count}; all with --json)": (
        "Non pris en compte (les {count} premiers; tous par --json)"
    ),
    "left there": "laissé là",
    "On cases (the first {count}; all with --json)": (
        "Dans des dossiers (les {count} premiers; tous par --json)"
    ),
    "by a mail that": "par un courriel qui",
    "Mail that was set aside": "Courriels mis de côté",
    "No mail is set aside.": "Aucun courriel n'est mis de côté.",
    "gone: {file}": "disparu : {file}",
    "Deal with each: `caseledger mail --set-aside MAIL` tries again; delete the file of what is to be refused for "
    "good, with the .json beside it.": (
        "Occupez-vous de chacun : `caseledger mail --set-aside MAIL` réessaie; supprimez le fichier de ce qui est à "
        "refuser pour de bon, avec le .json à côté."
    ),
    "What is gone was taken in when somebody was interrupted, or is lost: put it back from a backup if no case has it, "
    "then delete the .json.": (
        "Ce qui a disparu fut pris en compte lors d'une interruption, ou est perdu : remettez-le d'une sauvegarde si "
        "aucun dossier ne l'a, puis supprimez le .json."
    ),
    "{count} bytes are in {out}, unaltered since they came.": (
        "{count} octets sont dans {out}, inaltérés depuis leur arrivée."
    ),
    # What is said beside a receipt
    "The last entry was recorded at {there}, and here it is {here}: this is recorded as of the later of the two, since "
    "the log never goes back; set this machine's clock.": (
        "La dernière inscription a été consignée le {there}, et ici nous sommes le {here} : ceci est consigné au plus "
        "tardif des deux, car le journal ne recule jamais; réglez l'horloge de cette machine."
    ),
    "The master key is missing: nothing sealed is opened, and nothing is recorded.": (
        "La clé maîtresse manque : rien de scellé n'est ouvert, et rien n'est consigné."
    ),
    "Views cannot be brought on here, as on a standby: they know entry {position}, and the log has {last}.": (
        "Les vues ne peuvent être mises à jour ici, comme sur un serveur de secours : elles vont jusqu'à l'inscription "
        "{position}, et le journal jusqu'à {last}."
    ),
    "overdue since {at} ({clock})": "en retard depuis : {at} ({clock})",
    "first due {at} ({clock})": "première échéance : {at} ({clock})",
    "overdue since {at}": "en retard depuis : {at}",
    "due {at}": "échéance : {at}",
    "received {at}": "reçu le {at}",
    "language {language}": "langue : {language}",
    "waits for {reason}": "attend : {reason}",
    "of no type yet": "encore sans type",
    "{owner} has {count} open.": "{owner} en a {count} en cours.",
    "missing {fields}": "manque : {fields}",
    "They told of {need}, and nobody has confirmed it: {asked} once it is seen.": (
        "On a fait état de ceci : {need}, et personne ne l'a confirmé : {asked} une fois vu."
    ),
    "It stands still until it is adjudicated, by {by}: `caseledger adjudicate`.": (
        "Il ne bouge plus avant qu'on ait tranché à qui il revient, d'ici : {by} : `caseledger adjudicate`."
    ),
    "It is to be confirmed by somebody of {team}, by {by}: `caseledger confirm`.": (
        "Il est à confirmer par une personne de {team}, d'ici : {by} : `caseledger confirm`."
    ),
    "It is resolved; somebody says by `caseledger decide-return` whether it came back": (
        "Il est réglé; une personne dit par `caseledger decide-return` s'il est revenu"
    ),
    "It is resolved: `caseledger reopen` opens it again": (
        "Il est réglé : `caseledger reopen` le rouvre"
    ),
    "With {owner} of {team}": "À {owner}, {team}",
    "They gave this before, and the handover of the case held it: {fields}. That they were asked again is on record.": (
        "La personne l'avait déjà donné, et la transmission du dossier le contenait : {fields}. Qu'on le lui redemande "
        "est consigné."
    ),
    "It is to be accepted by {to}, by {by}; until then whoever handed it over answers for it.": (
        "Il est à accepter par {to}, d'ici : {by}; jusque-là, qui l'a transmis en répond."
    ),
    "Waits for its turn with {team}": "Attend son tour, {team}",
    "1 case was re-homed.": "1 dossier a été confié à d'autres.",
    "{count} cases were re-homed.": "{count} dossiers ont été confiés à d'autres.",
    "What {member} has moves on {on}: `caseledger watch` sees to it.": (
        "Ce que {member} a est confié à d'autres le {on} : `caseledger watch` y veille."
    ),
    "{member} stands in for {absent}: `caseledger to-do --member {absent}` lists what is theirs.": (
        "{member} supplée {absent} : `caseledger to-do --member {absent}` dit ce qui lui incombe."
    ),
    "{member} stood in for {others}, and nobody does now: end that absence (`caseledger back`), then record it with "
    "somebody else (`caseledger absent`).": (
        "{member} suppléait {others}, que personne ne supplée plus : mettez fin à cette absence (`caseledger back`), "
        "puis inscrivez-la avec quelqu'un d'autre (`caseledger absent`)."
    ),
    "1 escalation was answered at once ({action}).": "1 signalement a eu sa réponse ({action}).",
    "{count} escalations were answered at once ({action}).": (
        "{count} signalements ont eu leur réponse d'un coup ({action})."
    ),
    "There may be more: ask again.": "Il peut y en avoir plus : redemandez.",
    "`caseledger calls {team}` says in which language each is called.": (
        "`caseledger calls {team}` dit en quelle langue chacun est appelé."
    ),
    # Before somebody is contacted
    "The requester has died: turn to whoever acts for the estate.": (
        "La personne qui a fait la demande est décédée : adressez-vous à qui agit pour la succession."
    ),
    "They act for the requester no more: turn to the requester, or to whoever acts for them now.": (
        "Cette personne n'agit plus pour qui a fait la demande : adressez-vous à celle-ci, ou à qui agit maintenant "
        "pour elle."
    ),
    "Their record says {theirs}, and letters of this case go in {ours}: `classify` with --language changes that.": (
        "Sa fiche dit : {theirs}, et les lettres de ce dossier vont en : {ours}; `classify` avec --language change "
        "cela."
    ),
    "Asked for: {words}": "A demandé : {words}",
    "talk in: {language}": "parler en : {language}",
    "interpreter: {language}": "interprète : {language}",
    "write in the format: {format}": "écrire sous la forme : {format}",
    "Safe contact: the requester told how not to contact them, and it is not settled yet; read it first (`case "
    "--open`), then say it with `safe-contact`.": (
        "Contact sûr : la personne a dit comment ne pas la joindre, et ce n'est pas encore fixé; lisez-le d'abord "
        "(`case --open`), puis dites-le par `safe-contact`."
    ),
    "Safe contact: {words}": "Contact sûr : {words}",
    "Safe contact, on any case of theirs: {words}": (
        "Contact sûr, dans tout dossier de cette personne : {words}"
    ),
    "Safe contact, as the same person's record {record} says: {words}": (
        "Contact sûr, selon la fiche {record} de la même personne : {words}"
    ),
    "never by: {channels}": "jamais par : {channels}",
    "withdrawn, any way will do": "retiré, tout moyen convient",
    # Alike
    "Cases that may be of the same matter as {reference} (of {compared} compared)": (
        "Dossiers qui peuvent porter sur la même affaire que {reference} (sur {compared} comparés)"
    ),
    "by field": "par champ",
    "None is like it, or somebody decided about all that are.": (
        "Aucun n'y ressemble, ou quelqu'un a tranché pour tous ceux-là."
    ),
    "Not compared, since they are not yours to open: {count}; let somebody at intake compare them.": (
        "Non comparés, car il ne vous revient pas de les ouvrir : {count}; faites-les comparer par l'accueil."
    ),
    "Decide each: `caseledger link {reference} CASE --relation same_matter --similarity N`, or not_the_same, which is "
    "remembered.": (
        "Tranchez chacun : `caseledger link {reference} DOSSIER --relation same_matter --similarity N`, ou "
        "not_the_same, qui est retenu."
    ),
    "Records that may be of the same person as the requester, {party}": (
        "Fiches qui peuvent être de la même personne que qui a fait la demande, {party}"
    ),
    "Decide each: `caseledger same-person {party} PARTY same --similarity N --evidence -`, or not_same or cannot_say, "
    "which is remembered.": (
        "Tranchez chacune : `caseledger same-person {party} PARTIE same --similarity N --evidence -`, ou not_same ou "
        "cannot_say, qui est retenu."
    ),
}
