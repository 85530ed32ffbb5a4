"""The recused: whoever stepped back from a case does nothing on it any more, by whichever door they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any

from ledger.case.custody.pulling import PullCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.rehoming import RehomeCase
from ledger.case.erased import MarkErased
from ledger.case.history.continuing import ContinueImport
from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.known.approvals import acting
from ledger.case.links import MarkTakenUp
from ledger.case.outcome.reviewed import MarkReviewed, MarkUnderReview
from ledger.case.state import Case, Decide
from ledger.commands import Circumstances, Command
from ledger.entry import Actor, Happened
from ledger.errors import NotAuthorised

_FOLLOWS_FROM_ELSEWHERE = frozenset(
    {
        ContinueImport, EndCaseHold, HoldCase, MarkErased, MarkReviewed, MarkTakenUp, MarkUnderReview,
        RehomeCase,
    }
)  # fmt: skip
"""What is asked of a case because of an import, a hold, an erasure, a leaver, a review or a link: who may do that is
looked at there."""
_OPEN_TO_THEM = _FOLLOWS_FROM_ELSEWHERE | {PullCase, RecuseFromCase}
"""Whoever pulls passes over what they stepped back from, and takes the next; stepping back again changes nothing."""


def without_the_recused(
    decisions: Mapping[type[Command], Decide],
) -> Mapping[type[Command], Decide]:
    """The decisions, refused to whoever stepped back from the case or acts in the stead of somebody who did."""
    return {
        command: by if command in _OPEN_TO_THEM else _without_the_recused(by)
        for command, by in decisions.items()
    }


def _without_the_recused(by: Decide) -> Decide:
    @wraps(by)
    def decide(case: Case, asked: Any, around: Circumstances) -> Sequence[Happened]:
        if case.moves.recused:
            _refuse_recused(case, around.actor)
        return by(case, asked, around)

    return decide


def _refuse_recused(case: Case, actor: Actor) -> None:
    for each in sorted(acting(actor) & case.moves.recused):
        raise NotAuthorised(
            f"{each} stepped back from this case, and that is for good: let somebody else do it."
        )
