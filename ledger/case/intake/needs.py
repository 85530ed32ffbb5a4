"""Needs: what a request must have besides its fields to be complete, such as proof of identity or a fee, each dated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from ledger.case.authority import kind_of
from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.waiting import done_with, end_answered_waits
from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.document.policy import Policy, RequestType
from ledger.times import Instant

Need = Literal["identity", "fee"]


@fact
class NeedMet(Fact):
    """Proof of identity was seen, or the fee was paid; with it the request may have become complete."""

    need: Need
    complete_at: Instant | None
    words: PersonalText


class ConfirmNeed(InWords):
    """Confirm that proof of identity was seen (which kind, not its number), or that the fee was paid."""

    need: Need
    words: Words | None = None


def complete_since(
    kind: RequestType | None,
    *,
    missing: Collection[str],
    needs: Mapping[str, datetime],
    informed_at: datetime | None,
) -> datetime | None:
    """Since when a request of this type is complete: with the last of its fields and needs; None while one is wanting.

    Particulars are the fields themselves.
    """
    if kind is None or missing or informed_at is None:
        return None
    if kind.unmet(needs):
        return None
    return max([informed_at, *(needs[need] for need in kind.unmet(()))])


def told_of(unmet: Iterable[Need], answered: Collection[str], policy: Policy) -> tuple[Need, ...]:
    """The unmet needs of which a field that was answered tells: a person sees whether they are met, and confirms it."""
    fields = (policy.fields[code] for code in answered if code in policy.fields)
    proved = {each.proves for each in fields}
    return tuple(each for each in unmet if each in proved)


def meet_need(decision: Decision, need: Need, words: Words | None) -> None:
    """Records that a need is met, unless it was before."""
    case = decision.case
    if need in case.needs:
        return
    met = {**case.needs, need: decision.around.effective_at}
    since = complete_since(
        kind_of(case, decision.around),
        missing=case.missing,
        needs=met,
        informed_at=case.informed_at,
    )
    completes = since if case.complete_at is None else None
    decision.happens(NeedMet(need=need, complete_at=completes, words=words))


@decides(ConfirmNeed)
def confirm_need(case: Case, asked: ConfirmNeed, around: Circumstances) -> Sequence[Happened]:
    """A need is met once; with the last of them the clocks that wait for a complete request begin."""
    decision = Decision(case.known(), around)
    meet_need(decision, asked.need, asked.words)
    if decision.happened and case.status == "open":
        end_answered_waits(decision, asked.need, told_all=False)
        done_with(decision, asked.need)
        arm_clocks(decision)
    return decision.happened


@evolves(NeedMet)
def _met(case: Case, met: NeedMet, at: datetime) -> Case:
    needs = {met.need: at, **case.needs}
    return changed(case, needs=needs, complete_at=case.complete_at or met.complete_at)
