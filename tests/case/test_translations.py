"""Translations: a record item in another language, who or what made it, and which person stands by it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.contact.filing import AddRecordItem, RecordItemAdded
from ledger.case.contact.translations import ReviewTranslation, TranslationReviewed
from ledger.case.intake.opening import CaseOpened
from ledger.entry import Actor
from ledger.errors import CaseNotFound, InvalidCommand, LedgerError, NotAuthorised, Refusal
from tests.case.cases import ENQUIRY, contact, resolve
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    given,
    given_commands,
    number,
    some,
)

LETTER = AddRecordItem(
    case_id=CASE_ID,
    item_id=number(1),
    digest="ab" * 32,
    media_type="application/pdf",
    size_bytes=4096,
    custodian="Intake",
    place_kept="Archive",
    language="fr",
)
IN_ENGLISH = LETTER.model_copy(
    update={
        "item_id": number(2),
        "digest": "cd" * 32,
        "language": "en",
        "translation_of": number(1),
        "translated_by": "machine",
        "translator": "argos-1.9",
    }
)
OF_HER_WORDS = IN_ENGLISH.model_copy(update={"translation_of": None, "translates": 1})
REVIEW = ReviewTranslation(case_id=CASE_ID, item_id=number(2), words="Line 3 is free.")


def test_a_translation_says_of_what_into_which_language_and_by_which_machine() -> None:
    given_commands(ENQUIRY, LETTER).when(IN_ENGLISH).then(
        some(
            RecordItemAdded,
            language="en",
            translation_of=number(1),
            translates=None,
            translated_by="machine",
            translator="argos-1.9",
        )
    )
    given_commands(ENQUIRY, LETTER, resolve()).when(IN_ENGLISH).then(some(RecordItemAdded))


def test_what_an_entry_says_can_be_translated_too() -> None:
    given_commands(ENQUIRY).when(OF_HER_WORDS).then(some(RecordItemAdded, translates=1))


def test_a_translation_is_translated_further() -> None:
    further = IN_ENGLISH.model_copy(
        update={"item_id": number(3), "language": "mic", "translation_of": number(2)}
    )
    given_commands(ENQUIRY, LETTER, IN_ENGLISH).when(further).then(some(RecordItemAdded))


@pytest.mark.parametrize(
    ("wrong", "refusal", "saying"),
    [
        ({"translation_of": None}, InvalidCommand, "Say what it is the translation of"),
        ({"translates": 1}, InvalidCommand, "name one of the two"),
        ({"language": None}, InvalidCommand, "a language of its own"),
        ({"translated_by": None}, InvalidCommand, "whether a person or a machine"),
        ({"translator": None}, InvalidCommand, "which one by a code"),
        ({"translation_of": number(2)}, InvalidCommand, "its own translation"),
        ({"translation_of": number(9)}, Refusal, "not on this case: list what was translated"),
        ({"language": "fr"}, Refusal, "is in fr already"),
        ({"translation_of": None, "translates": 99}, Refusal, "The case has "),
    ],
)
def test_what_cannot_be_a_translation_is_refused(
    wrong: dict[str, Any], refusal: type[LedgerError], saying: str
) -> None:
    asked = IN_ENGLISH.model_copy(update=wrong)
    given_commands(ENQUIRY, LETTER).when(asked).refused(refusal, saying=saying)


def test_an_entry_without_words_has_no_translation() -> None:
    case = given_commands(ENQUIRY)
    topics = [each.fact.topic for each in case.happened]
    version = 1 + topics.index("CaseRouted")
    asked = OF_HER_WORDS.model_copy(update={"translates": version})
    case.when(asked).refused(Refusal, saying="no words that could be translated")


@pytest.mark.parametrize("wrong", [{"translator": "Ann Smith"}, {"language": "Français"}])
def test_who_translated_is_a_code_and_a_language_is_a_tag(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        AddRecordItem(**{**IN_ENGLISH.model_dump(), **wrong})


def test_a_person_who_reads_both_languages_reviews_it_once() -> None:
    reviewed = given_commands(ENQUIRY, LETTER, IN_ENGLISH)
    reviewed = reviewed.when(REVIEW).then(
        TranslationReviewed(item_id=number(2), reviewed_by="I-02", words="Line 3 is free.")
    )
    reviewed.when(REVIEW).nothing()
    reviewed.when(REVIEW, actor=ROADS_TOO).then(some(TranslationReviewed, reviewed_by="R-03"))
    assert reviewed.state.items[number(2)].reviewers == {"I-02"}


@pytest.mark.parametrize(
    ("actor", "saying"),
    [
        (WATCH, "A machine reviews no translation"),
        (ROADS, "R-02 does not read fr"),
        (Actor("person", "argos-1.9"), "made this translation"),
    ],
)
def test_whoever_cannot_judge_it_does_not_review_it(actor: Actor, saying: str) -> None:
    case = given_commands(ENQUIRY, LETTER, IN_ENGLISH)
    case.when(REVIEW, actor=actor).refused(NotAuthorised, saying=saying)


def test_what_is_no_translation_is_not_reviewed() -> None:
    of_the_letter = REVIEW.model_copy(update={"item_id": number(1)})
    for asked in (of_the_letter, REVIEW):
        given_commands(ENQUIRY, LETTER).when(asked).refused(Refusal, rule="reviews-a-translation")
    given().when(REVIEW, actor=INTAKE, at=MONDAY).refused(CaseNotFound)


def test_what_a_command_gained_is_no_part_of_it_where_it_is_not_given() -> None:
    """A command id stands for what was asked: one from before is asked again today, and is the same."""
    plain = {"item_id", "digest", "media_type", "size_bytes", "custodian", "place_kept", "pages"}
    unsaid = LETTER.model_copy(update={"language": None})
    assert unsaid.model_dump().keys() == {"case_id", *plain, "title", "source"}
    assert not {"language", "interpreted"} & contact().model_dump().keys()
    assert "answered_in" not in ENQUIRY.model_dump()
    assert contact(language="ase", interpreted=True).model_dump()["interpreted"]


def test_the_language_of_answers_is_kept_with_them() -> None:
    in_french = ENQUIRY.model_copy(update={"answered_in": "fr"})
    (opened, *_) = given_commands(in_french).happened
    assert isinstance(opened.fact, CaseOpened)
    assert (opened.fact.language, opened.fact.answered_in) == ("en", "fr")
