"""Requests for information in French: how one stands, what was proposed, what differs, beside its English."""

from __future__ import annotations

from collections.abc import Mapping

OF_DISCLOSURES: Mapping[str, str] = {
    # Which there are
    "Disclosures": "Communications",
    "disclosure": "communication",
    "for": "pour",
    "streams": "suites",
    "documents": "documents",
    "releases": "remises",
    "approved alone": "approuvées par une seule personne",
    "None yet: begin one with `caseledger disclosure begin REF`.": (
        "Aucune encore : entreprenez-en une par `caseledger disclosure begin REF`."
    ),
    "{id} (for: {audience})": "{id} (pour : {audience})",
    # How one stands
    "Disclosure {id}": "Communication {id}",
    "personal slots": "champs personnels",
    "undecided": "non tranché",
    "withheld": "retenu",
    "Nothing is drawn from the ledger.": "Rien n'est tiré du registre.",
    "Documents": "Documents",
    "kept by": "conservé par",
    "withheld under": "retenu en vertu de",
    "duplicate": "double",
    "How each is called: `caseledger disclosure index --audience applicant --purpose WHY`.": (
        "Comment chacun s'appelle : `caseledger disclosure index --audience applicant --purpose WHY`."
    ),
    "Consulted: {whom}, {heard}.": "Consultation : {whom}, {heard}.",
    "decided, nothing is released before {day}": "tranchée, rien n'est remis avant : {day}",
    "answered": "réponse reçue",
    "answered, to be decided by the {day}": "réponse reçue, à trancher avant : {day}",
    "waits for them": "en attente de réponse",
    "waits for them, until the {day}": "en attente de réponse, jusqu'à : {day}",
    "It gives to everybody what the disclosure {other} answered.": (
        "Elle donne au public ce à quoi la communication {other} a répondu."
    ),
    "It answers {request}, for: {audience}; {standing}; claims: {claimed}.": (
        "Elle répond à {request}, pour : {audience}; {standing}; affirme : {claimed}."
    ),
    "not decided": "non tranché",
    "What it waits for: {what}": "Ce qu'elle attend : {what}",
    "That it is made: `caseledger disclosure release`.": (
        "Qu'elle soit faite : `caseledger disclosure release`."
    ),
    "That it is made, from {day} on: `caseledger disclosure release`.": (
        "Qu'elle soit faite, à partir du {day} : `caseledger disclosure release`."
    ),
    "nothing": "rien",
    "What happened on this disclosure": "Ce qui s'est passé sur cette communication",
    "Recorded, but not on the case of the request: {why}": (
        "Consigné, mais non au dossier de la demande : {why}"
    ),
    # Its fee
    "The fee: {so_far}; {owed} still owed.": "Les droits : {so_far}; {owed} encore dus.",
    "{amount} estimated": "{amount} estimés",
    "{amount} asked in advance": "{amount} demandés d'avance",
    "{amount} waived": "{amount} en dispense",
    "{amount} paid": "{amount} payés",
    "The fee: {so_far}; {owed} to be given back.": "Les droits : {so_far}; {owed} à rendre.",
    "{amount} really taken": "{amount} réels",
    "{amount} given back": "{amount} remboursés",
    "A waiver is asked for: `caseledger disclosure waiver`.": (
        "Une dispense est demandée : `caseledger disclosure waiver`."
    ),
    # What was proposed
    "Proposed to be withheld": "Proposé pour être retenu",
    "says": "dit",
    "about": "au sujet de",
    "under": "en vertu de",
    "proposal": "proposition",
    "Nothing waits for an answer. Let the finder look with `caseledger disclosure propose`.": (
        "Rien n'attend de réponse. Lancez le repérage par `caseledger disclosure propose`."
    ),
    # What differs
    "Treated otherwise than before, and nobody has said why": (
        "Traité autrement qu'auparavant, sans que personne ait dit pourquoi"
    ),
    "difference": "différence",
    "Nothing.": "Rien.",
    "document {number}": "document {number}",
    "{slot} in entry {version} of {stream}": "{slot} dans l'inscription {version} de {stream}",
}
