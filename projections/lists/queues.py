"""Queues: which cases a team has, in the order in which they should be taken, and how many, now or at any instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.policy.flow.pulling import Turn, Waiting, turn
from ledger.policy.in_force import PolicyVersion
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import instant_at, microseconds
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.case_rows import CaseRow, CaseStatus, status

if TYPE_CHECKING:
    from projections.views import Reading, Views

K = TypeVar("K")

_NOW = """
    FROM {cases} AS c
    WHERE c.magnitude = 63
    AND c.standing <> 'resolved'
"""
_THEN = """
    FROM {magnitudes} AS m
    CROSS JOIN {cases} AS c
    WHERE c.magnitude = m.magnitude
    AND c.magnitude < 63
    AND c.known_from > :known_at - m.width
    AND c.known_from <= :known_at
    AND c.known_to > :known_at
    AND c.standing <> 'resolved'
"""
_STILL = (
    _NOW
    + """
    AND c.known_from <= :known_at
"""
)
_COUNTED = """
    SELECT
        c.team,
        c.standing,
        count(*),
        sum(CASE WHEN c.due_at <= :at THEN 1 ELSE 0 END)
"""
_ALL = 2**62
_ORDERED = """
    SELECT c.key, c.lane, c.turn_at, c.received_at
"""
_TURNING = """
    SELECT
        c.key,
        c.lane,
        c.due_at,
        c.received_at,
        c.request_type,
        c.region,
        c.language,
        c.interview_language
"""
_OWN = """
    AND NOT c.imported
"""
_BY_TURN = """
    ORDER BY lane, turn_at, received_at, key
    LIMIT :limit
"""
_TEAMS = """
    WITH RECURSIVE t (team) AS (
        SELECT min(c.team)
        FROM {cases} AS c
        WHERE c.magnitude < 63
        AND c.standing <> 'resolved'
        UNION ALL
        SELECT (
            SELECT min(c.team)
            FROM {cases} AS c
            WHERE c.magnitude < 63
            AND c.standing <> 'resolved'
            AND c.team > t.team
        )
        FROM t
        WHERE t.team IS NOT NULL
    )
"""
_THEN_BY_TEAM = (
    _THEN.replace("FROM {magnitudes} AS m", "FROM t CROSS JOIN {magnitudes} AS m")
    + """
    AND c.team = t.team
"""
)
_OF_TEAM = """
    AND c.team = :team
"""
_UNROUTED = """
    AND c.team IS NULL
"""
_BY_STANDING = """
    GROUP BY c.team, c.standing
"""
_TO_PULL = """
    AND c.standing IN ('queued', 'waiting')
    AND c.owner IS NULL
"""


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """One case of a queue: how it stands at the instant asked about, its age and the time left, in seconds.

    `turn` says why it stands where it does, where the order of a policy was asked for.
    """

    case_id: UUID
    status: CaseStatus
    age_seconds: int
    due_in_seconds: int | None
    row: CaseRow
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The open cases of a team: immediate danger first, then as their turn comes."""

    up_to_date: UpToDate
    at: datetime
    team: str | None
    cases: tuple[QueuedCase, ...]


@dataclass(frozen=True, slots=True)
class TeamCount:
    """How many open cases a team has (None: those that no team has), and how they stand.

    `queued` have no owner yet; `overdue` are those, whoever has them and whatever they wait for, of which a
    clock that is not paused ran out.
    """

    team: str | None
    open: int = 0
    unrouted: int = 0
    queued: int = 0
    in_hand: int = 0
    in_transit: int = 0
    waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The count of every team that has open cases, by its code."""

    up_to_date: UpToDate
    at: datetime
    teams: tuple[TeamCount, ...]


def queue(
    views: Views,
    team: str | None,
    *,
    at: datetime,
    known_at: datetime | None = None,
    limit: int = 200,
    version: PolicyVersion | None = None,
    shown_to: ShownTo = ANYBODY,
    after: UUID | None = None,
) -> Queue:
    """The open cases of a team, those first whose turn comes first; `team` None: those that no team has.

    With a policy the order is the one in which cases are pulled under it, else that of their dates.
    `after` is the last case of the page before.
    """
    condition = _UNROUTED if team is None else _OF_TEAM
    parameters: dict[str, Any] = {} if team is None else {"team": team}
    with views.reading("cases", RECUSALS) as reading:
        turns = dict[str, Turn]()
        if version is None:
            parameters["limit"] = limit if shown_to == ANYBODY and not after else _ALL
            keys = _in_turn(reading, condition, known_at, parameters)
        else:
            ordered = _in_pull_order(reading, condition, known_at, parameters, version, at)
            turns = {each.key: each.turn for each in ordered}
            keys = list(turns)
        shown = shown_to.of(reading, keys)
        keys = [key for key in following(keys, after and str(after)) if key in shown][:limit]
        rows = reading.rows_of(CaseRow, keys, known_at=known_at)
        cases = tuple(
            replace(queued(key, row, at), turn=turns.get(key)) for key in keys for row in rows[key]
        )
        return Queue(up_to_date(reading, known_at), at, team, cases)


def following(keys: Sequence[K], after: K | None) -> Sequence[K]:
    """What comes after a key of them, or all."""
    if after is None:
        return keys
    if after not in keys:
        raise InvalidCommand("The case that the page before ended with is not there: begin again.")
    return keys[keys.index(after) + 1 :]


def queued(key: str, row: CaseRow, at: datetime) -> QueuedCase:
    """A case of a queue as it stands at an instant."""
    due_in = None if row.due_at is None else int((row.due_at - at).total_seconds())
    age = int((at - row.received_at).total_seconds())
    return QueuedCase(UUID(key), status(row, at), age, due_in, row)


def waiting_in(views: Views, team: str, *, limit: int = 20) -> tuple[UUID, ...]:
    """The cases that can be pulled from a team's queue now, those first whose date comes first."""
    with views.reading("cases") as reading:
        parameters: dict[str, Any] = {"team": team, "limit": limit}
        keys = _in_turn(reading, _OF_TEAM + _TO_PULL, None, parameters)
    return tuple(UUID(key) for key in keys)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can be pulled, with what its turn depends on, and its turn."""

    key: str
    waiting: Waiting
    turn: Turn


def candidates(
    views: Views, team: str, *, version: PolicyVersion, at: datetime
) -> tuple[int, tuple[Candidate, ...]]:
    """The cases that can be pulled from a team's queue, in the order of the policy, and the entry it is as of."""
    with views.reading("cases") as reading:
        condition = _OF_TEAM + _TO_PULL + _OWN
        found = _in_pull_order(reading, condition, None, {"team": team}, version, at)
        return reading.position, found


