"""Settling: a resolution stands once its quiet window is over, and what came back in it was decided by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.authority import refuse_machine
from ledger.case.clocks.facts import ClockPolicy
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Resolution
from ledger.case.outcome.reopening import reopen
from ledger.case.outcome.returns import ReturnAnswer, propose_next, return_decided
from ledger.case.state import Case, Decision, changed, decides, evolves, reached
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, fact
from ledger.times import Instant


@fact
class CaseSettled(Fact):
    """The quiet window after a resolution is over and nothing came back: the resolution stands."""

    resolution: int
    resolved_at: Instant
    resolved_by: str | None
    resolver: str | None
    window_ended_at: Instant | None


class SettleCase(CaseCommand):
    """Let a resolution stand, its quiet window being over."""


class DecideReturn(InWords):
    """Decide whether a contact in the quiet window is a return, a new matter, or thanks."""

    contact_id: UUID
    answer: ReturnAnswer
    reason: str | None = None
    clock_policy: ClockPolicy | None = None
    words: Words | None = None


@decides(SettleCase)
def settle_case(case: Case, asked: SettleCase, around: Circumstances) -> Sequence[Happened]:
    """A machine settles what nothing speaks against; a case that needs care is settled by a person.

    By itself a resolution stands once its window is over and nothing is proposed as a return, whenever a machine looks.
    """
    resolution = case.known().resolution
    if resolution is None:
        raise UnlawfulTransition(
            "The case is open: it is settled after it was resolved.", rule="settled-when-resolved"
        )
    if resolution.settled_at is not None:
        return ()
    if around.actor.kind != "person":
        if case.flags or resolution.returning or _not_over(resolution, around) is not None:
            return ()
    elif resolution.returning is not None:
        raise UnlawfulTransition(
            "A contact is proposed as a return: decide that first (`DecideReturn`).",
            rule="return-decided-first",
        )
    elif (ends_at := _not_over(resolution, around)) is not None:
        raise UnlawfulTransition(
            f"The quiet window lasts until the end of {around.last_day(ends_at)}: settle the case after that.",
            rule="settled-after-the-window",
        )
    decision = Decision(case.in_place(around), around)
    decision.happens(
        CaseSettled(
            resolution=case.resolutions,
            resolved_at=resolution.at,
            resolved_by=resolution.resolved_by,
            resolver=resolution.resolver,
            window_ended_at=resolution.settles_at,
        ),
        at=None if around.actor.kind == "person" else _stands_from(resolution),
    )
    return decision.happened


@decides(DecideReturn)
def decide_return(case: Case, asked: DecideReturn, around: Circumstances) -> Sequence[Happened]:
    """A return opens the case again, a new matter is opened as a case of its own, thanks end the proposal."""
    answered = case.known().returns.get(asked.contact_id)
    if answered is not None:
        if answered == asked.answer:
            return ()
        raise UnlawfulTransition(
            f"This contact was decided to be '{answered}' already: reopen the case, or correct that entry.",
            rule="return-decided-once",
        )
    resolution = case.resolution
    if resolution is None or resolution.returning != asked.contact_id:
        raise UnlawfulTransition(
            "This contact is not proposed as a return: name one that is, or reopen the case.",
            rule="decides-a-return",
        )
    refuse_machine(
        around, said="A machine never decides that a matter came back: let a person do it."
    )
    decision = Decision(case.in_place(around), around)
    if asked.answer != "return":
        return_decided(decision, resolution, asked.answer, asked.words)
        propose_next(decision)
        return decision.happened
    if asked.reason is None or asked.clock_policy is None:
        raise InvalidCommand(
            "A return opens the case again: say why, and what its clocks do about the time in between."
        )
    reopen(decision, asked.reason, asked.clock_policy, asked.words)
    return decision.happened


def _not_over(resolution: Resolution, around: Circumstances) -> datetime | None:
    """When the window ends if that is still to come; for a resolution without one, a machine waits for ever."""
    ends_at = resolution.settles_at
    if ends_at is None:
        return None if around.actor.kind == "person" else around.now
    return ends_at if around.effective_at < ends_at else None


def _stands_from(resolution: Resolution) -> datetime | None:
    """When its window was over and what came in it decided."""
    return max(filter(None, (resolution.settles_at, resolution.decided_at)), default=None)


@evolves(CaseSettled)
def _settled(case: Case, settled: CaseSettled, at: datetime) -> Case:
    if case.resolution is not None:
        case = changed(case, resolution=replace(case.resolution, settled_at=at))
    return reached(case, "settled", at=at)


def _waits_for_a_person(case: Case, around: Circumstances) -> bool:
    resolution = case.resolution
    if resolution is None or resolution.settled_at or resolution.returning:
        return False
    ends_at = resolution.settles_at
    return bool(case.flags) and ends_at is not None and ends_at <= around.now


alarm("settling_proposed", _waits_for_a_person, of="resolved")
