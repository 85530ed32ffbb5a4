"""Kept longer: which closed cases nobody needs to read to say what is due for disposal by a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.case import CASE
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.settling import SettleCase
from ledger.ids import case_stream
from ledger.then import NOW, Then
from projections.office.kept_longer import Ended, to_be_read
from tests.ledgers import WATCH
from tests.projections.offices import Office, office, place

__all__ = ["office", "place"]

DUE_ON = date(2028, 4, 1)
"""Two fiscal years after the one in which the case was resolved."""
DAY_BEFORE = date(2028, 3, 31)


def ended(office: Office, case_id: UUID, request_type: str | None = "RDW-POT") -> Ended:
    state = CASE.initial
    for read in office.ledger.read(case_stream(case_id)):
        state = CASE.evolve(state, read.entry)
    assert state.resolution is not None
    return Ended(case_id, request_type, state.resolution.at, imported=False)


def read_for(office: Office, until: date, *closed: Ended, then: Then = NOW) -> list[UUID]:
    version = office.ledger.policies().versions[-1]
    return to_be_read(office.ledger.store, closed, version=version, until=until, then=then)


def settled_case(office: Office) -> UUID:
    case_id = office.opened()
    office.pulled(case_id)
    office.resolved(case_id)
    office.on(30)
    office.ask(SettleCase(case_id=case_id), WATCH)
    return case_id


def test_a_case_that_has_settled_is_read_once_the_day_comes_that_may_be_its_last(
    office: Office,
) -> None:
    case_id = settled_case(office)
    assert read_for(office, DAY_BEFORE, ended(office, case_id)) == []
    assert read_for(office, DUE_ON, ended(office, case_id)) == [case_id]


def test_one_that_had_not_settled_as_was_known_then_is_read_since_it_lacks_that(
    office: Office,
) -> None:
    case_id = settled_case(office)
    before = Then(known_at=ended(office, case_id).resolved_at)
    assert read_for(office, DAY_BEFORE, ended(office, case_id), then=before) == [case_id]
    office.ask(ReopenCase(case_id=case_id, reason="returned", clock_policy="restart"))
    office.resolved(case_id)
    assert read_for(office, DAY_BEFORE, ended(office, case_id)) == [case_id]


def test_one_of_a_type_without_a_class_is_read_and_as_of_an_instant_all_are(
    office: Office,
) -> None:
    case_id = settled_case(office)
    assert read_for(office, DAY_BEFORE, ended(office, case_id, None)) == [case_id]
    assert read_for(office, DAY_BEFORE, ended(office, case_id, "GONE")) == [case_id]
    then = Then(as_of=office.place.clock.at)
    assert read_for(office, DAY_BEFORE, ended(office, case_id), then=then) == [case_id]


def test_of_history_of_another_system_nothing_has_to_settle(office: Office) -> None:
    case_id = office.opened()
    office.pulled(case_id)
    office.resolved(case_id)
    here = ended(office, case_id)
    assert read_for(office, DAY_BEFORE, here) == [case_id]
    assert read_for(office, DAY_BEFORE, here._replace(imported=True)) == []
