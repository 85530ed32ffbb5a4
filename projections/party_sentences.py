"""The sentences of the audit trail about what is learnt of a party after it was recorded."""

from __future__ import annotations

from projections.sentence import Sentence

PARTY_SENTENCES: dict[str, Sentence] = {
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
}
