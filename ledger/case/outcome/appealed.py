"""Appealed: a decision was taken to a regulator or a court; the case is kept until that has ended, and says how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Appeal
from ledger.case.state import Case, changed, decides, evolves, evolves_by_whom
from ledger.commands import Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords

Stage = Literal["regulator", "court"]
Ending = Literal["upheld", "varied", "substituted", "sent_back", "withdrawn"]
_STANDING = frozenset({"upheld", "withdrawn"})
"""Endings after which the decision stands as it was made."""


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
    """Record that the decision of a case was taken to a regulator or a court, which keeps the case until it ends.

    `another` says that it is another appeal than the one that is on record to the same regulator or court.
    """

    appeal_id: UUID
    taken_to: Stage
    body: FewWords
    words: Words | None = None
    another: bool = since_then(False)


class EndAppeal(InWords):
    """Record how ended what a decision was taken to, and let the case go that was kept for it."""

    appeal_id: UUID
    ending: Ending
    words: Words | None = None


@decides(TakeAppeal)
def take_appeal(case: Case, asked: TakeAppeal, around: Circumstances) -> Sequence[Happened]:
    """Only a decision is taken further, by whichever party and as often as the law lets them.

    Two people who hear of one appeal record it once: a second hold on the case would outlive it.
    """
    decided = case.known().decided
    _refuse_machine(around)
    if asked.appeal_id in case.appeals:
        return ()
    if decided is None:
        raise Refusal(
            "The case has no decision that could be taken to a regulator or a court: record the decision first.",
            rule="appeals-a-decision",
        )
    if not asked.another:
        _refuse_known(case, asked, decided.decision_id, around)
    told = DecisionAppealed(decision_id=decided.decision_id, **asked.for_fact("another"))
    return (around.happened(told),)


def _refuse_known(case: Case, asked: TakeAppeal, decision_id: UUID, around: Circumstances) -> None:
    for appeal_id, each in case.appeals.items():
        if each.is_to(decision_id, asked.taken_to, asked.body):
            raise Refusal(
                f"{each.recorded_by} recorded at {around.in_office(each.known_at)} that this decision was taken there, "
                f"as appeal {appeal_id}: if this is another one, such as by another party, say so (`another`).",
                rule="one-record-an-appeal",
                appeal_id=str(appeal_id),
            )


@decides(EndAppeal)
def end_appeal(case: Case, asked: EndAppeal, around: Circumstances) -> Sequence[Happened]:
    """What has ended does not end again: another one is an appeal of its own."""
    appeal = case.known().appeals.get(asked.appeal_id)
    _refuse_machine(around)
    if appeal is None:
        raise UnlawfulTransition(
            "No such appeal of this case is on record: record it with `caseledger appeal`.",
            rule="ends-an-appeal",
        )
    if not appeal.is_open:
        return ()
    return (around.happened(AppealEnded(**asked.for_fact())),)


def _refuse_machine(around: Circumstances) -> None:
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine says of no decision that it was taken to a regulator or a court: let a person say it."
        )


@evolves_by_whom(DecisionAppealed)
def _appealed(case: Case, appealed: DecisionAppealed, happened: Happened | Entry) -> Case:
    appeal = Appeal(
        appealed.decision_id,
        appealed.taken_to,
        appealed.body,
        happened.context.known_at,
        happened.actor.id,
    )
    return changed(case, appeals={**case.appeals, appealed.appeal_id: appeal})


@evolves(AppealEnded)
def _ended(case: Case, ended: AppealEnded, _at: datetime) -> Case:
    appeal = case.appeals.get(ended.appeal_id)
    if appeal is None:
        return case
    over = replace(appeal, is_open=False)
    stands = ended.ending in _STANDING
    overturned = case.overturned if stands else case.overturned | {appeal.decision_id}
    return changed(case, appeals={**case.appeals, ended.appeal_id: over}, overturned=overturned)
