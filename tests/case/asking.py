"""A course of things asked of a case, such as its state calls for or just anything, at any time: for laws."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from ledger.case import CASE
from ledger.case.clocks.waiting import EndWaiting
from ledger.case.contact.notices import RecordNoticeFailed, RecordNoticeGiven
from ledger.case.custody.adjudication import AdjudicateCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.rehoming import MoveForAbsence, RehomeCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import AcceptTransfer, DeclineTransfer
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    ReachRung,
)
from ledger.case.intake.information import ReceiveInformation
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.review import OpenReview
from ledger.case.outcome.settling import DecideReturn, SettleCase
from ledger.case.state import Case
from ledger.case.work.overdue import CallObligation
from ledger.case.work.referral import ConfirmReferral
from ledger.case.work.tasks import CompleteTask
from ledger.commands import Command
from ledger.errors import LedgerError
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Absence, Directory
from tests.case.any_opening import OPENINGS, SENSIBLE
from tests.case.anything import ACTORS, WORK
from tests.case.cases import (
    DANGER,
    INCOMPLETE,
    POTHOLE,
    THE_REST,
    contact,
    decide,
    pull,
    resolve,
    transfer,
    wait,
)
from tests.case.reviewing import DECIDED_CASE, reviews
from tests.case.writing import issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    DIRECTOR,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Asked,
    History,
    chased,
    edition,
    effect,
    given,
    number,
)

RULES = Policies(
    (
        edition(
            effect("FIX-10", "identity", "reset"),
            effect("FIX-10", "fee", {"effect": "toll", "limit": 1}),
            effect("CALL-8", "particulars", "pause"),
            effect("MAKE-SAFE", "weather", "reset"),
            chased("INC-APP", "GEN-ENQ"),
            writes,
            reviews,
        ),
    )
)
"""The office's policy with every effect that a wait can have."""
AWAY = (
    Directory()
    .with_absence(Absence(number(1), "N-02", date(2026, 3, 3), None, False, "N-03"))
    .with_absence(Absence(number(2), "R-02", date(2026, 3, 6), date(2026, 3, 20), True, None))
    .without("I-02", date(2026, 3, 20), "I-03")
)
"""Some are absent for a while, and one leaves."""


@st.composite
def moments(draw: st.DrawFn, *, before: datetime) -> tuple[datetime, datetime | None]:
    """A time from `before` on, and when what is then said happened if it was earlier."""
    now = before + timedelta(minutes=draw(st.sampled_from([45, 0, 1, 600, 3_000, 20_000])))
    ago = draw(st.sampled_from([None, None, None, None, 1, 700, 5_000]))
    return now, now - timedelta(minutes=ago) if ago is not None else None


@st.composite
def courses(draw: st.DrawFn, *, at_most: int = 25) -> list[Asked]:
    """A course of things asked of one case: mostly such as its state calls for, the others just anything."""
    opened = OPENINGS if draw(st.booleans()) else SENSIBLE
    strange = [draw(opened), *draw(st.lists(WORK, min_size=3, max_size=at_most))]
    if draw(st.integers(0, 9)) == 7:
        strange.reverse()
    course: list[Asked] = []
    history, now = nothing_yet(), MONDAY
    for command in strange:
        now, happened_at = draw(moments(before=now))
        fitting = _called_for(history.state) if draw(st.booleans()) else []
        if fitting:
            asked = replace(draw(st.sampled_from(fitting)), at=now, happened_at=happened_at)
        else:
            asked = Asked(command, draw(ACTORS), now, happened_at)
        course.append(asked)
        with suppress(LedgerError):
            history = history.asked(asked)
    return course


