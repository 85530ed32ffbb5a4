"""The frame of a day's calls: who can be drawn as known when the day opened, and the draw found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.case.clocks.waiting import BeginWaiting
from ledger.case.custody.confirming import ConfirmRouting
from ledger.case.people.care import NoteAdjustment
from ledger.case.people.safe_contact import SetSafeContact
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.flow.draws import FRAME_RULE, Stratum
from ledger.registers.keeping.holds import PlaceHold
from ledger.registers.people.dying import RecordDeath
from ledger.registers.people.parties import RecordParty
from ledger.registers.people.safe_contact import SetPartySafeContact
from ledger.sealing.heads import leaf_digest
from ledger.sealing.slots import b64u
from projections.flow.call_bars import bars_of
from projections.flow.calls import (
    DayFrame,
    drawn_calls,
    head_before,
)
from projections.views import Views
from tests.ledgers import DIRECTOR, INTAKE, Place, office_policy, publish
from tests.projections.calling import CallingOffice

RECORDS = replace(DIRECTOR, role="records")


@pytest.fixture
def office(place: Place) -> Iterator[CallingOffice]:
    with place.office() as ledger, Views.open(place.location) as views:
        yield CallingOffice(place, ledger, views)


@pytest.fixture
def hearing(office: CallingOffice) -> CallingOffice:
    """The same office, where enquiries are complaints."""
    told = document_of(office_policy()) | {"calls": {"complaint_types": ["GEN-ENQ"]}}
    publish(office.ledger, Policy.model_validate(told), effective_from=office.place.clock.at)
    return office


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
    told = office.opened()
    office.ask(
        SetSafeContact(case_id=told, instruction_id=office.ledger.new_id(), channels=("letter",))
    )
    sued = office.opened()
    office.ask(BeginWaiting(case_id=sued, wait_id=office.ledger.new_id(), reason="court"))
    office.opened()
    office.on(1)
    found = office.frame()
    assert sizes(found)["waiting"] == 1
    assert found.excluded == {"safe contact is set": 2, "before a court": 1}


def test_nobody_is_drawn_whom_nobody_could_call_and_they_are_counted(
    office: CallingOffice,
) -> None:
    """A report that nobody had put a name to was drawn, and the call could only be tried in vain."""
    nobody = office.opened(answers={"danger_now": False})
    known = [office.opened(), office.opened(answers={}, requester=office.person())]
    office.on(1)
    found = office.frame()
    assert set(found.frame["waiting"]) == set(known)
    assert found.excluded == {"asked by nobody known": 1}
    earlier = office.frame(rule=2)
    assert nobody in earlier.frame["waiting"], "a draw by the earlier rule is checked by that rule"


def test_nobody_is_drawn_by_machine_whose_case_needs_care(office: CallingOffice) -> None:
    """Practice table, row 'Vulnerability': no survey draw."""
    vulnerable = office.opened()
    office.ask(
        NoteAdjustment(
            case_id=vulnerable, adjustment_id=office.ledger.new_id(), adjustment="A slow pace."
        )
    )
    office.ask(ConfirmRouting(case_id=vulnerable), INTAKE)
    office.opened()
    office.on(1)
    found = office.frame()
    assert (sizes(found)["waiting"], found.excluded) == (1, {"a person is to look at it first": 1})
    assert sizes(office.frame(rule=1))["waiting"] == 2


def test_nobody_in_immediate_danger_is_asked_how_the_service_was(office: CallingOffice) -> None:
    """In a small office there are few others to draw, and whoever still waited to be made safe was drawn."""
    office.opened(answers={"danger_now": True, "name": "Ada Example"})
    office.opened()
    office.on(1)
    found = office.frame()
    assert (sizes(found)["waiting"], found.excluded) == (1, {"in immediate danger": 1})
    assert sizes(office.frame(rule=4))["waiting"] == 2


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


def test_while_a_complaint_of_theirs_is_open_nobody_calls_a_requester_about_another_case(
    hearing: CallingOffice,
) -> None:
    complaining, content = hearing.person(), hearing.person()
    hearing.opened(requester=complaining)
    hearing.opened(requester=content)
    complaint = hearing.complaint(complaining)
    hearing.on(1)
    found = hearing.frame()
    assert sizes(found)["waiting"] == 1
    assert found.excluded == {"a complaint or litigation is open": 1}
    hearing.resolved(complaint)
    assert hearing.frame() == found, "the day goes on as it opened"
    hearing.on(2)
    assert (sizes(hearing.frame())["waiting"], hearing.frame().excluded) == (2, {})


def test_a_complaint_under_another_record_of_the_same_person_counts_until_they_are_told_apart(
    hearing: CallingOffice,
) -> None:
    here, between, there = (hearing.person() for _ in range(3))
    hearing.opened(requester=here)
    hearing.complaint(there)
    hearing.on(1)
    assert hearing.frame().excluded == {}
    hearing.linked(between, here)
    hearing.linked(between, there)
    hearing.on(2)
    assert hearing.frame().excluded == {"a complaint or litigation is open": 1}
    hearing.linked(there, between, "not_same")
    hearing.on(3)
    assert hearing.frame().excluded == {}


def test_litigation_on_one_case_keeps_the_other_cases_of_that_person_out(
    office: CallingOffice,
) -> None:
    sued, held = office.person(), office.person()
    at_court, kept = office.opened(requester=sued), office.opened(requester=held)
    others = [office.opened(requester=party) for party in (sued, held)]
    office.opened()
    office.ask(BeginWaiting(case_id=at_court, wait_id=office.ledger.new_id(), reason="court"))
    hold = PlaceHold(hold_id=office.ledger.new_id(), cases=(kept,), ground="litigation")
    office.ask(hold, RECORDS)
    office.on(1)
    found = office.frame()
    assert not {*others, at_court, kept} & {*found.frame["waiting"]}
    assert found.excluded == {"a complaint or litigation is open": 3, "before a court": 1}
    assert sizes(found)["waiting"] == 1


def test_what_was_said_for_another_record_of_the_same_person_keeps_their_cases_out(
    office: CallingOffice,
) -> None:
    safe, gone, called = ((office.person(), office.person()) for _ in range(3))
    cases = [office.opened(requester=one) for one, _ in (safe, gone, called)]
    never = SetPartySafeContact(
        party_id=safe[1], instruction_id=office.ledger.new_id(), channels=("letter",)
    )
    office.ask(never)
    office.ask(RecordDeath(party_id=gone[1], evidence="The family called."))
    before = office.opened(requester=called[1])
    office.on(1)
    office.called(before, office.drawn())
    for pair in (safe, gone, called):
        office.linked(*pair)
    office.on(2)
    found = office.frame()
    assert not {*cases} & {*found.frame["waiting"]}
    assert found.excluded == {
        "called within 90 days": 2, "safe contact is set": 1, "the requester has died": 1,
    }  # fmt: skip


def test_a_draw_by_the_first_rule_is_still_found_again(hearing: CallingOffice) -> None:
    complaining = hearing.person()
    for _ in range(8):
        hearing.opened(requester=complaining)
    hearing.complaint(complaining)
    hearing.on(1)
    assert sizes(hearing.frame())["waiting"] == 0
    drawn = hearing.drawn(rule=1)
    assert (drawn.frame["waiting"], drawn.frame_rule) == (8, 1)
    assert hearing.checked(drawn) == ()
    assert hearing.checked(drawn.model_copy(update={"frame_rule": 2})) == ("frame", "drawn")


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
    case_id, _ = office.opened(), office.opened()
    office.on(1)
    office.called(case_id, office.drawn())
    office.on(2)
    frame = office.frame()
    assert (frame.excluded, sizes(frame)["waiting"]) == ({"called within 90 days": 1}, 1)
    renamed = json.loads(json.dumps(office.version.document).replace('"RDW"', '"ROADS"'))
    without = replace(office.version, digest="later", document=renamed)
    bars = bars_of(office.views, office.ledger.store, without, frame.opened_at, rule=FRAME_RULE)
    assert str(case_id) in bars.called, "whoever called is a team no more"
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
    (anew,) = drawn_calls(office.ledger.store, office.drawn())
    assert anew.tries == 0
    office.called(case_id, drawn, reached=False)
    (told,) = drawn_calls(office.ledger.store, drawn)
    assert (told.tries, told.reached, told.done) == (2, False, True)
    earlier = office.place.clock.at - timedelta(hours=1)
    (told,) = drawn_calls(office.ledger.store, drawn, known_at=earlier)
    assert (told.tries, told.done) == (1, False)


def test_a_draw_is_found_again_from_the_log_whatever_happened_since(office: CallingOffice) -> None:
    one = office.person()
    for requester in (one, *(None for _ in range(7))):
        office.opened(requester=requester)
    office.on(1)
    drawn = office.drawn()
    assert len(drawn.drawn) == 5
    for each in drawn.drawn[:3]:
        office.called(each.case_id, drawn)
        office.resolved(each.case_id)
    office.on(5)
    office.opened()
    office.ask(RecordDeath(party_id=one, evidence="The family called."))
    assert office.checked(drawn) == ()


def test_a_draw_goes_by_the_policy_that_was_in_force_as_its_day_opened(
    office: CallingOffice,
) -> None:
    """What was published that morning was drawn by, while the check went by the opening: no such draw held."""
    for _ in range(3):
        office.opened()
    office.on(1)
    told = document_of(office_policy()) | {"calls": {"excluded_types": ["RDW-POT"]}}
    publish(office.ledger, Policy.model_validate(told), effective_from=office.place.clock.at)
    drawn = office.drawn()
    assert (len(drawn.drawn), office.checked(drawn)) == (3, ())
    office.on(2)
    assert sizes(office.frame())["waiting"] == 0


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
    (last,) = store.entries(after=upto - 1, limit=1)
    digest = b64u(leaf_digest(last.state.partition(b"\n")[0]))
    assert head_before(store, then + timedelta(microseconds=1)) == (upto, digest)
    assert head_before(store, office.place.clock.at + timedelta(days=1))[0] == store.tip()
    assert head_before(store, then - timedelta(days=100)) == (0, "")
