"""What a clock calls for and when, and what it makes of its case."""

from __future__ import annotations

from uuid import UUID

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.approving import alarms_of_claim
from ledger.case.clocks.refusing import alarm_of_refusal
from ledger.case.escalation.chase_steps import ChaseStepReached
from ledger.case.escalation.reaching import ClockBreached, RungReached
from ledger.case.intake.information import InformationRequested
from ledger.policy.document.chases import ChaseAct
from projections.one_case.details import DETAILS, CaseDetails
from projections.rows.case_rows import CaseRow, status
from projections.rows.cases import CASES
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.escalations import ESCALATIONS, EscalationRow, why
from tests.projections.telling import (
    Story,
    armed,
    at,
    opened,
    paused,
    pulled,
    reopened,
    resolved,
    resumed,
    routed,
    stopped,
    waits,
)


def clocks(story: Story) -> tuple[ClockRow, ...]:
    return CLOCKS.after(story.told)


def case(story: Story) -> CaseRow:
    (row,) = CASES.after(story.told)
    return row


def details(story: Story) -> CaseDetails:
    (row,) = DETAILS.after(story.told)
    return row


def reached(rung: str, hours: float) -> RungReached:
    return RungReached(
        escalation_id=UUID(int=7),
        clock="FIX-10",
        generation=1,
        rung=rung,
        parties=("owner",),
        reached_at=at(hours),
        due_at=at(80),
    )


def test_a_clock_calls_for_its_first_rung_then_for_its_breach_then_for_the_rungs_after() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80, rungs={"half": 40, "late": 120}))
    assert clocks(story)[0].calls_at == at(40)
    story.then(40, reached("half", 40), machine=True)
    assert clocks(story)[0].calls_at == at(80)
    story.then(80, ClockBreached(clock="FIX-10", generation=1, due_at=at(80)), machine=True)
    assert clocks(story)[0].calls_at == at(120)
    story.then(120, reached("late", 120), machine=True)
    assert clocks(story)[0].calls_at is None


def test_a_paused_clock_calls_only_when_its_pause_is_used_up() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80)).then(5, paused(ends=60))
    assert clocks(story)[0].calls_at == at(60)
    story.then(60, resumed(due=140, rungs={"half": 90}))
    assert clocks(story)[0].calls_at == at(90)


def test_a_rung_that_was_reached_is_not_reached_again_after_a_pause() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80, rungs={"half": 40}))
    story.then(40, reached("half", 40)).then(41, paused()).then(
        50, resumed(due=90, rungs={"half": 50})
    )
    assert clocks(story)[0].calls_at == at(90)


def test_a_reset_begins_a_new_generation_and_keeps_the_old_one() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80)).then(10, paused())
    story.then(20, resumed(due=100, generation=2))
    assert [(row.generation, row.state) for row in clocks(story)] == [(1, "reset"), (2, "running")]


def test_a_deadline_that_another_system_stated_calls_for_nothing() -> None:
    story = Story().then(0, opened()).then(0, armed("deadline", due=80, stated=True))
    assert clocks(story)[0].calls_at is None


def test_a_stopped_clock_calls_for_nothing() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80)).then(10, stopped(due=80))
    assert (clocks(story)[0].state, clocks(story)[0].calls_at) == ("met", None)


def test_nobody_is_warned_any_more_of_a_clock_that_ended_but_that_it_ran_out_is_answered() -> None:
    story = Story().then(0, opened()).then(0, armed(due=80)).then(0, armed("B", due=80))
    story.then(40, reached("half", 40), machine=True)
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [False]
    story.then(50, stopped("B", due=80))
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [False]
    story.then(80, reached("breach", 80), machine=True).then(90, stopped(due=80))
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [True, False]
    story.then(91, resolved()).then(92, reopened())
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [True, False]
    story.then(92, armed(due=180, generation=2))
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [True, True], "it begins anew"


def test_a_step_of_a_chase_is_done_by_what_tells_the_requester_since_and_with_the_case() -> None:
    """Whoever sent the reminder was told a day later that nobody had, and the director after that."""
    story = Story().then(0, opened()).then(5, chase_step("remind", 5), machine=True)
    story.then(4, asked_for("income"), known=6)
    assert [row.over for row in ESCALATIONS.after(story.told)] == [False], "from before the step"
    story.then(7, asked_for("income"))
    assert [row.over for row in ESCALATIONS.after(story.told)] == [True]
    story.then(10, chase_step("lapse", 10), machine=True).then(11, asked_for("income"))
    assert [row.over for row in ESCALATIONS.after(story.told)] == [True, False], "to be decided"
    story.then(12, resolved()).then(13, reopened())
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [True, True]


def chase_step(act: ChaseAct, hours: float) -> ChaseStepReached:
    return ChaseStepReached(
        escalation_id=UUID(int=int(hours)),
        step=1,
        act=act,
        party="owner",
        missing=("income",),
        reached_at=at(hours),
        by_at=None,
        undecided=None,
    )


