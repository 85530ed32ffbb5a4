"""The dossier: all that a disclosure's entries say so far, with its texts, who decided what, and when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ledger.entry import Entry
from ledger.registers.disclosures import Disclosure
from ledger.registers.disclosures.approving import DisclosureAnswered, DisclosureApproved
from ledger.registers.disclosures.consulting import (
    ConsultationDecided,
    ConsultationNoticeGiven,
    RepresentationsReceived,
)
from ledger.registers.disclosures.dispositions import ItemDisposed
from ledger.registers.disclosures.guard import DifferenceExplained, TreatmentDiffers
from ledger.registers.disclosures.items import DisclosureItemListed, ItemDuplicated
from ledger.registers.disclosures.opening import DisclosureOpened
from ledger.registers.disclosures.releasing import DisclosureReleased, ReleaseAuthorised
from ledger.registers.disclosures.review import SlotDecided, WithholdingProposed
from ledger.registers.disclosures.searching import DisclosureTimeLogged, SearchLogged
from ledger.registers.disclosures.state import Range, evolve
from ledger.registers.parts import with_changed

Place = tuple[str, int, str, Range | None]
"""A stream, the version of an entry, a slot, and the words of it meant; None for all of the slot."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on a slot or words of it: what it says, by whom and when."""

    said: SlotDecided
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal of the finder, and which program in which version made it."""

    said: WithholdingProposed
    tool: str


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A document with what was decided of it."""

    listed: DisclosureItemListed
    duplicated: ItemDuplicated | None = None
    disposed: ItemDisposed | None = None
    by: str | None = None
    at: datetime | None = None

    @property
    def lead(self) -> UUID | None:
        """The document that it is a duplicate of."""
        return self.duplicated.lead if self.duplicated else self.listed.lead


@dataclass(frozen=True, slots=True)
class ConsultationFile:
    """A consultation with what they answered and what was decided."""

    notice: ConsultationNoticeGiven
    answered: RepresentationsReceived | None = None
    decided: ConsultationDecided | None = None


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A release: as it was authorised, after which entry of the disclosure, and once it was made."""

    authorised: ReleaseAuthorised
    version: int
    at: datetime
    made: DisclosureReleased | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved what was decided until then, and when."""

    by: str
    at: datetime
    sole_officer: bool


@dataclass
class Dossier:
    """A disclosure as it stands, with its texts where they were opened."""

    state: Disclosure = field(default_factory=Disclosure)
    opened: DisclosureOpened | None = None
    opened_at: datetime | None = None
    rulings: dict[Place, Ruling] = field(default_factory=dict[Place, Ruling])
    suggestions: dict[UUID, Suggestion] = field(default_factory=dict[UUID, Suggestion])
    items: dict[UUID, ItemFile] = field(default_factory=dict[UUID, ItemFile])
    consultations: dict[UUID, ConsultationFile] = field(
        default_factory=dict[UUID, ConsultationFile]
    )
    differences: dict[UUID, TreatmentDiffers] = field(default_factory=dict[UUID, TreatmentDiffers])
    explained: dict[UUID, DifferenceExplained] = field(
        default_factory=dict[UUID, DifferenceExplained]
    )
    searches: list[SearchLogged] = field(default_factory=list[SearchLogged])
    times: list[DisclosureTimeLogged] = field(default_factory=list[DisclosureTimeLogged])
    approval: Approval | None = None
    approved_alone: int = 0
    """How often its only officer approved what they had decided themselves."""
    answer: DisclosureAnswered | None = None
    releases: dict[UUID, ReleaseFile] = field(default_factory=dict[UUID, ReleaseFile])


def dossier(entries: Iterable[Entry]) -> Dossier:
    """What these entries of a disclosure say, in order."""
    found = Dossier()
    for entry in entries:
        found.state = evolve(found.state, entry)
        _take_in(found, entry)
    return found


def _take_in(found: Dossier, entry: Entry) -> None:
    at, by = entry.context.effective_at, entry.actor.id
    match entry.fact:
        case DisclosureOpened() as fact:
            found.opened, found.opened_at = fact, at
        case SlotDecided() as fact:
            words = None if fact.first is None or fact.end is None else (fact.first, fact.end)
            place = (fact.in_stream, fact.in_version, fact.slot, words)
            found.rulings[place] = Ruling(fact, by, at)
        case WithholdingProposed() as fact:
            tool = f"{by} {entry.actor.version}" if entry.actor.version else by
            found.suggestions[fact.proposal_id] = Suggestion(fact, tool)
        case TreatmentDiffers() as fact:
            found.differences[fact.difference_id] = fact
        case DifferenceExplained() as fact:
            found.explained[fact.difference_id] = fact
        case SearchLogged() as fact:
            found.searches.append(fact)
        case DisclosureTimeLogged() as fact:
            found.times.append(fact)
        case _:
            _take_in_rest(found, entry, by, at)


def _take_in_rest(found: Dossier, entry: Entry, by: str, at: datetime) -> None:
    match entry.fact:
        case DisclosureItemListed() as fact:
            found.items[fact.item_id] = ItemFile(fact)
        case ItemDuplicated() as fact:
            found.items = with_changed(found.items, fact.item_id, duplicated=fact)
        case ItemDisposed() as fact:
            found.items = with_changed(found.items, fact.item_id, disposed=fact, by=by, at=at)
        case ConsultationNoticeGiven() as fact:
            found.consultations[fact.consultation_id] = ConsultationFile(fact)
        case RepresentationsReceived() as fact:
            known = with_changed(found.consultations, fact.consultation_id, answered=fact)
            found.consultations = known
        case ConsultationDecided() as fact:
            known = with_changed(found.consultations, fact.consultation_id, decided=fact)
            found.consultations = known
        case DisclosureApproved() as fact:
            found.approval = Approval(by, at, fact.sole_officer)
            found.approved_alone += fact.sole_officer
        case DisclosureAnswered() as fact:
            found.answer = fact
        case ReleaseAuthorised() as fact:
            found.releases[fact.release_id] = ReleaseFile(fact, entry.version, at)
        case DisclosureReleased() as fact:
            found.releases = with_changed(found.releases, fact.release_id, made=fact)
        case _:
            return


def as_authorised(entries: Iterable[Entry], release_id: UUID) -> Dossier:
    """The disclosure as it stood when a release of it was authorised: what its bundle and its index are made of."""
    upto: list[Entry] = []
    for entry in entries:
        upto.append(entry)
        if isinstance(entry.fact, ReleaseAuthorised) and entry.fact.release_id == release_id:
            break
    return dossier(upto)
