"""What is entered afterwards: a wait, an act, a start; on evidence, or approved by a second person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.contact.filing import AddRecordItem
from ledger.case.escalation.reaching import ReachRung
from tests.case.cases import POTHOLE, wait
from tests.case.days import DAY, DUE
from tests.deciding import CASE_ID, MONDAY, WATCH, History, by, given_commands, number

ITEM = AddRecordItem(
    case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="message/rfc822",
    size_bytes=9, custodian="Intake", place_kept="Archive",
)  # fmt: skip
ON_EVIDENCE: dict[str, Any] = {"evidence": (ITEM.item_id,)}
REACH = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)

AN_HOUR_LATER = MONDAY + timedelta(hours=1)
DONE = ReachMilestone(case_id=CASE_ID, milestone="made_safe")


def late_wait(**said: Any) -> BeginWaiting:
    """A wait, with what whoever enters it afterwards says besides."""
    return wait().model_copy(update=said)


def end(**said: Any) -> EndWaiting:
    """The end of that wait."""
    return EndWaiting(case_id=CASE_ID, wait_id=number(1), **said)


def breached() -> History[Any]:
    """A pothole whose clock ran out and was told so."""
    return given_commands(POTHOLE, ITEM, by(WATCH, REACH, at=DUE + DAY))


def approved(clock: str, dated_at: datetime | None = None) -> ApproveDatingBack:
    """What a second person says of something that is dated back."""
    return ApproveDatingBack(case_id=CASE_ID, clock=clock, dated_at=dated_at)
