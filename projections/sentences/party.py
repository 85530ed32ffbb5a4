"""The sentences of the audit trail about people: parties, who is concerned in a case, and what they need."""

from __future__ import annotations

from projections.sentences.sentence import Sentence

PARTY_SENTENCES: dict[str, Sentence] = {
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
        "The party {representative} acts for this person no more[, since {ground}].[ Why: {reason}.]",
        "La partie {representative} n'agit plus pour cette personne[, car {ground}].[ Motif : {reason}.]",
    ),
    "PartyBirthRecorded": Sentence(
        "The date of birth was recorded: {born_on}; of age (at {majority_age} years) from {of_age_on}.",
        "La date de naissance a été consignée : {born_on}; majorité (à {majority_age} ans) à compter du "
        "{of_age_on}.",
    ),
    "PartySafeContactSet": Sentence(
        "For all cases of this person safe contact was set: never by {channels}[; times: {times}]"
        "[; names not to use: {names}].",
        "Pour tous les dossiers de cette personne, des précautions de communication ont été "
        "consignées : jamais par {channels}[; heures : {times}][; noms à ne pas employer : {names}].",
    ),
    "PartyDied": Sentence(
        "This person has died[, on {died_on}]. Evidence: {evidence}.",
        "Cette personne est décédée[, le {died_on}]. Preuve : {evidence}.",
    ),
    "DeathCorrected": Sentence(
        "This person was recorded as dead by mistake[; they act for them again: {restored}]. Why: {reason}.",
        "Cette personne a été déclarée décédée par erreur[; agissent de nouveau pour elle : {restored}]. "
        "Motif : {reason}.",
    ),
}
