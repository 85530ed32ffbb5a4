"""How a case stands, in one row, and the one word for it at an instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from ledger.ids import IdText

IMMEDIATE = "immediate_danger"
UNDATED_TURN = timedelta(days=28)
"""A case without a running clock takes its turn as if it were due so long after it was received: nothing starves."""


class Ticks(NamedTuple):
    """A clock of a case that was armed and has not stopped; while it is paused it is due at no time."""

    code: str
    due_at: datetime | None


class Waits(NamedTuple):
    """An interval in which the case waits still."""

    wait_id: IdText
    reason: str
    from_at: datetime


Standing = Literal["unrouted", "queued", "in_transit", "in_hand", "waiting", "resolved"]
CaseStatus = Literal[Standing, "overdue"]


class CaseRow(NamedTuple):
    """How a case stands: what is asked of many cases at once, as known at any instant, and no more.

    Each change is a row to be kept, so what only the page of one case tells stands in `CaseDetails`.
    `turn_at` orders a queue: when its first clock is due, else `UNDATED_TURN` after receipt; `lane`
    0 comes before 1. `unopened_since` and `unrouted_since` are there while nobody took it, or no team
    has it, and no alarm was raised; `unconfirmed_since` is when its routing was to be confirmed, while
    it is not, and `overlong_since` since when it waits, while no alarm of that was raised. So are
    `unanswered_since` (resolved without a reply), `silent_since` (the requester last heard from us, or
    asked), `promised_at` (they will hear by then), `settles_at` (the quiet window ends) and
    `undecided_since` (a return is proposed); `return_since` stays until it is decided.
    """

    reference: str
    imported: bool
    request_type: str | None
    received_at: datetime
    lane: int
    turn_at: datetime
    standing: Standing
    effort_points: int = 0
    region: str | None = None
    language: str | None = None
    interview_language: str | None = None
    taken_at: datetime | None = None
    team: str | None = None
    owner: str | None = None
    transit_to: str | None = None
    transit_to_member: str | None = None
    """To whom of that team it was handed, where it was to one."""
    accept_by: datetime | None = None
    waits: tuple[Waits, ...] = ()
    waiting: str | None = None
    clocks: tuple[Ticks, ...] = ()
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    unopened_since: datetime | None = None
    unrouted_since: datetime | None = None
    unconfirmed_since: datetime | None = None
    overlong_since: datetime | None = None
    unanswered_since: datetime | None = None
    silent_since: datetime | None = None
    promised_at: datetime | None = None
    settles_at: datetime | None = None
    undecided_since: datetime | None = None
    return_since: datetime | None = None
    disposed: bool = False
    """All that was personal in it was erased."""
    confirm_by: datetime | None = None
    """By when a duty person is to confirm where it goes, while they have not: until then nobody takes it."""
    adjudicate_by: datetime | None = None
    """By when somebody is to say to which team it belongs, having bounced: until then it stays where it is."""

    @property
    def open(self) -> bool:
        return self.resolved_at is None

    @property
    def handed_to(self) -> str | None:
        """To which team it was handed and is not accepted yet, after the member where it was to one."""
        member, team = self.transit_to_member, self.transit_to
        return team if member is None else f"{member}, {team}"


def status(row: CaseRow, at: datetime) -> CaseStatus:
    """The one word for how a case stands at an instant; what passes with time is applied here.

    A wait that stops no clock hides no delay: of a clock that is paused `due_at` says nothing.
    """
    return "overdue" if row.open and row.due_at is not None and row.due_at <= at else row.standing


def standing(row: CaseRow) -> Standing:
    """How a case stands by its custody alone, whatever the time."""
    if row.resolved_at is not None:
        return "resolved"
    if row.transit_to is not None:
        return "in_transit"
    if row.waiting is not None:
        return "waiting"
    if row.owner is not None:
        return "in_hand"
    return "unrouted" if row.team is None else "queued"
