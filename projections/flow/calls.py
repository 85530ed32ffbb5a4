"""Calls: from whom a team's requesters of the day are drawn, the draw checked again, and what became of it.

The frame is what the views knew as the day opened, by the policy then in force; the seed follows from the entry
then at the log's head: all can be found again at any later time, from the log alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from ledger.ids import case_stream
from ledger.policy.flow.draws import (
    A_DAY,
    FRAME_RULE,
    Frame,
    FrameRule,
    Stratum,
    draw,
    frame_digest,
    seed_of,
)
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.registers.flow.draws import CallsDrawn, DrawCalls, draws_id
from ledger.sealing.rows import digest_of, last_before
from ledger.sealing.slots import b64u
from ledger.store import LedgerStore
from projections.flow.call_bars import bars_of, calls_about
from projections.flow.office_days import OfficeDays
from projections.fold.temporal import microseconds
from projections.fold.told import told_by
from projections.one_case.details import DETAILS, CaseDetails
from projections.rows.case_rows import CaseRow

if TYPE_CHECKING:
    from projections.views import Views

CLOSED_DAYS = 10
"""Working days after a resolution in which a requester may be asked about it."""
_OF_TEAM = """
    SELECT c.key
    FROM {cases} AS c
    WHERE c.team = :team
    AND c.known_from <= :known_at
    AND c.known_to > :known_at
    AND (c.standing <> 'resolved' OR c.resolved_at >= :since)
"""


Part = Literal["head", "seed", "frame", "drawn"]


@dataclass(frozen=True, slots=True)
class DayFrame:
    """What a draw is made from: the seed's origin, the cases of each stratum, and how many were left out and why."""

    team: str
    on: date
    opened_at: datetime
    head_position: int
    head: str
    rule: FrameRule
    frame: Frame
    excluded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """A case that was drawn, and what became of it: to be called, tried in vain, reached, or tried often enough.

    `language` is the one to speak, `interpreter` through whom, if they asked for one; `came_by` is the channel by which
    they turned to the office, so that whoever wrote an e-mail is written one.
    """

    case_id: UUID
    stratum: Stratum
    tries: int
    reached: bool
    done: bool
    language: str | None
    interpreter: str | None
    came_by: str


@dataclass(frozen=True, slots=True)
class DrawChecked:
    """A recorded draw made again; each part that came out otherwise is named in `differs`."""

    team: str
    on: date
    seed: str
    drawn: tuple[UUID, ...]
    differs: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        return not self.differs


def day_frame(
    views: Views,
    store: LedgerStore,
    policies: Policies,
    team: str,
    on: date,
    *,
    rule: FrameRule = FRAME_RULE,
) -> DayFrame:
    """The frame of a team's day, as it was known when that day opened, by the policy that was then in force."""
    version, opened_at = _opening(policies, on)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    position, head = head_before(store, opened_at)
    working = OfficeDays(
        version.compiled.calendars.counting[version.policy.office.counting_calendar]
    )
    since = days.begin(working.before(on, CLOSED_DAYS)[0])
    rows = _rows(views, team, opened_at, since)
    bars = bars_of(views, store, version, opened_at, rule=rule)
    frame: dict[Stratum, list[UUID]] = {stratum: [] for stratum in A_DAY}
    excluded: Counter[str] = Counter()
    for key, row in rows:
        details = _details(store, key, opened_at)
        reason = bars.against(key, row, details)
        if reason is not None:
            excluded[reason] += 1
            continue
        stratum = _stratum(row, details, since)
        if stratum is not None:
            frame[stratum].append(UUID(key))
    return DayFrame(team, on, opened_at, position, head, rule, _sorted(frame), dict(excluded))


def drawing_from(found: DayFrame, ledger_id: bytes) -> DrawCalls:
    """The command that draws from the frame of a day."""
    return DrawCalls(
        draws_id=draws_id(ledger_id, found.team),
        ledger_id=ledger_id.hex(),
        team=found.team,
        on=found.on,
        opened_at=found.opened_at,
        head_position=found.head_position,
        head=found.head,
        frame={stratum: tuple(cases) for stratum, cases in found.frame.items()},
        excluded=found.excluded,
        frame_rule=found.rule,
    )


