"""Readings of personal values, a row for each stream that one is about: who read what when, or was refused."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.registers.accesses import PersonalValuesRead, ReadingRefused
from projections.projection import Projection, Rows
from projections.told import Told


class AccessRow(NamedTuple):
    """A reading of one stream; `shown` counts the values opened in it, `recording` is the version of recording."""

    stream: str
    read_at: datetime
    reader: str | None
    refused: bool
    role: str | None
    purpose_code: str | None
    ground: str
    inquiry: str | None
    recording: int
    upto_version: int | None = None
    shown: int = 0
    slots: tuple[str, ...] = ()


def evolve(rows: Rows[AccessRow], entry: Told) -> Rows[AccessRow]:
    """The rows of a reading after one more entry."""
    match entry.fact:
        case PersonalValuesRead() as fact:
            return tuple(
                AccessRow(
                    each.stream,
                    entry.known_at,
                    fact.reader,
                    False,
                    fact.role,
                    fact.purpose_code,
                    fact.ground,
                    fact.inquiry and str(fact.inquiry),
                    fact.recording,
                    each.upto_version,
                    sum(
                        len(slots.slots) * sum(last - first + 1 for first, last in slots.versions)
                        for slots in each.slots
                    ),
                    tuple(
                        sorted(
                            {f"{part.topic}.{name}" for part in each.slots for name in part.slots}
                        )
                    ),
                )
                for each in fact.opened
            )
        case ReadingRefused() as fact:
            return tuple(
                AccessRow(
                    stream,
                    entry.known_at,
                    fact.reader,
                    True,
                    None,
                    fact.purpose_code,
                    fact.ground,
                    fact.inquiry and str(fact.inquiry),
                    fact.recording,
                )
                for stream in fact.streams
            )
        case _:
            return rows


ACCESSES = Projection(
    name="accesses",
    version=1,
    kind="access",
    topics=frozenset({PersonalValuesRead.topic, ReadingRefused.topic}),
    row=AccessRow,
    evolve=evolve,
)
