"""What came back: within its window, by who had resolved it; and apart, what nobody known had asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.registers.people.parties import RecordParty
from projections.figures.figure import Window
from tests.ledgers import INTAKE
from tests.projections.offices import MONDAY, Office
from tests.projections.offices import office as office
from tests.projections.offices import place as place

ADA = {"danger_now": False, "name": "Ada Example"}


def ada(office: Office) -> UUID:
    party = office.ledger.new_id()
    office.ask(RecordParty(party_id=party, kind="person", name="Ada Example"), INTAKE)
    return party


def test_what_came_back_within_its_window_did_not_stick(office: Office) -> None:
    case_id = office.opened(answers=ADA)
    office.on(1)
    office.resolved(case_id)
    office.on(3)
    office.contact(case_id, "complaint", channel="email")
    office.back(case_id)
    found = office.figures()
    assert found.settled_time.calendar is not None
    assert found.settled_time.calendar.median is None
    assert found.first_time.calendar is not None
    assert found.first_time.calendar.median == 1
    by_person = found.bounce_back[0]
    assert (by_person.exact, by_person.basis.n) == (1, 1)
    assert [each.basis.definition for each in found.bounce_back[4:]] == [
        "5.12 bounce-back, phone to email"
    ]


def test_what_nobody_known_asked_is_apart_since_nobody_can_tell_that_they_came_back(
    office: Office,
) -> None:
    """They never came back, and each made the office look better."""
    for said in ({}, {"answers": ADA}, {"requester": ada(office)}):
        office.resolved(office.opened(**said))
    figures = office.figures()
    found = {each.basis.definition: each for each in figures.bounce_back}
    assert found["5.12 bounce-back, resolved by a person"].basis.n == 2
    assert found["5.12 bounce-back, asked by nobody known"].basis.n == 1
    assert (figures.first_time.basis.n, figures.settled_time.basis.n) == (3, 2)
    assert figures.settled_time.basis.excluded["asked by nobody known"] == 1


def test_a_resolution_whose_window_is_open_says_nothing_of_returns_yet(office: Office) -> None:
    case_id, unknown = office.opened(answers=ADA), office.opened()
    office.on(25)
    office.resolved(case_id)
    office.resolved(unknown)
    bounced = office.figures().bounce_back
    assert [each.exact for each in bounced] == [None] * 4
    open_still = [each.basis.excluded.get("window still open", 0) for each in bounced]
    assert open_still == [1, 0, 1, 0], "each of its own alone"


def test_the_quiet_window_is_that_of_the_resolution_over_easter_longer_by_its_holidays(
    office: Office,
) -> None:
    """Ten working days were taken as fourteen days of the calendar: what came back on the last two did not count."""
    case_id = office.opened(answers=ADA)
    office.on(22)
    office.resolved(case_id)
    until_wednesday = office.figures(Window(MONDAY, date(2026, 4, 9)))
    assert until_wednesday.bounce_back[0].basis.excluded == {"window still open": 1}
    office.on(38)
    office.contact(case_id, "complaint")
    office.back(case_id)
    found = office.figures(Window(MONDAY, date(2026, 4, 10)))
    assert found.bounce_back[0].exact == 1
    assert found.settled_time.calendar is not None
    assert found.settled_time.calendar.median is None
