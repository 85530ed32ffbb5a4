"""The one fold: entries in, versions of rows out, whatever stream of entries it is handed.

Live and rebuild differ in what is handed in and how often the changes are taken out; the changes
do not depend on either, nor on how streams are shared out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.errors import LedgerError
from projections.fold.projection import Projection, Row, Rows
from projections.fold.temporal import FOREVER, microseconds
from projections.fold.told import Told

AnyProjection = Projection[Any]
_DEFECTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Version(NamedTuple):
    """A row with the span of time over which it was what was known: known_from <= T < known_to.

    `place` tells the rows of a key apart; `position` is that of the entry that made it.
    """

    key: str
    place: int
    known_from: int
    known_to: int
    position: int
    row: Row


@dataclass(slots=True)
class Changes:
    """What the tables of one projection have to take in.

    `closed` gives (key, place, known_from, known_to) of rows that lie there as current and are so no
    longer; `replaced` gives (key, place) of current rows that were never known for any time.
    """

    closed: list[tuple[str, int, int, int]] = field(default_factory=list[tuple[str, int, int, int]])
    replaced: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    added: list[Version] = field(default_factory=list[Version])


_Known = tuple[int, int, bool]
"""Since when a row is known, by which entry, and whether it lies in the tables already."""


@dataclass(slots=True)
class _Held:
    """The rows of one key in one projection, and what is known of each."""

    rows: Rows[Any]
    known: list[_Known]


Stored = Callable[[AnyProjection, Sequence[str]], Iterable[Version]]
"""The current rows of these keys as they lie in the tables, by key and place."""


def nothing_stored(projection: AnyProjection, keys: Sequence[str]) -> Iterable[Version]:
    """The answer of tables that are empty."""
    return ()


class Fold:
    """Folds entries, each stream in order, and hands out what changed.

    Holds the rows of the streams that were touched until they are released.
    """

    def __init__(
        self, projections: Sequence[AnyProjection], *, stored: Stored = nothing_stored
    ) -> None:
        self._projections = tuple(projections)
        self._stored = stored
        self._by_topic = _by_topic(self._projections)
        self._held: dict[str, dict[int, _Held]] = {}
        self._changes = [Changes() for _ in self._projections]

    def hold(self, first_versions: Mapping[str, int], topics: Collection[str]) -> None:
        """Looks up the current rows of these streams, given with the first version that will be folded.

        Before the release only entries of these topics are taken of them: what others would change is not looked up.
        """
        fresh = [stream for stream in first_versions if stream not in self._held]
        sought = [stream for stream in fresh if first_versions[stream] != 1]
        for stream in fresh:
            self._held[stream] = {}
        if not sought:
            return
        for at, projection in enumerate(self._projections):
            kind = f"{projection.kind}/"
            keys = [each.removeprefix(kind) for each in sought if each.startswith(kind)]
            if not keys or projection.topics.isdisjoint(topics):
                continue
            for version in self._stored(projection, keys):
                held = self._held[kind + version.key].setdefault(at, _Held((), []))
                held.rows = (*held.rows, version.row)
                held.known.append((version.known_from, version.position, True))

    def take(self, entry: Told) -> None:
        """Folds one entry; LedgerError says which projection failed and where, and nothing of the entry is taken."""
        concerned = self._by_topic.get(entry.topic)
        if concerned is None:
            return
        stream = entry.stream
        every = self._held.get(stream)
        if every is None:
            self.hold({stream: entry.version}, self._by_topic)
            every = self._held[stream]
        evolved: list[tuple[int, _Held | None, Rows[Any]]] = []
        projection: AnyProjection | None = None
        try:
            for at, projection in concerned:
                held = every.get(at)
                before = projection.initial if held is None else held.rows
                after = projection.evolve(before, entry)
                if after is not before:
                    evolved.append((at, held, after))
        except _DEFECTS as defect:
            raise _stopped(projection, entry, defect) from defect
        if evolved:
            key = stream.partition("/")[2]
            known = (microseconds(entry.known_at), entry.position, False)
            for at, held, after in evolved:
                if held is None:
                    held = every[at] = _Held((), [])
                _supersede(self._changes[at], key, held, after, known)

    def release(self) -> list[Changes]:
        """What changed since the last release, with the current rows of all streams; none is held any more."""
        for stream, every in self._held.items():
            key = stream.partition("/")[2]
            for at, held in every.items():
                changes = self._changes[at]
                for place, (row, known) in enumerate(zip(held.rows, held.known, strict=True)):
                    known_from, position, stored = known
                    if not stored:
                        changes.added.append(
                            Version(key, place, known_from, FOREVER, position, row)
                        )
        released, self._changes = self._changes, [Changes() for _ in self._projections]
        self._held.clear()
        return released


def topics_of(projections: Iterable[AnyProjection]) -> frozenset[str]:
    """Every topic that means something to one of these."""
    return frozenset(topic for projection in projections for topic in projection.topics)


def _by_topic(
    projections: Sequence[AnyProjection],
) -> dict[str, tuple[tuple[int, AnyProjection], ...]]:
    found: dict[str, tuple[tuple[int, AnyProjection], ...]] = {}
    for at, projection in enumerate(projections):
        for topic in projection.topics:
            found[topic] = (*found.get(topic, ()), (at, projection))
    return found


def _stopped(projection: AnyProjection | None, entry: Told, defect: Exception) -> LedgerError:
    name = f"{projection.name} (version {projection.version})" if projection else ""
    return LedgerError(
        f"The projection {name} stopped at entry {entry.position} ({entry.topic}, {entry.stream} "
        f"version {entry.version}): {defect!r}; nothing is skipped, what lies before it stands and "
        "writing goes on: upgrade caseledger."
    )


def _supersede(changes: Changes, key: str, held: _Held, rows: Rows[Any], known: _Known) -> None:
    """Puts new rows in the place of the held ones; a row that was never known for any time leaves no trace."""
    before, before_known = held.rows, held.known
    known_at = known[0]
    for place, old in enumerate(before):
        if place < len(rows) and old is rows[place]:
            continue
        known_from, position, stored = before_known[place]
        if known_from == known_at:
            if stored:
                changes.replaced.append((key, place))
        elif stored:
            changes.closed.append((key, place, known_from, known_at))
        else:
            changes.added.append(Version(key, place, known_from, known_at, position, old))
        before_known[place] = known
    grown = len(rows) - len(before)
    if grown > 0:
        before_known += [known] * grown
    elif grown < 0:
        del before_known[grown:]
    held.rows = rows
