"""Notices owed: who is still to be told, of what, on which case, and whether that is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.ids import reference_of
from projections.one_case.notices_owed import NoticeKind, NoticeOwed


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """Somebody still to be told; `lapses_on` is the last date of the period of a lapse."""

    case: str
    kind: NoticeKind
    clock: str | None
    party: str
    team: str | None
    since: datetime
    by_on: date | None
    lapses_on: date | None
    overdue: bool


def owed_notice(each: NoticeOwed, today: date) -> OwedNotice:
    """It, as it stands on a day."""
    return OwedNotice(
        reference_of(each.case_id),
        each.kind,
        each.clock,
        each.party,
        each.team,
        each.since,
        each.by_on,
        each.lapses_on,
        each.overdue(today),
    )
