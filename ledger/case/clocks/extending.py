"""Extending: a clock gets more time by somebody with the authority, by notice given in time, within its cap.

Decision table, row 21. Whoever must be told besides the requester is part of the fact, with the date by
which, until somebody records that they were told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.authority import refuse_unauthorised
from ledger.case.clocks.approving import refuse_alone
from ledger.case.clocks.backdating import kept_on, refuse_unfounded
from ledger.case.clocks.citing import cited_notice, given_when
from ledger.case.clocks.facts import certified, with_clock
from ledger.case.clocks.restated import approved_crossing, overtaken
from ledger.case.clocks.standing import calendars_of, definition_of, standing_of, waits_of
from ledger.case.known.answered import Notice
from ledger.case.known.approvals import NOTHING_SHOWN, Approval, Ground, relies
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import leader_of
from ledger.commands import CaseCommand, Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, Json, fact
from ledger.input.in_clear import FewWords
from ledger.input.quoting import quoted
from ledger.policy.clocks.history import Extended, RungAt
from ledger.policy.clocks.requests import extended, extension_terms
from ledger.policy.document.clocks import ClockDefinition, ExtensionTerms
from ledger.times import Instant, LocalDate

_OF_THE_OFFICE = frozenset({"leader", "director"})
"""Authorities that the policy names a person for; any other is a body or an office of the law."""


class DutyOwed(BaseModel):
    """Somebody to be told of an extension besides the requester, and by which date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    by_on: LocalDate


@fact
class ClockExtended(Fact):
    """A clock was extended: by how much, by whose authority, for which reason, by which notice given when.

    `amount` is in `unit`, that of the clock; `base` says whether it is counted with the whole from the
    start, or from the due date. `due_at` is None while the clock stands still.
    """

    extension_id: UUID
    clock: str
    generation: int
    authority: str
    reason: str
    amount: int
    unit: str
    base: Literal["start", "due"]
    notice_id: UUID | None
    notice_given_at: Instant | None
    notice_method: str | None
    duties: tuple[DutyOwed, ...]
    was_due_at: Instant | None
    due_at: Instant | None
    armed_again: tuple[str, ...]
    pause_ends_at: Instant | None
    rungs: tuple[RungAt, ...]
    certificate: Mapping[str, Json]
    evidence: tuple[UUID, ...] = ()
    """On which items, and below by whom besides, where the notice lies elsewhere and the time was over."""
    approved_by: str | None = None


@fact
class DutyDone(Fact):
    """Somebody who had to be told of an extension was told."""

    extension_id: UUID
    party: str
    method: str


class ExtendClock(CaseCommand):
    """Extend a clock of a case, by notice given inside its time."""

    extension_id: UUID
    clock: str
    amount: int = Field(ge=1, le=100_000)
    authority: str
    reason: str
    notice_id: UUID | None = None
    notice_given_at: Instant | None = None
    notice_method: FewWords | None = None
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()


class RecordDutyDone(CaseCommand):
    """Record that somebody who had to be told of an extension was told."""

    extension_id: UUID
    party: str
    method: FewWords