def head_before(store: LedgerStore, at: datetime) -> tuple[int, str]:
    """The last entry recorded before an instant, and its digest; 0 and nothing in an empty log."""
    row = last_before(store, at)
    return (0, "") if row is None else (row.position, b64u(digest_of(row)))


def check(views: Views, store: LedgerStore, policies: Policies, drawn: CallsDrawn) -> DrawChecked:
    """A recorded draw made again from the log and the views."""
    again = day_frame(views, store, policies, drawn.team, drawn.on, rule=drawn.frame_rule)
    seed = seed_of(store.ledger_id, drawn.team, drawn.on.isoformat(), again.head)
    cases = tuple(case_id for _, case_id in draw(seed, again.frame))
    same: dict[Part, bool] = {
        "head": (again.head_position, again.head) == (drawn.head_position, drawn.head),
        "seed": seed == drawn.seed,
        "frame": frame_digest(again.frame) == drawn.frame_digest,
        "drawn": cases == tuple(each.case_id for each in drawn.drawn),
    }
    differs: list[Part] = [name for name, held in same.items() if not held]
    return DrawChecked(drawn.team, drawn.on, seed, cases, tuple(differs))


def drawn_calls(
    store: LedgerStore, drawn: CallsDrawn, *, known_at: datetime | None = None
) -> tuple[DrawnCall, ...]:
    """What became of each case that was drawn."""
    found: list[DrawnCall] = []
    for each in drawn.drawn:
        calls = [
            fact
            for fact, at in calls_about(store, str(each.case_id))
            if (fact.team, fact.drawn_on) == (drawn.team, drawn.on)
            and (known_at is None or at <= known_at)
        ]
        spoken = _details(store, str(each.case_id), known_at)
        found.append(
            DrawnCall(
                each.case_id,
                each.stratum,
                len(calls),
                any(call.reached for call in calls),
                any(call.counts for call in calls),
                spoken.interview_language or spoken.language,
                spoken.interpreter,
                spoken.channel,
            )
        )
    return tuple(found)


def _opening(policies: Policies, on: date) -> tuple[PolicyVersion, datetime]:
    """When the office opened on a day, and by which policy: the latest in force by then, else the first there is."""
    for version in reversed(policies.versions):
        opened_at = _opened_at(version, on)
        if version.effective_from <= opened_at:
            return version, opened_at
    first = policies.versions[0]
    return first, _opened_at(first, on)


def _opened_at(version: PolicyVersion, on: date) -> datetime:
    calendars, office = version.compiled.calendars, version.policy.office
    return calendars.hours[office.office_calendar].opening_from(
        calendars.days_of(office.zone).begin(on)
    )


def _rows(
    views: Views, team: str, known_at: datetime, since: datetime
) -> list[tuple[str, CaseRow]]:
    with views.reading("cases") as reading:
        found = reading.rows(
            _OF_TEAM, team=team, known_at=microseconds(known_at), since=microseconds(since)
        )
        keys: list[str] = sorted({key for (key,) in found})
        rows = reading.rows_of(CaseRow, keys, known_at=known_at)
    return [(key, row) for key in keys for row in rows.get(key, ())]


def _details(store: LedgerStore, key: str, known_at: datetime | None) -> CaseDetails:
    """What the page of the case told at an instant, or tells now."""
    known = (told_by(*row[:5]) for row in store.stream(case_stream(UUID(key))))
    (found,) = DETAILS.after(
        each for each in known if known_at is None or each.known_at <= known_at
    )
    return found


def _stratum(row: CaseRow, details: CaseDetails, since: datetime) -> Stratum | None:
    """The one stratum of a case: what came back or was closed unheard before all else."""
    if row.open:
        return "unanswered_or_returned" if details.reopened else "waiting"
    if row.resolved_at is None or row.resolved_at < since:
        return None
    return "closed" if details.replied else "unanswered_or_returned"


def _sorted(frame: Mapping[Stratum, list[UUID]]) -> Frame:
    return {stratum: tuple(sorted(cases)) for stratum, cases in frame.items()}
