"""Filing: documents and recordings are listed on a case by digest, translations with what they translate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ledger.case.apart import keep_apart
from ledger.case.in_words import InWords, Words
from ledger.case.known.items import LanguageTag, MadeBy, PrivilegeKind, RecordItem
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact, topics
from ledger.input.in_clear import FewWords, WhoByCode

Sha256Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@fact
class RecordItemAdded(Fact):
    """A document or recording was listed by digest; the ledger holds the list, not the bytes.

    Where it is a translation, `translation_of` is the item or `translates` the version of the entry that it
    says in its own language.
    """

    item_id: UUID
    media_type: str
    size_bytes: int
    pages: int | None
    custodian: str
    place_kept: str
    digest: PersonalText
    title: PersonalText
    source: PersonalText
    language: str | None = None
    translation_of: UUID | None = None
    translates: int | None = None
    translated_by: MadeBy | None = None
    translator: str | None = None
    privilege: PrivilegeKind | None = None


class AddRecordItem(InWords):
    """List a document or recording by its SHA-256 digest, and say where it is kept and by whom."""

    item_id: UUID
    digest: Sha256Hex
    media_type: str
    size_bytes: int = Field(ge=0)
    custodian: WhoByCode
    place_kept: FewWords
    pages: int | None = Field(default=None, ge=0)
    title: Words | None = None
    source: Words | None = None
    language: LanguageTag | None = since_then()
    translation_of: UUID | None = since_then()
    translates: int | None = since_then(ge=1)
    translated_by: MadeBy | None = since_then()
    translator: WhoByCode | None = since_then()
    privilege: PrivilegeKind | None = since_then()


@decides(AddRecordItem)
def add_record_item(case: Case, asked: AddRecordItem, around: Circumstances) -> Sequence[Happened]:
    """A record item is listed at any time."""
    if asked.item_id in case.known().items:
        return ()
    _refuse_no_translation(case, asked, around)
    return (around.happened(RecordItemAdded(**asked.for_fact())),)


def _refuse_no_translation(case: Case, asked: AddRecordItem, around: Circumstances) -> None:
    """Refuses what is called a translation and cannot be one."""
    if asked.translation_of is None and asked.translates is None:
        if asked.translated_by is not None or asked.translator is not None:
            raise InvalidCommand(
                "Say what it is the translation of, another record item (`translation_of`) or an entry "
                "of the case (`translates`), or leave out who translated."
            )
        return
    if asked.translation_of is not None and asked.translates is not None:
        raise InvalidCommand(
            "A record item is the translation of another one or of an entry: name one of the two."
        )
    if asked.language is None:
        raise InvalidCommand(
            "A translation is in a language of its own: say in which (`language`)."
        )
    if asked.translated_by is None or asked.translator is None:
        raise InvalidCommand(
            "Say whether a person or a machine translated it (`translated_by`), and which one by a code "
            "(`translator`): a member's, a firm's, or a machine's with its version."
        )
    if asked.translation_of == asked.item_id:
        raise InvalidCommand("Nothing is its own translation: name the item that it translates.")
    if asked.translation_of is not None:
        _refuse_item(case, asked.translation_of, asked.language)
    if asked.translates is not None:
        _refuse_entry(case, asked.translates, around)


def _refuse_item(case: Case, item_id: UUID, language: str) -> None:
    original = case.items.get(item_id)
    if original is None:
        raise Refusal(
            f"The record item {item_id} is not on this case: list what was translated first.",
            rule="translates-what-is-there",
        )
    if original.language == language:
        raise Refusal(
            f"What was translated is in {language} already: a translation is in another language.",
            rule="translates-into-another-language",
        )


def _refuse_entry(case: Case, version: int, around: Circumstances) -> None:
    if not 1 <= version <= case.version:
        raise Refusal(
            f"The case has entries 1 to {case.version}, by their number within the case: name the one that was "
            "translated.",
            rule="translates-what-is-there",
        )
    plan = topics()[around.topic(version)].plan
    if not plan.personal and not plan.answers:
        raise Refusal(
            f"Entry {version} has no words that could be translated: name one that has.",
            rule="translates-words",
        )


@evolves(RecordItemAdded)
def _listed(case: Case, listed: RecordItemAdded, at: datetime) -> Case:
    item = RecordItem(
        listed.language, listed.translation_of or listed.translates, listed.translator
    )
    case = changed(case, items={**case.items, listed.item_id: item})
    return keep_apart(case, listed.privilege)
