"""The sentences of custody: what the trail says of returns, adjudication, absence, tasks and what is owed."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

CUSTODY_SENTENCES: dict[str, Sentence] = {
    "CaseTransferred": Sentence(
        "The case was handed[ by {from_owner}][ from the team {from_team}] to the team {to_team}"
        "[, to {to_owner}]: {reason}.[ It is to be accepted by {accept_by}; until then the sender "
        "stays accountable.][ Handover: {handover}.]",
        "Le dossier a été transmis[ par {from_owner}][ de l'équipe {from_team}] à l'équipe {to_team}"
        "[, à {to_owner}] : {reason}.[ Il doit être accepté au plus tard le {accept_by}; d'ici là, "
        "l'expéditeur reste responsable.][ Transmission : {handover}.]",
    ),
    "TransferAccepted": Sentence(
        "The team {team} took the case over and is accountable from here on[; {owner} has it].",
        "L'équipe {team} a pris le dossier et en est désormais responsable[; {owner} s'en charge].",
    ),
    "TransferDeclined": Sentence(
        "The case was declined: {reason}. It is[ with {owner}][ of the team {team}] where it came from.",
        "Le dossier a été refusé : {reason}. Il revient d'où il venait[, à {owner}][, équipe {team}].",
    ),
    "CasePulled": Sentence(
        "{owner} took the case from the queue of the team {team}[, assigned to them{assigned}] (place {place} of "
        "{offered} seen, with {active} {active:case|cases} in hand[ of at most {limit}])[, {lane}]"
        "[, to be started by {latest_start_at}]."
        "[ May take it by: {fits}.][ Assigned although this is lacking: {lacks}.]"
        "[ Passed over before it: {passed_over}.]",
        "{owner} a pris le dossier dans la file de l'équipe {team}[, qui lui a été attribué{assigned}] (rang {place} sur "
        "{offered} {offered:vu|vus}, avec {active} {active:dossier|dossiers} en main[ sur {limit} au plus])[, {lane}]"
        "[, à commencer au plus tard le {latest_start_at}].[ Peut le prendre par : {fits}.][ Attribué bien que manque : {lacks}.]"
        "[ Passés avant lui : {passed_over}.]",
    ),
    "TransferUnanswered": Sentence(
        "Nobody of the team {team} answered the transfer by {accept_by}[, so {leader}, who answers for it, "
        "is accountable]; to be told: {parties}.",
        "Personne de l'équipe {team} n'a répondu au transfert au plus tard le {accept_by}[; {leader}, qui répond "
        "de l'équipe, en est désormais responsable]; à prévenir : {parties}.",
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
        "[, for which {leader} answers].",
        "Le dossier quitte {from_owner}, qui n'est pas là ({because})[, pour {to_owner}]; il reste à l'équipe {team}"
        "[, dont {leader} répond].",
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
    "MemberProposed": Sentence(
        "The system that keeps the directory proposes {member}[ (joins{active})][ for the teams {teams}]"
        "[ in the roles {roles}]; nothing follows until somebody publishes it.",
        "Le système qui tient l'annuaire propose {member}[ (arrivée{active})][ pour les équipes {teams}]"
        "[ dans les rôles {roles}]; rien n'en découle avant que quelqu'un ne le publie.",
    ),
    "MemberUnlisted": Sentence(
        "The system that keeps the directory deleted its record of {member}; history goes on naming them.",
        "Le système qui tient l'annuaire a supprimé sa fiche de {member}; l'historique continue de nommer la personne.",
    ),
    "MemberNamedElsewhere": Sentence(
        "The id that the system which keeps the directory has for {member} was given or taken back"
        "[; it is kept as {pseudonym}].",
        "L'identifiant que le système qui tient l'annuaire a pour {member} a été donné ou retiré"
        "[; il est gardé comme {pseudonym}].",
    ),
    "MemberRecused": Sentence(
        "{member} stepped back from the case[; they owned it, and the team {team} has it again{owned}].",
        "{member} s'est récusé[; la personne en était responsable, et l'équipe {team} a de nouveau le dossier{owned}].",
    ),
    "TaskAdded": Sentence(
        "A task was added for the team {team}[ ({member})]: {kind}[, due by {due_at}][; it takes the skill "
        "{skill}][; it takes delegated authority{needs_delegation}].[ What: {title}.]",
        "Une tâche a été ajoutée pour l'équipe {team}[ ({member})] : {kind}[, pour le {due_at}][; elle exige la "
        "compétence {skill}][; elle exige un pouvoir délégué{needs_delegation}].[ Objet : {title}.]",
    ),
    "TaskTaken": Sentence("{member} took a task.", "{member} a pris une tâche."),
    "TaskCompleted": Sentence(
        "A task was completed.[ What came of it: {words}.]",
        "Une tâche a été accomplie.[ Résultat : {words}.]",
    ),
    "TaskCancelled": Sentence(
        "A task was cancelled: {because}.[ Words: {words}.]",
        "Une tâche a été annulée : {because}.[ Texte : {words}.]",
    ),
    "TaskMoved": Sentence(
        "A task left {from_member} ({because})[ for {to_member}].",
        "Une tâche a été retirée à {from_member} ({because})[ et confiée à {to_member}].",
    ),
    "TaskGivenBack": Sentence(
        "{from_member} gave a task back to its team: {reason}.[ Words: {words}.]",
        "{from_member} a rendu une tâche à son équipe : {reason}.[ Texte : {words}.]",
    ),
    "FollowUpSet": Sentence(
        "{member} is to follow up by {due_at}: {kind}.[ What: {words}.]",
        "{member} doit donner suite au plus tard le {due_at} : {kind}.[ Objet : {words}.]",
    ),
    "FollowUpCompleted": Sentence(
        "A follow-up was done.[ Words: {words}.]", "Un suivi a été fait.[ Texte : {words}.]"
    ),
    "FollowUpReassigned": Sentence(
        "{to_member} answers for a follow-up instead of {from_member} ({because}).",
        "{to_member} répond d'un suivi à la place de {from_member} ({because}).",
    ),
    "CaseReferred": Sentence(
        "The case was referred to {body} ({kind}), {consent}[, under {legal_basis}]; the requester is told by "
        "{told_by}; receipt is to be confirmed by {confirm_by}.[ Record items sent: {sent}.][ Words: {words}.]",
        "Le dossier a été renvoyé à {body} ({kind}), {consent}[, en vertu de {legal_basis}]; le demandeur est avisé "
        "par {told_by}; réception à confirmer au plus tard le {confirm_by}.[ Pièces envoyées : {sent}.]"
        "[ Texte : {words}.]",
    ),
    "ReferralConfirmed": Sentence(
        "The other body confirmed that it has what was sent since {received_at}.[ Its number there: "
        "{their_reference}.]",
        "L'autre organisme a confirmé avoir reçu l'envoi le {received_at}.[ Son numéro là-bas : {their_reference}.]",
    ),
    "ReferralEnded": Sentence(
        "What was sent to another body came to nothing: {ending}.[ Words: {words}.]",
        "Ce qui a été envoyé à un autre organisme est resté sans suite : {ending}.[ Texte : {words}.]",
    ),
    "ObligationOverdue": Sentence(
        "What was owed was not done by {due_at}: {kind}; to be told: {parties}.",
        "Ce qui était dû n'a pas été fait au plus tard le {due_at} : {kind}; à prévenir : {parties}.",
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
    "alarm.adjudication_required": Sentence(
        "it is to be adjudicated", "il faut trancher à son sujet"
    ),
    "alarm.second_return": Sentence(
        "it was returned twice and is to be adjudicated",
        "il a été rendu deux fois, et il faut trancher",
    ),
    "alarm.third_hop": Sentence(
        "it moved three times and is to be adjudicated",
        "il a changé trois fois d'équipe, et il faut trancher",
    ),
    "alarm.owner_absent": Sentence(
        "whoever has the case is absent, and it cannot wait",
        "la personne responsable est absente, et le dossier ne peut attendre",
    ),
    "able.skill": Sentence("the skill {what}", "la compétence {what}"),
    "able.region": Sentence("the region {what}", "la région {what}"),
    "able.language": Sentence("the language {what}", "la langue « {what} »"),
    "alarm.owner_silent": Sentence(
        "whoever has the case has made no entry for two working days",
        "la personne responsable n'a rien inscrit depuis deux jours ouvrables",
    ),
    "alarm.adjudication_overdue": Sentence(
        "nobody has adjudicated the case in time", "personne n'a tranché dans le délai"
    ),
    "because.second_return": Sentence("returned twice", "rendu deux fois"),
    "because.third_hop": Sentence("moved three times", "trois changements d'équipe"),
    "because.absence": Sentence("absence", "absence"),
    "because.leaver": Sentence("left the office", "départ"),
    "because.called_off": Sentence("called off", "annulée"),
    "because.resolved": Sentence("the case was resolved", "le dossier a été réglé"),
    "because.asked": Sentence("it was asked for", "à la demande"),
    "kind.judgement": Sentence("a judgement", "un jugement"),
    "kind.preparatory": Sentence("preparation", "une préparation"),
    "kind.bring_forward": Sentence("brought forward", "rappel"),
    "kind.commitment": Sentence("a commitment", "un engagement"),
    "kind.task": Sentence("a task", "une tâche"),
    "kind.follow_up": Sentence("a follow-up", "un suivi"),
    "kind.referral": Sentence("a receipt to be confirmed", "une réception à confirmer"),
    "kind.transfer": Sentence("a transfer", "un transfert"),
    "kind.transfer_in_part": Sentence(
        "a transfer of a part; the rest stays here",
        "un transfert d'une partie; le reste demeure ici",
    ),
    "kind.consultation": Sentence("a consultation", "une consultation"),
    "ending.declined": Sentence("the other body declined", "l'autre organisme a refusé"),
    "ending.unanswered": Sentence(
        "the other body never answered", "l'autre organisme n'a jamais répondu"
    ),
    "ending.taken_back": Sentence("we took it back", "nous l'avons repris"),
    "consent.given": Sentence("with the requester's consent", "avec le consentement du demandeur"),
    "consent.not_required": Sentence(
        "without the requester's consent", "sans le consentement du demandeur"
    ),
    "told_by.us": Sentence("us", "nous"),
    "told_by.them": Sentence("the other body", "l'autre organisme"),
    "outcome.transferred": Sentence(
        "transferred to another body", "transférée à un autre organisme"
    ),
    "alarm.task_overdue": Sentence("a task is overdue", "une tâche est en retard"),
    "alarm.follow_up_overdue": Sentence(
        "a follow-up or a commitment is overdue", "un suivi ou un engagement est en retard"
    ),
    "alarm.referral_overdue": Sentence(
        "another body has not confirmed the receipt",
        "un autre organisme n'a pas confirmé la réception",
    ),
    "because.declined": Sentence("the transfer was declined", "le transfert a été refusé"),
    "because.recused": Sentence("recusal", "récusation"),
}
