"""The sentences of the audit trail: one for each topic, in English and in French.

`{name}` stands for a field of the fact, worded by `wording`; what stands between brackets is left
out where a field in it is empty. A personal field reads as its value, as sealed or as erased.
"""

from __future__ import annotations

from projections.answer_sentences import ANSWER_CODES, ANSWER_SENTENCES
from projections.clock_sentences import CLOCK_CODES, CLOCK_SENTENCES
from projections.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    **ANSWER_SENTENCES,
    **CLOCK_SENTENCES,
    "CaseOpened": Sentence(
        "A request reached us by {channel} on {reached_body_at} and became case {reference}"
        "[, of type {request_type}][, in the region {region}]."
        "[ Severity: {severity}[ ({severity_criterion})].][ Still missing: {missing}.]"
        "[ The requester calls it urgent{urgency_stated}.]"
        "[ Answers: {answers}.]",
        "Une demande nous est parvenue par {channel} le {reached_body_at} et est devenue le dossier "
        "{reference}[, de type {request_type}][, dans la région {region}]."
        "[ Gravité : {severity}[ ({severity_criterion})].][ Il manque encore : {missing}.]"
        "[ Le demandeur la dit urgente{urgency_stated}.]"
        "[ Réponses : {answers}.]",
    ),
    "CaseClassified": Sentence(
        "The case was classified as {request_type} ({programme})[, in the region {region}]"
        "[, language {language}]."
        "[ Severity: {severity}[ ({severity_criterion})].][ Still missing: {missing}.]"
        "[ Why: {reason}.]",
        "Le dossier a été classé : {request_type} ({programme})[, dans la région {region}]"
        "[, langue : {language}]."
        "[ Gravité : {severity}[ ({severity_criterion})].][ Il manque encore : {missing}.]"
        "[ Motif : {reason}.]",
    ),
    "InformationRequested": Sentence(
        "The requester was asked[ by {channel}] for what is missing[: {fields}]"
        "[, to be answered by {reply_by}].[ Words: {words}.]",
        "On a demandé au demandeur[ par {channel}] ce qui manque[ : {fields}]"
        "[, réponse attendue au plus tard le {reply_by}].[ Texte : {words}.]",
    ),
    "InformationReceived": Sentence(
        "Information came in by {channel}.[ Still missing: {missing}.]"
        "[ The case is complete since {complete_at}.][ Answers: {answers}.]",
        "Des renseignements sont arrivés par {channel}.[ Il manque encore : {missing}.]"
        "[ Le dossier est complet depuis le {complete_at}.][ Réponses : {answers}.]",
    ),
    "CaseRouted": Sentence(
        "The published rules gave the case to the team {team}, by the rule {rule}."
        "[ They propose the team {proposed}.][ The team {confirm_team} is to confirm it by {confirm_by}.]",
        "Les règles publiées ont confié le dossier à l'équipe {team}, par la règle {rule}."
        "[ Elles proposent l'équipe {proposed}.]"
        "[ L'équipe {confirm_team} doit le confirmer au plus tard le {confirm_by}.]",
    ),
    "RoutingConfirmed": Sentence(
        "A duty person confirmed that the case goes to the team {team} (proposed: {proposed})."
        "[ Why: {reason}.]",
        "Une personne de garde a confirmé que le dossier va à l'équipe {team} (proposée : {proposed})."
        "[ Motif : {reason}.]",
    ),
    "CasePartyAdded": Sentence(
        "Somebody is concerned in the case as {role}: the party {party}.[ Why: {reason}.]",
        "Une personne est concernée par le dossier, à titre de {role} : la partie {party}."
        "[ Motif : {reason}.]",
    ),
    "CasePartyRemoved": Sentence(
        "The party {party} is not concerned in the case as {role}.[ Why: {reason}.]",
        "La partie {party} n'est pas concernée par le dossier à titre de {role}.[ Motif : {reason}.]",
    ),
    "SeverityAssessed": Sentence(
        "The matter was found to be: {severity} (criterion: {criterion}; before: {before})."
        "[ The requester calls it urgent{urgency_stated}.][ Why: {reason}.]",
        "La gravité a été établie : {severity} (critère : {criterion}; auparavant : {before})."
        "[ Le demandeur la dit urgente{urgency_stated}.][ Motif : {reason}.]",
    ),
    "AdjustmentNoted": Sentence(
        "It was noted that {flag}: {adjustment}.",
        "Il a été noté ceci : {flag} : {adjustment}.",
    ),
    "FlagClearingAsked": Sentence(
        "{asked_by} asked that this be cleared: {flag}. A second person is to agree. Why: {reason}.",
        "{asked_by} a demandé de retirer ceci : {flag}. Une seconde personne doit y consentir. "
        "Motif : {reason}.",
    ),
    "FlagCleared": Sentence(
        "This was cleared, as {asked_by} had asked: {flag}. Why: {reason}.",
        "Ceci a été retiré, comme {asked_by} l'avait demandé : {flag}. Motif : {reason}.",
    ),
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
        "{owner} took the case from the queue of the team {team} (place {place} of {offered} seen, "
        "with {active} cases in hand[ of at most {limit}]).",
        "{owner} a pris le dossier dans la file de l'équipe {team} (rang {place} sur {offered} vus, "
        "avec {active} dossiers en main[ sur {limit} au plus]).",
    ),
    "WaitingBegan": Sentence(
        "The case began to wait: {reason}.[ Words: {words}.]",
        "Le dossier a été mis en attente : {reason}.[ Texte : {words}.]",
    ),
    "WaitingEnded": Sentence(
        "The case waits no longer.",
        "Le dossier n'est plus en attente.",
    ),
    "MilestoneReached": Sentence(
        "This was done: {milestone}.",
        "Ceci a été fait : {milestone}.",
    ),
    "CaseAlarmed": Sentence(
        "An alarm was raised: {alarm}, since {since}; to be told: {party}.",
        "Une alerte a été donnée : {alarm}, depuis le {since}; à prévenir : {party}.",
    ),
    "CaseEscalated": Sentence(
        "The case was escalated to {party}: {reason}.[ Words: {words}.]",
        "Le dossier a été signalé à {party} : {reason}.[ Texte : {words}.]",
    ),
    "EscalationClimbed": Sentence(
        "Nobody answered an escalation by {climbed_at}; to be told: {party} (step {step}).",
        "Personne n'avait répondu à un signalement le {climbed_at}; à prévenir : {party} (étape {step}).",
    ),
    "EscalationAcknowledged": Sentence(
        "An escalation was answered: {action}[, by {act_by}].[ Words: {words}.]",
        "Un signalement a reçu une réponse : {action}[, au plus tard le {act_by}].[ Texte : {words}.]",
    ),
    "AlertDelivered": Sentence(
        "The alert of an escalation was delivered by {method}.",
        "L'avis d'un signalement a été remis par {method}.",
    ),
    "ContactLogged": Sentence(
        "A contact was logged: {direction}, by {channel} ({kinds})[, {minutes} minutes]"
        "[; nobody was reached{reached}].[ Words: {words}.]",
        "Un contact a été noté : {direction}, par {channel} ({kinds})[, {minutes} minutes]"
        "[; personne n'a été joint{reached}].[ Paroles : {words}.]",
    ),
    "NoteAdded": Sentence(
        "A note was put on the case: {text}.",
        "Une note a été versée au dossier : {text}.",
    ),
    "RecordItemAdded": Sentence(
        "A record item was listed ({media_type}, {size_bytes} bytes[, {pages} pages]), kept by "
        "{custodian} at {place_kept}.[ Title: {title}.][ Source: {source}.]",
        "Une pièce a été inscrite ({media_type}, {size_bytes} octets[, {pages} pages]), conservée par "
        "{custodian} à {place_kept}.[ Titre : {title}.][ Source : {source}.]",
    ),
    "CaseLinked": Sentence(
        "It was decided that this case is {relation} case {other_case}"
        "[ (similarity {similarity} in a thousand)].[ Why: {reason}.]",
        "Il a été décidé que ce dossier est {relation} dossier {other_case}"
        "[ (similarité de {similarity} sur mille)].[ Motif : {reason}.]",
    ),
    "DecisionRecorded": Sentence(
        "The case was decided: {outcome}, on the basis of {legal_basis}"
        "[, under the delegation {delegation}].[ Evidence relied on: {evidence} items.]"
        "[ Reasons: {reasons}.]",
        "Le dossier a été tranché : {outcome}, sur le fondement de {legal_basis}"
        "[, en vertu de la délégation {delegation}].[ Preuves retenues : {evidence} pièces.]"
        "[ Motifs : {reasons}.]",
    ),
    "CaseResolved": Sentence(
        "The case was resolved: {outcome}[; the requester had a reply{replied}].[ Words: {words}.]",
        "Le dossier a été réglé : {outcome}[; le demandeur avait reçu une réponse{replied}]."
        "[ Texte : {words}.]",
    ),
    "CaseReopened": Sentence(
        "The case was opened again: {reason}; its clocks {clock_policy}.[ It is with {owner} again.]"
        "[ Words: {words}.]",
        "Le dossier a été rouvert : {reason}; ses échéances {clock_policy}.[ Il est de nouveau confié à "
        "{owner}.][ Texte : {words}.]",
    ),
    "EntryCorrected": Sentence(
        "Entry {corrects} of this case was corrected ({fields}); the earlier one stays."
        "[ Right is: {values}.][ Why: {reason}.]",
        "L'inscription {corrects} de ce dossier a été corrigée ({fields}); la première demeure."
        "[ Est exact : {values}.][ Motif : {reason}.]",
    ),
    "CaseImported": Sentence(
        "The case was taken over from another system as {reference}; it had come by {channel} on "
        "{received_at}[, of type {request_type}][, to the team {team}][, responsible {responsible}]."
        "[ What looked wrong: {findings}.][ Its number there: {external_id}.]",
        "Le dossier a été repris d'un autre système sous le numéro {reference}; il était arrivé par "
        "{channel} le {received_at}[, de type {request_type}][, à l'équipe {team}]"
        "[, responsable : {responsible}].[ Ce qui semblait erroné : {findings}.]"
        "[ Son numéro là-bas : {external_id}.]",
    ),
    "ActivityRecorded": Sentence(
        "The source says that this was done: {activity}[ (team {team})].",
        "La source indique que ceci a été fait : {activity}[ (équipe {team})].",
    ),
    "OwnershipTransferred": Sentence(
        "The source shows the case with[ {to_owner}][ of the team {to_team}] from here on"
        "[; before with {from_owner}].",
        "La source montre désormais le dossier chez[ {to_owner}][ de l'équipe {to_team}]"
        "[; auparavant chez {from_owner}].",
    ),
    "PartyContactGiven": Sentence(
        "Another name, language or way of contact was given[: {name}][, {contact}][, language {language}].",
        "Un autre nom, une autre langue ou une autre coordonnée a été donné[ : {name}][, {contact}]"
        "[, langue : {language}].",
    ),
    "PartyIdentified": Sentence(
        "The identity was found: {assurance} (before: {before}). Seen: {evidence}.",
        "L'identité a été établie : {assurance} (auparavant : {before}). Preuve vue : {evidence}.",
    ),
    "PartyLinkDecided": Sentence(
        "It was decided about the party {other_party}: {verdict}[ (similarity {similarity} of 1000)]. "
        "Evidence: {evidence}.",
        "Il a été décidé, au sujet de la partie {other_party} : {verdict}[ (similarité {similarity} sur "
        "1000)]. Preuve : {evidence}.",
    ),
    "RepresentativeAppointed": Sentence(
        "The party {representative} may act for this person, on the authority {authority}"
        "[, until {until_on}], for: {scope}.",
        "La partie {representative} peut agir pour cette personne, à titre de {authority}"
        "[, jusqu'au {until_on}], pour : {scope}.",
    ),
    "RepresentationEnded": Sentence(
        "The party {representative} acts for this person no more.[ Why: {reason}.]",
        "La partie {representative} n'agit plus pour cette personne.[ Motif : {reason}.]",
    ),
    "PartyBirthRecorded": Sentence(
        "The date of birth was recorded: {born_on}; of age (at {majority_age} years) from {of_age_on}.",
        "La date de naissance a été consignée : {born_on}; majorité (à {majority_age} ans) à compter du "
        "{of_age_on}.",
    ),
    "PartyDied": Sentence(
        "This person has died[, on {died_on}]. Evidence: {evidence}.",
        "Cette personne est décédée[, le {died_on}]. Preuve : {evidence}.",
    ),
    "PartyRecorded": Sentence(
        "A {kind} was recorded, identity {assurance}[, language {language}]."
        "[ Name: {name}.][ Contact: {contact}.]",
        "Une {kind} a été inscrite, identité {assurance}[, langue : {language}]."
        "[ Nom : {name}.][ Coordonnées : {contact}.]",
    ),
    "PolicyPublished": Sentence(
        "Policy {number} was published, in force from {effective_from} (digest {digest}).",
        "La politique {number} a été publiée, en vigueur à partir du {effective_from} "
        "(empreinte {digest}).",
    ),
    "ImportBegun": Sentence(
        "An import from {source} began ({format}, mapping {mapping}).[ Digest of the file: "
        "{file_digest}.]",
        "Une reprise depuis {source} a commencé ({format}, correspondance {mapping})."
        "[ Empreinte du fichier : {file_digest}.]",
    ),
    "ImportFinished": Sentence(
        "The import came to its end; its report is recorded.[ Set aside: {set_aside}.]",
        "La reprise est terminée; son rapport est consigné.[ Mis de côté : {set_aside}.]",
    ),
    "PersonalValuesRead": Sentence(
        "Personal values of {read_stream} were shown, up to its entry {upto_version}."
        "[ Purpose: {purpose}.]",
        "Des valeurs personnelles de {read_stream} ont été montrées, jusqu'à l'inscription "
        "{upto_version}.[ But : {purpose}.]",
    ),
}