@decides(ExtendClock)
def extend_clock(case: Case, asked: ExtendClock, around: Circumstances) -> Sequence[Happened]:
    """An extension takes its authority, a reason of the policy, and its notice inside the time; caps are kept."""
    if asked.extension_id in case.unresolved(around).extensions:
        return ()
    clock = _clock(case, asked.clock)
    definition = definition_of(around, clock)
    terms = extension_terms(definition, asked.authority)
    _refuse_reason(asked, terms, definition, around)
    ground = Ground(asked.evidence, asked.approved_by)
    approver = _refuse_without_authority(case, asked.authority, around, ground)
    notice = cited_notice(
        case,
        asked.notice_id,
        around,
        kind="extension",
        clock=clock.code,
        otherwise=f"This is no notice that clock {clock.code} is extended: issue one, and name it.",
    )
    _refuse_otherwise_told(asked, notice)
    told_at = _notice_given_at(asked, notice, terms, clock, around)
    refuse_unfounded(case, around, ground)
    extension, duties = extended(
        definition,
        calendars_of(around.policies, clock.policy, clock.calendars),
        replace(clock.history, waits=waits_of(case, since=clock.history.start_at)),
        amount=asked.amount,
        authority=asked.authority,
        given_at=around.effective_at if told_at is None or terms.notice == "none" else told_at,
    )
    history = replace(clock.history, extensions=(*clock.history.extensions, extension))
    decision = Decision(case, around)
    reckoning = standing_of(
        decision, clock.code, clock.policy, history, at=around.now, calendars=clock.calendars
    )
    shown = (
        approved_crossing(
            decision, clock, reckoning, ground, dated_at=told_at or around.effective_at
        )
        if notice is None
        else _approved_notice(decision, clock, notice, ground)
    )
    decision.happens(
        ClockExtended(
            extension_id=asked.extension_id,
            clock=clock.code,
            generation=clock.generation,
            authority=asked.authority,
            reason=asked.reason,
            amount=asked.amount,
            unit=definition.unit,
            base=extension.base,
            notice_id=asked.notice_id,
            notice_given_at=told_at,
            notice_method=asked.notice_method,
            evidence=asked.evidence,
            approved_by=shown.approved_by or approver,
            duties=tuple(DutyOwed(party=each.party, by_on=each.by_on) for each in duties),
            was_due_at=clock.due_at,
            due_at=reckoning.due_at,
            armed_again=overtaken(clock, reckoning, now=around.now),
            pause_ends_at=reckoning.pause_ends_at,
            rungs=reckoning.rungs,
            certificate=certified(reckoning, clock.generation),
        )
    )
    return decision.happened


def _refuse_otherwise_told(asked: ExtendClock, notice: Notice | None) -> None:
    """Refuses another extension than the notice tells of, whose date the requester was promised."""
    if notice is not None and notice.extends_by not in (None, asked.amount):
        raise Refusal(
            f"The notice tells that clock {asked.clock} is extended by {notice.extends_by}, and the date in it follows "
            "from that: extend it by as much, or issue another notice.",
            rule="extended-as-told",
            clock=asked.clock,
        )


def _clock(case: Case, code: str) -> Clock:
    clock = case.clocks.get(code)
    if clock is None or clock.policy is None:
        known = (
            ", ".join(sorted(code for code, each in case.clocks.items() if each.policy)) or "none"
        )
        raise InvalidCommand(
            f"{quoted(code)} is no clock of this case that we reckon; it has {known}."
        )
    return clock


def _refuse_reason(
    asked: ExtendClock, terms: ExtensionTerms, clock: ClockDefinition, around: Circumstances
) -> None:
    known = around.policies.in_force(around.now).policy.reasons.extension
    allowed = terms.reasons or tuple(sorted(known))
    if asked.reason not in allowed:
        raise Refusal(
            f"{quoted(asked.reason)} is no reason for which {clock.code} may be extended by the "
            f"{asked.authority}; there are {', '.join(allowed) or 'none'}.",
            rule="extension-reason",
            clock=clock.code,
            reason=asked.reason,
        )


def _refuse_without_authority(
    case: Case, authority: str, around: Circumstances, ground: Ground
) -> str | None:
    """An extension is decided by a person: one of the office's own authorities, or who holds the delegation cited."""
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine extends no clock: propose it to somebody with the authority."
        )
    if authority not in _OF_THE_OFFICE:
        return None
    if around.actor.delegation is not None:
        under = refuse_unauthorised(case, around, outcome=None, amount_cents=0, ground=ground)
        return under.approved_by
    policy = around.policies.in_force(around.now).policy
    holders = {policy.office.director}
    if authority == "leader":
        holders.add(leader_of(policy, case.team))
    if around.actor.id not in holders and around.actor.on_behalf_of not in holders - {None}:
        raise NotAuthorised(
            f"This clock is extended by the {authority}: let them do it, or name the delegation you act under."
        )
    return None


