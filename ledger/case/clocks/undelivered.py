"""Undelivered: access that proves not to have arrived was not given, so the clocks that it had stopped go on.

So does the clock of publication where it is decided after all that the answer is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.clocks.running import UNDELIVERED, continue_without
from ledger.case.clocks.standing import definition_of
from ledger.case.clocks.stopping import NOT_DONE, end_clock
from ledger.case.clocks.waiting import ACCESS_GIVEN, SENT
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, decides
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition


class RecordAccessFailed(CaseCommand):
    """Record that what a disclosure of the case gave out did not reach whoever asked."""

    disclosure_id: UUID


class ContinuePublication(CaseCommand):
    """Let the clock of publication go on, since an answer that was not to be published is to be after all."""

    disclosure_id: UUID


@decides(RecordAccessFailed)
def record_access_failed(
    case: Case, asked: RecordAccessFailed, around: Circumstances
) -> Sequence[Happened]:
    """As of a notice that fails: a clock of an open case that access had stopped goes on as if it had never stopped.

    Where the decision was given meanwhile, it ends by that. One that runs from the sending has no day any more
    until something is sent that arrives.
    """
    case.known()
    disclosure = around.look(f"disclosure/{asked.disclosure_id}")
    since = None if disclosure is None else disclosure.lost_access_on(asked.case_id)
    if since is None:
        raise UnlawfulTransition(
            "No release of that disclosure was thought to have reached whoever asked by this case and did not: record "
            "there that it failed.",
            rule="of-a-failed-delivery",
        )
    decision = Decision(case, around)
    for clock in case.clocks.values():
        if case.status == "open" and _stopped_by_access(clock, since):
            continue_without(decision, clock, ACCESS_GIVEN)
        elif clock.open and _runs_from_sending(decision, clock):
            end_clock(decision, clock, outcome="withdrawn", cause=UNDELIVERED)
    return decision.happened


@decides(ContinuePublication)
def continue_publication(
    case: Case, asked: ContinuePublication, around: Circumstances
) -> Sequence[Happened]:
    """As if nothing had been decided: it is published from its day on, which is counted from the sending."""
    case.known()
    disclosure = around.look(f"disclosure/{asked.disclosure_id}")
    if disclosure is None or disclosure.unpublished or not disclosure.gave_access_on(asked.case_id):
        raise UnlawfulTransition(
            "No answer to this case is to be published that was delivered: decide it in its disclosure first.",
            rule="publishes-an-answer",
        )
    decision = Decision(case, around)
    for clock in case.clocks.values():
        if not clock.open and clock.cause == NOT_DONE:
            continue_without(decision, clock, NOT_DONE)
    return decision.happened


def _runs_from_sending(decision: Decision, clock: Clock) -> bool:
    if clock.policy is None:
        return False
    definition = definition_of(decision.around, clock)
    return definition.starts_on == "event" and definition.start_event == SENT


def _stopped_by_access(clock: Clock, since: datetime) -> bool:
    ended_at = clock.history.stopped_at
    by_access = clock.state in ("met", "breached") and clock.cause == ACCESS_GIVEN
    return by_access and ended_at is not None and ended_at >= since
