"""A selection: of which streams what is shown, and what is withheld on which ground.

Pure. Whatever is not named as withheld is shown; an erased value is shown as its digest, marked erased.
A line's structure (stream, version, topic, time recorded, names of slots) cannot be withheld from a
shown line, so where it says too much the whole line is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.errors import InvalidCommand
from ledger.policy.document.disclosing import Exemption
from ledger.policy.values import Language
from ledger.registers.disclosures.releasing import EDITION
from ledger.registers.disclosures.state import Claim


@dataclass(frozen=True, slots=True)
class Ground:
    """On which ground something is withheld: the number of its line in the withholding index, and the exemption."""

    line: int
    exemption: str


@dataclass(frozen=True, slots=True)
class PieceRange:
    """Pieces (a word and the white space after it) of a text that are withheld: from `first` to before `end`."""

    first: int
    end: int
    ground: Ground


_NO_SLOTS: Mapping[str, Ground] = MappingProxyType({})
_NO_PIECES: Mapping[str, tuple[PieceRange, ...]] = MappingProxyType({})
_NO_EXEMPTIONS: Mapping[str, Exemption] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EntrySelection:
    """An entry in scope: the ground on which all of it, whole slots, or words within a text slot are withheld."""

    version: int
    line: Ground | None = None
    slots: Mapping[str, Ground] = field(default_factory=lambda: _NO_SLOTS)
    pieces: Mapping[str, tuple[PieceRange, ...]] = field(default_factory=lambda: _NO_PIECES)

    def grounds(self) -> Iterator[Ground]:
        """Every ground on which something of this entry is withheld."""
        if self.line is not None:
            yield self.line
        yield from self.slots.values()
        for ranges in self.pieces.values():
            yield from (each.ground for each in ranges)


@dataclass(frozen=True, slots=True)
class StreamSelection:
    """A stream up to a version: its entries in scope by version; the others are given by their digests alone."""

    stream: str
    upto_version: int
    entries: tuple[EntrySelection, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a release shows, to whom and what for, what it claims, and in which languages it is written.

    `recipient` is given where the recipient is named inside. Audience, recipient and purpose stand in
    the bundle as they are given here. `edition` is that of the words of its chronology: a release that was made is
    made again in its own.
    """

    streams: tuple[StreamSelection, ...]
    claim: Claim
    audience: str
    purpose: str
    recipient: str | None = None
    languages: tuple[Language, ...] = ("en", "fr")
    edition: int = EDITION
    exemptions: Mapping[str, Exemption] = field(default_factory=lambda: _NO_EXEMPTIONS)
    """Those of the policy that were applied, to be explained."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the withholding index, as its audience is to see it.

    `said` gives the further columns in order, by name; every line of an index has the same ones.
    """

    number: int
    exemption: str
    said: Mapping[str, str | int | bool | None] = field(default_factory=dict[str, str])


def refuse_unsound(selection: Selection, index: Sequence[IndexLine]) -> None:
    """InvalidCommand, with what to do, for a selection that no bundle can be made of."""
    if not selection.languages or len(set(selection.languages)) < len(selection.languages):
        raise InvalidCommand("Name the languages of the release, each once: en, fr or both.")
    if not any(each.entries for each in selection.streams):
        raise InvalidCommand(
            "The scope selects nothing: widen it, or answer that there is nothing."
        )
    names = [each.stream for each in selection.streams]
    if len(set(names)) < len(names):
        raise InvalidCommand("A stream is selected twice: name each once.")
    for stream in selection.streams:
        _refuse_disorder(stream)
    _refuse_groundless(selection, index)


def _refuse_disorder(stream: StreamSelection) -> None:
    versions = [each.version for each in stream.entries]
    if versions != sorted(set(versions)) or any(
        not 1 <= version <= stream.upto_version for version in versions
    ):
        raise InvalidCommand(
            f"The entries of {stream.stream} must be selected once each, in order, "
            f"from 1 to {stream.upto_version}."
        )
    for entry in stream.entries:
        for slot, ranges in entry.pieces.items():
            bounds = [bound for each in ranges for bound in (each.first, each.end)]
            empty = any(each.first >= each.end for each in ranges)
            if bounds != sorted(bounds) or empty or any(bound < 0 for bound in bounds):
                raise InvalidCommand(
                    f"The words withheld in '{slot}' of {stream.stream} version {entry.version} "
                    "must be given as ranges in order that do not overlap."
                )


def _refuse_groundless(selection: Selection, index: Sequence[IndexLine]) -> None:
    lines = {each.number: each.exemption for each in index}
    if len(lines) < len(index) or len({tuple(each.said) for each in index}) > 1:
        raise InvalidCommand(
            "The lines of the withholding index must each have a number of its own and all the same "
            "columns."
        )
    for stream in selection.streams:
        for entry in stream.entries:
            for ground in entry.grounds():
                if lines.get(ground.line) != ground.exemption:
                    raise InvalidCommand(
                        f"What is withheld of {stream.stream} version {entry.version} on "
                        f"'{ground.exemption}' has no line {ground.line} of that exemption in the "
                        "index: add it."
                    )
