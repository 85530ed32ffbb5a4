"""Sought: somebody is found by a name, a number or an address of theirs, however it was written, slips and all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from ledger.errors import InvalidCommand
from projections.comparing.sought import Match, Sought

ADA = {
    "answers.name": "Ada-Ève Tremblay",
    "answers.contact": "Tel. +1 (902) 555-0147, or ada@example.org",
    "answers.description": "The man from number 12 says that Bob Stone of Elm Street broke the sign at the ferry.",
}
NAMES = st.lists(
    st.text(
        st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F, exclude_characters="ıŉ"),
        min_size=3,
        max_size=10,
    ),
    min_size=1,
    max_size=4,
)
"""Words in letters of which each is the same again once it was written large and small."""


def alike(*said: str, there: dict[str, str] = ADA) -> int:
    found = Sought(said).match(there)
    return found.alike if found else 0


@pytest.mark.parametrize(
    "said",
    ["Ada Tremblay", "tremblay, ada", "TREMBLAY", "Ève", "eve", "902-555-0147", "555 0147",
     "19025550147", "ADA@example.org "],
)  # fmt: skip
def test_what_is_theirs_is_found_whole_however_it_is_written(said: str) -> None:
    assert alike(said) == 1000


def test_a_slip_or_two_are_forgiven_and_tell_by_how_much() -> None:
    assert 800 <= alike("Ada Trembley") < 1000


@pytest.mark.parametrize(
    "said", ["Bo Tremblay", "902-555-0148", "ada@example.com", "Adam Smith", "Bob Stone"]
)
def test_what_is_somebody_elses_or_stands_in_a_story_is_not_found(said: str) -> None:
    assert alike(said) == 0


def test_all_that_was_said_must_be_theirs_and_the_match_names_where_it_stands() -> None:
    assert Sought(("Ada", "902 555 0147")).match(ADA) == Match(
        1000, ("answers.contact", "answers.name")
    )
    assert Sought(("Ada", "902 555 0000")).match(ADA) is None


@pytest.mark.parametrize("said", ["", "  ", "A", "-", "?!"])
def test_too_little_to_find_anybody_by_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(InvalidCommand, match="too little to find anybody by"):
        Sought((said,))


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("Ada Tremblay ada@example.org", "Ada Tremblay ada@example.com"),
        ("Ada Tremblay, <ada@example.org>;", "Bo Tremblay, <ada@example.org>;"),
        ("Ada Tremblay 902-555-0147", "Ada Tremblay 902-555-0148"),
        ("+1 (902) 555 0147 tremblay", "+1 (902) 555 0147 doucet"),
        ("902-555-0147, ada@example.org", "902-555-0147, bo@example.org"),
        ("Ève ada@example.org 555-0147", "Ève ada@example.org 555-0148"),
    ],
)
def test_a_name_a_number_and_an_address_in_one_breath_must_each_be_theirs(
    said: str, other: str
) -> None:
    assert alike(said) == 1000
    assert alike(other) == 0


@whatever(NAMES)
def test_a_name_is_found_in_any_order_case_and_without_its_accents(words: list[str]) -> None:
    there = {"name": ", ".join(words)}
    plain = [
        "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
        for word in words
    ]
    for said in (words, words[::-1], plain, [word.upper() for word in words]):
        assert alike(" ".join(said), there=there) == 1000
