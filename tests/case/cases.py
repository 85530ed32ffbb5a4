"""Cases that many tests begin with, and what many ask of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger.case.clocks.waiting import BeginWaiting, ReachMilestone
from ledger.case.contact.contacts import Direction, LogContact
from ledger.case.contact.filing import AddRecordItem
from ledger.case.custody.confirming import ConfirmRouting
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import TransferCase
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.case.outcome.deciding import RecordDecision
from ledger.case.outcome.resolving import ResolveCase
from tests.deciding import CASE_ID, number

WHO = {"name": "Ada Doucet", "contact": "902 555 0100", "language": "en", "description": "Help."}
POTHOLE = OpenCase(
    case_id=CASE_ID,
    channel="web",
    request_type="RDW-POT",
    answers={**WHO, "civic_location": "12 Main St", "danger_now": False},
)
DANGER = POTHOLE.model_copy(update={"answers": {**POTHOLE.answers, "danger_now": True}})
ENQUIRY = OpenCase(case_id=CASE_ID, channel="phone", request_type="GEN-ENQ", answers=WHO)
UNSORTED = OpenCase(case_id=CASE_ID, channel="email", answers=WHO)
INCOMPLETE = OpenCase(
    case_id=CASE_ID, channel="letter", request_type="INC-APP", answers={"name": "Ada Doucet"}
)
THE_REST: dict[str, Any] = {
    "contact": "902 555 0100",
    "language": "en",
    "description": "Rent.",
    "household_size": 3,
    "income": 120_000,
}
APPLICATION = INCOMPLETE.model_copy(update={"answers": {"name": "Ada Doucet", **THE_REST}})
CALL = LogContact(
    case_id=CASE_ID,
    contact_id=number(1),
    direction="outbound",
    channel="phone",
    kinds=("new-information",),
    minutes=7,
    words="We told her the opening hours.",
)
ITEM = AddRecordItem(
    case_id=CASE_ID,
    item_id=number(1),
    digest="ab" * 32,
    media_type="message/rfc822",
    size_bytes=4096,
    pages=2,
    custodian="Intake",
    place_kept="Mail archive",
    title="Her first message",
    source="mail",
)
NEEDS = POTHOLE.model_copy(update={"flags": ("adjustment",)})
CONFIRM = ConfirmRouting(case_id=CASE_ID)


def transfer(to_team: str, *, place: int = 1, **fields: Any) -> TransferCase:
    """A transfer for want of skill."""
    told: dict[str, Any] = {"reason": "skill", **fields}
    return TransferCase(case_id=CASE_ID, transfer_id=number(place), to_team=to_team, **told)


def pull(team: str, owner: str) -> PullCase:
    """The case pulled from a team's queue."""
    return PullCase(case_ids=(CASE_ID,), team=team, owner=owner)


def contact(direction: Direction = "outbound", *, place: int = 1, **fields: Any) -> LogContact:
    """A contact with the requester, by telephone."""
    told: dict[str, Any] = {"channel": "phone", "kinds": ("reassurance",), **fields}
    return LogContact(case_id=CASE_ID, contact_id=number(place), direction=direction, **told)


def wait(reason: str = "particulars", *, place: int = 1) -> BeginWaiting:
    """The case begins to wait."""
    return BeginWaiting(case_id=CASE_ID, wait_id=number(place), reason=reason)


def resolve(outcome: str = "done", words: str | None = None) -> ResolveCase:
    """The case is resolved."""
    return ResolveCase(case_id=CASE_ID, outcome=outcome, words=words)


def decide(outcome: str = "granted", *, place: int = 1) -> RecordDecision:
    """The case is decided."""
    return RecordDecision(
        case_id=CASE_ID,
        decision_id=number(place),
        outcome=outcome,
        legal_basis="Regulation 4(1)",
        reasons="The household is eligible.",
    )


def anew(outcome: str, replaces: UUID, *, place: int = 2) -> RecordDecision:
    """The case is decided in the place of what was decided before."""
    return decide(outcome, place=place).model_copy(update={"replaces": replaces})


def reach(milestone: str) -> ReachMilestone:
    """An act was done that clocks start or stop on."""
    return ReachMilestone(case_id=CASE_ID, milestone=milestone)


def classify(request_type: str, **fields: Any) -> ClassifyCase:
    """The request type of the case is settled."""
    return ClassifyCase(case_id=CASE_ID, request_type=request_type, **fields)
