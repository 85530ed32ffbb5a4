"""Incomplete after all: what a request was taken for complete with proves not to be there, or not to be what was asked.

A start that was recorded wrongly (row 30): a clock that the law starts with a complete request never started, and
begins in full once it is one. Clocks that start otherwise run on; what a wait for the requester does to them is in
their own tables of effects (rows 13, 19 and 20), and takes a wait (`BeginWaiting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import Field

from ledger.case.approved import approver_of
from ledger.case.clocks.approving import refuse_alone
from ledger.case.clocks.backdating import days_back, refuse_backdating
from ledger.case.clocks.facts import ClockStopped
from ledger.case.clocks.restating import start_anew
from ledger.case.clocks.standing import calendars_of, definition_of, moments_of
from ledger.case.for_rules import routing_facts
from ledger.case.in_words import InWords, Words
from ledger.case.intake.chasing import begin_chase
from ledger.case.intake.needs import Need
from ledger.case.known.approvals import Ground, relies
from ledger.case.known.timed import Clock
from ledger.case.people.recorded import on_record
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import quoted
from ledger.policy.clocks.arming import starts_at, wanting
from ledger.times import Instant

NEVER_COMPLETE = "never_complete"
"""Why a clock ends that began with a request which was not complete."""


@fact
class FoundIncomplete(Fact):
    """A request that was taken for complete never was: these fields and needs were not there, or not what was asked.

    `missing` is all that is wanting now, `was_complete_at` since when it had been taken for complete.
    """

    fields: tuple[str, ...]
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    request_type: str | None
    was_complete_at: Instant
    evidence: tuple[UUID, ...]
    approved_by: str | None
    reason: PersonalText


class FindIncomplete(InWords):
    """Say that a request which was taken for complete never was: what is missing, and what shows it."""

    fields: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    evidence: tuple[UUID, ...] = Field(min_length=1)
    reason: Words = Field(min_length=1)
    approved_by: str | None = None


@decides(FindIncomplete)
def find_incomplete(case: Case, asked: FindIncomplete, around: Circumstances) -> Sequence[Happened]:
    """A person finds it, on evidence and within the policy's limit; across a breach a second person has approved it."""
    was_at = case.unresolved(around).complete_at
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine finds no request incomplete: let a person say what is missing."
        )
    if was_at is None:
        raise UnlawfulTransition(
            "The case is not taken for complete: ask for what is missing (`RequestInformation`).",
            rule="was-complete",
        )
    missing = _missing(case, asked, around)
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_backdating(case, around, ground, days=days_back(around, was_at))
    decision = Decision(case, around)
    decision.happens(
        FoundIncomplete(
            fields=asked.fields,
            needs=asked.needs,
            missing=missing,
            request_type=case.request_type,
            was_complete_at=was_at,
            evidence=asked.evidence,
            approved_by=next(
                filter(
                    None, (approver_of(case, around, each, was_at) for each in case.clocks.values())
                ),
                None,
            ),
            reason=asked.reason,
        )
    )
    for clock in case.own_clocks:
        _never_started(decision, clock, ground, before=case, was_at=was_at)
    begin_chase(decision)
    return decision.happened


def _missing(case: Case, asked: FindIncomplete, around: Circumstances) -> tuple[str, ...]:
    """What is wanting then; refused for what the case did not have, or its type does not ask for."""
    compiled = around.policies.in_force(around.now).compiled
    kind = compiled.policy.types.get(case.request_type or "")
    known = (on_record(case.requester, around) | case.answered).difference(asked.fields)
    missing = wanting(compiled, routing_facts(case), known)
    unasked = [name for name in asked.fields if name not in missing]
    unmet = [need for need in asked.needs if need not in case.needs]
    unasked += [need for need in asked.needs if kind is None or need not in kind.complete_needs]
    if not asked.fields and not asked.needs:
        raise InvalidCommand(
            "Say what was not there: name the fields, or the need (identity, fee)."
        )
    if unasked or unmet:
        raise InvalidCommand(
            f"{quoted((unasked + unmet)[0])} does not make this request incomplete: name what its type asks for and "
            "the case was taken to have."
        )
    return missing


def _never_started(
    decision: Decision, clock: Clock, ground: Ground, *, before: Case, was_at: datetime
) -> None:
    """Ends a clock that began with the complete request; one that begins otherwise goes on, from its own start."""
    around = decision.around
    definition = definition_of(around, clock)
    calendars = calendars_of(around.policies, clock.policy, clock.calendars)
    facts, moments = routing_facts(decision.case), moments_of(decision.case)
    if starts_at(definition, calendars, facts=facts, moments=moments) is not None:
        start_anew(decision, clock, ground, before=before, dated_at=was_at)
        return
    approver = approver_of(before, around, clock, was_at)
    if clock.due_at is not None and clock.due_at <= around.now and approver is None:
        what = f"The time of clock {clock.code} is over, and by this it never began"
        refuse_alone(what, clock, around, dated_at=was_at)
    decision.happens(
        ClockStopped(
            clock=clock.code,
            generation=clock.generation,
            outcome="superseded",
            due_at=clock.due_at,
            cause=NEVER_COMPLETE,
            evidence=ground.evidence,
            approved_by=approver,
        )
    )


@evolves(FoundIncomplete)
def _found(case: Case, found: FoundIncomplete, at: datetime) -> Case:
    return changed(
        case,
        answered=case.answered.difference(found.fields),
        missing=frozenset(found.missing),
        needs={need: met for need, met in case.needs.items() if need not in found.needs},
        complete_at=None,
        chase=None,
    )


relies(
    FoundIncomplete,
    lambda approval, found, _happened: (
        approval.clock is not None
        and found.approved_by is not None
        and approval.is_as_of(found.was_complete_at)
    ),
)
