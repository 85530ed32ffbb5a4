"""Readings of personal values, a row for each stream that one is about, and what was refused: who, what, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from ledger.policy.access import RECORDING
from ledger.policy.acting.acts import SEEKING
from ledger.registers.keeping.accesses import (
    ActRefused,
    PeopleSought,
    PersonalValuesRead,
    ReadingRefused,
    StreamOpened,
)
from projections.fold.projection import Projection, Rows
from projections.fold.told import Told

PEOPLE = "people"
"""What a search for somebody is about, which is no stream."""


class AccessRow(NamedTuple):
    """A reading of one stream; `shown` counts the values opened in it, `recording` is the version of recording.

    Where an act was refused before anything could be read, `act` is its code and `stream` what it was about;
    where somebody was sought by what they say of themselves, `act` is that of seeking and `stream` is `PEOPLE`.
    """

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
    act: str | None = None


def evolve(rows: Rows[AccessRow], entry: Told) -> Rows[AccessRow]:
    """The rows of a reading after one more entry."""
    match entry.fact:
        case PersonalValuesRead() as fact:
            return tuple(_read(fact, entry, each) for each in fact.opened)
        case PeopleSought() as fact:
            return (_allowed(fact, entry, PEOPLE, inquiry=None, act=SEEKING),)
        case ReadingRefused() as fact:
            return tuple(
                AccessRow(
                    stream=stream,
                    read_at=entry.known_at,
                    reader=fact.reader,
                    refused=True,
                    role=None,
                    purpose_code=fact.purpose_code,
                    ground=fact.ground,
                    inquiry=fact.inquiry and str(fact.inquiry),
                    recording=fact.recording,
                )
                for stream in fact.streams
            )
        case ActRefused() as fact:
            return (
                AccessRow(
                    stream=fact.about or "",
                    read_at=entry.known_at,
                    reader=fact.asker,
                    refused=True,
                    role=fact.role,
                    purpose_code=None,
                    ground=fact.ground,
                    inquiry=None,
                    recording=RECORDING,
                    act=fact.act,
                ),
            )
        case _:
            return rows


def _read(fact: PersonalValuesRead, entry: Told, opened: StreamOpened) -> AccessRow:
    return _allowed(
        fact,
        entry,
        opened.stream,
        inquiry=None if fact.inquiry is None else str(fact.inquiry),
        upto_version=opened.upto_version,
        shown=sum(
            len(part.slots) * sum(last - first + 1 for first, last in part.versions)
            for part in opened.slots
        ),
        slots=tuple(
            sorted({f"{part.topic}.{name}" for part in opened.slots for name in part.slots})
        ),
    )


def _allowed(
    fact: PersonalValuesRead | PeopleSought,
    entry: Told,
    stream: str,
    *,
    inquiry: str | None,
    **more: Any,
) -> AccessRow:
    return AccessRow(
        stream=stream,
        read_at=entry.known_at,
        reader=fact.reader,
        refused=False,
        role=fact.role,
        purpose_code=fact.purpose_code,
        ground=fact.ground,
        inquiry=inquiry,
        recording=fact.recording,
        **more,
    )


ACCESSES = Projection(
    name="accesses",
    version=3,
    kind="access",
    topics=frozenset(
        {PersonalValuesRead.topic, PeopleSought.topic, ReadingRefused.topic, ActRefused.topic}
    ),
    row=AccessRow,
    evolve=evolve,
)
