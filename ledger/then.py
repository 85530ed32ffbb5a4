"""Then: which entries count for a question about another instant, of registers and of cases alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from ledger.commands import Kind
from ledger.entry import Entry
from ledger.sealing.reading import ReadEntry, office_entry
from ledger.store import StoredRow

E = TypeVar("E")
State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Then:
    """What was known by one instant, of what had happened by another; None: by now."""

    known_at: datetime | None = None
    as_of: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether no other instant is asked about."""
        return self.known_at is None and self.as_of is None

    def includes(self, *, known_at: datetime, effective_at: datetime) -> bool:
        """Whether what was known and what happened at these instants counts."""
        return (self.known_at is None or known_at <= self.known_at) and (
            self.as_of is None or effective_at <= self.as_of
        )

    def counts(self, entry: Entry) -> bool:
        """Whether an entry counts."""
        context = entry.context
        return self.includes(known_at=context.known_at, effective_at=context.effective_at)

    def of(self, entries: Iterable[ReadEntry]) -> list[ReadEntry]:
        """Those of the entries that count, in their order: a register's facts build on those before them."""
        return [each for each in entries if self.counts(each.entry)]

    def of_case(self, entries: Iterable[ReadEntry]) -> list[ReadEntry]:
        """The same of a case: as of an instant in the order in which it happened; none where it was not opened."""
        found = self.of(entries)
        return found if self.as_of is None else as_it_happened(found, _placed)

    def state(self, kind: Kind[Any], entries: Iterable[ReadEntry]) -> Any:
        """The state of a stream of this kind over those of its entries that count."""
        found = kind.initial
        for read in self.of_case(entries) if kind.name == "case" else self.of(entries):
            found = kind.evolve(found, read.entry)
        return found


Placed = tuple[int, datetime, datetime]
"""An entry's version, when it happened, and when that became known."""


def as_it_happened(entries: Sequence[E], placed: Callable[[E], Placed]) -> list[E]:
    """Entries of a case by when each happened; none where its opening is not among them: then it was not there."""
    opened = bool(entries) and placed(entries[0])[0] == 1
    return by_happening(entries, placed) if opened else []


def by_happening(entries: Iterable[E], placed: Callable[[E], Placed]) -> list[E]:
    """Entries of a stream by when each happened, its first one first: what became known at once stays in its order."""
    happened: list[tuple[bool, datetime, int, E]] = []
    known: datetime | None = None
    for each in entries:
        version, at, known_at = placed(each)
        if known == known_at:
            at = max(at, happened[-1][1])
        happened.append((version > 1, at, version, each))
        known = known_at
    return [each for *_, each in sorted(happened, key=lambda each: each[:3])]


def _placed(read: ReadEntry) -> Placed:
    context = read.entry.context
    return read.entry.version, context.effective_at, context.known_at


NOW = Then()
"""Whatever there is."""


def office_state(kind: Kind[State], rows: Iterable[StoredRow], then: Then = NOW) -> State:
    """How a stream stands by the office parts of its rows, or stood as it was known then, in the order of the log.

    Trusts the store: nothing is verified.
    """
    found = kind.initial
    for row in rows:
        if then.counts(entry := office_entry(*row)):
            found = kind.evolve(found, entry)
    return found
