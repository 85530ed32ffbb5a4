"""In French: what the commands that show an office say, each English text beside its French one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from cyclopts import Parameter

from api.cli.wording.french_case import OF_A_CASE
from api.cli.wording.french_disclosures import OF_DISCLOSURES
from api.cli.wording.french_evidence import OF_EVIDENCE
from api.cli.wording.french_figures import FIGURES
from api.cli.wording.french_keeping import OF_KEEPING
from api.cli.wording.french_machine import OF_THE_MACHINE
from api.cli.wording.french_people import OF_PEOPLE
from api.cli.wording.french_policies import OF_POLICIES
from api.cli.wording.french_receipts import OF_RECEIPTS
from api.cli.wording.spoken import SETTING, spoken
from ledger.policy.exact import shown
from ledger.policy.values import Language

Spoken = Annotated[
    Language, Parameter(name="--language", env_var=SETTING, help="English or French.")
]
SaidIn = Annotated[
    Language, Parameter(name="--said-in", env_var=SETTING, help="English or French.")
]
"""The same, where `--language` says of which cases."""
FRENCH: Mapping[str, str] = {
    **FIGURES,
    **OF_A_CASE,
    **OF_PEOPLE,
    **OF_DISCLOSURES,
    **OF_KEEPING,
    **OF_RECEIPTS,
    **OF_EVIDENCE,
    **OF_POLICIES,
    **OF_THE_MACHINE,
    # What every answer has
    "Up to date as of entry {position}": "À jour jusqu'à l'inscription {position}",
    ", as known at {at}": ", selon ce qu'on savait le {at}",
    ", as of {at}": ", tel qu'au {at}",
    ", as known at the end of {on}": ", selon ce qu'on savait à la fin du {on}",
    ", as of the end of {on}": ", tel qu'à la fin du {on}",
    "end of {day}": "fin du {day}",
    "yes": "oui",
    "Left out, since the terminal is narrow: {columns}; --json has all.": (
        "Laissé de côté, car le terminal est étroit : {columns}; --json donne tout."
    ),
    "Nothing yet: open a case with `caseledger open CHANNEL`, or bring in a history with "
    "`caseledger import FILE --mapping MAP`.": (
        "Rien encore : ouvrez un dossier par `caseledger open CHANNEL`, ou importez un historique par "
        "`caseledger import FILE --mapping MAP`."
    ),
    "Nothing waits, and nothing came or went: a case comes with `caseledger open CHANNEL`, a history with "
    "`caseledger import FILE --mapping MAP`.": (
        "Rien n'attend, et rien n'est arrivé ni parti : un dossier vient par `caseledger open CHANNEL`, un historique "
        "par `caseledger import FILE --mapping MAP`."
    ),
    "None are.": "Aucun.",
    "Nobody.": "Personne.",
    "unrouted": "non acheminé",
    "all": "total",
    # Headings
    "team": "équipe",
    "incoming": "arrivées",
    "waiting": "en attente",
    "paused": "suspendus",
    "queued": "en file",
    "in hand": "en main",
    "in transit": "en transit",
    "overdue": "en retard",
    "handed on": "transmis à d'autres",
    "processed": "traités",
    "returned": "revenus",
    "net": "net",
    "needed by now": "requis à cette heure",
    "needed today": "requis aujourd'hui",
    "case": "dossier",
    "status": "état",
    "turn": "tour",
    "type": "type",
    "owner": "responsable",
    "due": "échéance",
    "days old": "âge en jours",
    "waits for": "attend",
    "confirmation by {at}": "confirmation avant le {at}",
    "adjudication by {at}": "à trancher : {at}",
    "{team} to accept by {at}": "à accepter par {team} : {at}",
    "{team} to accept": "à accepter par {team}",
    "{team}, to accept by {at}": "{team}, à accepter : {at}",
    "Handed to the team, and not taken over yet": "Transmis à l'équipe, et pas encore pris en charge",
    "clock": "délai",
    "open": "en cours",
    "due soon": "bientôt échus",
    "met": "à temps",
    "ended late": "finis en retard",
    "otherwise": "autrement",
    "why": "motif",
    "since": "depuis",
    "told": "avisés",
    "received": "reçu",
    "requester": "personne qui demande",
    "has died": "est décédée",
    "What a rate asks is told as it was known: give --known-at instead of --as-of.": (
        "Ce qu'une cadence demande se dit tel qu'on le savait : donnez --known-at au lieu de --as-of."
    ),
    "letters out": "lettres en route",
    "{letters}: `given` or `failed` says what became of it": "{letters} : `given` ou `failed` dit ce qu'il en advient",
    "linked": "lié",
    "member": "membre",
    "stands": "présence",
    "room": "place",
    "oldest, days": "le plus ancien, jours",
    "owes": "doit",
    "late": "hors délai",
    # How a case stands
    "resolved": "réglé",
    "provisional": "provisoire",
    "ended otherwise": "finis autrement",
    # The board and the queue
    "Board of {on}": "Tableau du {on}",
    "{team}: board of {on}": "{team} : tableau du {on}",
    "Needed by the hour": "Requis d'heure en heure",
    "The days before": "Les jours d'avant",
    "Nothing waited, came or went.": "Rien n'attendait, n'est arrivé ni parti.",
    "Written: {file}. A browser shows it, and prints it on one sheet.": (
        "Écrit : {file}. Un navigateur l'affiche, et l'imprime sur une seule feuille."
    ),
    "Written: {file}, and again every {every} s until stopped.": (
        "Écrit : {file}, et de nouveau toutes les {every} s jusqu'à l'arrêt."
    ),
    "{why} The page stays as it is, and is written again once that can be.": (
        "{why} La page reste comme elle est, et sera récrite dès que possible."
    ),
    "Queue of {team}": "File : {team}",
    "Nothing waits here. What is routed to this team will stand here, what is due first on top.": (
        "Rien n'attend ici. Ce qui est acheminé à cette équipe y figurera, le plus urgent en premier."
    ),
    "start by {at}": "à commencer avant {at}",
    "immediate": "immédiat",
    "aged": "ancien",
    "dated": "daté",
    "undated": "sans date",
    "Cases": "Dossiers",
    # The clocks
    "How the clocks stand": "Où en sont les délais",
    "Clocks that are {status}": "Délais : {status}",
    # Escalations
    "Escalations that wait for an answer": "Signalements en attente de réponse",
    "None: every escalation was answered.": "Aucun : chaque signalement a eu sa réponse.",
    "Answered in the {days} days before: {answered}, of them in bulk: {in_bulk}.": (
        "Réponses des {days} jours précédents : {answered}, dont {in_bulk} en lot."
    ),
    # Rates
    "{team} by the hour: {marks}.": "{team}, heure par heure : {marks}.",
    "{needed} by {at}": "{needed} avant {at}",
    "{team}: set today, it asks of each day from {on} on.": (
        "{team} : fixée aujourd'hui, elle vaut pour chaque jour à partir du {on}."
    ),
    "{team}: the target date {on} has passed; set a new one.": (
        "{team} : la date visée, le {on}, est passée; fixez-en une nouvelle."
    ),
    "measured": "mesuré",
    "entered": "saisi",
    "not reached before {on}": "pas atteinte avant le {on}",
    "never reached": "jamais atteinte",
    "{team}: more than it can do ({capacity} a full day, {by} on {on}); at that the target is {reached}.": (
        "{team} : plus qu'elle ne peut ({capacity} par journée complète, {by} le {on}); la cible n'est alors "
        "{reached}."
    ),
    "{team}: the target is below what is always under way (arrivals times the median days from owner to end).": (
        "{team} : la cible est inférieure à ce qui est toujours en cours (les arrivées par jour, multipliées par "
        "les jours médians de la prise en charge à la fin)."
    ),
    "{team} missed {on}: to be answered by {at}, with `caseledger rate answer`.": (
        "{team} a manqué le {on} : réponse attendue avant le {at}, par `caseledger rate answer`."
    ),
    "{team} missed {on}: NOT ANSWERED by {at}, so it is brought before the leader.": (
        "{team} a manqué le {on} : SANS RÉPONSE le {at}, donc porté devant la direction d'équipe."
    ),
    "Rates on {on}": "Cadences du {on}",
    "No team has a rate: set one with `caseledger rate set TEAM TARGET DATE`.": (
        "Aucune équipe n'a de cadence : fixez-en une par `caseledger rate set TEAM TARGET DATE`."
    ),
    "target": "cible",
    "by when": "d'ici le",
    "at the start": "au début",
    "a full day": "une journée complète",
    "today": "aujourd'hui",
    "by now": "à cette heure",
    "missed": "manqués",
    "The days ahead, if nothing changes": "Les jours à venir, si rien ne change",
    "day": "jour",
    "weighs": "poids",
    "to clear": "à régler",
    "No working day is left before the target date.": "Il ne reste aucun jour ouvrable avant la date visée.",
    "Staff time of {on} ({found_by}): {contact} minutes a failure contact, {case} a case, {day} a day in all.": (
        "Temps du personnel, le {on} ({found_by}) : {contact} minutes par contact évitable, {case} par dossier, {day} "
        "par jour en tout."
    ),
    # Calls
    "Calls of {team} on {on}": "Appels du {on} : {team}",
    "Nobody was drawn on this day: draw with `caseledger calls draw TEAM`.": (
        "Personne n'a été tiré au sort ce jour-là : tirez par `caseledger calls draw TEAM`."
    ),
    "drawn as": "tiré comme",
    "came by": "venu par",
    "tries": "essais",
    "was reached": "joint",
    "done": "terminé",
    "closed": "clos",
    "unanswered or returned": "sans réponse ou revenu",
    "Drawn from {frame}.": "Tiré parmi : {frame}.",
    "Drawn from {frame}; left out: {left_out}.": "Tiré parmi : {frame}; laissés de côté : {left_out}.",
    "Seed {seed}, from entry {position}, the last before the day opened.": (
        "Germe {seed}, de l'inscription {position}, la dernière avant l'ouverture du jour."
    ),
    "{team}: {owner} sees to it ({cause}), to be looked at on {on}.": (
        "{team} : {owner} s'en occupe (cause : {cause}), à revoir le {on}."
    ),
    "Draws of {team}, made again": "Tirages refaits : {team}",
    "holds": "tient",
    "differs in": "diffère par",
    "seed": "germe",
    "head": "tête",
    "frame": "population",
    "the requester has died": "la personne qui a fait la demande est décédée",
    "safe contact is set": "un contact sûr est fixé",
    "a person is to look at it first": "une personne doit d'abord l'examiner",
    "in immediate danger": "en danger immédiat",
    "of a type that is not called about": "d'un type pour lequel on n'appelle pas",
    "before a court": "devant un tribunal",
    "a complaint or litigation is open": "une plainte ou un litige est en cours",
    "called within 90 days": "appelée dans les 90 jours",
    "{team}: {owner} sees to it ({cause}), to be looked at on {on}; countermeasure {id}.": (
        "{team} : {owner} s'en occupe (cause : {cause}), à revoir le {on}; contre-mesure {id}."
    ),
    # A morning
    "Waiting: {waiting} (queued {queued}, in hand {in_hand}, in transit {in_transit}, paused {paused}); overdue: "
    "{overdue}.": (
        "En attente : {waiting} (en file {queued}, en main {in_hand}, en transit {in_transit}, suspendus {paused}); en "
        "retard : {overdue}."
    ),
    "Morning of {team}, {on}": "Matinée du {on} : {team}",
    "Came since {at}": "Arrivés depuis le {at}",
    "Overdue, or due today": "En retard, ou échus aujourd'hui",
    "With nobody yet": "À personne encore",
    "Heard of after their resolution, to be decided": "Dont on a eu des nouvelles depuis leur règlement, à trancher",
    "Not there": "Absents",
    "Have no room left, or something overdue": "Sans place, ou avec un retard",
    "Rate: {today} today, {now} by now; {net} done, net of returns.": (
        "Cadence : {today} aujourd'hui, {now} à cette heure; faits : {net}, déduction faite des retours."
    ),
    "There may be more than these {count}: --limit says how many are shown.": (
        "Il peut y en avoir plus que ces {count} : --limit dit combien sont montrés."
    ),
    "To be done": "À faire sur les dossiers",
    "To be done today, overdue, or taken by nobody": "À faire aujourd'hui, en retard, ou que personne n'a pris",
    "A list ends after {count}: `cases`, `to-do` and `escalations --team TEAM --limit` show more.": (
        "Une liste s'arrête à {count} : `cases`, `to-do` et `escalations --team TEAM --limit` en montrent plus."
    ),
    # Who is there
    "there": "là",
    "no member": "pas membre",
    "absent": "absent",
    "absent until {on}": "absent jusqu'au {on}",
    "left on {on}": "parti le {on}",
}


def decimal(ratio: Fraction, *, decimals: int = 1) -> str:
    """A ratio as it is written in the language that is spoken: 1.5, in French 1,5."""
    said = shown(ratio, decimals=decimals)
    return said.replace(".", ",") if spoken() == "fr" else said


def numbered(count: int | None, one: str, several: str, **values: object) -> str:
    """A number with the words that fit it: of none those of several in English, of one in French."""
    singular = count == 1 or (count == 0 and spoken() == "fr")
    return told(one if singular else several, count=count, **values)


def told(text: str, **values: object) -> str:
    """A text in the language that is spoken, with these values in its holes; what has no French stays as it is."""
    said = FRENCH.get(text, text) if spoken() == "fr" else text
    return said.format(**values) if values else said