UNREADABLE = Sentence(
    "An entry '{topic}' of schema {schema}, intact, which this version cannot put into words: its "
    "fields are given as they are recorded.",
    "Une inscription « {topic} » de schéma {schema}, intacte, que cette version ne sait pas mettre en "
    "mots : ses champs sont donnés tels qu'ils sont consignés.",
)

CORRECTED = Sentence(
    "Corrected by entry {position} ({fields})[: {values}].",
    "Corrigée par l'inscription {position} ({fields})[ : {values}].",
)

SEALED = Sentence("[sealed]", "[sous scellé]")
ERASED = Sentence("[erased]", "[effacé]")
NAMED_MACHINE = Sentence("the program {id}", "le programme {id}")
FOR_TEAM = Sentence(" for {team}", " pour {team}")
ON_BEHALF = Sentence(", on behalf of {whom}", ", au nom de {whom}")
END_OF_DAY = Sentence("the end of {day}", "{day}, fin de journée")
THE_BEGINNING = Sentence("the beginning", "début")
YES = Sentence("yes", "oui")
NO = Sentence("no", "non")
NAMED_VALUE = Sentence("{name}: {value}", "{name} : {value}")

CODES: dict[str, Sentence] = {
    **ANSWER_CODES,
    **CLOCK_CODES,
    "direction.inbound": Sentence("to us", "reçu"),
    "direction.outbound": Sentence("from us", "de notre part"),
    "alarm.due_moved_earlier": Sentence("a due date moved earlier", "une échéance a été avancée"),
    "outcome.ended": Sentence("ended, says the source", "terminé, selon la source"),
    "action.act": Sentence("action will be taken", "une mesure sera prise"),
    "action.reassign": Sentence("the case is given to somebody else", "le dossier est réattribué"),
    "action.extend": Sentence("the time is extended", "le délai est prolongé"),
    "action.accept_breach": Sentence("the breach is accepted", "le dépassement est accepté"),
    "alarm.never_opened": Sentence("nobody has taken the case", "personne n'a pris le dossier"),
    "alarm.never_routed": Sentence("no team has the case", "aucune équipe n'a le dossier"),
    "alarm.waiting_too_long": Sentence(
        "the case has waited for too long", "le dossier est en attente depuis trop longtemps"
    ),
    "alarm.never_confirmed": Sentence(
        "nobody of the duty team has confirmed where the case goes",
        "personne de l'équipe de garde n'a confirmé où va le dossier",
    ),
    "verdict.same": Sentence("the same person", "la même personne"),
    "verdict.not_same": Sentence("not the same person", "pas la même personne"),
    "verdict.cannot_say": Sentence("it cannot be told", "on ne peut pas le dire"),
    "role.requester": Sentence("requester", "demandeur"),
    "role.subject": Sentence("subject", "personne visée"),
    "role.representative": Sentence("representative", "représentant"),
    "role.third_party": Sentence("third party", "tiers"),
    "role.witness": Sentence("witness", "témoin"),
    "role.staff_complained_about": Sentence(
        "member of staff complained about", "membre du personnel visé par une plainte"
    ),
    "relation.same_matter": Sentence("about the same matter as", "sur la même affaire que le"),
    "relation.not_the_same": Sentence(
        "not about the same matter as", "sur une autre affaire que le"
    ),
    "relation.related": Sentence("related to", "lié au"),
    "relation.review_of": Sentence("a review of", "une révision du"),
    "relation.follows": Sentence("a sequel to", "une suite du"),
    "kind.person": Sentence("person", "personne"),
    "kind.organisation": Sentence("organisation", "organisation"),
    "assurance.claimed": Sentence("as claimed", "déclarée"),
    "assurance.matched": Sentence("matched", "rapprochée"),
    "assurance.verified": Sentence("verified", "vérifiée"),
    "language.en": Sentence("English", "anglais"),
    "language.fr": Sentence("French", "français"),
    "severity.immediate_danger": Sentence("immediate danger", "danger immédiat"),
    "severity.harm_within_days": Sentence("harm within days", "préjudice dans les prochains jours"),
    "severity.rights_or_money_at_a_date": Sentence(
        "rights or money at a date", "droits ou argent à une date"
    ),
    "severity.other": Sentence("other", "autre"),
    "party.owner": Sentence("the owner", "la personne responsable"),
    "party.team": Sentence("the team", "l'équipe"),
    "party.leader": Sentence("the leader of the team", "la personne qui dirige l'équipe"),
    "party.director": Sentence("the director", "la direction"),
    "party.dispatcher": Sentence("the dispatcher", "la répartition"),
    "party.on_call": Sentence("whoever is on call", "la personne de garde"),
    "party.intake": Sentence("the intake desk", "l'accueil"),
    "clock.deadline": Sentence("of the source", "de la source"),
}

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
}  # fmt: skip
