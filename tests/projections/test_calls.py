"""The frame of a day's calls: who can be drawn as known when the day opened, and the draw found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ledger.case.calls import LogCall
from ledger.case.confirming import ConfirmRouting
from ledger.policy.draws import Stratum
from ledger.policy.in_force import PolicyVersion
from ledger.registers.draws import CallsDrawn, DrawCalls, draws_id
from ledger.registers.parties import RecordDeath, RecordParty
from ledger.registers.safe_contact import SetPartySafeContact
from ledger.service import Ledger
from projections import Views
from projections.calls import DayFrame, check, day_frame, drawn_calls, draws_of, head_before
from tests.ledgers import INTAKE, ROADS, Place, place_in
from tests.projections.test_measures import DAYS, Office


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return place_in(tmp_path)
    return place_in(tmp_path, database=request.getfixturevalue("postgresql_url"))


class CallingOffice(Office):
    """An office that draws its calls."""

    def __init__(self, place: Place, ledger: Ledger, views: Views) -> None:
        super().__init__(place, ledger)
        self.views = views

    @property
    def version(self) -> PolicyVersion:
        return self.ledger.policies().in_force(self.place.clock.at)

    def frame(self, on: date | None = None) -> DayFrame:
        self.views.catch_up(self.ledger.store)
        on = on or DAYS.date_of(self.place.clock.at)
        return day_frame(self.views, self.ledger.store, self.version, "RDW", on)

    def drawn(self) -> CallsDrawn:
        found = self.frame()
        store = self.ledger.store
        command = DrawCalls(
            draws_id=draws_id(store.ledger_id, "RDW"),
            ledger_id=store.ledger_id.hex(),
            team="RDW",
            on=found.on,
            opened_at=found.opened_at,
            head_position=found.head_position,
            head=found.head,
            frame={stratum: tuple(cases) for stratum, cases in found.frame.items()},
            excluded=found.excluded,
        )
        self.ask(command)
        recorded = draws_of(store, "RDW").on(found.on)
        assert recorded is not None
        return recorded

    def called(self, case_id: UUID, drawn: CallsDrawn, *, reached: bool = True) -> None:
        self.ask(
            LogCall(
                case_id=case_id,
                call_id=self.ledger.new_id(),
                team="RDW",
                drawn_on=drawn.on,
                reached=reached,
                channel="phone",
            )
        )

    def checked(self, drawn: CallsDrawn) -> tuple[str, ...]:
        self.views.catch_up(self.ledger.store)
        return check(self.views, self.ledger.store, self.version, drawn).differs


@pytest.fixture
def office(place: Place) -> Iterator[CallingOffice]:
    with place.office() as ledger, Views.open(place.location) as views:
        yield CallingOffice(place, ledger, views)


def sizes(frame: DayFrame) -> dict[Stratum, int]:
    return {stratum: len(cases) for stratum, cases in frame.frame.items()}


def test_each_case_is_in_the_one_stratum_that_fits_it(office: CallingOffice) -> None:
    answered, silent, back, open_still = (office.opened() for _ in range(4))
    office.contact(answered, "new-information", inbound=False)
    for case_id in (answered, silent, back):
        office.resolved(case_id)
    office.back(back)
    office.on(1)
    found = office.frame().frame
    assert found["closed"] == (answered,)
    assert found["waiting"] == (open_still,)
    assert set(found["unanswered_or_returned"]) == {silent, back}


def test_what_happened_after_the_day_opened_is_in_no_frame_of_that_day(
    office: CallingOffice,
) -> None:
    office.opened()
    office.on(1)
    before = office.frame()
    office.opened()
    assert office.frame() == before
    assert sizes(before)["waiting"] == 1


def test_safe_contact_and_a_court_keep_a_requester_out_and_are_counted(
    office: CallingOffice,
) -> None:
    safe = office.opened(flags=("safe-contact",))
    office.ask(ConfirmRouting(case_id=safe), INTAKE)
    office.opened()
    office.on(1)
    found = office.frame()
    assert (sizes(found)["waiting"], found.excluded) == (1, {"safe contact is set": 1})


def test_what_was_said_of_a_person_keeps_each_of_their_cases_out(office: CallingOffice) -> None:
    safe, gone = office.ledger.new_id(), office.ledger.new_id()
    for party in (safe, gone):
        office.ask(RecordParty(party_id=party))
        office.opened(requester=party)
    told = SetPartySafeContact(
        party_id=safe, instruction_id=office.ledger.new_id(), channels=("letter",)
    )
    office.ask(told)
    office.ask(RecordDeath(party_id=gone, evidence="The family called."))
    office.on(1)
    found = office.frame()
    assert sizes(found)["waiting"] == 0
    assert found.excluded == {"safe contact is set": 1, "the requester has died": 1}


def test_a_case_closed_more_than_ten_working_days_ago_is_not_asked_about(
    office: CallingOffice,
) -> None:
    old = office.opened()
    office.resolved(old)
    office.on(14)
    assert sizes(office.frame())["unanswered_or_returned"] == 1
    office.on(15)
    assert sizes(office.frame())["unanswered_or_returned"] == 0


def test_whoever_was_called_is_left_out_for_ninety_days(office: CallingOffice) -> None:
    case_id = office.opened()
    office.on(1)
    office.called(case_id, office.drawn())
    office.on(2)
    assert office.frame().excluded == {"called within 90 days": 1}
    office.on(92)
    assert office.frame().excluded == {}


def test_one_try_in_vain_is_no_call(office: CallingOffice) -> None:
    case_id = office.opened()
    office.on(1)
    drawn = office.drawn()
    office.called(case_id, drawn, reached=False)
    office.on(2)
    assert office.frame().excluded == {}
    (told,) = drawn_calls(office.ledger.store, drawn)
    assert (told.tries, told.reached, told.done) == (1, False, False)
    office.called(case_id, drawn, reached=False)
    (told,) = drawn_calls(office.ledger.store, drawn)
    assert (told.tries, told.reached, told.done) == (2, False, True)


def test_a_draw_is_found_again_from_the_log_whatever_happened_since(office: CallingOffice) -> None:
    for _ in range(8):
        office.opened()
    office.on(1)
    drawn = office.drawn()
    assert len(drawn.drawn) == 5
    for each in drawn.drawn[:3]:
        office.called(each.case_id, drawn)
        office.resolved(each.case_id)
    office.on(5)
    office.opened()
    assert office.checked(drawn) == ()


def test_a_draw_from_another_seed_or_of_other_cases_is_found_out(office: CallingOffice) -> None:
    for _ in range(8):
        office.opened()
    office.on(1)
    drawn = office.drawn()
    favoured = drawn.model_copy(update={"seed": "00" * 32})
    assert office.checked(favoured) == ("seed",)
    fewer = drawn.model_copy(update={"drawn": drawn.drawn[1:], "frame_digest": "f0" * 32})
    assert office.checked(fewer) == ("frame", "drawn")
    later = drawn.model_copy(update={"head_position": drawn.head_position + 1})
    assert office.checked(later) == ("head",)


def test_the_head_before_an_instant_is_the_last_entry_recorded_by_then(
    office: CallingOffice,
) -> None:
    store = office.ledger.store
    office.opened()
    then, upto = office.place.clock.at, store.tip()
    office.on(1)
    office.opened()
    assert head_before(store, then + timedelta(microseconds=1))[0] == upto
    assert head_before(store, office.place.clock.at + timedelta(days=1))[0] == store.tip()
    assert head_before(store, then - timedelta(days=100)) == (0, "")
    assert ROADS.id == "R-02"
