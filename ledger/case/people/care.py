"""Care: what makes the office easier for somebody, noted by anyone at any time, cleared by two people only.

What is needed is recorded, never a category of person. Where it is, the rules propose and a duty
person confirms: `ledger.case.custody.confirming`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import Field

from ledger.case.custody.routing import take_route
from ledger.case.in_words import InWords, Words
from ledger.case.known.answers import not_one_of
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import quoted


@fact
class AdjustmentNoted(Fact):
    """Somebody needs the office to do something otherwise; the flag shows that, the words say what."""

    adjustment_id: UUID
    flag: str
    adjustment: PersonalText


@fact
class FlagClearingAsked(Fact):
    """One person asked that a flag be cleared; it stays until a second one agrees."""

    flag: str
    asked_by: str
    reason: PersonalText


@fact
class FlagCleared(Fact):
    """A second person agreed that a flag be cleared."""

    flag: str
    asked_by: str
    reason: PersonalText


class NoteAdjustment(InWords):
    """Note what would make it easier for somebody: an interpreter, no phone at home, a slow pace, an advocate."""

    adjustment_id: UUID
    adjustment: Words = Field(min_length=1)
    flag: str = "adjustment"


class ClearFlag(InWords):
    """Ask that a flag be cleared, or agree to it as the second person."""

    flag: str
    reason: Words = Field(min_length=1)


@decides(NoteAdjustment)
def note_adjustment(case: Case, asked: NoteAdjustment, around: Circumstances) -> Sequence[Happened]:
    """Anyone notes it, at any time, as often as there is something to add; a case in a queue is routed anew."""
    if asked.adjustment_id in case.known().adjustments:
        return ()
    flags = around.policies.in_force(around.now).policy.flags
    if asked.flag not in flags:
        raise InvalidCommand(not_one_of("a flag", asked.flag, flags))
    decision = Decision(case, around)
    decision.happens(AdjustmentNoted(**asked.for_fact()))
    new = asked.flag not in case.flags
    if new and case.status == "open" and case.owner is None and case.handover is None:
        take_route(decision)
    return decision.happened


@decides(ClearFlag)
def clear_flag(case: Case, asked: ClearFlag, around: Circumstances) -> Sequence[Happened]:
    """It takes two people: the first to ask is recorded, the second clears."""
    if asked.flag not in case.known().flags:
        raise UnlawfulTransition(
            f"The case has no flag {quoted(asked.flag, otherwise='so called')}: there is nothing to clear.",
            rule="clears-a-flag",
        )
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine clears no flag: let two people decide that it is not needed any more."
        )
    first = case.clearing.get(asked.flag)
    if first is None:
        clearing = FlagClearingAsked(flag=asked.flag, asked_by=around.actor.id, reason=asked.reason)
        return (around.happened(clearing),)
    if first == around.actor.id:
        return ()
    return (around.happened(FlagCleared(flag=asked.flag, asked_by=first, reason=asked.reason)),)


@evolves(AdjustmentNoted)
def _noted(case: Case, noted: AdjustmentNoted, at: datetime) -> Case:
    clearing = {flag: who for flag, who in case.clearing.items() if flag != noted.flag}
    adjustments = case.adjustments | {noted.adjustment_id}
    flags = case.flags | {noted.flag}
    return changed(case, flags=flags, clearing=clearing, adjustments=adjustments)


@evolves(FlagClearingAsked)
def _clearing_asked(case: Case, asked: FlagClearingAsked, at: datetime) -> Case:
    return changed(case, clearing={**case.clearing, asked.flag: asked.asked_by})


@evolves(FlagCleared)
def _cleared(case: Case, cleared: FlagCleared, at: datetime) -> Case:
    clearing = {flag: who for flag, who in case.clearing.items() if flag != cleared.flag}
    return changed(case, flags=case.flags - {cleared.flag}, clearing=clearing)
