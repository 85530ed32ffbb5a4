"""Responsibility: who was accountable for one case and why, from its receipt on, adding up to the second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.errors import CaseNotFound
from projections.answers import UpToDate, up_to_date
from projections.rows.spans import SpanRow

if TYPE_CHECKING:
    from projections.views import Views

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Share:
    """How long something held in all."""

    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TimedSpan:
    """A span with its length; one that lasts ends, for the sum, at the instant asked about."""

    seconds: int
    span: SpanRow


@dataclass(frozen=True, slots=True)
class Responsibility:
    """The spans of a case up to an instant; while it is resolved nobody is accountable.

    `seconds` is the elapsed time in which the case was open: that of all spans but the resolved ones.
    It is also the sum by kind and the sum by accountable party.
    """

    up_to_date: UpToDate
    case_id: UUID
    at: datetime
    seconds: int
    by_kind: tuple[Share, ...]
    by_party: tuple[Share, ...]
    spans: tuple[TimedSpan, ...]


def responsibility(
    views: Views, case_id: UUID, *, at: datetime, known_at: datetime | None = None
) -> Responsibility:
    """Who was accountable for a case up to an instant; CaseNotFound if it was not known."""
    key = str(case_id)
    with views.reading("spans") as reading:
        rows = reading.rows_of(SpanRow, [key], known_at=known_at).get(key, ())
        if not rows:
            raise CaseNotFound
        spans = timed(rows, at)
        return Responsibility(
            up_to_date=up_to_date(reading, known_at),
            case_id=case_id,
            at=at,
            seconds=sum(each.seconds for each in spans if not each.span.resolved),
            by_kind=_shares(spans, lambda span: span.kind),
            by_party=_shares(spans, _party),
            spans=spans,
        )


def timed(rows: Sequence[SpanRow], at: datetime) -> tuple[TimedSpan, ...]:
    """The spans that began by an instant; whole seconds since the receipt, so that lengths add up."""
    received_at = rows[0].from_at

    def second(instant: datetime) -> int:
        return (instant - received_at) // _SECOND

    return tuple(
        TimedSpan(second(min(row.to_at or at, at)) - second(row.from_at), row)
        for row in rows
        if row.from_at <= at
    )


def _party(span: SpanRow) -> str:
    if span.owner is not None:
        return f"{span.team or ''}/{span.owner}"
    return span.team or "intake"


def _shares(spans: Sequence[TimedSpan], name: Callable[[SpanRow], str]) -> tuple[Share, ...]:
    shares: dict[str, int] = {}
    for each in spans:
        if not each.span.resolved:
            of = name(each.span)
            shares[of] = shares.get(of, 0) + each.seconds
    return tuple(Share(of, seconds) for of, seconds in shares.items())
