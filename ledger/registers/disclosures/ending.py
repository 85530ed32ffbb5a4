"""Ending: a disclosure that was begun by mistake, as the second to one request, is ended before it answers anything.

What was answered or given out stays: a later release can only supersede it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from pydantic import Field

from ledger.commands import Circumstances, Command
from ledger.entry import Entry, Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.registers.disclosures.state import (
    DecideBy,
    Disclosure,
    DisclosureCommand,
    decides,
    evolves,
    officer,
    refuse_pending,
)


@fact
class DisclosureEnded(Fact):
    """A disclosure was ended as begun by mistake; it answered nobody."""

    reason: PersonalText


class EndDisclosure(DisclosureCommand):
    """End a disclosure that was begun by mistake."""

    reason: str = Field(min_length=1)


@decides(EndDisclosure)
def end_disclosure(
    state: Disclosure, asked: EndDisclosure, around: Circumstances
) -> Sequence[Happened]:
    """It is ended once, and only while nobody was answered by it."""
    officer(around, does="ends no disclosure")
    if state.known().ended:
        return ()
    refuse_pending(state)
    if state.answers:
        raise UnlawfulTransition(
            "This disclosure answered the request, and what was answered stays: a later release of it can "
            "only supersede what it gave.",
            rule="answered-is-answered",
        )
    return (around.happened(DisclosureEnded(reason=asked.reason)),)


def until_ended(decisions: Mapping[type[Command], DecideBy]) -> Mapping[type[Command], DecideBy]:
    """The decisions, each refused once the disclosure was ended; to end it again changes nothing."""
    return {
        command: by if command is EndDisclosure else _until_ended(by)
        for command, by in decisions.items()
    }


def _until_ended(by: DecideBy) -> DecideBy:
    @wraps(by)
    def decide(state: Disclosure, asked: Any, around: Circumstances) -> Sequence[Happened]:
        if state.ended:
            raise UnlawfulTransition(
                "This disclosure was ended as begun by mistake: go on with the one that answers the request, "
                "or begin one with `caseledger disclosure begin`.",
                rule="ended-is-ended",
            )
        return by(state, asked, around)

    return decide


@evolves(DisclosureEnded)
def _ended(state: Disclosure, _fact: DisclosureEnded, _happened: Happened | Entry) -> Disclosure:
    return replace(state, ended=True)
