"""Heads-ups: an office that asks for it is told ahead of a sensitive release; who asked stays unknown to it.

It is told and decides nothing: no approval is void by it, and on the case no clock stops or starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords, WhoByCode
from ledger.registers.disclosures.items import is_given, is_privileged, listed_item
from ledger.registers.disclosures.releasing import authorised_release
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    decides,
    evolves,
    officer,
)


@fact
class HeadsUpGiven(Fact):
    """An office was told ahead what is to be released: who there was told, and which documents or release were shown.

    Neither it nor what was said names the applicant.
    """

    heads_up_id: UUID
    office: str
    told: str
    items: tuple[UUID, ...]
    release_id: UUID | None
    words: PersonalText


class GiveHeadsUp(DisclosureCommand):
    """Record that an office was told ahead what is to be released."""

    heads_up_id: UUID
    office: FewWords
    told: WhoByCode
    items: tuple[UUID, ...] = ()
    release_id: UUID | None = None
    words: str | None = Field(default=None, min_length=1)


@decides(GiveHeadsUp)
def give_heads_up(
    state: Disclosure, asked: GiveHeadsUp, around: Circumstances
) -> Sequence[Happened]:
    """It says what was told or shown, of what is listed or authorised here, and never who asked."""
    officer(around, does="gives no heads-up")
    if asked.heads_up_id in state.known().heads_ups:
        return ()
    if state.audience == "subject":
        raise Refusal(
            "What is given to somebody about themselves shows who asked, so no office is told of it ahead: "
            "give no heads-up.",
            rule="heads-up-shows-no-applicant",
        )
    shown = [listed_item(state, each) for each in asked.items]
    if asked.release_id is not None:
        released = authorised_release(state, asked.release_id).items or state.items
        shown += [each for each in released.values() if is_given(each.disposition)]
    if any(is_privileged(state, each, to="publication") for each in shown):
        raise Refusal(
            "What is shown holds a privileged document, which an office that is told ahead sees only if the holder of "
            "the privilege waived it for everybody ('publication'): leave it out, and say in words what is to come.",
            rule="privilege-is-waived",
        )
    if not asked.items and asked.release_id is None and asked.words is None:
        raise InvalidCommand(
            "Say what they were told: name the documents or the release that they were shown, or give --words."
        )
    return (around.happened(HeadsUpGiven(**asked.for_fact())),)


@evolves(HeadsUpGiven)
def _given(state: Disclosure, fact: HeadsUpGiven, _happened: Happened | Entry) -> Disclosure:
    return replace(state, heads_ups=state.heads_ups | {fact.heads_up_id})
