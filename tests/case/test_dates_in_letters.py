"""Dates in letters: a date that whoever writes gives stands there in the words of the letter, as its own dates do."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.case.contact.notices import NoticeIssued
from ledger.case.in_words import Passage
from ledger.case.people.concerned import AddCaseParty
from ledger.facts import SharedText
from tests.case.cases import APPLICATION, decide
from tests.case.writing import issue, writes
from tests.deciding import CASE_ID, DECIDER, by, given_commands, number, office, some

BOB = number(21)


def decided(language: str = "en") -> Any:
    """An application that was decided, which is written about in that language, with a witness."""
    return given_commands(
        APPLICATION.model_copy(update={"language": language}),
        AddCaseParty(case_id=CASE_ID, party=BOB, role="witness"),
        by(DECIDER, decide()),
        policies=office(writes),
    )


@pytest.mark.parametrize(
    ("given", "language", "said"),
    [
        ("2026-04-01", "en", "1 April 2026"),
        ("2026-04-01", "fr", "1er avril 2026"),
        ("2026-02-30", "fr", "2026-02-30"),
        ("20260401", "fr", "20260401"),
        ("before 2026-04-01", "en", "before 2026-04-01"),
    ],
)
def test_a_date_is_said_in_the_words_of_the_letter_and_whatever_is_none_as_it_was_given(
    given: str, language: str, said: str
) -> None:
    """A letter in French asked for an answer 'au plus tard le 2027-01-25'."""
    letter = issue("DECISION", values={"amount": given})
    (sent,) = decided(language).when(letter).then(some(NoticeIssued)).happened[-1:]
    assert f" {said} " in str(sent.fact)


def test_of_a_date_that_is_about_somebody_each_word_is() -> None:
    letter = issue(
        "DECISION",
        values={"amount": "2026-04-01"},
        passages=(Passage(of="amount", party=BOB, first=0, end=1),),
    )
    (sent,) = decided().when(letter).then(some(NoticeIssued)).happened[-1:]
    assert isinstance(sent.fact, NoticeIssued)
    assert isinstance(sent.fact.words, SharedText)
    assert (BOB, "1 April 2026 ") in sent.fact.words.stretches
