"""Public requests: cases of the types that anybody may see, chosen by dates and state, as far as anybody may see them.

Of what was answered it holds the office part alone; what is personal is not even read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.case.intake.information import InformationReceived
from ledger.case.intake.opening import CaseOpened
from ledger.case.known.answers import Answer, known_answers
from ledger.ids import case_stream
from ledger.store import LedgerStore
from projections.fold.temporal import instant_at, microseconds
from projections.fold.told import Told, told_by
from projections.one_case.details import DETAILS, CaseDetails
from projections.rows.case_rows import CaseRow

if TYPE_CHECKING:
    from projections.views import Views

_CHOSEN = """
    SELECT c.key
    FROM {{cases}} AS c
    WHERE c.magnitude = 63
    AND NOT c.disposed
    AND c.request_type IN ({types})
    {chosen}
    ORDER BY c.received_at DESC, c.key DESC
    LIMIT :limit OFFSET :offset
"""
_UPDATED = "CASE WHEN c.standing = 'resolved' THEN c.resolved_at ELSE c.known_from END"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases are sought: of these types, open or not or both, received and updated within these times."""

    types: tuple[str, ...]
    open: bool | None = None
    received_from: datetime | None = None
    received_to: datetime | None = None
    updated_from: datetime | None = None
    updated_to: datetime | None = None
    limit: int = 1_000
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """A case as it stands; `updated_at` is when its row last changed, and of a resolved case when it was resolved."""

    case_id: UUID
    row: CaseRow
    details: CaseDetails
    updated_at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    """The answers of the office tier."""


def sought_requests(views: Views, store: LedgerStore, sought: Sought) -> list[PublicRequest]:
    """The cases that fit, those received last first."""
    if not sought.types:
        return []
    given: dict[str, Any] = {f"type_{at}": code for at, code in enumerate(sought.types)}
    types = ", ".join(f":{name}" for name in given)
    chosen = ""
    if sought.open is not None:
        chosen += f"AND c.standing {'<>' if sought.open else '='} 'resolved' "
    for name, column, sign, at in (
        ("received_from", "c.received_at", ">=", sought.received_from),
        ("received_to", "c.received_at", "<=", sought.received_to),
        ("updated_from", _UPDATED, ">=", sought.updated_from),
        ("updated_to", _UPDATED, "<=", sought.updated_to),
    ):
        if at is not None:
            chosen += f"AND {column} {sign} :{name} "
            given[name] = microseconds(at)
    given |= {"limit": sought.limit, "offset": sought.offset}
    with views.reading("cases") as reading:
        found = reading.rows(_CHOSEN.format(types=types, chosen=chosen), **given)
    return requests_of(views, store, [UUID(key) for (key,) in found])


def requests_of(
    views: Views, store: LedgerStore, case_ids: Collection[UUID]
) -> list[PublicRequest]:
    """These cases, in this order; one that is not known to the views is left out."""
    with views.reading("cases") as reading:
        versions = {
            each.key: each
            for each in reading.versions_of(CaseRow, [str(each) for each in case_ids])
        }
        position = reading.position
    found: list[PublicRequest] = []
    for case_id in case_ids:
        version = versions.get(str(case_id))
        if version is None:
            continue
        row = version.row
        assert isinstance(row, CaseRow)
        entries = [each for each in entries_told(store, case_id) if each.position <= position]
        (details,) = DETAILS.after(entries)
        updated_at = row.resolved_at or instant_at(version.known_from)
        found.append(PublicRequest(case_id, row, details, updated_at, answers_told(entries)))
    return found


def entries_told(store: LedgerStore, case_id: UUID) -> list[Told]:
    """What the entries of a case tell; trusts the store."""
    return [
        told_by(row.position, row.stream, row.version, row.topic, row.state)
        for row in store.stream(case_stream(case_id))
    ]


def answers_told(entries: Sequence[Told]) -> dict[str, Answer]:
    """The answers of the office tier, each as it was given last."""
    return {name: value for each in _answers(entries) for name, value in each.items()}


def _answers(entries: Sequence[Told]) -> Iterator[dict[str, Answer]]:
    for each in entries:
        if isinstance(each.fact, CaseOpened | InformationReceived):
            yield known_answers(each.fact.answers)