def _in_pull_order(
    reading: Reading,
    condition: str,
    known_at: datetime | None,
    parameters: dict[str, Any],
    version: PolicyVersion,
    at: datetime,
) -> tuple[Candidate, ...]:
    """What fulfils a condition, in the order in which it is pulled at an instant under a policy."""
    given = {name: value for name, value in parameters.items() if name != "limit"}
    if known_at is None:
        rows = [*reading.rows(_TURNING + _NOW + condition, **given)]
    else:
        given["known_at"] = microseconds(known_at)
        rows = [*reading.rows(_TURNING + _STILL + condition, **given)]
        rows += reading.rows(_TURNING + _THEN + condition, **given)
    policy, calendars = version.policy, version.compiled.calendars
    days, hours = (
        calendars.days_of(policy.office.zone),
        calendars.hours[policy.office.office_calendar],
    )
    found: list[Candidate] = []
    for key, lane, due_at, received_at, *kind in rows:
        request_type, region, language, interview_language = kind
        waiting = Waiting(
            request_type,
            region,
            language,
            lane == 0,
            None if due_at is None else instant_at(due_at),
            instant_at(received_at),
            version.compiled.skills.get((request_type, given.get("team", "")), ()),
            interview_language,
        )
        stands = turn(waiting, policy, hours=hours, days=days, now=at)
        found.append(Candidate(key, waiting, stands))
    found.sort(key=lambda each: (*each.turn.key, each.waiting.received_at, each.key))
    return tuple(found)


def counts(views: Views, *, at: datetime, known_at: datetime | None = None) -> Counts:
    """How many open cases each team has, and how they stand at an instant."""
    given: dict[str, Any] = {"at": microseconds(at)}
    with views.reading("cases") as reading:
        if known_at is None:
            found = [*reading.rows(_COUNTED + _NOW + _BY_STANDING, **given)]
        else:
            given["known_at"] = microseconds(known_at)
            found = [*reading.rows(_COUNTED + _STILL + _BY_STANDING, **given)]
            found += reading.rows(_TEAMS + _COUNTED + _THEN_BY_TEAM + _BY_STANDING, **given)
            found += reading.rows(_COUNTED + _THEN + _UNROUTED + _BY_STANDING, **given)
        return Counts(up_to_date(reading, known_at), at, _by_team(found))


def _in_turn(
    reading: Reading, condition: str, known_at: datetime | None, parameters: dict[str, Any]
) -> list[str]:
    """The keys that fulfil a condition, in turn, of what is known now or of what held at an instant."""
    asked = condition + _BY_TURN
    if known_at is None:
        return [row[0] for row in reading.rows(_ORDERED + _NOW + asked, **parameters)]
    given = {**parameters, "known_at": microseconds(known_at)}
    found = [tuple(row) for row in reading.rows(_ORDERED + _STILL + asked, **given)]
    found += [tuple(row) for row in reading.rows(_ORDERED + _THEN + asked, **given)]
    found.sort(key=lambda row: (row[1], row[2], row[3], row[0]))
    return [row[0] for row in found[: parameters["limit"]]]


def _by_team(found: list[tuple[Any, ...]]) -> tuple[TeamCount, ...]:
    teams: dict[str | None, dict[str, int]] = {}
    for team, standing, count, overdue in found:
        tally = teams.setdefault(team, {})
        tally[standing] = tally.get(standing, 0) + count
        tally["overdue"] = tally.get("overdue", 0) + int(overdue or 0)
        tally["open"] = tally.get("open", 0) + count
    return tuple(
        TeamCount(
            team=team,
            open=tally["open"],
            unrouted=tally.get("unrouted", 0),
            queued=tally.get("queued", 0),
            in_hand=tally.get("in_hand", 0),
            in_transit=tally.get("in_transit", 0),
            waiting=tally.get("waiting", 0),
            overdue=tally["overdue"],
        )
        for team, tally in sorted(teams.items(), key=lambda each: (each[0] is None, each[0] or ""))
    )
