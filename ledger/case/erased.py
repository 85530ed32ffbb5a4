"""Erased: that content of a case is gone, on which authority, while what happened stays in its skeleton."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal
from ledger.facts import Fact, fact
from ledger.ids import case_stream


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


@evolves(ContentErased)
def _erased(case: Case, erased: ContentErased, at: datetime) -> Case:
    return changed(case, erasures=case.erasures | {erased.erasure_id})
