"""Appealed: a decision was taken to a regulator or a court; the case is kept until that has ended, and says how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords

Stage = Literal["regulator", "court"]
Ending = Literal["upheld", "varied", "substituted", "sent_back", "withdrawn"]


@fact
class DecisionAppealed(Fact):
    """The decision of this case was taken to a regulator or a court; a hold of the same id keeps the case."""

    appeal_id: UUID
    decision_id: UUID
    taken_to: Stage
    body: str
    words: PersonalText


@fact
class AppealEnded(Fact):
    """What the decision was taken to has ended, and how: the hold can go."""

    appeal_id: UUID
    ending: Ending
    words: PersonalText


class TakeAppeal(InWords):
    """Record that the decision of a case was taken to a regulator or a court, which keeps the case until it ends."""

    appeal_id: UUID
    taken_to: Stage
    body: FewWords
    words: Words | None = None


class EndAppeal(InWords):
    """Record how ended what a decision was taken to, and let the case go that was kept for it."""

    appeal_id: UUID
    ending: Ending
    words: Words | None = None


@decides(TakeAppeal)
def take_appeal(case: Case, asked: TakeAppeal, around: Circumstances) -> Sequence[Happened]:
    """Only a decision is taken further, by whichever party and as often as the law lets them."""
    decided = case.known().decided
    _refuse_machine(around)
    if asked.appeal_id in case.appeals:
        return ()
    if decided is None:
        raise Refusal(
            "The case has no decision that could be taken to a regulator or a court: record the decision first.",
            rule="appeals-a-decision",
        )
    told = DecisionAppealed(decision_id=decided.decision_id, **asked.for_fact())
    return (around.happened(told),)


@decides(EndAppeal)
def end_appeal(case: Case, asked: EndAppeal, around: Circumstances) -> Sequence[Happened]:
    """What has ended does not end again: another one is an appeal of its own."""
    is_open = case.known().appeals.get(asked.appeal_id)
    _refuse_machine(around)
    if is_open is None:
        raise UnlawfulTransition(
            "No such appeal of this case is on record: record it with `caseledger appeal`.",
            rule="ends-an-appeal",
        )
    if not is_open:
        return ()
    return (around.happened(AppealEnded(**asked.for_fact())),)


def _refuse_machine(around: Circumstances) -> None:
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine says of no decision that it was taken to a regulator or a court: let a person say it."
        )


@evolves(DecisionAppealed)
def _appealed(case: Case, appealed: DecisionAppealed, _at: datetime) -> Case:
    return changed(case, appeals={**case.appeals, appealed.appeal_id: True})


@evolves(AppealEnded)
def _ended(case: Case, ended: AppealEnded, _at: datetime) -> Case:
    return changed(case, appeals={**case.appeals, ended.appeal_id: False})
