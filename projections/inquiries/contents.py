"""What the ombudsman's file is made of, and what it says: lines in both languages, with the entries that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from ledger.facts import Fact
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Directory
from ledger.registers.inquiries.marking import PrivilegeLogged
from ledger.sealing.reading import ReadEntry
from ledger.then import NOW, Then
from projections.releases.privileged import privileged_in

SUPPRESSED_BELOW = 5
"""A count smaller than this is not given as it is: it could point to somebody."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry that shows what is said."""

    stream: str
    version: int
    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One thing said, in both languages, with the entries that show it and the values behind it."""

    en: str
    fr: str
    cites: tuple[Cited, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class FileRow:
    """A question of the first letter, and all that answers it."""

    code: str
    en: str
    fr: str
    lines: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many other cases met the same rule in the same time: the definition, and the count; None if it is small."""

    request_type: str | None
    rule: str | None
    from_on: date
    to_on: date
    others: int | None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed checkpoint from before the inquiry: how many entries it is over, and its note."""

    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """All that the file is made of; `at` is the instant up to which it tells, and `then` says what counts of another.

    `marks` are entries of the inquiry as it stands now, among them all that say what may be shown: that is judged by
    today's rules, whatever instant is asked about.
    """

    inquiry_id: UUID
    inquiry: Sequence[ReadEntry]
    cases: Mapping[UUID, Sequence[ReadEntry]]
    policies: Policies
    directory: Directory
    counted: Sequence[Counted]
    checkpoint: Checkpoint | None
    marks: Sequence[ReadEntry]
    at: datetime
    then: Then = NOW


@dataclass(frozen=True, slots=True)
class InquiryFile:
    """The file: whom it is for, of which instants it tells, and the rows of the first letter in their order."""

    inquiry_id: UUID
    office: str
    recipient: object
    purpose: object
    at: datetime
    rows: tuple[FileRow, ...]
    then: Then = NOW


def facts_of(entries: Sequence[ReadEntry]) -> list[Fact]:
    return [each.entry.fact for each in entries]


class Privileged(NamedTuple):
    """Of which kind an entry is privileged, and since when."""

    kind: str
    on: date


def privileged(source: Source) -> dict[tuple[UUID, int], Privileged]:
    """The entries that are privileged as they were made or as the log says last, and were not waived."""
    found: dict[tuple[UUID, int], Privileged] = {}
    for case_id, entries in source.cases.items():
        apart = privileged_in(each.entry for each in entries)
        for each in entries:
            if kind := apart.get(each.entry.version):
                on = each.entry.context.effective_at.date()
                found[case_id, each.entry.version] = Privileged(kind, on)
    for each in facts_of(source.marks):
        if isinstance(each, PrivilegeLogged):
            place = (each.case_id, each.version)
            found.pop(place, None)
            if not each.waived:
                found[place] = Privileged(each.privilege, each.on)
    return found
