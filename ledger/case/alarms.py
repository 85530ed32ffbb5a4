"""Alarms: something that should have happened to a case did not; each chapter says when its own holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.known.escalated import Escalation
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.input.quoting import quoted
from ledger.times import Instant, stamp

Holds = Callable[[Case, Circumstances], bool]
Party = Callable[[Case], str]
AlarmOf = Literal["open", "resolved", "any"]


@dataclass(frozen=True, slots=True)
class Alarm:
    """While what an alarm is about holds it may be raised; the party is told.

    One `of_owner` is about who has the case: where it has moved since, or they made an entry on it, it is answered.
    One `of_staff` hangs on who is there, which no entry of the case tells: it is looked at again until it is over.
    """

    holds: Holds
    party: Party
    of: AlarmOf = "open"
    of_owner: bool = False
    of_staff: bool = False

    def about(self, case: Case) -> bool:
        """Whether it is about cases that stand as this one does: open, resolved, or any."""
        return self.of in ("any", case.status)


ALARMS: dict[str, Alarm] = {}
"""Every alarm by its code."""


def alarm(
    code: str,
    holds: Holds,
    *,
    party: Party | None = None,
    of: AlarmOf = "open",
    of_owner: bool = False,
    of_staff: bool = False,
) -> None:
    """Registers an alarm on an open case, on one that is resolved, or on any; of its owner or of staff, if it is.

    Its leader is told, or the dispatcher while no team has the case.
    """
    ALARMS[code] = Alarm(holds, party or _leader, of, of_owner, of_staff)


def _leader(case: Case) -> str:
    return "leader" if case.team else "dispatcher"


@fact
class CaseAlarmed(Fact):
    """Something that should have happened to the case did not. An alert to the party is owed."""

    escalation_id: UUID
    alarm: str
    party: str
    since: Instant


class RaiseAlarm(CaseCommand):
    """Record that something which should have happened to a case did not, since when."""

    alarm: str
    since: Instant


def raise_at_once(
    decision: Decision,
    code: str,
    *causes: str,
    since: datetime | None = None,
    party: str | None = None,
) -> None:
    """Raises an alarm as a consequence of what was just decided; `causes` tell it from others of that instant.

    It holds since the decision, or since when that was said to have happened. Its party is told, or another `party`.
    """
    at = since or decision.around.effective_at
    decision.happens(
        CaseAlarmed(
            escalation_id=derived_uuid(at, "alarm", decision.around.stream, code, *causes),
            alarm=code,
            party=party or ALARMS[code].party(decision.case),
            since=at,
        ),
        at=at,
    )


@decides(RaiseAlarm)
def raise_alarm(case: Case, asked: RaiseAlarm, around: Circumstances) -> Sequence[Happened]:
    """An alarm is raised once for each instant since which it holds, and only while it does."""
    terms = ALARMS.get(asked.alarm)
    if terms is None:
        raise InvalidCommand(
            f"{quoted(asked.alarm)} is not an alarm; the ledger knows {', '.join(sorted(ALARMS))}."
        )
    raised = case.known().alarms.get(asked.alarm)
    if not terms.about(case) or (raised is not None and asked.since <= raised):
        return ()
    if not terms.holds(case, around):
        return ()
    decision = Decision(case, around)
    decision.happens(
        CaseAlarmed(
            escalation_id=derived_uuid(
                asked.since, "alarm", around.stream, asked.alarm, stamp(asked.since)
            ),
            alarm=asked.alarm,
            party=terms.party(case),
            since=asked.since,
        )
    )
    return decision.happened


@evolves(CaseAlarmed)
def _alarmed(case: Case, alarmed: CaseAlarmed, at: datetime) -> Case:
    raised = Escalation((alarmed.party,), alarmed.since, alarm=alarmed.alarm)
    escalations = {**case.escalations, alarmed.escalation_id: raised}
    alarms = {**case.alarms, alarmed.alarm: alarmed.since}
    return changed(case, alarms=alarms, escalations=escalations)


def _who_is_there(case: Case) -> str:
    """In immediate danger whoever is on call, at any hour."""
    return "on_call" if case.immediate and case.team else _leader(case)


alarm(
    "never_opened",
    lambda case, _around: case.owner is None and not case.to_be_adjudicated,
    party=_who_is_there,
)
alarm("never_routed", lambda case, _around: case.team is None)
