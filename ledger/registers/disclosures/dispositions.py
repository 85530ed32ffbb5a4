"""Dispositions: what becomes of each document, page by page, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream
from ledger.input.quoting import quoted
from ledger.policy.dates import period_after
from ledger.policy.telling.days import day_said
from ledger.registers.disclosures.grounds import Override, Reasons, refuse_unfounded
from ledger.registers.disclosures.items import is_given, is_privileged, listed_item
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    Item,
    Treated,
    decides,
    evolves,
    in_force,
    local_date,
    officer,
    refuse_pending,
    reviewed_anew,
)
from ledger.registers.parts import with_changed
from ledger.times import LocalDate

Disposition: TypeAlias = Literal[
    "release_in_full",
    "release_in_part",
    "withhold_in_full",
    "not_responsive",
    "referred_to",
    "no_record",
    "already_public",
    "to_be_published",
    "neither_confirm_nor_deny",
]
Shown: TypeAlias = Literal["shown", "generalised", "withheld"]
"""How the title, the author or the recipients of an item stand in the index."""
_WITHHOLDS = frozenset({"release_in_part", "withhold_in_full", "neither_confirm_nor_deny"})
_PUBLISHED_WITHIN = timedelta(days=90)
"""What is to be published within so many days need not be given (ATIA, s. 26)."""
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom of a region, in thousandths of the page."""


class Redaction(BaseModel):
    """What is cut from an item: these pages, whole or within a box of each, under these exemptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    box: Box | None = None
    exemptions: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_part_of_a_page(self) -> Redaction:
        if self.last_page < self.first_page:
            raise ValueError("ends before it begins: give the pages in order")
        if self.box is not None:
            left, top, right, bottom = self.box
            if not (0 <= left < right <= 1000 and 0 <= top < bottom <= 1000):
                raise ValueError("has a box that is no region of a page: give thousandths of it")
        return self


@fact
class ItemDisposed(Fact):
    """It was decided what becomes of a document; the pages given whole, in part, and not at all are its pages."""

    item_id: UUID
    disposition: Disposition
    pages_full: int
    pages_part: int
    pages_withheld: int
    redactions: tuple[Redaction, ...]
    exemptions: tuple[str, ...]
    paragraph: str | None
    override: Override | None
    until_on: LocalDate | None
    title_shown: Shown
    author_shown: Shown
    recipients_shown: Shown
    publish_on: LocalDate | None
    policy: str
    referred_to: PersonalText
    where_public: PersonalText
    harm: PersonalText
    factors_for: PersonalText
    factors_against: PersonalText
    override_reason: PersonalText
    severability: PersonalText
    reason: PersonalText


class DisposeItem(DisclosureCommand):
    """Decide what becomes of a document."""

    item_id: UUID
    disposition: Disposition
    redactions: tuple[Redaction, ...] = ()
    reasons: Reasons | None = None
    title_shown: Shown = "shown"
    author_shown: Shown = "shown"
    recipients_shown: Shown = "shown"
    publish_on: LocalDate | None = None
    referred_to: str | None = None
    where_public: str | None = None
    reason: str | None = None


@decides(DisposeItem)
def dispose_item(
    state: Disclosure, asked: DisposeItem, around: Circumstances
) -> Sequence[Happened]:
    """A disposition says what it must, and its pages add up; privileged documents wait for the holder's waiver."""
    officer(around, does="decides what becomes of no document")
    refuse_pending(state.known())
    item = listed_item(state, asked.item_id)
    if item.lead is not None:
        raise Refusal(
            "This document is a duplicate: what becomes of it is decided at its lead.",
            rule="decided-at-the-lead",
        )
    reasons = _reasons(state, item, asked, around)
    _refuse_unsaid(asked, around)
    if is_given(asked.disposition) and is_privileged(state, item, to=state.audience):
        raise Refusal(
            "This document is privileged: it is given to nobody before the holder of the privilege "
            "waives it for them, so record the waiver or withhold it.",
            rule="privilege-is-waived",
        )
    full, part, withheld = _pages(item.pages, asked)
    said: dict[str, Any] = (
        reasons.model_dump(exclude={"exemptions"})
        if reasons
        else dict.fromkeys(Reasons.model_fields.keys() - {"exemptions"}, None)
    )
    cited = dict.fromkeys(reasons.exemptions if reasons else ())
    cited |= dict.fromkeys(code for each in asked.redactions for code in each.exemptions)
    disposed = ItemDisposed(
        **asked.for_fact("reasons", "redactions"),
        **said,
        redactions=asked.redactions,
        exemptions=tuple(cited),
        pages_full=full,
        pages_part=part,
        pages_withheld=withheld,
        policy=in_force(around).digest,
    )
    same = (item.disposition, item.treated) == (asked.disposition, _treated(disposed))
    if same and not asked.redactions:
        return ()
    return (around.happened(disposed),)


