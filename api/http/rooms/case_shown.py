"""What is answered about one case: the question that was allowed, and the shapes of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.http.exchanges import Exchange, When
from api.http.standing import allow, case_named, relations_to_case
from api.shown.entries import EntryShown
from ledger.errors import CaseNotFound
from ledger.ids import case_stream, reference_of
from ledger.policy.acting.acts import Relation
from ledger.sealing.reading import ReadEntry
from projections.flow.measured import MeasuredSpan
from projections.one_case.clocks_to_come import ClockToCome
from projections.one_case.people import PersonOnCase
from projections.one_case.requester_status import RequesterStatus
from projections.one_case.standing import CaseStanding
from projections.rows.clocks import ClockRow


@dataclass(frozen=True, slots=True)
class UpTo:
    """What an answer is up to date with: the last entry, and the instants that were asked about."""

    position: int
    at: datetime
    known_at: datetime | None
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class CaseNamed:
    """Which case an answer is about, the version that it is as of, and what it is up to date with."""

    case_id: UUID
    reference: str
    version: int
    up_to_date: UpTo


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown(CaseStanding):
    """How a case stands, who is concerned in it with what is personal left out, and the acts that one may try.

    `people` are its requester and whoever else; what is personal of them is null: it is read under `/people`.
    """

    about: CaseNamed
    people: tuple[PersonOnCase, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleShown:
    """Who is concerned in a case, the requester first, opened: null is what nobody said, or what was erased."""

    about: CaseNamed
    people: tuple[PersonOnCase, ...]


@dataclass(frozen=True, slots=True)
class TrailShown:
    """What happened, in sentences; fields that are personal are named in `concealed` and left out."""

    about: CaseNamed
    language: str
    trail: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SpansShown:
    """Who was accountable; the spans add up to `seconds`."""

    about: CaseNamed
    spans: tuple[MeasuredSpan, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class ClocksShown:
    """The clocks of a case, every generation; `to_come` are those that have not started, and what each waits for."""

    about: CaseNamed
    clocks: tuple[ClockRow, ...]
    to_come: tuple[ClockToCome, ...]


@dataclass(frozen=True, slots=True)
class StatusShown:
    """What the requester may be told."""

    about: CaseNamed
    requester_status: RequesterStatus


@dataclass(frozen=True, slots=True)
class EntriesShown:
    """Entries of a case."""

    about: CaseNamed
    entries: tuple[EntryShown, ...]


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """A question about one case that whoever asks may ask."""

    case_id: UUID
    when: When
    relations: frozenset[Relation]
    position: int

    @property
    def stream(self) -> str:
        return case_stream(self.case_id)

    def counting(self, entries: list[ReadEntry]) -> list[ReadEntry]:
        """The entries that the question is about, in the order in which it takes them; CaseNotFound if none is."""
        found = self.when.then.of_case(entries)
        if not found:
            raise CaseNotFound(
                f"Nothing was known of {reference_of(self.case_id)} then: ask about a later instant."
            )
        return found

    def named(self, entries: list[ReadEntry]) -> CaseNamed:
        """The case by its name, as of the last of these entries."""
        when = self.when
        upto = UpTo(self.position, when.at, when.known_at, when.as_of)
        version = max(each.entry.version for each in entries)
        return CaseNamed(self.case_id, reference_of(self.case_id), version, upto)


def known_case(exchange: Exchange, act: str) -> CaseAsked:
    """The case that is asked about, where whoever asks may; the refusal is on record where they may not."""
    service, principal = exchange.service, exchange.principal
    case_id = case_named(service, exchange.request.path_params["ref"])
    relations = relations_to_case(service, principal, case_id)
    allow(service, principal, act, relations, about=case_stream(case_id))
    return CaseAsked(case_id, exchange.when(), relations, service.ledger.store.tip())