def _called_for(case: Case) -> list[Asked]:
    """What somebody in the office would do next with such a case."""
    if not case.opened:
        return [Asked(POTHOLE), Asked(INCOMPLETE), Asked(DANGER), Asked(_REVIEW)]
    if case.status == "resolved":
        return [
            *(
                Asked(ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy=mode))
                for mode in ("continue", "resume", "restart")
            ),
            Asked(SettleCase(case_id=CASE_ID), WATCH),
            Asked(contact("inbound", place=len(case.contacts) + 1)),
            *(Asked(decision) for decision in _of_the_return(case)),
        ]
    found = [Asked(transfer(team, place=len(case.transfers) + 1)) for team in ("INT", "INC")]
    found += [
        Asked(CompleteTask(case_id=CASE_ID, task_id=task.task_id), DECIDER)
        for task in case.owed.open_tasks
    ]
    found += [
        Asked(CallObligation(case_id=CASE_ID, owed_id=task.task_id, due_at=task.due_at), WATCH)
        for task in case.owed.open_tasks
        if task.due_at is not None
    ]
    found += [
        Asked(ConfirmReferral(case_id=CASE_ID, referral_id=each)) for each in case.owed.referrals
    ]
    if case.owner in ("R-02", "N-02"):
        stepping_back = RecuseFromCase(case_id=CASE_ID, member=case.owner)
        found.append(Asked(stepping_back, {"R-02": ROADS, "N-02": INCOME}[case.owner]))
    if case.owner is not None:
        found.append(Asked(MoveForAbsence(case_id=CASE_ID, member=case.owner), WATCH))
        found.append(Asked(RehomeCase(case_id=CASE_ID, member=case.owner), WATCH))
    found += [Asked(wait(reason, place=len(case.waits) + 1)) for reason in ("particulars", "fee")]
    found += [Asked(classify) for classify in _RECLASSIFIED]
    found += [Asked(resolve()), Asked(decide("part"), DECIDER), Asked(_REST)]
    found += [
        Asked(ReachRung(case_id=CASE_ID, clock=code, generation=clock.generation), WATCH)
        for code, clock in case.clocks.items()
        if clock.open
    ]
    if case.handover is not None:
        handed = case.handover.transfer_id
        of_team = replace(INTAKE, team=case.handover.to_team)
        found += [Asked(AcceptTransfer(case_id=CASE_ID, transfer_id=handed), of_team)] * 2
        decline = DeclineTransfer(case_id=CASE_ID, transfer_id=handed, reason="not-ours")
        found.append(Asked(decline, of_team))
        accept_by = case.handover.accept_by or MONDAY
        found.append(Asked(EscalateTransfer(case_id=CASE_ID, accept_by=accept_by), WATCH))
    elif case.owner is None and case.team in _PULLING:
        puller = _PULLING[case.team]
        found += [Asked(pull(case.team, puller.id), puller)] * 2
    if case.moves.routed_at is not None and case.team in _PULLING:
        back = ReturnCase(case_id=CASE_ID, team=case.team, reason="misrouted")
        found += [Asked(back, _PULLING[case.team])] * 2
    if case.moves.decide_by is not None:
        belongs = AdjudicateCase(case_id=CASE_ID, to_team="INC", reason="wrong-team")
        found += [Asked(belongs, DIRECTOR)] * 2
    found += [
        Asked(EndWaiting(case_id=CASE_ID, wait_id=each.wait_id))
        for each in case.waits
        if each.to_at is None
    ]
    if case.chase is not None and not case.chase.stopped:
        step = ReachChaseStep(case_id=CASE_ID, step=case.chase.reached + 1)
        found += [Asked(step, WATCH)] * 2
    found += [Asked(issue(place=len(case.notices) + 1))]
    for notice_id, notice in case.notices.items():
        if notice.failed_at is None:
            found += [Asked(RecordNoticeGiven(case_id=CASE_ID, notice_id=notice_id))]
            failed = RecordNoticeFailed(case_id=CASE_ID, notice_id=notice_id, reason="bounced")
            found += [Asked(failed)]
    found += [
        Asked(AcknowledgeEscalation(case_id=CASE_ID, escalation_id=each, action="reassign"))
        for each in case.escalations
    ]
    return found


def _of_the_return(case: Case) -> list[DecideReturn]:
    returning = case.resolution.returning if case.resolution else None
    if returning is None:
        return []
    came_back: dict[str, Any] = {"reason": "returned", "clock_policy": "resume"}
    of = DecideReturn(case_id=CASE_ID, contact_id=returning, answer="return", **came_back)
    return [of, of.model_copy(update={"answer": "thanks"})]


_PULLING = {"INT": INTAKE, "RDW": ROADS, "INC": INCOME}
_REST = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST)
_REVIEW = OpenReview(case_id=CASE_ID, other_case=number(1), channel="phone")
_RECLASSIFIED = [
    ClassifyCase(case_id=CASE_ID, request_type=code) for code in ("RDW-POT", "INC-APP", "GEN-ENQ")
]


def nothing_yet() -> History[Any]:
    """The case of which all this is asked, before anything is."""
    others = {f"case/{number(place)}": DECIDED_CASE for place in (1, 2)}
    return replace(given(), policies=RULES, directory=AWAY, others=others)


def commands_known() -> set[type[Command]]:
    """Every command that a case decides."""
    return set(CASE.decisions)
