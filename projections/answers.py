"""Answers: what was asked for, the entry it is up to date with, the instant it was known at, and the meaning used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from ledger.facts import Fact, dump
from ledger.times import stamp

if TYPE_CHECKING:
    from projections.views import Reading


@dataclass(frozen=True, slots=True)
class UpToDate:
    """Up to date as of entry `position`, as it was known at `known_at` (None: as it is known now).

    `projections` gives the version of the meaning of each projection that was asked.
    """

    position: int
    known_at: datetime | None
    projections: Mapping[str, int]


def up_to_date(reading: Reading, known_at: datetime | None) -> UpToDate:
    """What an answer from this reading is up to date with."""
    return UpToDate(reading.position, known_at, reading.versions)


def as_json(value: object) -> Any:
    """An answer in plain values: records by field, times as stamps, dates as ISO texts, sets as lists in order."""
    match value:
        case datetime():
            return stamp(value)
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
        case Mapping():
            items = cast("Mapping[object, object]", value).items()
            return {str(key): as_json(each) for key, each in items}
        case tuple() | list():
            several = cast("Sequence[object]", value)
            named: tuple[str, ...] = getattr(several, "_fields", ())
            if named:
                return {name: as_json(getattr(several, name)) for name in named}
            return [as_json(each) for each in several]
        case set() | frozenset():
            return sorted(as_json(each) for each in cast("Set[object]", value))
        case Fact():
            return dump(value)
        case _ if is_dataclass(value):
            return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
        case _:
            return str(value)
