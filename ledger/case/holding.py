"""Holding: what keeps a case from being erased or disposed of, as far as the case itself tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal
from ledger.facts import Fact, fact


@fact
class CaseHeld(Fact):
    """The case is on hold; an inquiry's hold does not say why."""

    hold_id: UUID
    ground: str | None


@fact
class CaseHoldEnded(Fact):
    """One hold on the case was released; others may remain."""

    hold_id: UUID


class HoldCase(CaseCommand):
    """Record on a case that a hold keeps it, in one write with the hold."""

    hold_id: UUID


class EndCaseHold(CaseCommand):
    """Record on a case that a hold keeps it no more, in one write with the release."""

    hold_id: UUID


@decides(HoldCase)
def hold_case(case: Case, asked: HoldCase, around: Circumstances) -> Sequence[Happened]:
    """Only a hold that names the case keeps it; each once."""
    if asked.hold_id in case.known().holds:
        return ()
    hold = _hold(asked.hold_id, around)
    if hold is None or not hold.keeps(asked.case_id):
        raise Refusal(
            "No such hold keeps this case: place one that names it.", rule="held-by-a-hold"
        )
    ground = None if hold.inquiry is not None else hold.ground
    return (around.happened(CaseHeld(hold_id=asked.hold_id, ground=ground)),)


@decides(EndCaseHold)
def end_case_hold(case: Case, asked: EndCaseHold, around: Circumstances) -> Sequence[Happened]:
    """A hold ends on a case once it was released."""
    if asked.hold_id not in case.known().holds:
        return ()
    hold = _hold(asked.hold_id, around)
    if hold is not None and hold.keeps(asked.case_id):
        raise Refusal(
            "The hold keeps this case still: a records officer releases it.", rule="held-by-a-hold"
        )
    return (around.happened(CaseHoldEnded(hold_id=asked.hold_id)),)


def _hold(hold_id: UUID, around: Circumstances) -> Any:
    return around.look(f"hold/{hold_id}")


@evolves(CaseHeld)
def _held(case: Case, held: CaseHeld, at: datetime) -> Case:
    return changed(case, holds=case.holds | {held.hold_id})


@evolves(CaseHoldEnded)
def _ended(case: Case, ended: CaseHoldEnded, at: datetime) -> Case:
    return changed(case, holds=case.holds - {ended.hold_id})
