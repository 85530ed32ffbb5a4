"""Public updates: what changed for the requesters of cases that anybody may see, entry by entry, as the log has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language
from ledger.store import LedgerStore
from projections.flow.calls import head_before
from projections.fold.told import Told
from projections.one_case.details import DETAILS
from projections.one_case.requester_status import RequesterStatus, requester_status
from projections.public.requests import entries_told
from projections.rows.case_rows import CaseRow
from projections.rows.cases import CASES

if TYPE_CHECKING:
    from projections.views import Views

_TELLING = frozenset(
    {
        "CaseAdjudicated", "CasePulled", "CaseReopened", "CaseResolved", "CaseReturned", "CaseRouted",
        "CaseTransferred", "ClockExtended", "ContactPromised", "InformationReceived", "RoutingConfirmed",
        "TransferAccepted", "TransferDeclined", "TransferUnanswered", "WaitingBegan", "WaitingEnded",
    }
)  # fmt: skip
"""Entries after which a requester may be told something else than before."""
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class PublicUpdate:
    """What requesters are told since an entry of their case; `version` is that of the entry."""

    case_id: UUID
    version: int
    at: datetime
    open: bool
    status: RequesterStatus


@dataclass(frozen=True, slots=True)
class Since:
    """Recorded from one instant on and before another, of cases that are of one of these types today."""

    types: Collection[str]
    begins_at: datetime
    ends_at: datetime


def public_updates(
    views: Views,
    store: LedgerStore,
    since: Since,
    *,
    version: PolicyVersion,
    language: Language,
) -> Iterator[PublicUpdate]:
    """The updates in the order of the log; what was recorded and changes nothing for the requester is left out."""
    after, _ = head_before(store, since.begins_at)
    upto, _ = head_before(store, since.ends_at)
    for chunk in store.scan(after=after, upto=upto, chunk=_CHUNK):
        telling = [
            (stream.removeprefix("case/"), number)
            for _position, stream, number, topic, _state in chunk
            if topic in _TELLING and stream.startswith("case/")
        ]
        public = _public(views, {key for key, _ in telling}, since)
        entries: dict[str, list[Told]] = {}
        for key, number in telling:
            if key in public:
                if key not in entries:
                    entries[key] = entries_told(store, UUID(key))
                update = _update(UUID(key), entries[key], number, version, language)
                if update is not None:
                    yield update


def _public(views: Views, keys: Collection[str], since: Since) -> frozenset[str]:
    """Those of the cases that anybody may see."""
    with views.reading("cases") as reading:
        rows = reading.rows_of(CaseRow, sorted(keys))
    return frozenset(
        key for key, (row,) in rows.items() if row.request_type in since.types and not row.disposed
    )


def _update(
    case_id: UUID, entries: Sequence[Told], number: int, version: PolicyVersion, language: Language
) -> PublicUpdate | None:
    at = entries[number - 1].known_at
    before = _status_then(entries[: number - 1], at, version, language)
    after = _status_then(entries[:number], at, version, language)
    if after is None or (before is not None and before[1].sentences == after[1].sentences):
        return None
    return PublicUpdate(case_id, number, at, *after)


def _status_then(
    entries: Sequence[Told], at: datetime, version: PolicyVersion, language: Language
) -> tuple[bool, RequesterStatus] | None:
    rows, details = CASES.after(entries), DETAILS.after(entries)
    if not rows:
        return None
    status = requester_status(rows[0], details[0], version, at=at, language=language, publicly=True)
    return rows[0].open, status
