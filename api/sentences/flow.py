"""Sentences about flow: rates, missed days and what is done about them, draws for calls, and the order of queues."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Published tables
    "This is no month: give one as {month}.": "Ceci n'est pas un mois : donnez-en un comme {month}.",
    "{month} is published once the month after it is over: the last that is there is {last}.": (
        "{month} sera publié une fois le mois suivant fini : le dernier qui l'est déjà est {last}."
    ),
    # Rates
    "The team {team} has no rate: set one with `caseledger rate set {team}`.": (
        "L'équipe {team} n'a pas de cadence : fixez-en une par `caseledger rate set {team}`."
    ),
    "The target date {day} is not ahead: name a date after {today}.": (
        "La date visée {day} n'est pas à venir : nommez une date après le {today}."
    ),
    "A sample says of how many it was, and nothing else does: give both or neither.": (
        "Un échantillon dit de combien il fut tiré, et rien d'autre ne le dit : donnez les deux ou aucun."
    ),
    "{member} neither dispatches for {team} nor leads it: only a person who does {what}.": (
        "{member} ne répartit pas pour {team} ni ne dirige cette équipe : seule une personne qui le fait "
        "{what}."
    ),
    "No working day lies between now and the target date: name a later date, or more attendance.": (
        "Aucun jour ouvrable ne reste d'ici la date visée : nommez une date plus tardive, ou plus "
        "d'effectif."
    ),
    "A plan is for five years at most: name an earlier date.": (
        "Un plan vaut pour cinq ans au plus : nommez une date plus proche."
    ),
    "There is a rate since {since} for {target}, so {day} is none of its days: name a day between them.": (
        "Une cadence vaut depuis le {since} pour le {target}, le {day} n'est donc pas l'un de ses jours : "
        "nommez un jour entre eux."
    ),
    "{day} has not ended yet: close it after the office does.": (
        "Le {day} n'est pas encore terminé : fermez-le après la fermeture du bureau."
    ),
    "Cases that wait in the queue of {team}: {waiting}; by its rate it is cleared once no more than {target} do, so go "
    "on clearing it, or set its rate anew with what may wait.": (
        "Dossiers qui attendent dans la file de {team} : {waiting}; selon sa cadence elle est résorbée s'il n'y en a "
        "pas plus de {target} : continuez de la résorber, ou fixez à nouveau sa cadence avec ce qui peut attendre."
    ),
    # Missed days
    "{day} is not recorded as missed: of {team} wait for an answer {days}.": (
        "Le {day} n'est pas consigné comme manqué : les jours de {team} qui attendent une réponse sont : "
        "{days}."
    ),
    "Something is done about {day} already: close that countermeasure first.": (
        "Une contre-mesure est déjà prise au sujet du {day} : mettez-y fin d'abord."
    ),
    "An action has an owner: name the member who sees to it.": (
        "Une contre-mesure a une personne responsable : nommez le membre qui s'en charge."
    ),
    "The check date {day} is not ahead: name a date after {today}.": (
        "La date de suivi {day} n'est pas à venir : nommez une date après le {today}."
    ),
    "Nothing is done about the cause {cause} yet: say what is, with its owner.": (
        "Aucune contre-mesure n'est encore prise au sujet de la cause {cause} : dites laquelle l'est, et qui s'en "
        "charge."
    ),
    "No such countermeasure is known for this team: name one by its id.": (
        "Cette contre-mesure n'est pas connue pour cette équipe : nommez-en une par son identifiant."
    ),
    "No alarm was raised about {day}: name a missed day that nobody answered.": (
        "Aucune alarme n'a été donnée au sujet du {day} : nommez un jour manqué auquel personne n'a "
        "répondu."
    ),
    "No missed day of {team} waits for an answer: there is nothing to do.": (
        "Aucun jour manqué de {team} n'attend de réponse : il n'y a rien à faire."
    ),
    # Draws
    "{day} has not opened yet: draw once it has, so that nobody can know the draw before.": (
        "Le {day} n'a pas encore commencé : tirez au sort une fois qu'il l'est, afin que personne ne "
        "connaisse le tirage d'avance."
    ),
    "Nobody of {team} can be called on {day}: there is nobody to draw from.": (
        "Personne de {team} ne peut être appelé le {day} : il n'y a personne à tirer au sort."
    ),
    # The order in which backlogs are cleared
    "{team} stands twice in the sequence: name each queue once.": (
        "{team} figure deux fois dans l'ordre des files : nommez chaque file une fois."
    ),
    "{team} cannot be held by more hours than clear it: give fewer hours to hold.": (
        "{team} ne peut être maintenue par plus d'heures qu'il n'en faut pour la résorber : donnez moins "
        "d'heures de maintien."
    ),
    "{team} is not in the sequence, which has {known}.": (
        "{team} n'est pas dans l'ordre des files, qui a : {known}."
    ),
    "The queue of {team} is {state}, from where it goes to {states}: say which.": (
        "La file de {team} en est à {state}, d'où elle passe à {states} : dites lequel."
    ),
    "The queue of {team} is being cleared, and one at a time is: bring that to its end first.": (
        "La file de {team} est en résorption, et une seule l'est à la fois : menez-la d'abord à son terme."
    ),
    "{member} neither leads nor dispatches: let a person who does say in which order backlogs are cleared.": (
        "{member} ne dirige ni ne répartit : qu'une personne qui le fait dise dans quel ordre les arriérés "
        "sont résorbés."
    ),
    # Weeks of routing
    "{day} begins no week that has ended: name a Monday, and close its week after it.": (
        "Le {day} ne commence aucune semaine terminée : nommez un lundi, et fermez sa semaine après elle."
    ),
    "The week of {day} is not closed: close it first.": (
        "La semaine du {day} n'est pas fermée : fermez-la d'abord."
    ),
}
