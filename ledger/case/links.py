"""Links between cases: a repeat of a matter is linked with its similarity and who decided, never merged or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream

Relation = Literal["same_matter", "not_the_same", "related", "review_of", "follows"]
_OPPOSITE: dict[str, str] = {"same_matter": "not_the_same", "not_the_same": "same_matter"}


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


@evolves(CaseLinked)
def _linked(case: Case, linked: CaseLinked, at: datetime) -> Case:
    withdrawn = (linked.other_case, _OPPOSITE.get(linked.relation, ""))
    return changed(case, links=case.links - {withdrawn} | {(linked.other_case, linked.relation)})
