"""What the ombudsman's file is made of, and what it says: lines in both languages, with the entries that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.evidence.sealing.reading import ReadEntry
from ledger.facts import Fact
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Directory
from ledger.registers.inquiries.marking import PrivilegeLogged
from ledger.then import NOW, Then

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


def privileged(inquiry: Sequence[ReadEntry]) -> dict[tuple[UUID, int], PrivilegeLogged]:
    """The entries that are privileged as the log says last, and were not waived."""
    latest = {
        (each.case_id, each.version): each
        for each in facts_of(inquiry)
        if isinstance(each, PrivilegeLogged)
    }
    return {place: each for place, each in latest.items() if not each.waived}
