"""What callers that know the library alone hand over, as rows at the next positions."""

from __future__ import annotations

from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from ledger.store.interface import StoredRow


def rows_after(tip: int, stored_events: Sequence[StoredEvent]) -> tuple[StoredRow, ...]:
    """The library's events in order, as the entries that follow `tip`."""
    return tuple(
        StoredRow(
            position,
            str(event.originator_id),
            event.originator_version,
            event.topic,
            event.state,
        )
        for position, event in enumerate(stored_events, start=tip + 1)
    )
