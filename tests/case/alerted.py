"""An escalation of which somebody was told, and that climbs from there or sleeps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ledger.case.escalation.climbing import ClimbEscalation
from ledger.case.escalation.reaching import RecordAlertDelivered
from projections.fold.projection import Rows
from projections.fold.told import told as told_of
from projections.rows.escalations import ESCALATIONS, EscalationRow
from tests.deciding import CASE_ID, MONDAY, Actor, History, by

THEN = MONDAY + timedelta(days=3)
OUTBOX = Actor("machine", "outbox", version="1")


def told(history: History[Any], *, at: datetime = THEN) -> tuple[History[Any], ClimbEscalation]:
    """The history after the alert of its one escalation was delivered, and the step that comes next."""
    (escalation_id,) = history.state.escalations
    delivered = RecordAlertDelivered(case_id=CASE_ID, escalation_id=escalation_id, method="file")
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    return history.asked(by(OUTBOX, delivered, at=at)), climb


def asleep(history: History[Any]) -> list[bool]:
    """Which of the escalations of a case the watch passes over."""
    return [row.asleep for row in _rows(history)]


def at_the_top(history: History[Any]) -> list[bool]:
    """Which of them the director was told of, so that they climb no further."""
    return [row.at_the_top for row in _rows(history)]


def _rows(history: History[Any]) -> Rows[EscalationRow]:
    return ESCALATIONS.after([told_of(entry) for entry in history.entries])
