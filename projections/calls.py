"""Calls: from whom a team's requesters of the day are drawn, the draw checked again, and what became of it.

The frame is what the views knew as the day opened, the seed follows from the entry then at the log's
head: both can be found again at any later time, from the log alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.case import CASE
from ledger.case.calls import SAFE_CONTACT, RequesterCalled
from ledger.case.state import Case
from ledger.evidence.heads import decode_line, leaf_digest
from ledger.evidence.reading import office_entry
from ledger.evidence.slots import b64u
from ledger.ids import case_stream
from ledger.policy.draws import A_DAY, Frame, Stratum, draw, frame_digest, seed_of
from ledger.policy.in_force import PolicyVersion
from ledger.registers.draws import CALLS, CallsDrawn, Draws, draws_id
from ledger.registers.parties import PARTY
from ledger.registers.party_state import Party
from ledger.store import LedgerStore
from ledger.times import instant
from projections.cases import CaseRow
from projections.details import DETAILS, CaseDetails
from projections.office_days import OfficeDays
from projections.temporal import microseconds
from projections.told import told_by
from projections.views import Views

CLOSED_DAYS = 10
"""Working days after a resolution in which a requester may be asked about it."""
CALLED_DAYS = 90
"""Calendar days in which nobody is called a second time."""
_AT_COURT = "court"
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
    frame: Frame
    excluded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """A case that was drawn, and what became of it: to be called, tried in vain, reached, or tried often enough."""

    case_id: UUID
    stratum: Stratum
    tries: int
    reached: bool
    done: bool


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


def draws_of(store: LedgerStore, team: str, *, known_at: datetime | None = None) -> Draws:
    """Every draw of a team, as recorded, or as known at an instant."""
    state = CALLS.initial
    for row in store.stream(f"calls/{draws_id(store.ledger_id, team)}"):
        entry = office_entry(row.position, row.stream, row.version, row.topic, row.state)
        if known_at is None or entry.context.known_at <= known_at:
            state = CALLS.evolve(state, entry)
    return state


def day_frame(
    views: Views, store: LedgerStore, version: PolicyVersion, team: str, on: date
) -> DayFrame:
    """The frame of a team's day, as it was known when that day opened."""
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
    opened_at = hours.opening_from(days.begin(on))
    position, head = head_before(store, opened_at)
    working = OfficeDays(
        version.compiled.calendars.counting[version.policy.office.counting_calendar]
    )
    since = days.begin(working.before(on, CLOSED_DAYS)[0])
    rows = _rows(views, team, opened_at, since)
    called = _called_lately(store, version, opened_at)
    frame: dict[Stratum, list[UUID]] = {stratum: [] for stratum in A_DAY}
    excluded: Counter[str] = Counter()
    for key, row in rows:
        requester = _requester(store, key, opened_at)
        details = _details(store, key, opened_at)
        party = _party(store, requester, opened_at)
        reason = _left_out(row, details, party, version, {key, requester} & called)
        if reason is not None:
            excluded[reason] += 1
            continue
        stratum = _stratum(row, details, since)
        if stratum is not None:
            frame[stratum].append(UUID(key))
    return DayFrame(team, on, opened_at, position, head, _sorted(frame), dict(excluded))


def head_before(store: LedgerStore, at: datetime) -> tuple[int, str]:
    """The last entry recorded before an instant, and its digest; 0 and nothing in an empty log."""
    low, high = 0, store.tip()
    while low < high:
        middle = (low + high + 1) // 2
        (row,) = store.entries(after=middle - 1, limit=1)
        if instant(decode_line(row.state.partition(b"\n")[0]).recorded_at) < at:
            low = middle
        else:
            high = middle - 1
    if low == 0:
        return 0, ""
    (row,) = store.entries(after=low - 1, limit=1)
    return low, b64u(leaf_digest(row.state.partition(b"\n")[0]))


