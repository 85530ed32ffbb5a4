"""Scope: which entries of which streams a disclosure covers, and which of their personal slots hold something. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from ledger.entry import Entry
from ledger.facts import Concealed, Fact, PartlyErased
from ledger.ids import case_stream
from ledger.registers.disclosures.opening import DrawnEntry, DrawnSlot, DrawnStream
from ledger.sealing.slots import pieces


@dataclass(frozen=True, slots=True)
class Scope:
    """What was known in these times, of these topics; None and nothing restrict nothing."""

    from_at: datetime | None = None
    until_at: datetime | None = None
    topics: frozenset[str] = frozenset()

    def covers(self, entry: Entry) -> bool:
        """Whether an entry is in scope: known from the first instant on and before the last."""
        known_at = entry.context.known_at
        return (
            (self.from_at is None or known_at >= self.from_at)
            and (self.until_at is None or known_at < self.until_at)
            and (not self.topics or entry.topic in self.topics)
        )


def personal_values(fact: Fact) -> dict[str, Any]:
    """The personal slots of a fact by name, `answers.NAME` each by itself."""
    plan = type(fact).plan
    found: dict[str, Any] = {name: getattr(fact, name) for name, _ in plan.personal}
    if plan.answers:
        answers: Mapping[str, Any] = fact.__dict__["answers"].personal
        found |= {f"answers.{name}": value for name, value in answers.items()}
    return found


def drawn(stream: str, entries: Sequence[Entry], scope: Scope) -> DrawnStream | None:
    """What of a stream is in scope, its personal values opened; None if nothing is.

    A slot that holds nothing needs no decision, nor does one that was erased: nothing of it can be shown. What is
    left of a text that was erased in part is decided like any other, its words counted as they were.
    """
    within = [each for each in entries if scope.covers(each)]
    if not within:
        return None
    return DrawnStream(
        in_stream=stream,
        upto_version=entries[-1].version,
        whole=len(within) == len(entries),
        entries=tuple(
            DrawnEntry(version=each.version, personal=tuple(_slots(each.fact))) for each in within
        ),
    )


def _slots(fact: Fact) -> Iterator[DrawnSlot]:
    for name, value in sorted(personal_values(fact).items()):
        match value:
            case None | Concealed.ERASED | Concealed.LOST:
                continue
            case str() | PartlyErased():
                yield DrawnSlot(slot=name, pieces=len(words_of(value)))
            case _:
                yield DrawnSlot(slot=name, pieces=0)


def words_of(text: str | PartlyErased) -> list[str | None]:
    """The words of a text as they are counted, None for each that was erased."""
    if isinstance(text, str):
        return list[str | None](pieces(text))
    gaps = iter(text.gaps)
    words: list[str | None] = []
    for part in text.parts:
        words += pieces(part) if isinstance(part, str) else [None] * next(gaps)
    return words


def streams_about(entries: Iterable[Entry], party: UUID) -> tuple[str, ...]:
    """The streams that name a party in any office field, and its own, in the order in which they first do."""
    own, named = f"party/{party}", str(party)
    found: dict[str, None] = {}
    for each in entries:
        if each.kind in _COMPARTMENTS or each.stream in found:
            continue
        if each.stream == own or any(_names(value, named) for value in _office(each.fact)):
            found[each.stream] = None
    return tuple(found)


_COMPARTMENTS = frozenset({"disclosure", "inquiry", "access", "policy", "directory"})
"""Kinds of stream that no request for one's own data reaches by itself."""


def _office(fact: Fact) -> Iterator[Any]:
    return (getattr(fact, name) for name in type(fact).plan.office)


def _names(value: Any, named: str) -> bool:
    if isinstance(value, tuple | list):
        several = cast("Sequence[Any]", value)
        return any(_names(each, named) for each in several)
    return str(value) == named if isinstance(value, UUID | str) else False


def case_streams(cases: Iterable[UUID]) -> tuple[str, ...]:
    """The streams of these cases, each once."""
    return tuple(dict.fromkeys(case_stream(each) for each in cases))
