"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import (
    alarms,
    clocks,
    contact,
    corrections,
    custody,
    escalation,
    history,
    information,
    intake,
    links,
    needs,
    notices,
    outcome,
    promises,
    readiness,
    returns,
    review,
    routing,
    safe_contact,
    settling,
    waiting,
)
from ledger.case.state import DECISIONS, Case, evolve
from ledger.commands import Kind
from ledger.policy.load import Carried

CHAPTERS = (
    intake,
    information,
    needs,
    routing,
    custody,
    clocks,
    waiting,
    escalation,
    alarms,
    contact,
    safe_contact,
    notices,
    promises,
    links,
    readiness,
    outcome,
    returns,
    settling,
    review,
    corrections,
    history,
)

CASE = Kind("case", Case(), DECISIONS, evolve, custody.can_be_pulled)


def carried(case: Case) -> Carried | None:
    """What a case weighs in the load; None once it is resolved, and for a case of another system's history."""
    if not case.opened or case.status != "open" or case.imported:
        return None
    return Carried(case.team, case.owner, case.effort_points, case.paused)