def asked_for(field: str) -> InformationRequested:
    return InformationRequested(
        request_id=UUID(int=1), fields=(field,), reply_by=None, channel=None, words=None
    )


def test_a_warning_is_answered_no_more_once_its_clock_has_reached_the_next_step() -> None:
    """Three lines stood in the list for one clock that had run out: each warning of it, and that it had."""
    story = Story().then(0, opened()).then(0, armed(due=80)).then(0, armed("B", due=80))
    story.then(40, reached("half", 40), machine=True)
    story.then(80, reached("breach", 80), machine=True)
    assert [row.asleep for row in ESCALATIONS.after(story.told)] == [True, False]


def test_why_something_was_escalated_is_said_in_words() -> None:
    alarmed = EscalationRow("7", "never_opened", ("leader",), at(0))
    assert why(alarmed) == "nobody has taken the case"
    assert why(alarmed._replace(reason="half", clock="FIX-10")) == "FIX-10: half"
    assert why(alarmed._replace(reason="of-the-office")) == "of-the-office"


def test_a_case_is_due_when_the_first_of_its_running_clocks_is() -> None:
    story = Story().then(0, opened()).then(0, armed("A", due=80)).then(0, armed("B", due=30))
    assert (case(story).due_at, case(story).turn_at) == (at(30), at(30))
    story.then(5, stopped("B", due=30))
    assert case(story).due_at == at(80)
    story.then(6, paused("A"))
    assert case(story).due_at is None


def test_a_case_of_which_a_clock_ended_too_late_is_late_for_good() -> None:
    story = Story().then(0, opened()).then(0, armed(due=8))
    assert not details(story).late
    early = Story().then(0, opened()).then(0, armed(due=8))
    early.then(4, stopped(outcome="breached", due=8))
    assert not details(early).late, "what was not to be done before a day"
    story.then(20, stopped(outcome="breached", due=8))
    assert details(story).late


def test_what_is_approved_of_one_generation_leaves_another_late() -> None:
    """A clock that had ended late, and begun anew, was never late for whoever looked, once the second was approved."""
    approved = stopped(due=60).model_copy(update={"generation": 2, "approved_by": "L-02"})
    story = Story().then(0, opened()).then(0, armed(due=8))
    story.then(20, stopped(outcome="breached", due=8)).then(30, armed(due=60, generation=2))
    story.then(70, approved)
    assert [each.generation for each in details(story).late_clocks] == [1]
    assert details(story).late


def test_an_approval_is_awaited_or_refused_whatever_becomes_of_the_case_until_its_clock_runs_again() -> (
    None
):
    story = Story().then(0, opened()).then(0, armed("A", due=8)).then(0, armed("B", due=8))
    story.then(20, stopped("A", "breached", due=8)).then(20, stopped("B", "breached", due=8))
    for clock in ("A", "B"):
        since = at(20)
        leader, second = alarms_of_claim(story.told[0].stream, clock, 1, since=since)
        for told, party in ((leader, "leader"), (second, "R-02")):
            alarmed = CaseAlarmed(
                escalation_id=told, alarm="awaits_approval", party=party, since=since
            )
            story.then(20, alarmed)
    refusal = alarm_of_refusal(story.told[0].stream, "B", 1, since=at(20))
    refused = CaseAlarmed(escalation_id=refusal, alarm="time_refused", party="R-03", since=at(20))
    story.then(20, refused)

    def awaited() -> list[bool]:
        return [not row.asleep for row in ESCALATIONS.after(story.told)]

    story.then(21, resolved())
    assert awaited() == [True] * 5
    story.then(22, stopped("A", due=8))
    assert awaited() == [False, False, True, True, True]
    story.then(23, reopened()).then(23, resumed("B", due=90))
    assert awaited() == [False] * 5
    story.then(24, resolved())
    assert awaited() == [False] * 5


def test_time_passing_is_applied_when_it_is_asked_for() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(0, armed(due=8))
    assert status(case(story), at(7)) == "queued"
    assert status(case(story), at(8)) == "overdue"


def test_a_wait_that_stops_no_clock_hides_no_delay() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(0, armed(due=8))
    story.then(1, waits(1))
    assert status(case(story), at(7)) == "waiting"
    assert status(case(story), at(8)) == "overdue"
    story.then(9, paused())
    assert status(case(story), at(10)) == "waiting"


def test_immediate_danger_has_a_lane_of_its_own_by_severity_and_by_rule() -> None:
    assert case(Story().then(0, opened(severity="immediate_danger"))).lane == 0
    assert case(Story().then(0, opened())).lane == 1
    assert case(Story().then(0, opened()).then(0, routed("RDW", "immediate"))).lane == 0


def test_a_case_is_unopened_until_a_person_has_it() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW"))
    assert case(story).unopened_since == at(0)
    assert case(story).unrouted_since is None
    story.then(4, pulled("RDW", "R-02"))
    assert (case(story).unopened_since, case(story).taken_at) == (None, at(4))
