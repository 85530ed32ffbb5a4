"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import (
    alarms,
    clock_facts,
    clocks,
    contact,
    custody,
    escalation,
    extending,
    history,
    information,
    intake,
    lapsing,
    links,
    outcome,
    restated,
    restating,
    routing,
    waiting,
)
from ledger.case.state import DECISIONS, Case, evolve
from ledger.commands import Kind
from ledger.policy.load import Carried

CHAPTERS = (
    intake,
    information,
    routing,
    custody,
    clock_facts,
    clocks,
    waiting,
    extending,
    lapsing,
    restated,
    restating,
    escalation,
    alarms,
    contact,
    links,
    outcome,
    history,
)

CASE = Kind("case", Case(), DECISIONS, evolve, custody.can_be_pulled)


def carried(case: Case) -> Carried | None:
    """What a case weighs in the load; None once it is resolved, and for a case of another system's history."""
    if not case.opened or case.status != "open" or case.imported:
        return None
    return Carried(case.team, case.owner, case.effort_points, case.paused)
