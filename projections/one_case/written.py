"""Written: which parts of a case exist in which language, and which of them are translations of which.

Only what was said of the language is told: answers and scans whose language nobody recorded are in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from ledger.case.contact.calls import RequesterCalled
from ledger.case.contact.contacts import ContactLogged, NoteAdded
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.contact.notices import NoticeIssued
from ledger.case.contact.translations import TranslationReviewed
from ledger.case.intake.information import InformationReceived, InformationRequested
from ledger.case.intake.opening import CaseOpened
from ledger.case.known.items import MadeBy
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.review import ReviewRecorded
from projections.fold.told import Told

Part = Literal[
    "request",
    "question",
    "information",
    "contact",
    "call",
    "note",
    "item",
    "notice",
    "decision",
    "finding",
    "resolution",
]
_KINDS: dict[type, Part] = {
    CaseOpened: "request",
    InformationRequested: "question",
    InformationReceived: "information",
    ContactLogged: "contact",
    RequesterCalled: "call",
    NoteAdded: "note",
    NoticeIssued: "notice",
    DecisionRecorded: "decision",
    ReviewRecorded: "finding",
    CaseResolved: "resolution",
}


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part of a case and its language; of a record item its id, and what it translates, who made it, who reviewed.

    `version` is that of the entry in which it stands.
    """

    version: int
    part: Part
    language: str | None
    item_id: UUID | None = None
    media_type: str | None = None
    pages: int | None = None
    translation_of: UUID | None = None
    translates: int | None = None
    translated_by: MadeBy | None = None
    translator: str | None = None
    reviewed_by: tuple[str, ...] = ()

    @property
    def is_translation(self) -> bool:
        return self.translation_of is not None or self.translates is not None


def written(entries: Iterable[Told]) -> tuple[WrittenPart, ...]:
    """Every part whose language is known, and every record item, in the order in which they came."""
    found: list[WrittenPart] = []
    for entry in entries:
        match entry.fact:
            case TranslationReviewed(item_id=item_id, reviewed_by=who):
                found = [_reviewed(each, item_id, who) for each in found]
            case _:
                found += _part(entry)
    return tuple(found)


def _part(entry: Told) -> Iterator[WrittenPart]:
    match entry.fact:
        case RecordItemAdded() as item:
            yield WrittenPart(
                entry.version,
                "item",
                item.language,
                item.item_id,
                item.media_type,
                item.pages,
                item.translation_of,
                item.translates,
                item.translated_by,
                item.translator,
            )
        case (
            CaseOpened(answered_in=language)
            | InformationRequested(language=language)
            | InformationReceived(answered_in=language)
            | ContactLogged(language=language)
            | RequesterCalled(language=language)
            | NoteAdded(language=language)
            | NoticeIssued(language=language)
            | DecisionRecorded(language=language)
            | ReviewRecorded(language=language)
            | CaseResolved(language=language)
        ):
            if language is not None:
                yield WrittenPart(entry.version, _KINDS[type(entry.fact)], language)
        case _:
            return


def _reviewed(part: WrittenPart, item_id: UUID, who: str) -> WrittenPart:
    if part.item_id != item_id:
        return part
    return replace(part, reviewed_by=(*part.reviewed_by, who))
