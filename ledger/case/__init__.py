"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import (
    adjudication,
    alarms,
    bounces,
    calls,
    care,
    chasing,
    climbing,
    clock_facts,
    clocks,
    communication,
    confirming,
    contact,
    continuing,
    corrections,
    custody,
    erased,
    escalation,
    extending,
    filing,
    followups,
    history,
    holding,
    information,
    intake,
    lapsing,
    links,
    needs,
    notices,
    outcome,
    overdue,
    overlooking,
    people,
    promises,
    pulling,
    readiness,
    recusal,
    referral,
    rehoming,
    reopening,
    restated,
    restating,
    returning,
    returns,
    review,
    routing,
    safe_contact,
    settling,
    severity,
    tasks,
    translations,
    unanswered,
    waiting,
)
from ledger.case.passages import with_passages
from ledger.case.state import DECISIONS, Case, evolve
from ledger.commands import Kind
from ledger.policy.load import Carried

CHAPTERS = (
    intake,
    people,
    severity,
    information,
    needs,
    routing,
    care,
    communication,
    confirming,
    custody,
    clock_facts,
    pulling,
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
    extending,
    lapsing,
    restated,
    restating,
    escalation,
    alarms,
    bounces,
    climbing,
    chasing,
    contact,
    filing,
    translations,
    calls,
    safe_contact,
    notices,
    promises,
    links,
    readiness,
    outcome,
    reopening,
    returns,
    settling,
    review,
    corrections,
    holding,
    erased,
    history,
    continuing,
)

CASE = Kind("case", Case(), with_passages(DECISIONS), evolve, pulling.can_be_pulled)


def carried(case: Case) -> Carried | None:
    """What a case weighs in the load; None once it is resolved.

    One that another system kept weighs no points until it is classified here; it is in its owner's hands.
    """
    if not case.opened or case.status != "open":
        return None
    return Carried(case.team, case.owner, case.effort_points, case.paused, case.immediate)
