"""Published tables: what is told of a month to whoever is told no more, such as a minister's office.

There are two, declared here, with nothing to choose: cases received, by programme and way in, and cases ended, by
programme and how. Small counts are hidden (formula 5.7b). A month is told once it and the one after it are over, as
it was known then, for good: no later table of it differs, months do not overlap, and the two count other things, so
that nothing is told by taking one from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from ledger.errors import InvalidCommand
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.conditions import Family
from ledger.policy.in_force import Policies
from ledger.store import LedgerStore
from projections.figures.figure import Window
from projections.figures.small_cells import Hidden, suppressed
from projections.flow.lives import lives
from projections.measures import SMALLEST
from projections.one_case.life import Life
from projections.store.progress import OnProgress

Table = Literal["received", "ended"]
NO_PROGRAMME = "none"
"""The row of cases whose request type nobody has settled."""
OTHER_WAY = "other"
"""The column of ways in that no policy here ever had, as an imported history may tell; without any it is not there."""
WAYS: Sequence[str] = get_args(Family)
ENDS = ("resolved", "withdrawn", "lapsed", "referred_out")
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Counts by programme, a row each, and what `columns` say; the last of either is the total, None what is hidden."""

    table: Table
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Hidden


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """The tables of a month (YYYY-MM), as known at an instant for good; counts below `smallest` are hidden."""

    month: str
    known_at: datetime
    zone: str
    smallest: int
    tables: tuple[PublishedTable, ...]


def month_of(said: str | None, days: LocalDays, *, now: datetime) -> Window:
    """The month that is asked about, or the last that is published; InvalidCommand for one that is not yet, or none."""
    today = days.date_of(now)
    last = _before(_before(today.replace(day=1)))
    if said is None:
        return Window(last, _after(last))
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError as error:
        raise InvalidCommand(f"This is no month: give one as {last:%Y-%m}.") from error
    if first > last:
        raise InvalidCommand(
            f"{first:%Y-%m} is published once the month after it is over: the last that is there is {last:%Y-%m}."
        )
    return Window(first, _after(first))


def published(
    store: LedgerStore,
    policies: Policies,
    days: LocalDays,
    month: Window,
    *,
    progress: OnProgress | None = None,
) -> PublishedMonth:
    """The tables of a month that is over, by one reading of the log."""
    known_at = days.begin(_after(month.until_on)) - _TICK
    found = lives(store, known_at=known_at, progress=progress).cases.values()
    programmes = _programmes(policies, known_at)
    tables = (
        _table("received", programmes, WAYS, _received(found, policies, days, month)),
        _table("ended", programmes, ENDS, _ended(found, days, month)),
    )
    return PublishedMonth(f"{month.first_on:%Y-%m}", known_at, days.name, SMALLEST, tables)


def _received(
    cases: Iterable[Life], policies: Policies, days: LocalDays, month: Window
) -> Counter[tuple[str, str]]:
    families = {
        code: channel.family
        for version in policies.versions
        for code, channel in version.policy.channels.items()
    }
    return Counter(
        (life.programme or NO_PROGRAMME, families.get(life.channel, OTHER_WAY))
        for life in cases
        if month.holds(days.date_of(life.received_at))
    )


def _ended(cases: Iterable[Life], days: LocalDays, month: Window) -> Counter[tuple[str, str]]:
    return Counter(
        (life.programme or NO_PROGRAMME, left_by)
        for life in cases
        for at, left_by in ((span.to_at, span.left_by) for span in life.spans)
        if at is not None and left_by in ENDS and month.holds(days.date_of(at))
    )


def _programmes(policies: Policies, at: datetime) -> list[str]:
    """The programmes of the policy in force then, in its order."""
    found = [each for each in policies.versions if each.effective_from <= at]
    return [*found[-1].policy.programmes] if found else []


def _table(
    name: Table,
    programmes: Sequence[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
) -> PublishedTable:
    rows = [*programmes, *sorted({row for row, _ in counts} - {*programmes})] or [NO_PROGRAMME]
    columns = [*columns, *sorted({column for _, column in counts} - {*columns})]
    shown = suppressed([[counts.get((row, each), 0) for each in columns] for row in rows], SMALLEST)
    return PublishedTable(name, tuple(rows), tuple(columns), shown)


def _after(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
