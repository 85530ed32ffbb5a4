"""Links between cases: a repeat of a matter is linked with its similarity and who decided, never merged or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.case.alarms import alarm
from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances, Command
from ledger.entry import Happened
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream

Relation = Literal["same_matter", "not_the_same", "related", "review_of", "follows"]
_OPPOSITE: dict[str, str] = {"same_matter": "not_the_same", "not_the_same": "same_matter"}
_EITHER_WAY = frozenset({"same_matter", "related"})
"""Relations that hold of the other case too."""
CAME_LATE = "came_after_quiet_window"
"""The alarm that something came in on a resolved case whose quiet window is over."""


@fact
class CaseLinked(Fact):
    """A person decided how this case stands to another; `similarity` is in thousandths, where a machine proposed it."""

    other_case: UUID
    relation: Relation
    similarity: int | None
    reason: PersonalText


class LinkCase(InWords):
    """Say how a case stands to another one."""

    other_case: UUID
    relation: Relation
    similarity: int | None = Field(default=None, ge=0, le=1000)
    reason: Words | None = None

    @property
    def also(self) -> tuple[Command, ...]:
        """A resolved case that something came in on learns in which other one that is dealt with."""
        if self.relation == "not_the_same" or self.other_case == self.case_id:
            return ()
        relation: Relation = self.relation if self.relation in _EITHER_WAY else "related"
        return (MarkTakenUp(case_id=self.other_case, other_case=self.case_id, relation=relation),)


class MarkTakenUp(CaseCommand):
    """Record on a resolved case in which other one is dealt with what came in late, in one write with their link."""

    other_case: UUID
    relation: Relation


@decides(LinkCase)
def link_case(case: Case, asked: LinkCase, around: Circumstances) -> Sequence[Happened]:
    """Whether two cases are of the same matter is for a person to decide."""
    case.known()
    if around.stream == case_stream(asked.other_case):
        raise InvalidCommand("A case is not linked with itself: name the other case.")
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine may propose that cases belong together: let a person decide it."
        )
    if (asked.other_case, asked.relation) in case.links:
        return ()
    if around.look(case_stream(asked.other_case)) is None:
        raise CaseNotFound("The other case is not in this ledger: check its reference.")
    return (around.happened(CaseLinked(**asked.for_fact())),)


@decides(MarkTakenUp)
def mark_taken_up(case: Case, asked: MarkTakenUp, around: Circumstances) -> Sequence[Happened]:
    """Only where somebody was told of what came in, and no other case was named for it since.

    A case that lies in a compartment of its own is named nowhere else.
    """
    if not waits_for_answer(case) or (asked.other_case, asked.relation) in case.links:
        return ()
    other: Case | None = around.look(case_stream(asked.other_case))
    if other is None or other.compartment not in (None, case.compartment):
        return ()
    linked = CaseLinked(
        other_case=asked.other_case, relation=asked.relation, similarity=None, reason=None
    )
    return (around.happened(linked),)


def waits_for_answer(case: Case) -> bool:
    """Whether something came in after the quiet window, and the case was linked with no other since.

    Whoever calls about a matter that is over has another one: it goes on in that.
    """
    came_at = case.alarms.get(CAME_LATE)
    if case.resolution is None or came_at is None or came_at < case.resolution.at:
        return False
    return case.linked_at is None or case.linked_at < came_at


@evolves(CaseLinked)
def _linked(case: Case, linked: CaseLinked, at: datetime) -> Case:
    withdrawn = (linked.other_case, _OPPOSITE.get(linked.relation, ""))
    links = case.links - {withdrawn} | {(linked.other_case, linked.relation)}
    apart = linked.relation == "not_the_same"
    return changed(case, links=links, linked_at=case.linked_at if apart else at)


alarm(CAME_LATE, lambda case, _around: waits_for_answer(case), of="resolved")
