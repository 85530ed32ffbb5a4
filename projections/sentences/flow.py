"""The sentences of what is decided about a team's flow: rates, draws, sequences, in both languages."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

FLOW_SENTENCES: dict[str, Sentence] = {
    "CallsDrawn": Sentence(
        "Requesters of the team {team} to be called on {on} were drawn, from the entry {head_position} and the "
        "cases then known ({frame}).",
        "Les demandeurs de l'équipe {team} à appeler le {on} ont été tirés au sort, à partir de l'inscription "
        "{head_position} et des dossiers alors connus ({frame}).",
    ),
    "RequesterCalled": Sentence(
        "The requester, drawn on {drawn_on} for the team {team}, was called by {channel}[ in {language}], attempt "
        "{attempt}[; nobody was reached{reached}].[ Words: {words}.]",
        "Le demandeur, tiré au sort le {drawn_on} pour l'équipe {team}, a été appelé par {channel}[ en {language}], "
        "essai {attempt}[; personne n'a été joint{reached}].[ Paroles : {words}.]",
    ),
    "SequenceSet": Sentence(
        "The order in which backlogs are cleared was set on {on}.[ Words: {words}.]",
        "L'ordre dans lequel les arriérés sont résorbés a été fixé le {on}.[ Texte : {words}.]",
    ),
    "QueueAdvanced": Sentence(
        "The queue of the team {team} went from {from_state} to {to_state} on {on}, with {hours} {hours:hour|hours} a week"
        "[; {waiting} waited then][; hours moved on to {moved_to}: {hours_moved}].[ Words: {words}.]",
        "La file de l'équipe {team} est passée de « {from_state} » à « {to_state} » le {on}, avec {hours} "
        "{hours:heure|heures} par semaine[; {waiting} {waiting:attendait|attendaient} alors][; heures passées à {moved_to} : {hours_moved}].[ Texte : {words}.]",
    ),
    "RateSet": Sentence(
        "The team {team} was given a rate: at most {target} {target:case is|cases are} to wait on {target_on}; {waiting} "
        "waited then, and {arrivals} had come in over {arrivals_days} working {arrivals_days:day|days}.",
        "L'équipe {team} a reçu une cadence : au plus {target} {target:dossier doit|dossiers doivent} attendre le {target_on}; "
        "{waiting} {waiting:attendait|attendaient} alors, et {arrivals} {arrivals:était arrivé|étaient arrivés} en "
        "{arrivals_days} {arrivals_days:jour ouvrable|jours ouvrables}.",
    ),
    "RateDropped": Sentence(
        "The rate of the team {team} was dropped.[ Words: {words}.]",
        "La cadence de l'équipe {team} a été abandonnée.[ Texte : {words}.]",
    ),
    "EffortRecorded": Sentence(
        "Staff time of the team {team} was recorded on {on} ({found_by}[ from {sample} {sample:case|cases}]): "
        "{contact_minutes} {contact_minutes:minute|minutes} for a failure contact, {case_minutes} for a case, "
        "{staff_minutes_a_day} of all staff a day.",
        "Le temps de travail de l'équipe {team} a été consigné le {on} ({found_by}[, {sample} {sample:dossier|dossiers}]) : "
        "{contact_minutes} {contact_minutes:minute|minutes} par contact d'échec, {case_minutes} par dossier, "
        "{staff_minutes_a_day} pour tout le personnel par jour.",
    ),
    "RateDayClosed": Sentence(
        "On {on} the team {team} began with {waiting} waiting; {needed} were needed, {processed} were "
        "processed and {returned} came back.",
        "Le {on}, l'équipe {team} a commencé avec {waiting} {waiting:dossier|dossiers} en attente; il en fallait {needed}, "
        "{processed} ont été traités et {returned} sont revenus.",
    ),
    "MissRecorded": Sentence(
        "On {on} the team {team} fell short of its rate by {short_by}.",
        "Le {on}, il a manqué {short_by} {short_by:dossier|dossiers} à la cadence de l'équipe {team}.",
    ),
    "CountermeasureRecorded": Sentence(
        "About the day missed on {missed_on} by the team {team} something is done, by {owner}, to be looked "
        "at on {check_on}; the cause: {cause}.[ What: {action}.]",
        "Une contre-mesure est prise au sujet du {missed_on}, manqué par l'équipe {team} : {owner} s'en charge, à "
        "revoir le {check_on}; la cause : {cause}.[ Contre-mesure : {action}.]",
    ),
    "MissJoined": Sentence(
        "The day missed on {missed_on} by the team {team} has the cause of a countermeasure under way.",
        "Le jour manqué du {missed_on}, de l'équipe {team}, a la cause d'une contre-mesure déjà en cours.",
    ),
    "CountermeasureClosed": Sentence(
        "A countermeasure of the team {team} was closed; did it work: {worked}.[ Words: {words}.]",
        "Une contre-mesure de l'équipe {team} a été close; a-t-elle porté : {worked}.[ Texte : {words}.]",
    ),
    "RateNotWorked": Sentence(
        "Nobody said by {since} what is done about the day missed on {missed_on} by the team {team}; to be "
        "told: {party}.",
        "Personne n'avait dit le {since} ce qui est fait au sujet du {missed_on}, manqué par l'équipe {team}; "
        "à prévenir : {party}.",
    ),
    "RoutingWeekClosed": Sentence(
        "In the week of {week_on} the rules routed {routed} {routed:case|cases}, {by_default} of them by the default"
        "[, of which {above_percent} % are foreseen][; rules that could not be tried: {not_tried}]"
        "[; to be told of: {troubles}].",
        "Dans la semaine du {week_on}, les règles ont acheminé {routed} {routed:dossier|dossiers}, dont {by_default} par "
        "défaut[, ce qui est prévu pour {above_percent} %][; règles inapplicables : {not_tried}]"
        "[; à signaler : {troubles}].",
    ),
    "RoutingAlertDelivered": Sentence(
        "Whoever was to be told of the routings in the week of {week_on} was told ({method}).",
        "La personne à prévenir des acheminements de la semaine du {week_on} l'a été ({method}).",
    ),
    "RateAlertDelivered": Sentence(
        "Whoever was to be told of the day missed on {missed_on} by the team {team} was told ({method}).",
        "La personne à prévenir au sujet du {missed_on}, manqué par l'équipe {team}, l'a été ({method}).",
    ),
}

FLOW_CODES: dict[str, Sentence] = {
    "from_state.waiting": Sentence("waiting", "en attente"),
    "from_state.clearing": Sentence("being cleared", "en résorption"),
    "from_state.cleared": Sentence("cleared", "résorbée"),
    "from_state.holding": Sentence("held", "maintenue"),
    "to_state.waiting": Sentence("waiting", "en attente"),
    "to_state.clearing": Sentence("being cleared", "en résorption"),
    "to_state.cleared": Sentence("cleared", "résorbée"),
    "to_state.holding": Sentence("held", "maintenue"),
    "found_by.entered": Sentence("entered by hand", "saisi"),
    "found_by.sampled": Sentence("sampled", "échantillonné"),
    "cause.arrivals": Sentence("more came than expected", "plus d'arrivées que prévu"),
    "cause.absence": Sentence("people were away", "des absences"),
    "cause.hard_cases": Sentence("hard cases", "des dossiers difficiles"),
    "cause.waiting_on_others": Sentence("waiting on others", "attente d'autrui"),
    "cause.interruptions": Sentence("interruptions", "des interruptions"),
    "cause.tools": Sentence("tools failed", "panne d'outils"),
    "cause.other": Sentence("something else", "autre chose"),
    "alarm.no_present_skill": Sentence(
        "nobody present may take the case", "aucune personne présente ne peut prendre le dossier"
    ),
    "troubles.default_overused": Sentence(
        "the default was used too much", "la règle par défaut a trop servi"
    ),
    "troubles.rules_not_tried": Sentence(
        "rules could not be tried", "des règles n'ont pas pu s'appliquer"
    ),
    "lane.immediate": Sentence("immediate danger", "danger immédiat"),
    "lane.aged": Sentence(
        "at the head because it has waited too long", "en tête pour avoir trop attendu"
    ),
    "lane.dated": Sentence("by its date", "selon sa date"),
    "lane.undated": Sentence("by its age", "selon son âge"),
}
