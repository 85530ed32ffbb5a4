"""Items: documents outside the ledger, listed by digest, each with all that an index says of it.

Of duplicates one is the lead and the others point to it with a reason; none is dropped from the count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from ledger.commands import Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords, WhoByCode
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    Item,
    decides,
    evolves,
    member_of_office,
    officer,
    refuse_pending,
    reviewed_anew,
)
from ledger.registers.parts import with_changed
from ledger.times import LocalDate

Privilege: TypeAlias = Literal["solicitor_client", "litigation", "settlement"]
DuplicateKind: TypeAlias = Literal["exact", "near"]
_GIVES = frozenset({"release_in_full", "release_in_part"})
Sha256Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@fact
class DisclosureItemListed(Fact):
    """A document was listed: its pages, its date, who keeps it; `mark` tells it again without its digest.

    `lead` is the item of the same digest that was listed before, or the one that this is a duplicate of.
    """

    item_id: UUID
    number: int
    pages: int
    dated_on: LocalDate | None
    media_type: str
    custodian: str
    privilege: Privilege | None
    mark: str
    lead: UUID | None
    digest: PersonalText
    title: PersonalText
    description: PersonalText
    author: PersonalText
    recipients: PersonalText
    source: PersonalText


@fact
class ItemDuplicated(Fact):
    """A document was found to be the same as another, or a version of it, which leads."""

    item_id: UUID
    lead: UUID
    duplicate: DuplicateKind
    reason: PersonalText


@fact
class PrivilegeWaived(Fact):
    """The holder of a privilege waived it for a document and an audience.

    `recipient` is the regulator or court for which, where that is neither whoever asked nor everybody.
    """

    item_id: UUID
    audience: Audience
    holder: PersonalText
    words: PersonalText
    recipient: str | None = None


class ListDisclosureItem(DisclosureCommand):
    """List a document by its SHA-256 digest, with all that an index says of it."""

    item_id: UUID
    digest: Sha256Hex
    mark: str
    pages: int = Field(ge=0, le=1_000_000)
    media_type: str
    custodian: WhoByCode
    dated_on: LocalDate | None = None
    privilege: Privilege | None = None
    title: str | None = None
    description: str = Field(min_length=1)
    author: str | None = None
    recipients: str | None = None
    source: str | None = None


class MarkDuplicate(DisclosureCommand):
    """Say that a document is a version of another one, which leads, and why."""

    item_id: UUID
    lead: UUID
    reason: str = Field(min_length=1)


class WaivePrivilege(DisclosureCommand):
    """Record that the holder of a privilege waived it for this audience."""

    item_id: UUID
    audience: Audience
    holder: str = Field(min_length=1)
    words: str | None = None
    recipient: FewWords | None = since_then()


@decides(ListDisclosureItem)
def list_disclosure_item(
    state: Disclosure, asked: ListDisclosureItem, around: Circumstances
) -> Sequence[Happened]:
    """The same document listed again is a duplicate of the one before, and counts."""
    member_of_office(around)
    refuse_pending(state.known())
    if asked.item_id in state.items:
        return ()
    lead = next(
        (each.lead or key for key, each in state.items.items() if each.mark == asked.mark), None
    )
    listed = DisclosureItemListed(**asked.for_fact(), number=len(state.items) + 1, lead=lead)
    return (around.happened(listed),)


@decides(MarkDuplicate)
def mark_duplicate(
    state: Disclosure, asked: MarkDuplicate, around: Circumstances
) -> Sequence[Happened]:
    """A lead is no duplicate itself, so that every duplicate points to a document that is decided."""
    officer(around, does="finds no versions of a document")
    refuse_pending(state.known())
    item, lead = listed_item(state, asked.item_id), listed_item(state, asked.lead)
    if asked.item_id == asked.lead:
        raise InvalidCommand("A document is no duplicate of itself: name the one that leads.")
    if item.lead == asked.lead:
        return ()
    if lead.lead is not None or any(each.lead == asked.item_id for each in state.items.values()):
        raise Refusal(
            "One document leads and the others point to it: name the lead of both.",
            rule="one-lead",
        )
    duplicated = ItemDuplicated(
        item_id=asked.item_id, lead=asked.lead, duplicate="near", reason=asked.reason
    )
    return (around.happened(duplicated),)


@decides(WaivePrivilege)
def waive_privilege(
    state: Disclosure, asked: WaivePrivilege, around: Circumstances
) -> Sequence[Happened]:
    """Only a privilege that there is can be waived, and for somebody who is known: one regulator is not another."""
    officer(around, does="waives no privilege")
    item = listed_item(state.known(), asked.item_id)
    if not item.privileged:
        raise UnlawfulTransition(
            "This document is not marked as privileged: there is nothing to waive.",
            rule="waives-a-privilege",
        )
    if (asked.audience == "regulator") != (asked.recipient is not None):
        raise InvalidCommand(
            "The holder waives it for one regulator or court, not for whichever: name it as the recipient; whoever "
            "asked, and everybody, need no name."
        )
    if asked.audience in item.waived_for:
        return ()
    return (around.happened(PrivilegeWaived(**asked.for_fact())),)


def listed_item(state: Disclosure, item_id: UUID) -> Item:
    """The document of this id; refused where none was listed."""
    found = state.items.get(item_id)
    if found is None:
        raise UnlawfulTransition(
            f"No document {item_id} is listed in this disclosure: list it first.",
            rule="of-a-listed-item",
        )
    return found


def is_privileged(state: Disclosure, item: Item, *, to: Audience) -> bool:
    """Whether any listing of this document says that it is privileged, and its holder did not waive that for these."""
    same = [each for each in state.items.values() if each is item or each.mark == item.mark]
    waived = any(to in each.waived_for for each in same)
    return any(each.privileged for each in same) and not waived


def is_given(disposition: str | None) -> bool:
    """Whether a document that is so decided is given, all of it or in part."""
    return disposition in _GIVES


@evolves(DisclosureItemListed)
def _listed(
    state: Disclosure, fact: DisclosureItemListed, happened: Happened | Entry
) -> Disclosure:
    item = Item(
        fact.pages,
        fact.mark,
        privileged=fact.privilege is not None,
        lead=fact.lead,
        dated_on=fact.dated_on,
    )
    return reviewed_anew(state, happened, items={**state.items, fact.item_id: item})


@evolves(ItemDuplicated)
def _duplicated(state: Disclosure, fact: ItemDuplicated, happened: Happened | Entry) -> Disclosure:
    items = with_changed(state.items, fact.item_id, lead=fact.lead)
    return reviewed_anew(state, happened, items=items)


@evolves(PrivilegeWaived)
def _waived(state: Disclosure, fact: PrivilegeWaived, happened: Happened | Entry) -> Disclosure:
    item = state.items.get(fact.item_id)
    waived = frozenset[str]() if item is None else item.waived_for | {fact.audience}
    items = with_changed(state.items, fact.item_id, waived_for=waived)
    return reviewed_anew(state, happened, items=items)
