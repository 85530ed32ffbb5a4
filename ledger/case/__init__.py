"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import (
    adjudication,
    alarms,
    clocks,
    contact,
    custody,
    escalation,
    followups,
    history,
    information,
    intake,
    links,
    outcome,
    overdue,
    overlooking,
    recusal,
    referral,
    rehoming,
    returning,
    routing,
    tasks,
    unanswered,
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
    unanswered,
    returning,
    adjudication,
    rehoming,
    recusal,
    tasks,
    followups,
    referral,
    overdue,
    overlooking,
    clocks,
    waiting,
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
