"""How a case stands, in one row, and the one word for it at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from projections.projection import Row

IMMEDIATE = "immediate_danger"
UNDATED_TURN = timedelta(days=28)
"""A case without a running clock takes its turn as if it were due so long after it was received: nothing starves."""


class ClockStands(NamedTuple):
    """How one clock of a case stands: its latest generation."""

    code: str
    generation: int
    state: str
    due_at: datetime | None
    breached: bool


class Waits(NamedTuple):
    """An interval in which the case waits still."""

    wait_id: str
    reason: str
    from_at: datetime


Standing = Literal["unrouted", "queued", "in_transit", "in_hand", "waiting", "resolved"]
CaseStatus = Literal[Standing, "overdue"]


@dataclass(frozen=True)
class CaseRow(Row):
    """How a case stands.

    `turn_at` orders a queue: when its first clock is due, else `UNDATED_TURN` after receipt; `lane`
    0 comes before 1. `late` says that a clock ended after it was due. `unopened_since` and
    `unrouted_since` are there while nobody took it, or no team has it, and no alarm was raised; so are
    `unanswered_since` (resolved without a reply), `silent_since` (the requester last heard from us, or
    asked), `promised_at` (they will hear by then), `settles_at` (the quiet window ends) and
    `return_since` (a return is proposed).
    """

    reference: str
    status: Literal["open", "resolved"]
    imported: bool
    channel: str
    family: str
    request_type: str | None
    received_at: datetime
    opened_at: datetime
    lane: int
    turn_at: datetime
    standing: Standing
    programme: str | None = None
    region: str | None = None
    language: str | None = None
    severity: str = "other"
    flags: tuple[str, ...] = ()
    effort_points: int = 0
    complete_at: datetime | None = None
    missing: int = 0
    team: str | None = None
    owner: str | None = None
    taken_at: datetime | None = None
    responsible: str | None = None
    transit_to: str | None = None
    accept_by: datetime | None = None
    hops: int = 0
    waiting: str | None = None
    waiting_since: datetime | None = None
    waits: tuple[Waits, ...] = ()
    clocks: tuple[ClockStands, ...] = ()
    clock: str | None = None
    due_at: datetime | None = None
    breached: bool = False
    late: bool = False
    replied: bool = False
    outcome: str | None = None
    first_resolved_at: datetime | None = None
    resolved_at: datetime | None = None
    resolutions: int = 0
    reopened: int = 0
    escalations_open: int = 0
    alerts_owed: int = 0
    unopened_since: datetime | None = None
    unrouted_since: datetime | None = None
    unanswered_since: datetime | None = None
    silent_since: datetime | None = None
    promised_at: datetime | None = None
    settles_at: datetime | None = None
    settled_at: datetime | None = None
    return_since: datetime | None = None
    findings: int = 0
    last_act_at: datetime | None = None
    version: int = 0

    @property
    def open(self) -> bool:
        return self.status == "open"

    @property
    def paused(self) -> bool:
        return self.waiting is not None


def status(row: CaseRow, at: datetime) -> CaseStatus:
    """The one word for how a case stands at an instant; what passes with time is applied here."""
    ticks = row.standing not in ("resolved", "waiting")
    return "overdue" if ticks and row.due_at is not None and row.due_at <= at else row.standing


def standing(row: CaseRow) -> Standing:
    """How a case stands by its custody alone, whatever the time."""
    if row.status == "resolved":
        return "resolved"
    if row.transit_to is not None:
        return "in_transit"
    if row.waiting is not None:
        return "waiting"
    if row.owner is not None:
        return "in_hand"
    return "unrouted" if row.team is None else "queued"