def _notice_given_at(
    asked: ExtendClock,
    notice: Notice | None,
    terms: ExtensionTerms,
    clock: Clock,
    around: Circumstances,
) -> datetime | None:
    """When the notice of an extension was given; None where none is needed nor was said to be.

    Nobody is asked to give one that would come too late: the requester would be told of what is refused then.
    """
    given_at = given_when(notice, asked.notice_given_at, around)
    if terms.notice == "none":
        return given_at
    if given_at is None or (asked.notice_id is None and asked.notice_method is None):
        if clock.due_at is not None and clock.due_at <= around.effective_at:
            raise Refusal(
                f"The time of clock {clock.code} is over, and an extension needs its notice inside the time: name one "
                "that was given before its end, or decide now and answer for the delay.",
                rule="extension-inside-the-time",
                clock=clock.code,
            )
        raise Refusal(
            f"An extension of {clock.code} needs its notice: give it to the requester first, then say which it was "
            "(`notice_id`), or when it was given (`notice_given_at`) and how (`notice_method`).",
            rule="extension-needs-notice",
            clock=clock.code,
        )
    if given_at > around.now:
        raise InvalidCommand(
            "A notice is given before it is relied on: give a time that has passed."
        )
    return given_at


def _approved_notice(decision: Decision, clock: Clock, notice: Notice, ground: Ground) -> Ground:
    """Refuses, on nobody else's word, a notice that was entered once the time was over as given before (row 30)."""
    due_at, given_at, known_at = clock.due_at, notice.given_at, notice.known_at
    if due_at is None or given_at is None or known_at is None or known_at < due_at:
        return NOTHING_SHOWN
    shown = kept_on(decision, clock, due_at=due_at, at=given_at, ground=ground)
    if shown is None:
        what = f"The notice that extends clock {clock.code} was entered once its time was over"
        refuse_alone(what, clock, decision.around, dated_at=given_at)
    return shown


@decides(RecordDutyDone)
def record_duty_done(
    case: Case, asked: RecordDutyDone, around: Circumstances
) -> Sequence[Happened]:
    """Whoever must be told of an extension is told once."""
    owed = case.known().extensions.get(asked.extension_id)
    if owed is None:
        raise UnlawfulTransition(
            "No such extension is on this case: name one that was made.",
            rule="told-of-an-extension",
        )
    if asked.party not in owed:
        raise InvalidCommand(
            f"{quoted(asked.party)} need not be told of this extension; there are {', '.join(sorted(owed)) or 'none'}."
        )
    if owed[asked.party]:
        return ()
    return (around.happened(DutyDone(**asked.for_fact())),)


@evolves(ClockExtended)
def _extended(case: Case, extended: ClockExtended, at: datetime) -> Case:
    told = {each.party: False for each in extended.duties}
    case = changed(case, extensions={**case.extensions, extended.extension_id: told})
    clock = case.clocks.get(extended.clock)
    if clock is None:
        return case
    given_at = extended.notice_given_at or at
    each = Extended(extended.amount, given_at, extended.base, extended.authority)
    clock = clock.armed_again(extended.armed_again)
    return with_clock(
        case,
        clock.code,
        history=replace(clock.history, extensions=(*clock.history.extensions, each)),
        reached=clock.reached,
        state="paused" if extended.due_at is None else "running",
        due_at=extended.due_at,
        pause_ends_at=extended.pause_ends_at,
        rungs=extended.rungs,
        tz_version=extended.certificate.get("tz_version"),
    )


@evolves(DutyDone)
def _told(case: Case, done: DutyDone, at: datetime) -> Case:
    owed = case.extensions.get(done.extension_id, {})
    return changed(
        case, extensions={**case.extensions, done.extension_id: {**owed, done.party: True}}
    )


def _relies(approval: Approval, extended: ClockExtended, happened: Happened | Entry) -> bool:
    """On one of the clock as of its notice, or where the delegation has lapsed since on one of the decision."""
    as_of = happened.context.effective_at
    if extended.approved_by is None:
        return False
    if approval.clock is None:
        return happened.actor.delegation is not None and approval.is_as_of(as_of)
    return approval.clock == extended.clock and approval.is_as_of(extended.notice_given_at or as_of)


relies(ClockExtended, _relies)
