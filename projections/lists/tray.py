"""The tray: which mail from machines waits for a person, by kind and age, now or as known at any instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.policy.calendars.zones import LocalDays
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import instant_at, microseconds
from projections.lists.paging import BEFORE_ALL, Mark

if TYPE_CHECKING:
    from projections.views import Views

_NOW = """
    FROM {tray} AS t
    WHERE t.magnitude = 63
"""
_THEN = """
    FROM {tray} AS t
    WHERE t.known_from <= :known_at
    AND t.known_to > :known_at
"""
_WAITING = """
    AND t.handled_at IS NULL
"""
_WAITED = """
    AND t.received_at <= :at
    AND (t.handled_at IS NULL OR t.handled_at > :at)
"""
_COUNTED = """
    SELECT
        t.kind,
        count(*),
        sum(CASE WHEN t.received_at >= :today THEN 1 ELSE 0 END),
        sum(CASE WHEN t.received_at < :today AND t.received_at >= :yesterday THEN 1 ELSE 0 END),
        min(t.received_at)
"""
_LISTED = """
    SELECT t.key, t.kind, t.received_at, t.about_case
"""
_BY_KIND = """
    GROUP BY t.kind
    ORDER BY t.kind
"""
_BY_AGE = """
    AND (t.received_at, t.key) > (:after_at, :after_key)
    ORDER BY t.received_at, t.key
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class TrayCount:
    """How many mails of a kind wait, by the local day on which they came; `oldest_at` is when the first did."""

    kind: str
    waiting: int
    today: int
    yesterday: int
    older: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class TrayMail:
    """One mail that waits for a person, and the case that it named, if one."""

    item_id: UUID
    kind: str
    received_at: datetime
    about_case: UUID | None


@dataclass(frozen=True, slots=True)
class Tray:
    """What waits at an instant: counted by kind, and mail by mail, those first that came first."""

    up_to_date: UpToDate
    at: datetime
    waiting: int
    kinds: tuple[TrayCount, ...]
    items: tuple[TrayMail, ...]


def tray(
    views: Views,
    *,
    at: datetime,
    days: LocalDays,
    known_at: datetime | None = None,
    as_of: datetime | None = None,
    after: Mark = BEFORE_ALL,
    limit: int = 50,
) -> Tray:
    """The tray at an instant, as it is known now or was at another; `as_of` asks what waited then.

    It lists what came `after` the mail with this mark; its counts are of all that waits.
    """
    today = days.date_of(at)
    ages = {
        "today": microseconds(days.begin(today)),
        "yesterday": microseconds(days.begin(today - timedelta(days=1))),
    }
    asked = (_NOW if known_at is None else _THEN) + (_WAITING if as_of is None else _WAITED)
    given: dict[str, int] = {}
    if known_at is not None:
        given["known_at"] = microseconds(known_at)
    if as_of is not None:
        given["at"] = microseconds(as_of)
    with views.reading("tray") as reading:
        counted = reading.rows(_COUNTED + asked + _BY_KIND, **given, **ages)
        listed = reading.rows(_LISTED + asked + _BY_AGE, **given, **after._asdict(), limit=limit)
        standing = up_to_date(reading, known_at)
    kinds = tuple(
        TrayCount(kind, count, new, before, count - new - before, instant_at(oldest))
        for kind, count, new, before, oldest in counted
    )
    items = tuple(
        TrayMail(UUID(key), kind, instant_at(received), about and UUID(about))
        for key, kind, received, about in listed
    )
    return Tray(standing, at, sum(each.waiting for each in kinds), kinds, items)
