"""Access is given by what was decided: on the case, or in a disclosure of it that was delivered to whoever asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ledger.case.clocks.facts import ClockResumed
from ledger.case.clocks.undelivered import RecordAccessFailed
from ledger.case.clocks.waiting import MilestoneReached, ReachMilestone
from ledger.case.contact.promises import PromiseNextContact
from ledger.errors import UnlawfulTransition
from ledger.registers.disclosures.state import Disclosure, Release
from tests.case.cases import APPLICATION, POTHOLE, decide, resolve
from tests.deciding import (
    CASE_ID,
    DECIDER,
    MONDAY,
    Asked,
    Outcome,
    by,
    given_commands,
    number,
    office,
    some,
)

TUESDAY = MONDAY + timedelta(days=1)


def test_access_is_given_by_a_decision_or_by_the_disclosure_that_holds_it() -> None:
    """An access clock was met with nothing decided, and nothing given out."""
    before = given_commands(APPLICATION)
    access = ReachMilestone(case_id=CASE_ID, milestone="access_given")
    before.when(access, at=TUESDAY).refused(rule="decided-before-it-is-done")
    before.asked(by(DECIDER, decide())).when(access, at=TUESDAY).then(some(MilestoneReached))
    named = access.model_copy(update={"by_disclosure": number(7)})
    delivered = Release(number=1, audience="applicant", delivered_at=TUESDAY)
    disclosed = Disclosure(opened=True, case_id=CASE_ID, releases={number(8): delivered})
    for nothing in (
        None,
        replace(disclosed, case_id=number(99)),
        replace(disclosed, audience="regulator"),
        replace(disclosed, releases={number(8): replace(delivered, delivered_at=None)}),
        replace(disclosed, releases={number(8): replace(delivered, failed=True)}),
    ):
        stands = replace(before, others={f"disclosure/{number(7)}": nothing})
        stands.when(named, at=TUESDAY).refused(rule="decided-before-it-is-done")
    stands = replace(before, others={f"disclosure/{number(7)}": disclosed})
    stands.when(named, at=TUESDAY).then(MilestoneReached(milestone="access_given"))


def test_only_what_was_thought_to_have_arrived_makes_a_clock_go_on_once_it_did_not() -> None:
    failed = RecordAccessFailed(case_id=CASE_ID, disclosure_id=number(7))
    before = given_commands(APPLICATION)
    never = Release(number=1, audience="applicant", failed=True)
    disclosed = Disclosure(opened=True, case_id=CASE_ID, releases={number(8): never})
    arrived = Release(number=2, audience="applicant", delivered_at=TUESDAY)
    for nothing in (
        None,
        disclosed,
        replace(
            disclosed, releases={number(8): replace(never, thought_at=MONDAY), number(9): arrived}
        ),
        replace(
            disclosed, case_id=number(99), releases={number(8): replace(never, thought_at=MONDAY)}
        ),
    ):
        stands = replace(before, others={f"disclosure/{number(7)}": nothing})
        stands.when(failed, at=TUESDAY).refused(UnlawfulTransition, rule="of-a-failed-delivery")


def test_only_a_clock_of_an_open_case_that_this_access_had_stopped_goes_on() -> None:
    def asks_for_access(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["stops_on"] = ["access_given", "made_safe"]

    def after(*done: Asked, thought_at: datetime) -> Outcome[Any]:
        never = Release(number=1, audience="applicant", failed=True, thought_at=thought_at)
        disclosed = Disclosure(opened=True, case_id=CASE_ID, releases={number(8): never})
        case = replace(before, others={f"disclosure/{number(7)}": disclosed})
        for each in done:
            case = case.asked(each)
        failed = RecordAccessFailed(case_id=CASE_ID, disclosure_id=number(7))
        return case.when(failed, at=TUESDAY + timedelta(days=2))

    before = given_commands(POTHOLE, policies=office(asks_for_access)).following(
        [MilestoneReached(milestone="decision_given")], at=MONDAY
    )
    access, safe = (
        by(DECIDER, ReachMilestone(case_id=CASE_ID, milestone=each), at=TUESDAY)
        for each in ("access_given", "made_safe")
    )
    after(access, thought_at=TUESDAY).then(some(ClockResumed, clock="FIX-10", reopened="continue"))
    after(safe, thought_at=TUESDAY).nothing()
    after(access, thought_at=TUESDAY + timedelta(days=1)).nothing()
    after(access, by(DECIDER, resolve(), at=TUESDAY), thought_at=TUESDAY).nothing()


def test_whoever_was_given_access_has_heard_from_us_and_what_was_promised_is_kept() -> None:
    """An answer that was delivered with no notice on the case stood among those closed without a reply."""
    by_at = TUESDAY + timedelta(days=2)
    promise = PromiseNextContact(case_id=CASE_ID, promise_id=number(5), by_at=by_at)
    before = given_commands(APPLICATION, by(DECIDER, decide()), promise)
    assert not before.state.replied
    for milestone, heard_at in (("made_safe", None), ("access_given", TUESDAY)):
        reached = ReachMilestone(case_id=CASE_ID, milestone=milestone)
        after = before.asked(by(DECIDER, reached, at=TUESDAY)).state
        assert after.heard_at == heard_at
        assert (after.promises.by_at is None) == after.replied
