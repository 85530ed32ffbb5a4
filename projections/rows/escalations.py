"""Escalations: each rung reached, alarm and escalation of a case, whose alert was owed and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from ledger.case.alarms import ALARMS, AlarmOf, CaseAlarmed
from ledger.case.clocks.approving import AWAITS_APPROVAL, alarms_of_claim
from ledger.case.clocks.facts import ClockArmed, ClockResumed, ClockStopped
from ledger.case.clocks.refusing import TIME_REFUSED, DatingBackRefused, alarm_of_refusal
from ledger.case.custody.adjudication import AdjudicationRequired
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.escalation.chase_steps import ChaseStepReached
from ledger.case.escalation.climbing import EscalationClimbed
from ledger.case.escalation.ending import AlarmEnded
from ledger.case.escalation.reaching import (
    AlertDelivered,
    CaseEscalated,
    EscalationAcknowledged,
    RungReached,
)
from ledger.case.links import CAME_LATE
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.work.overdue import ObligationOverdue, overdue_id
from ledger.facts import Fact
from ledger.ids import IdText
from ledger.policy.in_force import Policies
from ledger.policy.telling.alerting import before_the_director
from ledger.policy.values import Language
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told
from projections.rows.escalations_over import ENDING, ended_by, owed_no_more, too_early
from projections.sentences.by_topic import CODES
from projections.sentences.raised import alarm_said, reason_said
from projections.sentences.steps import step_said

_NONE = Policies()
"""Where no policy is at hand."""
_OF_APPROVALS = (AWAITS_APPROVAL, TIME_REFUSED)
_WHATEVER_BECOMES = (*_OF_APPROVALS, CAME_LATE)
"""Reasons that are asked of however the case stands."""


class EscalationRow(NamedTuple):
    """One escalation: why, to whom, since when, whether the alert was delivered, and the answer."""

    escalation_id: IdText
    reason: str
    parties: tuple[str, ...]
    since_at: datetime
    clock: str | None = None
    generation: int | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    action: str | None = None
    act_by: datetime | None = None
    warning: bool = False
    climbed: int = 0
    asleep: bool = False
    """What it is about is over: its case is resolved or open again, or the clock ended that it warned of. It waits for
    no answer and does not climb."""
    missing: tuple[str, ...] = ()
    """What a chase is after, by field."""
    by_at: datetime | None = None
    """When the request is to lapse."""
    together: int | None = None
    """How many were answered at once, where it was in bulk."""
    over: bool = False
    """What it is about came to its end, which no reopening undoes: it sleeps for good."""
    over_at: datetime | None = None
    """When it was recorded that what an alarm told is so no more, where no other entry told so."""
    at_the_top: bool = False
    """The director was told of it, by that word: nobody is further up."""


_ALARM = "alarm."
_ALARMS = frozenset(each.removeprefix(_ALARM) for each in CODES if each.startswith(_ALARM))


def why(row: EscalationRow, language: Language = "en", policies: Policies = _NONE) -> str:
    """Why it was escalated, in words: the step of its clock or the reason by the latest policy, or the alarm."""
    latest = policies.latest.policy if policies.latest else None
    if row.clock is not None:
        step = step_said(latest, row.clock, row.reason, language)
        colon = " : " if language == "fr" else ": "
        return f"{row.clock}{colon}{row.reason if step is None else step}"
    return alarm_said(row.reason, language) or reason_said(latest, row.reason, language)


def ever_escalated_for(policies: Policies) -> frozenset[str]:
    """What cases can have been escalated for: alarms, and rungs and reasons of any policy; nothing without one."""
    stated = (each.policy.reasons.escalation for each in policies.versions)
    clocks = (each.compiled.clocks.values() for each in policies.versions)
    rungs = (rung.code for clock in chain.from_iterable(clocks) for rung in clock.rungs)
    alarms = _ALARMS if policies.versions else ()
    return frozenset(chain(chain.from_iterable(stated), rungs, alarms))


def evolve(rows: Rows[EscalationRow], entry: Told) -> Rows[EscalationRow]:
    """The escalations of a case after one more entry."""
    fact = entry.fact
    if rows and type(fact) in ENDING:
        rows = _ended(rows, fact, entry)
    if isinstance(fact, RungReached):
        rows = _passed(rows, fact)
    raised = _RAISED.get(type(fact))
    if raised is not None:
        row = raised(fact, entry.effective_at)
        return rows if row is None else (*rows, _at_the_top(row))
    changes = _CHANGES.get(type(fact))
    return changes(rows, fact, entry) if rows and changes is not None else rows


def _at_the_top(row: EscalationRow) -> EscalationRow:
    return changed(row, {"at_the_top": True}) if before_the_director(row.parties) else row


def _ended(rows: Rows[EscalationRow], fact: Fact, entry: Told) -> Rows[EscalationRow]:
    """Those whose matter a fact brought to its end wait for no answer, and nothing wakes them."""
    reasons, owed_id, at = ended_by(fact), owed_no_more(fact), entry.effective_at

    def ended(row: EscalationRow) -> bool:
        if row.clock is not None or too_early(fact, at, row.reason, since=row.since_at):
            return False
        told = owed_id and overdue_id(entry.stream, owed_id, row.since_at)
        return row.reason in reasons or (told is not None and row.escalation_id == str(told))

    return tuple(
        changed(row, {"asleep": True, "over": True}) if ended(row) else row for row in rows
    )


def _passed(rows: Rows[EscalationRow], fact: RungReached) -> Rows[EscalationRow]:
    """Nobody answers a warning any more whose clock has reached its next step, which tells its own parties."""

    def of_it(row: EscalationRow) -> bool:
        same = (row.clock, row.generation) == (fact.clock, fact.generation)
        return same and row.warning and row.acknowledged_at is None

    return tuple(
        changed(row, {"asleep": True, "over": True}) if of_it(row) else row for row in rows
    )


def _rung(fact: RungReached, at: datetime) -> EscalationRow:
    return EscalationRow(
        escalation_id=str(fact.escalation_id),
        reason=fact.rung,
        parties=fact.parties,
        since_at=fact.reached_at,
        clock=fact.clock,
        generation=fact.generation,
        warning=fact.due_at is None or fact.reached_at < fact.due_at,
    )


def _alarmed(fact: CaseAlarmed, at: datetime) -> EscalationRow:
    return EscalationRow(str(fact.escalation_id), fact.alarm, (fact.party,), fact.since)


def _chased(fact: ChaseStepReached, at: datetime) -> EscalationRow | None:
    if fact.party is None:
        return None
    return EscalationRow(
        str(fact.escalation_id),
        f"chase_{fact.act}",
        (fact.party,),
        fact.reached_at,
        missing=fact.missing,
        by_at=fact.by_at,
    )


def _escalated(fact: CaseEscalated, at: datetime) -> EscalationRow:
    return EscalationRow(str(fact.escalation_id), fact.reason, (fact.party,), at)


def _unanswered(fact: TransferUnanswered, at: datetime) -> EscalationRow:
    why = "transfer_unanswered"
    return EscalationRow(str(fact.escalation_id), why, fact.parties, fact.accept_by)


def _bounced(fact: AdjudicationRequired, at: datetime) -> EscalationRow:
    return EscalationRow(str(fact.escalation_id), fact.because, fact.parties, at)


def _overdue(fact: ObligationOverdue, at: datetime) -> EscalationRow:
    why = f"{fact.kind}_overdue"
    return EscalationRow(str(fact.escalation_id), why, fact.parties, fact.due_at)


def _delivered(rows: Rows[EscalationRow], fact: AlertDelivered, entry: Told) -> Rows[EscalationRow]:
    return _with(rows, str(fact.escalation_id), {"delivered_at": entry.effective_at})


def _climbed(
    rows: Rows[EscalationRow], fact: EscalationClimbed, entry: Told
) -> Rows[EscalationRow]:
    higher = {
        "parties": (fact.party,),
        "at_the_top": before_the_director((fact.party,)),
        "climbed": fact.step,
        "delivered_at": None,
        "acknowledged_at": None,
        "action": None,
        "act_by": None,
        "together": None,
    }
    return _with(rows, str(fact.escalation_id), higher)


def _acknowledged(
    rows: Rows[EscalationRow], fact: EscalationAcknowledged, entry: Told
) -> Rows[EscalationRow]:
    answer = {
        "acknowledged_at": entry.effective_at,
        "action": fact.action,
        "act_by": fact.act_by,
        "together": fact.together,
    }
    return _answered(rows, str(fact.escalation_id), answer)


def _stopped(rows: Rows[EscalationRow], fact: ClockStopped, entry: Told) -> Rows[EscalationRow]:
    return _over(_no_longer_asked(rows, fact, entry), fact.clock)


def _runs(
    rows: Rows[EscalationRow], fact: ClockArmed | ClockResumed, entry: Told
) -> Rows[EscalationRow]:
    """A clock that begins anew leaves nothing to answer of what it ran before."""

    def of_before(row: EscalationRow) -> bool:
        return row.clock == fact.clock and (row.generation or 0) < fact.generation

    return tuple(
        changed(row, {"asleep": True, "over": True}) if of_before(row) else row
        for row in _no_longer_asked(rows, fact, entry)
    )


def _no_longer_asked(
    rows: Rows[EscalationRow],
    fact: ClockStopped | ClockArmed | ClockResumed | DatingBackRefused,
    entry: Told,
) -> Rows[EscalationRow]:
    """Nobody waits any more for an approval of a clock that ended by it or runs again, nor for one that was refused.

    Nor is it to be answered that one was refused, of a clock that runs again.
    """

    def of_it(row: EscalationRow) -> bool:
        if row.reason not in _OF_APPROVALS:
            return False
        since = row.since_at
        told = (
            (
                *alarms_of_claim(entry.stream, fact.clock, generation, since=since),
                alarm_of_refusal(entry.stream, fact.clock, generation, since=since),
            )
            for generation in range(1, fact.generation + 1)
        )
        return UUID(row.escalation_id) in chain.from_iterable(told)

    return tuple(changed(row, {"asleep": True}) if of_it(row) else row for row in rows)


def _over(rows: Rows[EscalationRow], clock: str) -> Rows[EscalationRow]:
    """Nobody is warned any more of a clock that ended; that it ran out is answered all the same."""
    return tuple(
        changed(row, {"asleep": True}) if row.clock == clock and _warns_or_promises(row) else row
        for row in rows
    )


def _warns_or_promises(row: EscalationRow) -> bool:
    """Whether an escalation only warns of the end of its clock, unanswered, or somebody promised to act by it."""
    return row.act_by is not None or (row.warning and row.acknowledged_at is None)


def _alarm_ended(rows: Rows[EscalationRow], fact: AlarmEnded, entry: Told) -> Rows[EscalationRow]:
    over = {"asleep": True, "over": True, "over_at": entry.effective_at}
    return _with(rows, str(fact.escalation_id), over)


def _awake(rows: Rows[EscalationRow], *of: AlarmOf) -> Rows[EscalationRow]:
    """The escalations of a case of which only alarms about such cases can climb; any other sleeps."""
    return tuple(
        changed(row, {"asleep": not row.asleep}) if _changes(row, of) else row for row in rows
    )


def _changes(row: EscalationRow, of: Sequence[AlarmOf]) -> bool:
    """Whether an escalation falls asleep or wakes; one that is answered or only warned stays as it is.

    So does one of what awaits approval or was refused it, or came in late, whatever becomes of the case meanwhile.
    """
    if row.over or row.reason in _WHATEVER_BECOMES:
        return False
    terms = ALARMS.get(row.reason)
    asleep = (terms.of if terms is not None else "open") not in of
    promises = row.acknowledged_at is None or row.act_by is not None
    return row.asleep != asleep and promises and not row.warning


def _answered(
    rows: Rows[EscalationRow], escalation_id: str, answer: dict[str, Any]
) -> Rows[EscalationRow]:
    """An answer ends what a person raised, of which nobody can tell whether it still holds."""

    def answered(row: EscalationRow) -> EscalationRow:
        by_a_person = row.clock is None and row.reason not in ALARMS
        return changed(row, {**answer, "asleep": row.asleep or by_a_person})

    return tuple(answered(row) if row.escalation_id == escalation_id else row for row in rows)


def _with(
    rows: Rows[EscalationRow], escalation_id: str, fields: dict[str, Any]
) -> Rows[EscalationRow]:
    return tuple(
        changed(row, fields) if row.escalation_id == escalation_id else row for row in rows
    )


def _resolved(rows: Rows[EscalationRow], fact: CaseResolved, entry: Told) -> Rows[EscalationRow]:
    return _awake(rows, "resolved", "any")


def _reopened(rows: Rows[EscalationRow], fact: CaseReopened, entry: Told) -> Rows[EscalationRow]:
    return _awake(rows, "open", "any")


_RAISED: dict[type[Fact], Callable[[Any, datetime], EscalationRow | None]] = {
    RungReached: _rung,
    CaseAlarmed: _alarmed,
    ChaseStepReached: _chased,
    CaseEscalated: _escalated,
    TransferUnanswered: _unanswered,
    AdjudicationRequired: _bounced,
    ObligationOverdue: _overdue,
}
"""What each fact raises, if it does."""
_CHANGES: dict[type[Fact], Callable[[Rows[EscalationRow], Any, Told], Rows[EscalationRow]]] = {
    AlertDelivered: _delivered,
    EscalationClimbed: _climbed,
    EscalationAcknowledged: _acknowledged,
    AlarmEnded: _alarm_ended,
    ClockStopped: _stopped,
    ClockArmed: _runs,
    ClockResumed: _runs,
    DatingBackRefused: _no_longer_asked,
    CaseResolved: _resolved,
    CaseReopened: _reopened,
}
"""What each fact makes of those that are there; without any it means nothing here."""


ESCALATIONS = Projection(
    name="escalations",
    version=13,
    kind="case",
    topics=frozenset(kind.topic for kind in (*_RAISED, *_CHANGES, *ENDING)),
    row=EscalationRow,
    evolve=evolve,
)
