"""What two sets of views hold, row by row, and what each says of an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ledger.service import Ledger
from projections.fold.engine import Fold, Version
from projections.fold.projection import Row
from projections.fold.temporal import FOREVER, microseconds
from projections.fold.told import Told, told
from projections.store.tables import codec_of
from projections.views import PROJECTIONS, Views

Rows = dict[str, list[Version]]


def everything(views: Views) -> Rows:
    """Every version of every row, by projection, in order."""
    found: Rows = {}
    for projection in views.projections:
        codec = codec_of(projection.row)
        columns = ", ".join(codec.names)
        with views.reading(projection.name) as reading:
            rows = reading.rows(
                f"SELECT {columns} FROM {{{projection.name}}} ORDER BY key, place, known_from"
            )
        found[projection.name] = [codec.decode(row) for row in rows]
    return found


def known(rows: Rows, known_at: int) -> dict[str, list[tuple[str, int, Row]]]:
    """The rows that were known at an instant."""
    return {
        name: [
            (each.key, each.place, each.row)
            for each in versions
            if each.known_from <= known_at < each.known_to
        ]
        for name, versions in rows.items()
    }


def folded(entries: Iterable[Told]) -> dict[str, list[tuple[str, int, Row]]]:
    """The rows after these entries, from the fold alone."""
    fold = Fold(PROJECTIONS)
    for entry in entries:
        fold.take(entry)
    return {
        projection.name: sorted(
            (each.key, each.place, each.row)
            for each in sorted(changes.added, key=lambda each: (each.key, each.place))
            if each.known_to == FOREVER
        )
        for projection, changes in zip(PROJECTIONS, fold.release(), strict=True)
    }


def all_told(ledger: Ledger) -> list[Told]:
    """What every entry of the log tells."""
    return [told(entry) for entry in ledger.entries()]


def instants_known(entries: Sequence[Told]) -> list[int]:
    """Every instant at which something came to be known, and one between each two."""
    at = sorted({microseconds(each.known_at) for each in entries})
    return [at[0] - 1, *at, *((one + two) // 2 for one, two in pairwise(at))]
