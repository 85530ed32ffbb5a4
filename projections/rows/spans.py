"""Spans: who was accountable for a case and why, from its receipt on, without gap or overlap.

The time meant here is when things happened (`effective_at`), however late they were recorded: what
was entered afterwards divides the spans that were there. While a case is in transit its sender
stays accountable until the receiver accepts, or until nobody answered in time: then the receiving leader.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from ledger.case.clocks.restating import StartCorrected
from ledger.case.clocks.waiting import WaitingBegan, WaitingEnded
from ledger.case.custody.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused
from ledger.case.custody.rehoming import CaseRehomed
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.history.imported import CaseImported, OwnershipTransferred
from ledger.case.intake.opening import CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.facts import Fact
from ledger.ids import IdText
from projections.fold.projection import Fields, Projection, Rows, changed
from projections.fold.told import Told

CameBy = Literal["new", "transferred_in", "reopened"]
Pending = Literal["returned", "adjudication"]
LeftBy = Literal["resolved", "transferred_out", "withdrawn", "lapsed", "referred_out"]

BY_OUTCOME: dict[str, LeftBy] = {
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
    "referred-out": "referred_out",
    "referred_out": "referred_out",
}


class SpanWait(NamedTuple):
    """A wait that holds during a span, and since when; of several, the one that began first names the span."""

    wait_id: IdText
    reason: str
    from_at: datetime


class SpanRow(NamedTuple):
    """One span [from_at, to_at) of a case; `to_at` is None while it lasts.

    `kind` is unrouted, queued, returned, adjudication, in_transit, with_owner, waiting:REASON or
    resolved; `began` names the act that began it. `came_by` and `left_by` say how the case came into
    and out of the team's hands at its ends, None where it stayed there. `custody_at` and `status_at`
    are when the custody and the status that hold in it were last settled.
    """

    team: str | None
    owner: str | None
    from_at: datetime
    to_at: datetime | None
    began: str
    came_by: CameBy | None
    left_by: LeftBy | None
    transit_to: str | None
    pending: Pending | None
    outcome: str | None
    waits: tuple[SpanWait, ...]
    custody_at: datetime
    status_at: datetime

    @property
    def resolved(self) -> bool:
        return self.outcome is not None

    @property
    def paused(self) -> bool:
        return bool(self.waits)

    @property
    def kind(self) -> str:
        if self.outcome is not None:
            return "resolved"
        if self.transit_to is not None:
            return "in_transit"
        if self.waits:
            return f"waiting:{self.waits[0].reason}"
        if self.owner is not None:
            return "with_owner"
        if self.pending is not None:
            return self.pending
        return "unrouted" if self.team is None else "queued"


Change = Callable[[SpanRow], Fields | None]
"""What is other from an instant on in this span; None where a later act settled it already."""


def evolve(rows: Rows[SpanRow], entry: Told) -> Rows[SpanRow]:
    """The spans of a case after one more entry."""
    fact = entry.fact
    at = entry.effective_at
    if not rows:
        match fact:
            case CaseOpened():
                return (_first(fact.reached_body_at, None, "opened"),)
            case CaseImported():
                return (_first(fact.received_at, fact.team, "imported"),)
            case _:
                return rows
    change = _CHANGES.get(type(fact))
    if change is None:
        if isinstance(fact, StartCorrected) and fact.moment == "reached_body":
            return _from(rows, fact.at)
        return rows
    began, by = change
    at = max(at, rows[0].from_at)
    return _settled(rows, at, began, by(fact, at))


def _first(at: datetime, team: str | None, began: str) -> SpanRow:
    return SpanRow(
        team=team,
        owner=None,
        from_at=at,
        to_at=None,
        began=began,
        came_by="new",
        left_by=None,
        transit_to=None,
        pending=None,
        outcome=None,
        waits=(),
        custody_at=at,
        status_at=at,
    )


def _from(rows: Rows[SpanRow], at: datetime) -> Rows[SpanRow]:
    """The spans of a case that was received at another instant: the first that lasts beyond it begins with it."""
    kept = [span for span in rows if span.to_at is None or span.to_at > at]
    first = changed(kept[0], {"from_at": at, "came_by": rows[0].came_by})
    return (first, *kept[1:])


def _settled(rows: Rows[SpanRow], at: datetime, began: str, change: Change) -> Rows[SpanRow]:
    """The spans with a change from an instant on, up to where a later act settled the same."""
    if rows[-1].from_at <= at:
        fields = change(rows[-1])
        return rows if fields is None else _appended(rows, at, began, fields)
    place = len(rows) - 1
    while rows[place].from_at > at:
        place -= 1
    kept, rest = list(rows[: place + 1]), rows[place + 1 :]
    fields = change(kept[-1])
    if fields is None:
        return rows
    kept.append(changed(kept[-1], {**fields, "from_at": at, "began": began}))
    for number, span in enumerate(rest):
        fields = change(span)
        if fields is None:
            kept += rest[number:]
            break
        kept.append(changed(span, fields))
    return _linked(rows, kept, max(0, place - 1))


def _appended(rows: Rows[SpanRow], at: datetime, began: str, fields: Fields) -> Rows[SpanRow]:
    """The spans with one more, as nearly every entry makes one: it comes after all that is known."""
    last = rows[-1]
    span = changed(last, {**fields, "from_at": at, "began": began, "came_by": None})
    if last.from_at == at and last.resolved == span.resolved:
        return _linked(rows, [*rows, span], max(0, len(rows) - 2))
    if all(getattr(last, name) == value for name, value in fields.items()):
        return rows
    came_by = _came_by(last, span)
    if came_by is not None:
        span = changed(span, {"came_by": came_by})
    return (*rows[:-1], changed(last, {"to_at": at, "left_by": _left_by(last, span)}), span)


def _linked(before: Rows[SpanRow], spans: list[SpanRow], place: int) -> Rows[SpanRow]:
    """The spans from a place on joined end to end: none that says nothing new, none of no length but a whole stay."""
    joined = spans[:place]
    for span in spans[place:]:
        while (
            joined and joined[-1].from_at == span.from_at and joined[-1].resolved == span.resolved
        ):
            joined.pop()
        if not joined or _says(joined[-1]) != _says(span):
            joined.append(span)
    for number in range(place, len(joined)):
        previous = joined[number - 1] if number else None
        following = joined[number + 1] if number + 1 < len(joined) else None
        span = joined[number]
        fields: Fields = {
            "to_at": following.from_at if following else None,
            "came_by": _came_by(previous, span),
            "left_by": _left_by(span, following),
        }
        if any(getattr(span, name) != value for name, value in fields.items()):
            joined[number] = changed(span, fields)
    after = tuple(joined)
    return before if after == before else after


def _says(span: SpanRow) -> tuple[object, ...]:
    custody = (span.team, span.owner, span.transit_to, span.pending, span.custody_at)
    return (*custody, span.waits, span.outcome, span.status_at)


def _came_by(previous: SpanRow | None, span: SpanRow) -> CameBy | None:
    if span.resolved:
        return None
    if previous is None:
        return "new"
    if previous.resolved:
        return "reopened"
    return None if previous.team == span.team else "transferred_in"


def _left_by(span: SpanRow, following: SpanRow | None) -> LeftBy | None:
    if span.resolved or following is None:
        return None
    if following.outcome is not None:
        return BY_OUTCOME.get(following.outcome, "resolved")
    return None if following.team == span.team else "transferred_out"


def _custody(at: datetime, fields: Fields) -> Change:
    def change(span: SpanRow) -> Fields | None:
        return None if span.custody_at > at else {**fields, "custody_at": at}

    return change


def _routed(fact: CaseRouted, at: datetime) -> Change:
    return _custody(at, {"team": fact.team, "pending": None})


def _confirmed(fact: RoutingConfirmed, at: datetime) -> Change:
    given = _custody(at, {"team": fact.team, "pending": None})
    return lambda span: None if span.owner is not None or span.team == fact.team else given(span)


def _transferred(fact: CaseTransferred, at: datetime) -> Change:
    sender = {"team": fact.from_team, "owner": fact.from_owner}
    return _custody(at, {**sender, "transit_to": fact.to_team})


def _arrived(fact: TransferAccepted | TransferDeclined, at: datetime) -> Change:
    here: Fields = {"team": fact.team, "owner": fact.owner, "transit_to": None}
    return _custody(at, {**here, "pending": None} if isinstance(fact, TransferAccepted) else here)


def _passed(fact: TransferUnanswered, at: datetime) -> Change:
    return _custody(at, {"team": fact.team, "owner": fact.leader})


def _returned(fact: CaseReturned, at: datetime) -> Change:
    return _custody(at, {"team": fact.to_team, "owner": None, "pending": "returned"})


def _required(fact: AdjudicationRequired, at: datetime) -> Change:
    return _custody(at, {"pending": "adjudication"})


def _adjudicated(fact: CaseAdjudicated, at: datetime) -> Change:
    there: Fields = {"team": fact.to_team, "owner": fact.to_owner}
    return _custody(at, {**there, "transit_to": None, "pending": None})


def _recused(fact: MemberRecused, at: datetime) -> Change:
    def change(span: SpanRow) -> Fields | None:
        if span.custody_at > at or span.owner != fact.member:
            return None
        return {"owner": None, "custody_at": at}

    return change


def _rehomed(fact: CaseRehomed, at: datetime) -> Change:
    """Whoever leaves may have sent it, and another be accountable already."""
    given = _custody(at, {"owner": fact.to_owner})
    return lambda span: given(span) if span.owner == fact.from_owner else None


def _pulled(fact: CasePulled, at: datetime) -> Change:
    return _custody(at, {"team": fact.team, "owner": fact.owner})


def _moved(fact: OwnershipTransferred, at: datetime) -> Change:
    return _custody(at, {"team": fact.to_team, "owner": fact.to_owner})


def _since(wait: SpanWait) -> datetime:
    return wait.from_at


def _wait_began(fact: WaitingBegan, at: datetime) -> Change:
    wait = SpanWait(str(fact.wait_id), fact.reason, at)

    def change(span: SpanRow) -> Fields | None:
        if span.resolved:
            return None
        return {"waits": tuple(sorted((*span.waits, wait), key=_since))}

    return change


def _wait_ended(fact: WaitingEnded, at: datetime) -> Change:
    ended = str(fact.wait_id)

    def change(span: SpanRow) -> Fields:
        return {"waits": tuple(wait for wait in span.waits if wait.wait_id != ended)}

    return change


def _resolved(fact: CaseResolved, at: datetime) -> Change:
    def change(span: SpanRow) -> Fields | None:
        if span.status_at > at:
            return None
        return {"outcome": fact.outcome, "waits": (), "status_at": at}

    return change


def _reopened(fact: CaseReopened, at: datetime) -> Change:
    def change(span: SpanRow) -> Fields | None:
        if span.status_at > at:
            return None
        fields: Fields = {"outcome": None, "status_at": at}
        return fields if span.custody_at > at else {**fields, "owner": fact.owner, "custody_at": at}

    return change


_CHANGES: dict[type[Fact], tuple[str, Callable[[Any, datetime], Change]]] = {
    CaseRouted: ("routed", _routed),
    RoutingConfirmed: ("confirmed", _confirmed),
    CaseTransferred: ("transferred", _transferred),
    TransferAccepted: ("accepted", _arrived),
    TransferDeclined: ("declined", _arrived),
    TransferUnanswered: ("unanswered", _passed),
    CaseReturned: ("returned", _returned),
    AdjudicationRequired: ("adjudication", _required),
    CaseAdjudicated: ("adjudicated", _adjudicated),
    CaseRehomed: ("rehomed", _rehomed),
    MemberRecused: ("recused", _recused),
    CasePulled: ("pulled", _pulled),
    OwnershipTransferred: ("taken_over", _moved),
    WaitingBegan: ("waiting_began", _wait_began),
    WaitingEnded: ("waiting_ended", _wait_ended),
    CaseResolved: ("resolved", _resolved),
    CaseReopened: ("reopened", _reopened),
}


SPANS = Projection(
    name="spans",
    version=3,
    kind="case",
    topics=frozenset(kind.topic for kind in (CaseOpened, CaseImported, StartCorrected, *_CHANGES)),
    row=SpanRow,
    evolve=evolve,
)
