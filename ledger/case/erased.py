"""Erased: that content of a case is gone, on which authority, while what happened stays in its skeleton.

On a case of which all that was personal is gone, and which is over, nothing more is written: nobody would ever dispose
of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Literal
from uuid import UUID

from ledger.case.contact.notices import RecordNoticeFailed
from ledger.case.escalation.reaching import AcknowledgeEscalation
from ledger.case.in_words import InWords
from ledger.case.links import LinkCase
from ledger.case.outcome.settling import DecideReturn
from ledger.case.state import Case, Decide, changed, decides, evolves
from ledger.case.work.followups import CompleteFollowUp
from ledger.case.work.tasks import CancelTask, CompleteTask
from ledger.commands import CaseCommand, Circumstances, Command
from ledger.entry import Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, fact
from ledger.ids import case_stream

_STILL_ASKED: frozenset[type[Command]] = frozenset(
    {
        AcknowledgeEscalation, CancelTask, CompleteFollowUp, CompleteTask, DecideReturn, LinkCase,
        RecordNoticeFailed,
    }
)  # fmt: skip
"""What ends something that is owed on a case, or leads from it to another one."""


@fact
class ContentErased(Fact):
    """Content was erased on this authority: all that is personal in the case, or what is about one person in it."""

    erasure_id: UUID
    authority: str
    extent: Literal["case", "person"]


class MarkErased(CaseCommand):
    """Record on a case that content of it is gone, in one write with the certificate."""

    erasure_id: UUID


@decides(MarkErased)
def mark_erased(case: Case, asked: MarkErased, around: Circumstances) -> Sequence[Happened]:
    """A case says so once for each erasure that reached it."""
    if asked.erasure_id in case.known().erasures:
        return ()
    erasure: Any = around.look(f"erasure/{asked.erasure_id}")
    if erasure is None or not erasure.erases(case_stream(asked.case_id)):
        raise Refusal(
            "No such erasure reached this case: check its id.", rule="erased-by-an-erasure"
        )
    extent = "case" if asked.case_id in erasure.whole_cases else "person"
    erased = ContentErased(erasure_id=asked.erasure_id, authority=erasure.authority, extent=extent)
    return (around.happened(erased),)


def is_disposed(case: Case) -> bool:
    """Whether it was resolved as all that was personal in it went, by the schedule or on another authority."""
    return case.status == "resolved" and any(case.erasures.values())


def until_disposed(
    decisions: Mapping[type[Command], Decide],
) -> Mapping[type[Command], Decide]:
    """The decisions, those that write on a case refused once it was disposed of."""
    return {
        command: _until_disposed(by)
        if issubclass(command, InWords) and command not in _STILL_ASKED
        else by
        for command, by in decisions.items()
    }


def _until_disposed(by: Decide) -> Decide:
    @wraps(by)
    def decide(case: Case, asked: Any, around: Circumstances) -> Sequence[Happened]:
        if is_disposed(case):
            raise UnlawfulTransition(
                "The content of this case was erased, and what is written on it now would be kept for ever: open a new "
                "case, and link the two (`LinkCase`).",
                rule="disposed-is-over",
            )
        return by(case, asked, around)

    return decide


@evolves(ContentErased)
def _erased(case: Case, erased: ContentErased, at: datetime) -> Case:
    disposed = erased.extent == "case" and case.status == "resolved"
    return changed(case, erasures={**case.erasures, erased.erasure_id: disposed})
