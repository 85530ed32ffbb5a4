"""What a trees' store promises: the nodes of the log's tree and of the map of stream heads, beside the ledger.

All of it follows from the entries and can be made again from them: delete it, lose nothing. It lies apart
from the ledger so that its long transactions hold no writer up.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple, Protocol

from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.store.translation import Translated

FORMAT = 1
"""How the tables are laid out; others are thrown away and made anew."""

_MARK = "SELECT value FROM {at}marks WHERE name = ?"
_PUT_MARK = """
INSERT INTO {at}marks (name, value)
VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_LOG_TILE = "SELECT nodes FROM {at}log_tiles WHERE height = ? AND number = ?"
_PUT_LOG_TILE = """
INSERT INTO {at}log_tiles (height, number, nodes)
VALUES (?, ?, ?)
ON CONFLICT (height, number) DO UPDATE SET nodes = excluded.nodes
"""
_MAP_TILE = "SELECT nodes FROM {at}map_tiles WHERE depth = ? AND prefix = ?"
_PUT_MAP_TILE = """
INSERT INTO {at}map_tiles (depth, prefix, nodes)
VALUES (?, ?, ?)
ON CONFLICT (depth, prefix) DO UPDATE SET nodes = excluded.nodes
"""
_MEMBERS = """
SELECT key, stream, entries, head
FROM {at}members
WHERE key >= ?
AND key <= ?
ORDER BY key
"""
_COUNT = "SELECT count(*) FROM {at}members"
_PUT_MEMBER = """
INSERT INTO {at}members (key, stream, entries, head)
VALUES (?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET entries = excluded.entries, head = excluded.head
"""


def trees_damaged() -> LedgerUnavailable:
    """The refusal of trees that are not whole: they are nobody's only copy of anything."""
    return LedgerUnavailable(
        "The trees of proofs are damaged: delete them (trees.db, or the schema trees) and ask again; they are made "
        "anew and nothing is lost."
    )


@contextmanager
def told_as_trees(translated: Translated, drivers: type[Exception]) -> Generator[None]:
    """A block in which damage that the driver meets is told as what it is here, something to be made anew."""
    try:
        with translated:
            yield
    except IntegrityFailure as error:
        if not isinstance(error.__cause__, drivers):
            raise  # of the entries, and not of the trees
        raise trees_damaged() from error


class KeptMember(NamedTuple):
    """A stream, its key in the map, how many entries it has, and its running head after them."""

    key: bytes
    stream: str
    entries: int
    head: bytes


class Driver(Protocol):
    """A connection, as far as reading and writing trees needs to know."""

    def all(self, statement: str, values: Sequence[Any]) -> list[Any]: ...

    def each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None: ...


class KeptTrees:
    """The trees as of one moment, or inside one transaction."""

    def __init__(self, driver: Driver, written: Callable[[str], str]) -> None:
        """`written` puts a statement into the words of the database."""
        self._driver = driver
        self._written = written

    def mark(self, name: str) -> int:
        """Up to which position something is taken in; 0 if nothing is."""
        rows = self._all(_MARK, (name,))
        return int(rows[0][0]) if rows else 0

    def put_mark(self, name: str, position: int) -> None:
        """Says up to which position something is taken in."""
        self._each(_PUT_MARK, [(name, str(position))])

    def log_tile(self, height: int, number: int) -> bytes | None:
        """The nodes of a tile of the log."""
        rows = self._all(_LOG_TILE, (height, number))
        return rows[0][0] if rows else None

    def put_log_tiles(self, tiles: Iterable[tuple[int, int, bytes]]) -> None:
        """Keeps tiles of the log: height, number, nodes."""
        self._each(_PUT_LOG_TILE, tiles)

    def map_tile(self, depth: int, prefix: int) -> bytes | None:
        """The nodes of a tile of the map."""
        rows = self._all(_MAP_TILE, (depth, prefix))
        return rows[0][0] if rows else None

    def put_map_tiles(self, tiles: Iterable[tuple[int, int, bytes]]) -> None:
        """Keeps tiles of the map: depth, prefix, nodes."""
        self._each(_PUT_MAP_TILE, tiles)

    def members(self, first: bytes, last: bytes) -> list[KeptMember]:
        """The streams from one key to another, both included, in order."""
        return [KeptMember(*row) for row in self._all(_MEMBERS, (first, last))]

    def count_members(self) -> int:
        """How many streams there are."""
        return self._all(_COUNT, ())[0][0]

    def put_members(self, members: Iterable[KeptMember]) -> None:
        """Keeps how far streams go."""
        self._each(_PUT_MEMBER, members)

    def _all(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._driver.all(self._written(statement), values)

    def _each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self._driver.each(self._written(statement), rows)


class TreesStore(Protocol):
    """Where the trees of one ledger are kept. Reads and writes may come from any thread, one at a time.

    Every method raises LedgerUnavailable when the database cannot answer or what it holds is damaged.
    """

    def alone(self) -> AbstractContextManager[None]:
        """Inside the block nobody else brings the trees on or signs."""
        ...

    def reading(self) -> AbstractContextManager[KeptTrees]:
        """The trees as of one moment."""
        ...

    def writing(self) -> AbstractContextManager[KeptTrees]:
        """A transaction; what it wrote need not outlive a loss of power."""
        ...

    def start_anew(self) -> None:
        """Throws all of it away."""
        ...

    def close(self) -> None:
        """Lets go of files and connections."""
        ...
