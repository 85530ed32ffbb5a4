"""Translations: a record item may be another one, or what an entry says, in another language.

Who or what made it is recorded with it, a person or a machine, and so is each person who reviewed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ledger.case.in_words import InWords, Words
from ledger.case.known.items import RecordItem
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, Refusal
from ledger.facts import Fact, PersonalText, fact


@fact
class TranslationReviewed(Fact):
    """A person held a translation against what it translates, and stands by it; the words say what to mind."""

    item_id: UUID
    reviewed_by: str
    words: PersonalText


class ReviewTranslation(InWords):
    """Say that you held a translation on this case against what it translates, and stand by it."""

    item_id: UUID
    words: Words | None = None


@decides(ReviewTranslation)
def review_translation(
    case: Case, asked: ReviewTranslation, around: Circumstances
) -> Sequence[Happened]:
    """A person reviews it who did not make it, and who by the policy reads both languages."""
    item = case.known().items.get(asked.item_id)
    if item is None or item.of is None:
        raise Refusal(
            f"No translation {asked.item_id} is on this case: list it first, and say what it translates.",
            rule="reviews-a-translation",
        )
    who = around.actor
    if who.kind != "person":
        raise NotAuthorised(
            "A machine reviews no translation: let a person do it who reads both languages."
        )
    if who.id == item.translator:
        raise NotAuthorised(f"{who.id} made this translation: let somebody review it who did not.")
    if lacks := _unread(case, item, who.id, around):
        raise NotAuthorised(
            f"By the policy {who.id} does not read {lacks}: let somebody review it who reads both languages."
        )
    if who.id in item.reviewers:
        return ()
    reviewed = TranslationReviewed(item_id=asked.item_id, reviewed_by=who.id, words=asked.words)
    return (around.happened(reviewed),)


def _unread(case: Case, item: RecordItem, member: str, around: Circumstances) -> str | None:
    """A language of the office, of the translation or of what it translates, that a member does not read."""
    policy = around.policies.in_force(around.now).policy
    known = policy.members.get(member)
    original = case.items.get(item.of) if isinstance(item.of, UUID) else None
    needed = {item.language, original.language if original else None}
    read = policy.office.languages if known is None else known.languages
    return next((each for each in policy.office.languages if each in needed - {*read}), None)


@evolves(TranslationReviewed)
def _reviewed(case: Case, reviewed: TranslationReviewed, at: datetime) -> Case:
    item = case.items.get(reviewed.item_id)
    if item is None:
        return case
    after = replace(item, reviewers=item.reviewers | {reviewed.reviewed_by})
    return changed(case, items={**case.items, reviewed.item_id: after})
