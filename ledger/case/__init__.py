"""A case: its facts, commands and decisions, by chapter of its life."""

from __future__ import annotations

from ledger.case import alarms, corrections, erased, holding, links
from ledger.case.clocks import (
    approving,
    extending,
    facts,
    lapsing,
    refusing,
    restated,
    restating,
    running,
    undelivered,
    waiting,
)
from ledger.case.contact import bounces, calls, contacts, filing, notices, promises, translations
from ledger.case.custody import (
    adjudication,
    confirming,
    overlooking,
    pulling,
    recusal,
    rehoming,
    returning,
    routing,
    transfers,
    unanswered,
)
from ledger.case.erased import until_disposed
from ledger.case.escalation import chase_steps, climbing, ending, reaching
from ledger.case.history import continuing, imported
from ledger.case.intake import (
    chasing,
    external_ids,
    incomplete,
    information,
    joining,
    needs,
    opening,
    severity,
)
from ledger.case.outcome import (
    appealed,
    deciding,
    readiness,
    reopening,
    resolving,
    returns,
    review,
    reviewed,
    settling,
)
from ledger.case.passages import with_passages
from ledger.case.people import care, communication, concerned, safe_contact
from ledger.case.recused import without_the_recused
from ledger.case.state import DECISIONS, Case, evolve
from ledger.case.work import followups, overdue, referral, tasks
from ledger.commands import Kind
from ledger.policy.load import Carried

CHAPTERS = (
    opening,
    concerned,
    joining,
    severity,
    information,
    external_ids,
    needs,
    routing,
    care,
    communication,
    confirming,
    transfers,
    facts,
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
    running,
    waiting,
    undelivered,
    extending,
    lapsing,
    restated,
    restating,
    incomplete,
    approving,
    refusing,
    reaching,
    alarms,
    bounces,
    climbing,
    ending,
    chasing,
    chase_steps,
    contacts,
    filing,
    translations,
    calls,
    safe_contact,
    notices,
    promises,
    links,
    readiness,
    deciding,
    resolving,
    reopening,
    returns,
    settling,
    review,
    reviewed,
    appealed,
    corrections,
    holding,
    erased,
    imported,
    continuing,
)

CASE = Kind(
    "case",
    Case(),
    without_the_recused(until_disposed(with_passages(DECISIONS))),
    evolve,
    pulling.can_be_pulled,
)


def carried(case: Case) -> Carried | None:
    """What a case weighs in the load; None once it is resolved.

    One that another system kept weighs no points until it is classified here; it is in its owner's hands.
    """
    if not case.opened or case.status != "open":
        return None
    return Carried(case.team, case.owner, case.effort_points, case.paused, case.immediate)
