"""Searching: who was asked to look where, for what, and what they found; a search that found nothing is signed.

Whether the search was good enough is the question that regulators ask most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact
from ledger.input.fitting import TOO_BIG
from ledger.input.in_clear import FewWords, WhoByCode
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    decides,
    evolves,
    local_date,
    officer,
)
from ledger.times import LocalDate

Activity: TypeAlias = Literal["search", "retrieve", "review", "sever", "consult", "other"]


@fact
class SearchLogged(Fact):
    """A custodian searched: asked when, in which systems, for which dates, what was found and how long it took.

    `terms` are the words searched for. A nil return is signed by the custodian who made it.
    """

    search_id: UUID
    custodian: str
    tasked_on: LocalDate
    systems: tuple[str, ...]
    covers_from_on: LocalDate | None
    covers_until_on: LocalDate | None
    found: int
    nil_signed_by: str | None
    minutes: int
    terms: PersonalText


@fact
class DisclosureTimeLogged(Fact):
    """Staff time was spent on a disclosure, and what it cost, in cents, where that is known."""

    work_id: UUID
    activity: Activity
    minutes: int
    cost_cents: int | None
    words: PersonalText


class LogSearch(DisclosureCommand):
    """Log what a custodian searched and found."""

    search_id: UUID
    custodian: WhoByCode
    tasked_on: LocalDate
    systems: tuple[FewWords, ...] = Field(min_length=1)
    covers_from_on: LocalDate | None = None
    covers_until_on: LocalDate | None = None
    found: int = Field(ge=0, lt=TOO_BIG)
    nil_signed_by: WhoByCode | None = None
    minutes: int = Field(ge=0, le=100_000)
    terms: str = Field(min_length=1)


class LogDisclosureTime(DisclosureCommand):
    """Log staff time spent on a disclosure."""

    work_id: UUID
    activity: Activity
    minutes: int = Field(ge=1, le=100_000)
    cost_cents: int | None = Field(default=None, ge=0, lt=TOO_BIG)
    words: str | None = None


@decides(LogSearch)
def log_search(state: Disclosure, asked: LogSearch, around: Circumstances) -> Sequence[Happened]:
    """A search is logged once; one that found nothing is signed, one that found something is not."""
    officer(around, does="logs no search")
    if asked.search_id in state.known().searches:
        return ()
    if asked.found == 0 and asked.nil_signed_by is None:
        raise Refusal(
            "The search found nothing: say who signed for it with --nil-signed-by.",
            rule="nil-return-is-signed",
        )
    if asked.found and asked.nil_signed_by is not None:
        raise InvalidCommand(
            "The search found something, so it is no nil return: leave the sign out."
        )
    if asked.tasked_on > local_date(around):
        raise InvalidCommand(
            "The custodian was tasked on a day that is still to come: give the date."
        )
    start, end = asked.covers_from_on, asked.covers_until_on
    if start is not None and end is not None and end < start:
        raise InvalidCommand(
            "The dates that the search covers end before they begin: give them again."
        )
    return (around.happened(SearchLogged(**asked.for_fact())),)


@decides(LogDisclosureTime)
def log_disclosure_time(
    state: Disclosure, asked: LogDisclosureTime, around: Circumstances
) -> Sequence[Happened]:
    """Time goes in beside everything else, also after the answer."""
    officer(around, does="spends no staff time")
    if asked.work_id in state.known().time_logged:
        return ()
    return (around.happened(DisclosureTimeLogged(**asked.for_fact())),)


@evolves(SearchLogged)
def _searched(state: Disclosure, fact: SearchLogged, _happened: Happened | Entry) -> Disclosure:
    return replace(state, searches=state.searches | {fact.search_id})


@evolves(DisclosureTimeLogged)
def _logged(
    state: Disclosure, fact: DisclosureTimeLogged, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, time_logged=state.time_logged | {fact.work_id})
