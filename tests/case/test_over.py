"""Over: what an escalation is about came to its end, so nobody is asked about it any more, and nothing wakes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ledger.case.alarms import RaiseAlarm
from ledger.case.clocks.waiting import EndWaiting
from ledger.case.custody.overlooking import OWNER_SILENT
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.intake.information import ReceiveInformation
from ledger.case.links import LinkCase, MarkTakenUp
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.state import Case
from ledger.policy.in_force import Policies
from tests.case.alerted import asleep, told
from tests.case.cases import INCOMPLETE, POTHOLE, THE_REST, contact, pull, resolve, wait
from tests.case.moved import ACCEPT, DECLINE, OWNED, PASSED
from tests.case.owed import CALL_BACK, DONE, OVERDUE
from tests.deciding import (
    CASE_ID,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Asked,
    by,
    chased,
    given_commands,
    number,
    office,
)

THEN = MONDAY + timedelta(days=40)
LATER = MONDAY + timedelta(days=41)
CHASED = office(chased("INC-APP", "INC-CHG"))
REST = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST)
PULLED = by(ROADS, pull("RDW", "R-02"))


DAY = timedelta(days=1)
LATE = MONDAY + timedelta(days=90)
CAME_LATE = (
    POTHOLE, PULLED, by(ROADS, resolve("done"), at=MONDAY), by(INTAKE, contact("inbound"), at=LATE),
)  # fmt: skip
AGAIN = ReopenCase(
    case_id=CASE_ID, reason="returned", words="It is there again.", clock_policy="resume"
)


def alarm(code: str, *, days: int = 0) -> Asked:
    since = MONDAY + timedelta(days=days)
    return by(WATCH, RaiseAlarm(case_id=CASE_ID, alarm=code, since=since), at=THEN)


def reach(step: int) -> Asked:
    return by(WATCH, ReachChaseStep(case_id=CASE_ID, step=step), at=MONDAY + timedelta(days=8))


ENDS: dict[str, tuple[Sequence[Any], Sequence[Asked], Policies | None]] = {
    "a reminder, once nothing is missing": (
        (INCOMPLETE, reach(1)),
        [by(INTAKE, REST, at=THEN)],
        CHASED,
    ),
    "a wait that was too long, ended": (
        (POTHOLE, wait("third-party"), alarm("waiting_too_long")),
        [by(INTAKE, EndWaiting(case_id=CASE_ID, wait_id=number(1)), at=LATER)],
        None,
    ),
    "a case that nobody took, taken": (
        (POTHOLE, alarm("never_opened")),
        [by(ROADS, pull("RDW", "R-02"), at=LATER)],
        None,
    ),
    "a late task, done": (
        (*OWNED, CALL_BACK, by(WATCH, OVERDUE, at=THEN)),
        [by(ROADS, DONE, at=LATER)],
        None,
    ),
    "a late contact, whose case is opened again": (
        CAME_LATE,
        [by(ROADS, AGAIN, at=LATE + DAY), by(ROADS, resolve("done"), at=LATE + 2 * DAY)],
        None,
    ),
    "a transfer that nobody answered, accepted": (
        PASSED,
        [by(INCOME, ACCEPT, at=LATER)],
        None,
    ),
    "a transfer that nobody answered, declined": (
        PASSED,
        [by(INCOME, DECLINE, at=LATER)],
        None,
    ),
}


@pytest.mark.parametrize("what", ENDS)
def test_what_came_to_its_end_waits_for_no_answer(what: str) -> None:
    raised, acts, policies = ENDS[what]
    before = given_commands(*raised, policies=policies)
    assert not all(asleep(before))
    after = before
    for act in acts:
        after = after.asked(act)
    assert all(asleep(after))


def test_what_is_over_is_not_asked_again_where_the_case_is_opened_again() -> None:
    before = given_commands(POTHOLE, alarm("never_opened"), PULLED, by(ROADS, resolve("done")))
    assert asleep(before.asked(by(ROADS, AGAIN, at=LATER))) == [True]


def test_a_late_contact_is_answered_once_its_case_names_another_one_in_which_it_is_dealt_with() -> (
    None
):
    """The director was told of what somebody had long been working on, in the case that it had opened."""
    other = number(9)
    link = LinkCase(case_id=CASE_ID, other_case=other, relation="follows")
    told_there = LinkCase(case_id=other, other_case=CASE_ID, relation="follows")
    (marked,) = told_there.also
    assert marked == MarkTakenUp(case_id=CASE_ID, other_case=other, relation="related")
    late = given_commands(*CAME_LATE)
    for linking in (link, marked):
        for compartment, over in ((None, True), ("access-office", linking is link)):
            beside = {f"case/{other}": Case(opened=True, compartment=compartment)}
            before, climb = told(replace(late, others=beside), at=LATE)
            assert before.when(climb, actor=WATCH, at=LATE + 9 * DAY).happened
            after = before.asked(by(ROADS, linking, at=LATE + DAY))
            assert asleep(after) == [over]
            assert bool(after.decide(by(WATCH, climb, at=LATE + 9 * DAY))) != over
    apart = link.model_copy(update={"relation": "not_the_same"})
    assert apart.also == ()


def test_a_silent_owner_is_asked_about_once_at_a_time() -> None:
    """Whoever was silent again, since a later day, stood in the list of the morning twice."""
    twice = given_commands(POTHOLE, PULLED, alarm(OWNER_SILENT), alarm(OWNER_SILENT, days=20))
    assert asleep(twice) == [True, False]


def test_a_silent_owner_of_whom_was_heard_is_not_brought_before_the_next_party_up() -> None:
    """The director was told that somebody had made no entry who had made one that morning."""
    silent = given_commands(POTHOLE, PULLED, alarm(OWNER_SILENT))
    waiting, climb = told(silent)
    later = THEN + timedelta(days=9)
    assert waiting.when(climb, actor=WATCH, at=later).happened
    by_another = waiting.asked(by(INTAKE, contact(), at=LATER))
    assert by_another.when(climb, actor=WATCH, at=later).happened
    waiting.asked(by(ROADS, contact(), at=LATER)).when(climb, actor=WATCH, at=later).nothing()


def test_what_is_not_about_an_owner_climbs_however_often_they_were_heard_of() -> None:
    third = given_commands(POTHOLE, PULLED, wait("third-party"), alarm("waiting_too_long"))
    waiting, climb = told(third)
    heard = waiting.asked(by(ROADS, contact(), at=LATER))
    assert heard.when(climb, actor=WATCH, at=THEN + timedelta(days=9)).happened
