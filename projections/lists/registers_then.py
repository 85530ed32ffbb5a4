"""Registers at another instant: the rows of a projection as they stood then, each stream of its kind folded anew.

For registers that are small beside the cases: what was known at an instant and what had happened by one come
out of the same fold as what stands now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from ledger.ids import subject_id_of
from ledger.store import LedgerStore
from ledger.then import Then
from projections.fold.projection import Projection
from projections.fold.told import told_by

R = TypeVar("R", bound=tuple[Any, ...])


def rows_then(
    store: LedgerStore, projection: Projection[R], then: Then
) -> Iterator[tuple[UUID, R]]:
    """Each row with the id of its stream."""
    for stream in store.streams(projection.kind):
        told = (
            told_by(row.position, row.stream, row.version, row.topic, row.state)
            for row in store.stream(stream)
        )
        counted = (
            each
            for each in told
            if then.includes(known_at=each.known_at, effective_at=each.effective_at)
        )
        for row in projection.after(counted):
            yield subject_id_of(stream), row