def check(
    views: Views, store: LedgerStore, version: PolicyVersion, drawn: CallsDrawn
) -> DrawChecked:
    """A recorded draw made again from the log and the views."""
    again = day_frame(views, store, version, drawn.team, drawn.on)
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
            for fact, at in _calls(store, str(each.case_id))
            if (fact.team, fact.drawn_on) == (drawn.team, drawn.on)
            and (known_at is None or at <= known_at)
        ]
        found.append(
            DrawnCall(
                each.case_id,
                each.stratum,
                len(calls),
                any(call.reached for call in calls),
                any(call.counts for call in calls),
            )
        )
    return tuple(found)


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


def _details(store: LedgerStore, key: str, known_at: datetime) -> CaseDetails:
    """What the page of the case told at an instant."""
    known = (told_by(*row[:5]) for row in store.stream(case_stream(UUID(key))))
    (found,) = DETAILS.after(each for each in known if each.known_at <= known_at)
    return found


def _left_out(
    row: CaseRow, details: CaseDetails, party: Party, version: PolicyVersion, called: set[str]
) -> str | None:
    """Why a requester is not to be called; None if they may."""
    if row.imported:
        return "history of another system"
    if SAFE_CONTACT in details.flags or details.safe_contact or party.safe_contact is not None:
        return "safe contact is set"
    if party.deceased:
        return "the requester has died"
    if row.request_type in version.policy.calls.excluded_types:
        return "of a type that is not called about"
    if row.waiting == _AT_COURT:
        return "before a court"
    return f"called within {CALLED_DAYS} days" if called else None


def _stratum(row: CaseRow, details: CaseDetails, since: datetime) -> Stratum | None:
    """The one stratum of a case: what came back or was closed unheard before all else."""
    if row.open:
        return "unanswered_or_returned" if details.reopened else "waiting"
    if row.resolved_at is None or row.resolved_at < since:
        return None
    return "closed" if details.replied else "unanswered_or_returned"


def _called_lately(store: LedgerStore, version: PolicyVersion, at: datetime) -> frozenset[str]:
    """The cases and requesters who were called in the time before an instant, by any team."""
    since = at - timedelta(days=CALLED_DAYS)
    found = set[str]()
    for team in version.policy.teams:
        for day in draws_of(store, team, known_at=at).days:
            if day.opened_at < since - timedelta(days=CALLED_DAYS):
                continue
            for each in day.drawn:
                key = str(each.case_id)
                if any(fact.counts and since <= then < at for fact, then in _calls(store, key)):
                    found |= {key, _requester(store, key, at)}
    return frozenset(found - {""})


def _calls(store: LedgerStore, key: str) -> Iterable[tuple[RequesterCalled, datetime]]:
    for row in store.stream(case_stream(UUID(key))):
        if row.topic == RequesterCalled.topic:
            entry = office_entry(row.position, row.stream, row.version, row.topic, row.state)
            fact: Any = entry.fact
            yield fact, entry.context.known_at


def _requester(store: LedgerStore, key: str, known_at: datetime) -> str:
    """The party who asked, as known at an instant; nothing if nobody said who."""
    case: Case = CASE.initial
    for row in store.stream(case_stream(UUID(key))):
        entry = office_entry(row.position, row.stream, row.version, row.topic, row.state)
        if entry.context.known_at <= known_at:
            case = CASE.evolve(case, entry)
    return str(case.requester or "")


def _party(store: LedgerStore, party: str, known_at: datetime) -> Party:
    """What was known of somebody at an instant."""
    found = PARTY.initial
    for row in store.stream(f"party/{party}") if party else ():
        entry = office_entry(row.position, row.stream, row.version, row.topic, row.state)
        if entry.context.known_at <= known_at:
            found = PARTY.evolve(found, entry)
    return found


def _sorted(frame: Mapping[Stratum, list[UUID]]) -> Frame:
    return {stratum: tuple(sorted(cases)) for stratum, cases in frame.items()}
