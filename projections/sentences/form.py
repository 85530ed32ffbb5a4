"""Sentences about the answers of a form, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.policy.document.conditions import FieldKind
from projections.sentences.sentence import Sentence

WANTED: Mapping[FieldKind, Sentence] = {
    "yes_no": Sentence("Answer yes or no (true or false).", "Répondez oui ou non (true ou false)."),
    "number": Sentence(
        "Give a whole number below 2^53.", "Donnez un nombre entier inférieur à 2^53."
    ),
    "money": Sentence(
        "Give whole cents below 2^53, such as 500 for 5.00.",
        "Donnez des cents entiers, en dessous de 2^53, tels que 500 pour 5,00.",
    ),
    "date": Sentence(
        "Give a date that exists, written as 2026-07-01.",
        "Donnez une date qui existe, écrite comme 2026-07-01.",
    ),
    "choice": Sentence("Choose one of {choices}.", "Choisissez parmi {choices}."),
    "text": Sentence("Write a text.", "Écrivez un texte."),
    "item": Sentence("Write a text.", "Écrivez un texte."),
}
"""What an answer must be, by the kind of its field."""
HAS_BEEN = Sentence(
    "Give a date that does not lie in the future.", "Donnez une date qui n'est pas à venir."
)
NOT_ASKED = Sentence(
    "This form does not ask this: leave it out.", "Ce formulaire ne le demande pas : omettez-le."
)