def _reasons(
    state: Disclosure, item: Item, asked: DisposeItem, around: Circumstances
) -> Reasons | None:
    """What was said for withholding, checked against every exemption that is cited anywhere on the document."""
    withholds = asked.disposition in _WITHHOLDS
    if asked.redactions and asked.disposition != "release_in_part":
        raise InvalidCommand("Pages are cut from what is released in part alone: leave them out.")
    if not withholds:
        if asked.reasons is not None:
            raise InvalidCommand("What is not withheld needs no exemption: leave it out.")
        return None
    if asked.disposition == "release_in_part" and not asked.redactions:
        raise InvalidCommand("Say what is cut from the document: give --redact PAGES:EXEMPTION.")
    cut = tuple(dict.fromkeys(code for each in asked.redactions for code in each.exemptions))
    if asked.reasons is None and not cut:
        raise InvalidCommand("What is withheld is withheld under an exemption: name it.")
    reasons = asked.reasons or Reasons(exemptions=cut)
    every = tuple(dict.fromkeys((*reasons.exemptions, *cut)))
    refuse_unfounded(
        reasons.model_copy(update={"exemptions": every}),
        state.audience,
        around,
        severable=asked.disposition == "withhold_in_full" and item.pages > 0,
    )
    _refuse_outlived(every, state, item, around)
    return reasons


def _refuse_outlived(
    exemptions: Sequence[str], state: Disclosure, item: Item, around: Circumstances
) -> None:
    """Refuses what withholds for so many years alone, of a document that was as old when it was asked for."""
    if item.dated_on is None:
        return
    case: Any = around.look(case_stream(state.case_id)) if state.case_id else None
    asked_on = local_date(around, case.received_at if case is not None else None)
    for code in exemptions:
        years = in_force(around).policy.exemptions[code].for_years
        if years is not None and period_after(item.dated_on, years, "years") <= asked_on:
            raise Refusal(
                f"{code} withholds for {years} years, and this document, of {day_said(item.dated_on)}, was as old when "
                "it was asked for: cite another exemption, or release it.",
                rule="exemption-outlived",
            )


def _refuse_unsaid(asked: DisposeItem, around: Circumstances) -> None:
    needed = {
        "referred_to": (asked.referred_to, "--referred-to"),
        "already_public": (asked.where_public, "--where-public"),
        "to_be_published": (asked.publish_on, "--publish-on"),
        "not_responsive": (asked.reason, "--reason"),
    }.get(asked.disposition)
    if needed is not None and not needed[0]:
        raise InvalidCommand(f"{quoted(asked.disposition)} says more: give {needed[1]}.")
    if asked.publish_on is not None and asked.publish_on > local_date(around) + _PUBLISHED_WITHIN:
        raise Refusal(
            "What is to be published later than in 90 days is answered now: decide on it.",
            rule="published-within-90-days",
        )


def _pages(pages: int, asked: DisposeItem) -> tuple[int, int, int]:
    """How many pages are given whole, in part, and not at all; they add up to the document's."""
    if asked.disposition == "release_in_full":
        return pages, 0, 0
    if asked.disposition != "release_in_part":
        return 0, 0, pages
    whole, part = set[int](), set[int]()
    for each in asked.redactions:
        if each.last_page > pages:
            raise InvalidCommand(
                f"The document ends with page {pages}, so nothing can be cut from page {each.last_page}."
            )
        touched = range(each.first_page, each.last_page + 1)
        (part if each.box else whole).update(touched)
    part -= whole
    if len(whole) == pages:
        raise Refusal(
            "Every page is cut, so nothing of the document is released: withhold it in full.",
            rule="part-gives-something",
        )
    return pages - len(whole) - len(part), len(part), len(whole)


def _treated(said: ItemDisposed) -> Treated:
    shown = (said.title_shown, said.author_shown, said.recipients_shown)
    return Treated(
        "release" if said.disposition == "release_in_full" else "withhold",
        said.exemptions,
        said.policy,
        (said.paragraph, said.override, said.until_on, said.publish_on, *shown),
    )


@evolves(ItemDisposed)
def _disposed(state: Disclosure, fact: ItemDisposed, happened: Happened | Entry) -> Disclosure:
    treated = _treated(fact)
    items = with_changed(state.items, fact.item_id, disposition=fact.disposition, treated=treated)
    return reviewed_anew(state, happened, items=items)
