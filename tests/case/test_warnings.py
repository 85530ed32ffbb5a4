"""A clock that only warns, as of the end of somebody else's time: what it warns of passes, and nobody is late by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.facts import ClockResumed, ClockStopped
from ledger.case.clocks.restating import CorrectStart
from ledger.case.contact.notices import NoticeFailed, NoticeGiven
from ledger.case.escalation.reaching import ReachRung, RungReached
from projections.sentences.steps import step_said
from projections.sentences.wording import Wording
from tests.case.cases import APPLICATION, ITEM
from tests.case.writing import fail, give, issue, writes
from tests.deciding import CASE_ID, INTAKE, MONDAY, WATCH, Change, by, given_commands, office, some

DAY = timedelta(days=1)
OVER = MONDAY + 10 * DAY
WATCHED = ReachRung(case_id=CASE_ID, clock="ACK-2", generation=1)


def warning(*, rungs: list[dict[str, Any]] | None = None) -> Change:
    """ACK-2 only warns."""

    def change(document: dict[str, Any]) -> None:
        document["clocks"]["ACK-2"]["sense"] = "warning"
        if rungs is not None:
            document["clocks"]["ACK-2"]["rungs"] = rungs

    return change


def test_it_warns_before_its_end_and_then_nobody_has_to_answer_for_it() -> None:
    """Its leader was told that its time had run out, and the director that nobody had answered that."""
    before = given_commands(APPLICATION, policies=office(warning()))
    assert {each.code for each in before.state.clocks["ACK-2"].rungs} == {"three-quarters"}
    after = before.when(WATCHED, actor=WATCH, at=OVER).then(
        (some(RungReached, rung="three-quarters"), before.state.clocks["ACK-2"].rungs[0].at)
    )
    after.when(WATCHED, actor=WATCH, at=OVER + 30 * DAY).nothing()
    own = office(warning(rungs=[{"code": "over", "offset": 0, "party": "owner"}])).versions[0]
    assert step_said(own.policy, "ACK-2", "over", "en") == "its end"


def test_what_is_done_after_what_it_warned_of_is_neither_kept_nor_late_and_nobody_approves_that() -> (
    None
):
    policies = office(warning(), writes)
    before = given_commands(APPLICATION, by(INTAKE, issue()), policies=policies)
    before.when(give(), at=MONDAY + DAY).then(some(NoticeGiven), some(ClockStopped, outcome="met"))
    late = before.when(give(), at=OVER).then(
        some(NoticeGiven), some(ClockStopped, clock="ACK-2", outcome="withdrawn")
    )
    told = Wording("en", policies.versions[0].policy).sentence(late.happened[-1].fact)
    assert "ended: after that time, by the acknowledgement (it warned of a time that ran" in told
    late.when(fail(), at=OVER + DAY).then(
        some(NoticeFailed), some(ClockResumed, clock="ACK-2"), some(CaseAlarmed)
    )


def test_its_end_is_moved_over_today_without_a_second_person() -> None:
    """There is no breach to cross."""
    corrected = CorrectStart(
        case_id=CASE_ID, moment="reached_body", started_at=MONDAY - 5 * DAY, reason="The stamp.",
        evidence=(ITEM.item_id,),
    )  # fmt: skip
    before = given_commands(APPLICATION, by(INTAKE, ITEM), policies=office(warning()))
    moved = before.asked(by(INTAKE, corrected, at=MONDAY + DAY))
    after = moved.state.clocks["ACK-2"]
    assert after.due_at is not None
    assert (after.due_at < MONDAY, after.state) == (True, "running")
    alarms = [each.fact.alarm for each in moved.entries if isinstance(each.fact, CaseAlarmed)]
    assert alarms == ["date_moved_earlier", "due_moved_earlier"], "of the one nothing is due"
