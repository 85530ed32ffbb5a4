"""A projection: what the entries of one kind of stream mean, as a value without clock, database or position."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, get_type_hints

from projections.fold.told import Told

Row = tuple[Any, ...]
"""What a projection keeps: office data alone, and its own kind of named tuple for each projection.

Of all that can be frozen it takes the least room and is copied fastest, and a rebuild makes a row
for nearly every entry.
"""

R = TypeVar("R", bound=Row)
Rows = tuple[R, ...]
Fields = dict[str, Any]
"""What changes in a row, by the names of its fields."""
Evolve = Callable[[Rows[R], Told], Rows[R]]


@dataclass(frozen=True, slots=True)
class Projection(Generic[R]):
    """The rows that each stream of a kind stands for, after any of its entries.

    The key of a row is the id of its stream, so that every stream folds by itself, in any shard. A
    key has as many rows as it needs: one for a case, one for each of its spans. `evolve` answers with
    the same objects where an entry changes nothing; a row that it leaves out ends. `version` is the
    version of the meaning: rows of another meaning lie in tables of their own.
    """

    name: str
    version: int
    kind: str
    topics: frozenset[str]
    row: type[R]
    evolve: Evolve[R]
    initial: Rows[R] = ()

    def key(self, entry: Told) -> str | None:
        """The key of the rows that an entry may change, or None if it means nothing here."""
        kind, _, key = entry.stream.partition("/")
        return key if kind == self.kind and entry.topic in self.topics else None

    def after(self, entries: Iterable[Told], *, rows: Rows[R] | None = None) -> Rows[R]:
        """The rows after these entries of one stream, in this order: as known, as of, or what if."""
        rows = self.initial if rows is None else rows
        for entry in entries:
            if self.key(entry) is not None:
                rows = self.evolve(rows, entry)
        return rows


def changed(row: R, fields: Fields) -> R:
    """The row with these fields changed."""
    kind = type(row)
    places = _places(kind)
    values = [*row]
    for name, value in fields.items():
        values[places[name]] = value
    return _fresh(kind, values)


_fresh: Callable[[Any, list[Any]], Any] = getattr(tuple, "__new__")  # noqa: B009 - untyped there


@cache
def _places(kind: type[Row]) -> dict[str, int]:
    return {name: place for place, name in enumerate(get_type_hints(kind))}
