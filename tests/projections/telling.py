"""Entries told by hand: what happened to one case, in a few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.clocks.restating import StartCorrected
from ledger.case.clocks.waiting import WaitingBegan, WaitingEnded
from ledger.case.custody.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused
from ledger.case.custody.rehoming import CaseRehomed
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.history.imported import CaseImported
from ledger.case.intake.opening import CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.facts import Answers, Fact
from ledger.policy.clocks.history import RungAt
from projections.fold.told import Told

CASE_ID = UUID(int=0x01_9CAF_0000_7000_8000_0000_0000_0001)
MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours after Monday morning."""
    return MONDAY + timedelta(hours=hours)


class Story:
    """What is told of one case; each fact is known as it happens unless `known` says when."""

    def __init__(self, case_id: UUID = CASE_ID) -> None:
        self.stream = f"case/{case_id}"
        self.told: list[Told] = []

    def then(
        self, hours: float, fact: Fact, *, known: float | None = None, machine: bool = False
    ) -> Story:
        """One more fact, so many hours after Monday morning."""
        known_at = at(hours if known is None else known)
        before = self.told[-1].known_at if self.told else known_at
        number = len(self.told) + 1
        self.told.append(
            Told(number, self.stream, number, fact, not machine, at(hours), max(known_at, before))
        )
        return self


def opened(**said: Any) -> CaseOpened:
    """A request came in."""
    given: dict[str, Any] = {
        "reference": "00000-00001-1",
        "channel": "phone",
        "channel_family": "phone",
        "request_type": "RDW-POT",
        "programme": "RDW",
        "region": "HAL",
        "language": "en",
        "severity": "other",
        "severity_criterion": None,
        "urgency_stated": False,
        "flags": (),
        "effort_points": 2,
        "reached_body_at": MONDAY,
        "reached_office_at": None,
        "complete_at": MONDAY,
        "answered": (),
        "missing": (),
        "requester": None,
        "policy": "p",
        "answers": Answers(),
        "source": None,
        "external_id": None,
    }
    return CaseOpened(**{**given, **said})


def imported(**said: Any) -> CaseImported:
    """A case of another system."""
    given: dict[str, Any] = {
        "reference": "00000-00001-1",
        "channel": "desk",
        "channel_family": "walk_in",
        "request_type": None,
        "received_at": MONDAY,
        "team": None,
        "responsible": None,
        "findings": (),
        "external_id": None,
    }
    return CaseImported(**{**given, **said})


def routed(team: str, lane: str | None = None) -> CaseRouted:
    """The rules gave it to a team."""
    return CaseRouted(policy="p", team=team, rule="r", by_default=False, decided={"lane": lane})


def transferred(
    number: int, sender: tuple[str | None, str | None], to_team: str
) -> CaseTransferred:
    """It was handed on."""
    return CaseTransferred(
        transfer_id=UUID(int=number),
        from_team=sender[0],
        from_owner=sender[1],
        to_team=to_team,
        to_owner=None,
        reason="workload",
        accept_by=at(100),
        handover=None,
        handover_digest=None,
    )


def accepted(number: int, team: str, owner: str | None = None) -> TransferAccepted:
    """The receiver took it."""
    return TransferAccepted(transfer_id=UUID(int=number), team=team, owner=owner)


def declined(number: int, team: str | None) -> TransferDeclined:
    """The receiver declined it."""
    return TransferDeclined(transfer_id=UUID(int=number), team=team, owner=None, reason="not-ours")


def unanswered(number: int, team: str, leader: str) -> TransferUnanswered:
    """Nobody answered in the window."""
    return TransferUnanswered(
        transfer_id=UUID(int=number),
        escalation_id=UUID(int=number),
        team=team,
        leader=leader,
        parties=(leader,),
        accept_by=at(29),
    )


def returned(team: str, desk: str) -> CaseReturned:
    """A team gave it back as misrouted."""
    return CaseReturned(
        from_team=team, from_owner=None, to_team=desk, reason="misrouted", returns=1, words=None
    )


def adjudication_required() -> AdjudicationRequired:
    """It bounced."""
    return AdjudicationRequired(
        escalation_id=UUID(int=7), because="second_return", parties=("D-01",), decide_by=at(60)
    )


def adjudicated(from_team: str, to_team: str) -> CaseAdjudicated:
    """Somebody said where it belongs."""
    return CaseAdjudicated(
        from_team=from_team,
        from_owner=None,
        to_team=to_team,
        to_owner=None,
        reason="wrong-team",
        binds_until=at(600),
        words=None,
    )


def pulled(team: str, owner: str) -> CasePulled:
    """Somebody took it from the queue."""
    return CasePulled(team=team, owner=owner, offered=1, place=1, active=0, limit=12)


def recused(member: str, *, team: str = "RDW") -> MemberRecused:
    """Somebody stepped back from it."""
    return MemberRecused(member=member, team=team, owned=True)


def rehomed(from_owner: str, to_owner: str | None, *, team: str = "RDW") -> CaseRehomed:
    """It left somebody who is not there."""
    return CaseRehomed(
        because="leaver", team=team, from_owner=from_owner, to_owner=to_owner, leader=None
    )


def received_at(hours: float) -> StartCorrected:
    """It had reached the body at another time than was recorded."""
    return StartCorrected(
        moment="reached_body",
        was_at=None,
        at=at(hours),
        evidence=(UUID(int=8),),
        approved_by=None,
        reason=None,
    )


def waits(number: int, reason: str = "particulars") -> WaitingBegan:
    """It began to wait."""
    return WaitingBegan(wait_id=UUID(int=number), reason=reason, words=None)


def waits_no_more(number: int) -> WaitingEnded:
    """What it waited for came."""
    return WaitingEnded(wait_id=UUID(int=number))


def resolved(outcome: str = "done") -> CaseResolved:
    """It was settled."""
    return CaseResolved(outcome=outcome, replied=True, words=None)


def reopened() -> CaseReopened:
    """It came back."""
    return CaseReopened(reason="returned", clock_policy="continue", words=None)


def armed(
    clock: str = "FIX-10",
    *,
    due: float,
    rungs: dict[str, float] | None = None,
    stated: bool = False,
    generation: int = 1,
) -> ClockArmed:
    """A clock began."""
    return ClockArmed(
        clock=clock,
        generation=generation,
        policy=None if stated else "p",
        started_at=MONDAY,
        not_after_on=None,
        due_at=at(due),
        rungs=_rungs(rungs or {}),
        certificate={},
    )


def paused(clock: str = "FIX-10", *, ends: float | None = None) -> ClockPaused:
    """A clock stands still."""
    return ClockPaused(
        clock=clock,
        generation=1,
        wait_id=UUID(int=1),
        pause_ends_at=None if ends is None else at(ends),
        certificate={},
    )


def resumed(
    clock: str = "FIX-10",
    *,
    due: float,
    rungs: dict[str, float] | None = None,
    generation: int = 1,
) -> ClockResumed:
    """A clock runs on."""
    return ClockResumed(
        clock=clock,
        generation=generation,
        due_at=at(due),
        rungs=_rungs(rungs or {}),
        certificate={},
    )


def stopped(clock: str = "FIX-10", outcome: Any = "met", *, due: float | None) -> ClockStopped:
    """A clock ended."""
    return ClockStopped(
        clock=clock, generation=1, outcome=outcome, due_at=None if due is None else at(due)
    )


def _rungs(rungs: dict[str, float]) -> tuple[RungAt, ...]:
    return tuple(
        RungAt(code=code, at=at(hours), parties=("owner",)) for code, hours in rungs.items()
    )
