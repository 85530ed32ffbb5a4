"""The sentences of custody: what the trail says of returns, adjudication, absence, tasks and what is owed."""

from __future__ import annotations

from projections.sentence import Sentence

CUSTODY_SENTENCES: dict[str, Sentence] = {
    "TransferUnanswered": Sentence(
        "Nobody of the team {team} answered the transfer by {accept_by}[, so {leader}, who leads it, is "
        "accountable]; to be told: {parties}.",
        "Personne de l'équipe {team} n'a répondu au transfert au plus tard le {accept_by}[; {leader}, qui la "
        "dirige, en est désormais responsable]; à prévenir : {parties}.",
    ),
    "AccessEnded": Sentence(
        "Access to the case ended[ for the team {team}][, for {member}]: {because}.",
        "L'accès au dossier a pris fin[ pour l'équipe {team}][, pour {member}] : {because}.",
    ),
    "AskedAgain": Sentence(
        "The requester was asked again for what an accepted handover held: {fields}.",
        "On a redemandé au demandeur ce qu'une transmission acceptée contenait : {fields}.",
    ),
    "CaseRehomed": Sentence(
        "The case left {from_owner}, who is not there ({because})[, for {to_owner}]; it stays with the team {team}"
        "[, which {leader} leads].",
        "Le dossier quitte {from_owner}, qui n'est pas là ({because})[, pour {to_owner}]; il reste à l'équipe {team}"
        "[, dirigée par {leader}].",
    ),
    "AbsenceRecorded": Sentence(
        "{member} is absent from {from_on}[ until {until_on}][; known beforehand{planned}]"
        "[; {substitute} stands in].",
        "{member} est absent à partir du {from_on}[ jusqu'au {until_on}][; prévu d'avance{planned}]"
        "[; {substitute} assure la suppléance].",
    ),
    "AbsenceEnded": Sentence(
        "{member} is back on {back_on}; what moved meanwhile does not move back by itself.",
        "{member} est de retour le {back_on}; ce qui a été déplacé entre-temps ne revient pas de soi-même.",
    ),
    "MemberLeft": Sentence(
        "{member} is not there any more from {left_on} on[; {successor} takes over].",
        "{member} n'est plus là à partir du {left_on}[; {successor} prend la relève].",
    ),
    "CaseReturned": Sentence(
        "The team {from_team} gave the case back as misrouted: {reason}. It goes to the team {to_team} to be "
        "sorted anew (return {returns}).[ Words: {words}.]",
        "L'équipe {from_team} a rendu le dossier, mal acheminé : {reason}. Il va à l'équipe {to_team} pour un "
        "nouveau tri (retour {returns}).[ Texte : {words}.]",
    ),
    "AdjudicationRequired": Sentence(
        "The case stands still until it is adjudicated ({because}), by {decide_by}; to be told: {parties}.",
        "Le dossier est immobilisé jusqu'à ce qu'il soit tranché à qui il revient ({because}), au plus tard le "
        "{decide_by}; à prévenir : {parties}.",
    ),
    "CaseAdjudicated": Sentence(
        "It was adjudicated that the case belongs to the team {to_team}[ ({to_owner})]: {reason}. This binds "
        "until {binds_until}.[ Words: {words}.]",
        "Il a été tranché que le dossier revient à l'équipe {to_team}[ ({to_owner})] : {reason}. Cela vaut "
        "jusqu'au {binds_until}.[ Texte : {words}.]",
    ),
}

CUSTODY_CODES: dict[str, Sentence] = {
    "alarm.transfer_unanswered": Sentence(
        "nobody answered the transfer", "personne n'a répondu au transfert"
    ),
    "alarm.second_return": Sentence(
        "it was returned twice and is to be adjudicated",
        "il a été rendu deux fois, et il faut trancher",
    ),
    "alarm.third_hop": Sentence(
        "it moved three times and is to be adjudicated",
        "il a changé trois fois d'équipe, et il faut trancher",
    ),
    "alarm.adjudication_overdue": Sentence(
        "nobody has adjudicated the case in time", "personne n'a tranché dans le délai"
    ),
    "because.second_return": Sentence("returned twice", "rendu deux fois"),
    "because.third_hop": Sentence("moved three times", "trois changements d'équipe"),
    "because.absence": Sentence("absence", "absence"),
    "because.leaver": Sentence("left the office", "départ"),
    "because.declined": Sentence("the transfer was declined", "le transfert a été refusé"),
    "because.recused": Sentence("recusal", "récusation"),
}
