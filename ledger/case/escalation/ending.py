"""Ending: an alarm about who is there is over once that is so no more, which no entry of its case tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ledger.case.alarms import ALARMS
from ledger.case.escalation.climbing import holds
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact


@fact
class AlarmEnded(Fact):
    """What an alarm told is so no more: somebody is back, or was heard of. Nobody has to answer it."""

    escalation_id: UUID
    alarm: str


class EndAlarm(CaseCommand):
    """Record that what an alarm about who is there told is so no more."""

    escalation_id: UUID


@decides(EndAlarm)
def end_alarm(case: Case, asked: EndAlarm, around: Circumstances) -> Sequence[Happened]:
    """It ends once, while the case stands as the alarm is about it, and only where it holds no more."""
    raised = case.known().escalations.get(asked.escalation_id)
    terms = None if raised is None or raised.alarm is None else ALARMS.get(raised.alarm)
    if raised is None or raised.alarm is None or raised.over or terms is None:
        return ()
    if not terms.of_staff or not terms.about(case) or holds(case, raised, around):
        return ()
    return (around.happened(AlarmEnded(escalation_id=asked.escalation_id, alarm=raised.alarm)),)


@evolves(AlarmEnded)
def _ended(case: Case, ended: AlarmEnded, _at: datetime) -> Case:
    raised = case.escalations.get(ended.escalation_id)
    if raised is None:
        return case
    over = replace(raised, over=True)
    return changed(case, escalations={**case.escalations, ended.escalation_id: over})
