"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import (
    clocks,
    contact,
    continuing,
    custody,
    escalation,
    history,
    information,
    intake,
    links,
    outcome,
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
    clocks,
    waiting,
    escalation,
    contact,
    links,
    outcome,
    history,
    continuing,
)

CASE = Kind("case", Case(), DECISIONS, evolve, custody.can_be_pulled)


def carried(case: Case) -> Carried | None:
    """What a case weighs in the load; None once it is resolved.

    One that another system kept weighs no points until it is classified here; it is in its owner's hands.
    """
    if not case.opened or case.status != "open":
        return None
    return Carried(case.team, case.owner, case.effort_points, case.paused)
