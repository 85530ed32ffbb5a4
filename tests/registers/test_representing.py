"""Coming of age: what rested on minority ends with the day of majority, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.errors import PartyNotFound
from ledger.facts import Fact
from ledger.registers.people.parties import PARTY, PartyBirthRecorded, PartyRecorded, RecordBirth
from ledger.registers.people.representing import (
    AppointRepresentative,
    EndMinority,
    EndRepresentation,
    RepresentationEnded,
    RepresentativeAppointed,
)
from tests.deciding import WATCH, History, given, number

CHILD = PartyRecorded(kind="person", assurance="claimed", name="Ada Doucet", contact=None)
OF_AGE_ON = date(2026, 3, 2)
ITS_BEGINNING = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Midnight in the office's zone."""
LAST_YEAR = datetime(2025, 3, 3, 14, tzinfo=UTC)
END = EndMinority(party_id=number(1), representative=number(3), of_age_on=OF_AGE_ON)
ENDED = RepresentationEnded(representative=number(3), reason=None, ground="majority")


def acts(authority: str, *, until_on: date | None = None) -> RepresentativeAppointed:
    return RepresentativeAppointed(
        representative=number(3), authority=authority, until_on=until_on, scope="Everything."
    )


def of_child(*facts: Fact, at: datetime = LAST_YEAR) -> History[Any]:
    return given(CHILD, *facts, of=PARTY, stream=f"party/{number(1)}", at=at)


@pytest.mark.parametrize("authority", ["guardian", "parent"])
def test_a_guardian_acts_no_more_from_the_beginning_of_the_day_of_majority(authority: str) -> None:
    before = of_child(acts(authority))
    after = before.when(END, actor=WATCH).then((ENDED, ITS_BEGINNING))
    assert after.state.is_represented_by(number(3), on=OF_AGE_ON) is False
    after.when(END, actor=WATCH).nothing()


@pytest.mark.parametrize("authority", ["consent", "power-of-attorney", "court-order"])
def test_majority_ends_no_representation_on_another_ground(authority: str) -> None:
    of_child(acts(authority)).when(END, actor=WATCH).refused(
        saying="does not rest on minority", rule="rests-on-minority"
    )


def test_a_guardian_of_an_adult_and_one_who_stopped_before_are_left_as_they_are() -> None:
    of_child(acts("guardian"), at=ITS_BEGINNING).when(END).refused(rule="rests-on-minority")
    over = acts("guardian", until_on=date(2026, 3, 1))
    of_child(over).when(END).refused(rule="rests-on-minority")


def test_nobody_comes_of_age_before_their_day() -> None:
    tomorrow = END.model_copy(update={"of_age_on": date(2026, 3, 3)})
    of_child(acts("guardian")).when(tomorrow).refused(saying="not of age", rule="ends-at-majority")
    given(of=PARTY).when(END).refused(PartyNotFound)


def test_whoever_proves_to_be_of_age_already_has_no_guardian_any_more() -> None:
    born = RecordBirth(party_id=number(1), born_on=date(2007, 3, 2))
    told = PartyBirthRecorded(
        of_age=True, majority_age=19, born_on="2007-03-02", of_age_on="2026-03-02"
    )
    of_child(acts("guardian")).when(born).then(told, (ENDED, ITS_BEGINNING))
    of_child(acts("consent")).when(born).then(told)
    child = born.model_copy(update={"born_on": date(2007, 3, 3)})
    assert len(of_child(acts("guardian")).when(child).happened) == 1


def test_whoever_is_appointed_again_or_on_another_authority_acts() -> None:
    again = AppointRepresentative(
        party_id=number(1), representative=number(3), authority="consent", scope="Everything."
    )
    before = of_child(acts("guardian"))
    assert before.state.is_represented_by(number(4), on=OF_AGE_ON) is None
    on_consent = before.when(again).then(acts("consent"))
    on_consent.when(END).refused(rule="rests-on-minority")
    end = EndRepresentation(party_id=number(1), representative=number(3))
    after = before.asked(end).asked(again).state
    assert after.is_represented_by(number(3), on=OF_AGE_ON) is True
