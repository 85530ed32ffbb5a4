"""Unanswered transfers: silence is neither acceptance nor refusal, so it moves accountability to the receiving leader.

The transfer stays open: the receiving team may still accept or decline it (offices.md, row 'Accept / decline').
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.known.escalated import Escalation
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import leader_there
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.times import Instant

TRANSFER_UNANSWERED = "transfer_unanswered"
"""The alarm of a transfer whose window has passed, until it is accepted or declined."""


@fact
class TransferUnanswered(Fact):
    """Nobody answered a transfer in its window: the receiving leader is accountable. Alerts to the parties are owed."""

    transfer_id: UUID
    escalation_id: UUID
    team: str
    leader: str | None
    parties: tuple[str, ...]
    accept_by: Instant


class EscalateTransfer(CaseCommand):
    """Record that nobody answered a transfer by the instant by which it was to be accepted."""

    accept_by: Instant


@decides(EscalateTransfer)
def escalate_transfer(
    case: Case, asked: EscalateTransfer, around: Circumstances
) -> Sequence[Happened]:
    """Nothing happens before the window has passed, nor for a transfer that was answered or escalated before."""
    handover, accept_by = case.known().handover, asked.accept_by
    if handover is None or handover.accept_by != accept_by or handover.unanswered:
        return ()
    if accept_by > around.now:
        return ()
    leader = leader_there(case, around, handover.to_team)
    sender = leader_there(case, around, handover.from_team)
    told = [each for each in (leader, sender) if each is not None] or ["director"]
    decision = Decision(case, around)
    decision.happens(
        TransferUnanswered(
            transfer_id=handover.transfer_id,
            escalation_id=derived_uuid(
                accept_by, "unanswered", around.stream, str(handover.transfer_id)
            ),
            team=handover.to_team,
            leader=leader,
            parties=tuple(dict.fromkeys(told)),
            accept_by=accept_by,
        ),
        at=max(accept_by, case.since or accept_by),
    )
    return decision.happened


def _still_unanswered(case: Case, _around: Circumstances) -> bool:
    return case.handover is not None and case.handover.unanswered


alarm(TRANSFER_UNANSWERED, _still_unanswered)


@evolves(TransferUnanswered)
def _unanswered(case: Case, passed: TransferUnanswered, at: datetime) -> Case:
    raised = Escalation(passed.parties, passed.accept_by, alarm=TRANSFER_UNANSWERED)
    handover = replace(case.handover, unanswered=True) if case.handover else None
    return changed(
        case,
        team=passed.team,
        owner=passed.leader,
        handover=handover,
        moves=case.moves.hopped(case.team, passed.team),
        escalations={
            **case.escalations,
            passed.escalation_id: raised,
        },
        since=at,
    )
