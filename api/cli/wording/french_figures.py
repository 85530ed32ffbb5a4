"""Figures in French: what flow, baseline, workload, sequence and spans say, and what ends soon, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    # Headings
    "figure": "mesure",
    "number": "nombre",
    "of": "sur",
    "to know": "à savoir",
    "cases": "dossiers",
    "median": "médiane",
    "80th percentile": "80e centile",
    "nine of ten": "neuf sur dix",
    "people": "personnes",
    "group": "groupe",
    "new": "nouveau",
    "in": "reçu",
    "out": "cédé",
    "referred": "renvoyé",
    "at the end": "à la fin",
    "before": "avant",
    "after": "après",
    "to know of the second": "à savoir de la seconde",
    "place": "rang",
    "queue": "file",
    "hours a week": "heures par semaine",
    "planned": "prévue",
    "cleared": "résorbée",
    "until": "jusqu'à",
    "hours": "heures",
    "office open": "bureau ouvert",
    # What a records officer is to do
    "{count} or more": "{count} ou plus",
    "Closed cases that are due for disposal and not proposed yet: {count}; `caseledger retention` lists them.": (
        "Dossiers clos à éliminer, et dont rien n'est encore proposé : {count}; `caseledger retention` les montre."
    ),
    "Erasures and disposals that wait for a second records officer: {count}; see `caseledger erasure`.": (
        "Effacements et éliminations qui attendent une deuxième personne parmi les archivistes : {count}; voyez "
        "`caseledger erasure`."
    ),
    "Erasures and disposals that are approved and to be carried out: {count}; see `caseledger erasure`.": (
        "Effacements et éliminations approuvés et à exécuter : {count}; voyez `caseledger erasure`."
    ),
    # Flow
    "Flow by day": "Flux par jour",
    "Flow by day, all cases; --team shows those of one team": (
        "Flux par jour, tous les dossiers; --team montre ceux d'une équipe"
    ),
    "Figures of {first} to {last}": "Mesures du {first} au {last}",
    "{first} to {last}": "du {first} au {last}",
    ", of cases alone with {what}": ", des seuls dossiers avec {what}",
    "request type": "type de demande",
    "programme": "programme",
    "channel": "canal",
    "interview language": "langue d'entretien",
    "From the first owner to the end, in calendar days": "De la prise en charge à la fin, en jours civils",
    "Types that fewer than two people there may take": (
        "Types que moins de deux personnes présentes peuvent prendre"
    ),
    "None: each type has two people at least.": "Aucun : chaque type a au moins deux personnes.",
    "Time to the first resolution by {trait}": "Temps jusqu'au premier règlement, par {trait}",
    "not said": "non dit",
    "too few to be told": "trop peu pour être dit",
    # The figures
    "Arrivals a working day": "Arrivées par jour ouvrable",
    "Clearance rate": "Taux de traitement",
    "First resolution": "Premier règlement",
    "First, adjusted for": "Premier, avec adaptation",
    "Resolution that stuck": "Règlement qui a tenu",
    "Settled at first contact": "Réglé au premier contact",
    "Closed without reply": "Clos sans réponse",
    "Failure demand": "Demande évitable",
    "Coordination share": "Part de coordination",
    "Asked again": "Redemandé",
    "Active pending": "En cours actifs",
    "Active pending, median age": "En cours actifs, âge médian",
    "Active pending, 90th percentile": "En cours actifs, 90e centile",
    "Active pending, oldest": "En cours actifs, le plus ancien",
    "Pending, waiting on others": "En cours, en attente d'autrui",
    "Pending, reopened, since receipt": "En cours, rouverts, depuis la réception",
    "Pending, reopened, since their return": "En cours, rouverts, depuis leur retour",
    "Pending, never opened": "En cours, jamais ouverts",
    "Bounce-back, {by}": "Retours, {by}",
    "Loop, R_b": "Boucle, R_b",
    "Loop, critical backlog": "Boucle, arriéré critique",
    "{name}, median in {days}": "{name}, médiane en {days}",
    # What is to know of them
    "{count} day": "{count} jour",
    "{count} days": "{count} jours",
    "{count} {what}": "{what} : {count}",
    "{band} days: {count}": "{band} jours : {count}",
    "over 365": "plus de 365",
    "left out: {what}": "laissés de côté : {what}",
    "oldest {days}": "le plus ancien {days}",
    "calendar days": "jours civils",
    "{count} calendar day": "{count} jour civil",
    "{count} calendar days": "{count} jours civils",
    "{count} office day": "{count} jour de bureau",
    "{count} office days": "{count} jours de bureau",
    "office days": "jours de bureau",
    "not reached": "pas atteinte",
    "not reached: no day was seen by which half are resolved": (
        "pas atteinte : on n'a vu aucun jour où la moitié sont réglés"
    ),
    "half within {days} ({bounds})": "la moitié en {days} ({bounds})",
    "95 %: {low} to {high}": "95 % : de {low} à {high}",
    "nine of ten within {days}": "neuf sur dix en {days}",
    "mean to day {day}: {mean}": "moyenne jusqu'au jour {day} : {mean}",
    "closed ones alone would say {days}": "les seuls clos diraient {days}",
    "entries, not minutes": "inscriptions, non minutes",
    "nothing ended in these days, so nobody can say how long a wait is": (
        "rien n'a pris fin en ces jours : nul ne peut dire combien dure une attente"
    ),
    "the backlog above which the queue cannot fall": "l'arriéré au-delà duquel la file ne peut baisser",
    "{first} to {second}": "de {first} à {second}",
    "not known": "non connu",
    "resolved by a person": "réglés par une personne",
    "resolved by a machine": "réglés par une machine",
    "asked by nobody known": "demandés par personne de connu",
    "history of another system": "historique d'un autre système",
    "waits on others": "en attente d'autrui",
    "handed on while they wait": "transférés pendant leur attente",
    "window still open": "période d'attente non terminée",
    "ended before it could be seen": "finis avant de pouvoir être vus",
    "known only afterwards": "connus seulement après",
    "received within the quiet window": "reçus pendant la période d'attente",
    "reactivated": "réactivé",
    "Received in {month}, by programme and way in": "Reçus en {month}, par programme et canal",
    "Ended in {month}, by programme and how": "Terminés en {month}, par programme et façon",
    "{x}: fewer than {smallest}, or what would tell such a count.": (
        "{x} : moins de {smallest}, ou ce qui révélerait un tel nombre."
    ),
    "As known at the end of {on}, for good ({zone}).": (
        "Selon ce qu'on savait à la fin du {on}, une fois pour toutes ({zone})."
    ),
    "none yet": "aucun encore",
    "phone": "téléphone",
    "email": "courriel",
    "web": "web",
    "walk in": "comptoir",
    "letter mail": "poste",
    "other": "autre",
    "referred out": "renvoyé ailleurs",
    "made inactive": "rendu inactif",
    "transferred in": "reçu par transfert",
    "transferred out": "cédé par transfert",
    # Why there is none
    "there are none to count": "il n'y en a pas à compter",
    "the office did not work in this window": "le bureau n'a pas travaillé en ces jours",
    "no case waited on a working day": "aucun dossier n'a attendu un jour ouvrable",
    "nobody got in touch": "personne ne s'est manifesté",
    "no resolution is old enough": "aucun règlement n'est assez ancien",
    "nothing was resolved": "rien n'a été réglé",
    "staff entered nothing": "le personnel n'a rien inscrit",
    "nothing was asked for": "rien n'a été demandé",
    "nothing came in": "rien n'est arrivé",
    "none of them can be told yet": "aucun ne peut encore être dit",
    "no case was received": "aucun dossier n'a été reçu",
    "no calendar reaches over these days": "aucun calendrier ne couvre ces jours",
    "no case waited, so there is no loop to measure": "aucun dossier n'a attendu : pas de boucle à mesurer",
    "nobody chased: no loop": "personne n'a relancé : pas de boucle",
    "no staff time is recorded for one team: enter it with `caseledger rate effort`, ask with --team": (
        "aucun temps du personnel n'est inscrit pour une équipe : inscrivez-le par `caseledger rate effort`, demandez "
        "avec --team"
    ),
    "arrivals alone exceed capacity": "les arrivées seules dépassent la capacité",
    "the backlog is above the critical one: it grows by itself": (
        "l'arriéré est au-dessus de l'arriéré critique : il croît de lui-même"
    ),
    "the backlog is below the critical one: it can fall": (
        "l'arriéré est au-dessous de l'arriéré critique : il peut baisser"
    ),
    # The baseline
    "Before: {before}. After: {after}.": "Avant : {before}. Après : {after}.",
    "Cases: {count}; up to date as of entry {position} ({zone}). As things stood at the end of each half.": (
        "Dossiers : {count}; à jour jusqu'à l'inscription {position} ({zone}). Selon l'état à la fin de chaque moitié."
    ),
    # The sequence
    "Backlogs in sequence": "Arriérés dans leur ordre",
    "No sequence is set: set one with `caseledger sequence set TEAM:HOURS ...`.": (
        "Aucun ordre n'est fixé : fixez-en un par `caseledger sequence set TEAM:HOURS ...`."
    ),
    "clearing": "en résorption",
    "holding": "maintenue",
    # What ends soon
    "Calendar {code} ends on {on}, and no due date is laid out past it: publish the policy with the years that "
    "follow.": (
        "Le calendrier {code} prend fin le {on}, et aucune échéance ne se calcule au-delà : publiez la politique avec "
        "les années qui suivent."
    ),
    "Delegation {code} has its last day on {on}, and none takes its place: publish the policy with one that does.": (
        "La délégation {code} prend fin le {on}, et aucune ne la remplace : publiez la politique avec une qui le fait."
    ),
    # Who has what
    "Who has what": "Qui a quoi",
    "Who has what in {team}": "Qui a quoi dans {team}",
    # Who was accountable
    "Who was accountable for {reference}": "Qui répondait du dossier {reference}",
    "Nothing was known of it then: ask about a later instant.": (
        "On n'en savait rien alors : interrogez sur un instant ultérieur."
    ),
    "now": "maintenant",
    "waiting: {reason}": "en attente : {reason}",
    "with owner": "chez la personne responsable",
    "sent back": "renvoyé comme mal acheminé",
    "to be adjudicated": "à trancher",
    "Days with an owner: {days}; on {acted} of them the owner made an entry on it, which is not to say how long "
    "anybody worked.": (
        "Jours avec une personne responsable : {days}; elle y a fait une inscription durant {acted} d'entre eux, ce "
        "qui ne dit pas combien de temps quiconque a travaillé."
    ),
    "In all {hours} h, {open} h of them while it was not resolved.": (
        "En tout {hours} h, dont {open} h où il n'était pas réglé."
    ),
    "Waited at once for {reasons}, from {began} until {ended}.": (
        "En attente à la fois : {reasons}, du {began} au {ended}."
    ),
}
