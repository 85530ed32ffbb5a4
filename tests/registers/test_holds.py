"""Holds: a records officer keeps cases and lets them go, holds stack, and an inquiry's does not say why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ledger.case import CASE
from ledger.case.holding import CaseHeld, EndCaseHold, HoldCase
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Actor
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.keeping import place_hold, release_hold
from ledger.registers.keeping.holds import (
    HOLD,
    Hold,
    HoldPlaced,
    HoldReleased,
    PlaceHold,
    ReleaseHold,
)
from ledger.service import Ledger
from tests.case.cases import ENQUIRY
from tests.deciding import CASE_ID, DIRECTOR, INTAKE, History, by, given, number
from tests.ledgers import place_in

RECORDS = replace(DIRECTOR, role="records")
LINK = Actor("person", "L-01", role="liaison", team="INT")
HOLD_ID, INQUIRY = number(30), number(31)
PLACE = PlaceHold(hold_id=HOLD_ID, cases=(CASE_ID,), ground="litigation", reason="Doucet v. us")
ASKED = PlaceHold(hold_id=HOLD_ID, cases=(CASE_ID,), ground="inquiry", inquiry=INQUIRY)


@dataclass(frozen=True)
class Inquiry:
    hold_id: Any = HOLD_ID
    closed: bool = False


def a_hold(**others: Any) -> History[Hold]:
    there = {f"case/{CASE_ID}": given().asked(ENQUIRY).state, **others}
    return replace(given(of=HOLD, stream=PLACE.stream), others=there)


def test_a_records_officer_places_a_hold_and_releases_it() -> None:
    placed = (
        a_hold()
        .when(PLACE, actor=RECORDS)
        .then(
            HoldPlaced(cases=(CASE_ID,), ground="litigation", inquiry=None, reason="Doucet v. us")
        )
    )
    release = ReleaseHold(hold_id=HOLD_ID, reason="Settled.")
    released = placed.when(release, actor=RECORDS).then(HoldReleased(reason="Settled."))
    assert (placed.state.keeps(CASE_ID), released.state.keeps(CASE_ID)) == (True, False)
    placed.when(PLACE, actor=RECORDS).nothing()
    released.when(release, actor=RECORDS).nothing()


def test_nobody_else_places_or_releases_one() -> None:
    a_hold().when(PLACE, actor=INTAKE).refused(NotAuthorised, saying="'records'")
    placed = a_hold().asked(by(RECORDS, PLACE))
    placed.when(ReleaseHold(hold_id=HOLD_ID), actor=INTAKE).refused(NotAuthorised)
    machine = Actor("machine", "watch", role="records", version="1")
    a_hold().when(PLACE, actor=machine).refused(NotAuthorised)


def test_a_hold_names_cases_that_are_there_and_is_placed_before_it_is_released() -> None:
    nowhere = PLACE.model_copy(update={"cases": (number(99),)})
    a_hold().when(nowhere, actor=RECORDS).refused(CaseNotFound)
    a_hold().when(ReleaseHold(hold_id=HOLD_ID), actor=RECORDS).refused(UnlawfulTransition)


def test_the_hold_of_an_inquiry_is_placed_with_it_and_stands_while_it_is_open() -> None:
    inquiry = f"inquiry/{INQUIRY}"
    a_hold().when(ASKED, actor=LINK).refused(Refusal, rule="hold-of-its-inquiry")
    another = Inquiry(hold_id=number(77))
    a_hold(**{inquiry: another}).when(ASKED, actor=LINK).refused(
        Refusal, rule="hold-of-its-inquiry"
    )
    a_hold().when(PLACE.model_copy(update={"ground": "inquiry"}), actor=LINK).refused(
        InvalidCommand
    )
    a_hold(**{inquiry: Inquiry()}).when(ASKED, actor=RECORDS).refused(NotAuthorised)
    placed = a_hold(**{inquiry: Inquiry()}).asked(by(LINK, ASKED))
    release = ReleaseHold(hold_id=HOLD_ID)
    placed.when(release, actor=RECORDS).refused(Refusal, rule="held-while-inquired")
    closed = replace(placed, others={**placed.others, inquiry: Inquiry(closed=True)})
    closed.when(release, actor=LINK).then(HoldReleased(reason=None))


def test_a_case_says_that_it_is_on_hold_and_of_an_inquiry_not_why() -> None:
    case = given().asked(ENQUIRY)
    mark = HoldCase(case_id=CASE_ID, hold_id=HOLD_ID)
    case.when(mark).refused(Refusal, rule="held-by-a-hold")
    for hold, ground in (
        (Hold(frozenset({CASE_ID}), "audit"), "audit"),
        (Hold(frozenset({CASE_ID}), "inquiry", INQUIRY), None),
    ):
        there = replace(case, others={f"hold/{HOLD_ID}": hold})
        held = there.when(mark).then(CaseHeld(hold_id=HOLD_ID, ground=ground))
        held.when(mark).nothing()
        end = EndCaseHold(case_id=CASE_ID, hold_id=HOLD_ID)
        held.when(end).refused(Refusal, rule="held-by-a-hold")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with place_in(tmp_path).office() as opened:
        yield opened


def test_holds_stack_on_a_case_until_the_last_is_released(ledger: Ledger) -> None:
    case_id = ledger.new_id()
    ledger.handle(OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ"), actor=INTAKE)
    first, second = ledger.new_id(), ledger.new_id()
    for hold_id in (first, second):
        asked = PlaceHold(hold_id=hold_id, cases=(case_id,), ground="audit")
        place_hold(ledger, Request(asked, RECORDS))
    assert holds_on(ledger, case_id) == {first, second}
    release_hold(ledger, Request(ReleaseHold(hold_id=first), RECORDS))
    assert holds_on(ledger, case_id) == {second}
    release_hold(ledger, Request(ReleaseHold(hold_id=second), RECORDS))
    assert holds_on(ledger, case_id) == set()


def test_a_hold_that_is_refused_marks_no_case(ledger: Ledger) -> None:
    case_id = ledger.new_id()
    ledger.handle(OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ"), actor=INTAKE)
    tip = ledger.store.tip()
    asked = PlaceHold(hold_id=ledger.new_id(), cases=(case_id, number(5)), ground="audit")
    with pytest.raises(CaseNotFound):
        place_hold(ledger, Request(asked, RECORDS))
    assert ledger.store.tip() == tip


def holds_on(ledger: Ledger, case_id: Any) -> set[Any]:
    case = CASE.initial
    for read in ledger.read(f"case/{case_id}"):
        case = CASE.evolve(case, read.entry)
    return set(case.holds)
