"""Open escalations: what waits for somebody's answer, on which case, and how often answers were given in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from projections.answers import UpToDate, up_to_date
from projections.fold.projection import Rows
from projections.fold.temporal import microseconds
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.case_rows import CaseRow
from projections.rows.escalations import EscalationRow

if TYPE_CHECKING:
    from projections.views import Views

_OPEN = """
    SELECT e.since_at, e.key, e.place
    FROM {{escalations}} AS e
    JOIN {{cases}} AS c
    ON c.key = e.key
    AND {of_case}
    WHERE {of_escalation}
    AND e.acknowledged_at IS NULL
    AND NOT e.asleep
    {chosen}
    {after}
    ORDER BY e.since_at, e.key, e.escalation_id
    LIMIT :limit
"""
_AFTER = "AND (e.since_at, e.key, e.escalation_id) > (:after_at, :after_key, :after_id)"
_NOW = "{0}.magnitude = 63"
_THEN = "{0}.known_from <= :known_at AND {0}.known_to > :known_at"
_ANSWERED = """
    SELECT count(*), count(e.together)
    FROM {{escalations}} AS e
    JOIN {{cases}} AS c
    ON c.key = e.key
    AND {of_case}
    WHERE {of_escalation}
    AND e.acknowledged_at >= :since
    {chosen}
"""


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """An escalation that waits for an answer, and its case."""

    case_id: UUID
    reference: str
    team: str | None
    owner: str | None
    escalation: EscalationRow


class EscalationMark(NamedTuple):
    """An escalation by its place in the list: since when it is, of which case, and its id."""

    since_at: datetime
    case_id: UUID
    escalation_id: UUID


@dataclass(frozen=True, slots=True)
class OpenEscalations:
    """Those that wait longest first; of the answers since an instant, how many were given in bulk."""

    up_to_date: UpToDate
    at: datetime
    escalations: tuple[OpenEscalation, ...]
    answered: int
    in_bulk: int


def open_escalations(
    views: Views,
    *,
    at: datetime,
    since: datetime,
    known_at: datetime | None = None,
    team: str | None = None,
    reason: str | None = None,
    shown_to: ShownTo = ANYBODY,
    after: EscalationMark | None = None,
    limit: int = 200,
) -> OpenEscalations:
    """What waits for an answer now, or did as known at an instant, of one team or reason if that is given.

    Answers are counted of the same cases. `after` is the last one of the page before.
    """
    given: dict[str, Any] = {}
    chosen = shown_to.condition(given, is_now=known_at is None)
    for column, value in (("c.team", team), ("e.reason", reason)):
        if value is not None:
            chosen += f"AND {column} = :{column[2:]} "
            given[column[2:]] = value
    held = _NOW if known_at is None else _THEN
    if known_at is not None:
        given["known_at"] = microseconds(known_at)
    of_case, of_escalation = held.format("c"), held.format("e")
    held_so = {"of_case": of_case, "of_escalation": of_escalation, "chosen": chosen}
    with views.reading("cases", "escalations", RECUSALS) as reading:
        asked = _OPEN.format(**held_so, after="" if after is None else _AFTER)
        found = [*reading.rows(asked, limit=limit, **_from(after), **given)]
        keys: list[str] = list({key for _, key, _ in found})
        rows = reading.rows_of(EscalationRow, keys, known_at=known_at)
        cases = reading.rows_of(CaseRow, keys, known_at=known_at)
        ((answered, in_bulk),) = reading.rows(
            _ANSWERED.format(**held_so), since=microseconds(since), **given
        )
        listed = tuple(_open(key, cases[key][0], rows[key], place) for _, key, place in found)
        return OpenEscalations(up_to_date(reading, known_at), at, listed, answered, in_bulk)


def _from(after: EscalationMark | None) -> dict[str, Any]:
    if after is None:
        return {}
    since_at, case_id, escalation_id = after
    return {
        "after_at": microseconds(since_at),
        "after_key": str(case_id),
        "after_id": str(escalation_id),
    }


def _open(key: str, case: CaseRow, rows: Rows[EscalationRow], place: int) -> OpenEscalation:
    return OpenEscalation(UUID(key), case.reference, case.team, case.owner, rows[place])
