"""Intake: a case is opened through any channel, complete or not, and classified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ledger.case.clocks.running import arm_clocks, supersede_clocks
from ledger.case.custody.routing import take_route
from ledger.case.for_rules import routing_facts
from ledger.case.in_words import InWords, Words
from ledger.case.intake.chasing import begin_chase
from ledger.case.intake.needs import complete_since
from ledger.case.known.answers import (
    Answer,
    answered_fields,
    answers_by_tier,
    flags_raised,
    given_answers,
    known_answers,
    language_answered,
    not_one_of,
    office_answers,
)
from ledger.case.known.items import LanguageTag
from ledger.case.people.communication import settle
from ledger.case.people.recorded import on_record, refuse_stranger
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import local_date
from ledger.commands import Circumstances, Command, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Answers, Fact, Personal, PersonalText, fact
from ledger.ids import reference_bits, reference_of
from ledger.input.in_clear import FewWords
from ledger.policy.clocks.arming import wanting
from ledger.policy.document.conditions import Severity
from ledger.policy.document.policy import TRIAGE, Channel, Policy, RequestType
from ledger.times import Instant


@fact
class CaseOpened(Fact):
    """A request reached the body and became a case."""

    reference: str
    channel: str
    channel_family: str
    request_type: str | None
    programme: str | None
    region: str | None
    language: str | None
    severity: Severity
    severity_criterion: str | None
    urgency_stated: bool
    flags: tuple[str, ...]
    effort_points: int
    reached_body_at: Instant
    reached_office_at: Instant | None
    complete_at: Instant | None
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    requester: UUID | None
    policy: str
    answers: Annotated[Answers, Personal("requester")]
    source: str | None
    external_id: Annotated[PersonalText, Personal("requester")]
    answered_in: str | None = None
    """The language in which the answers were given, if that was said."""


@fact
class CaseClassified(Fact):
    """The request type, region, severity or language of a case was settled, or settled anew."""

    request_type: str
    programme: str
    region: str | None
    language: str | None
    severity: Severity
    severity_criterion: str | None
    flags: tuple[str, ...]
    effort_points: int
    missing: tuple[str, ...]
    complete_at: Instant | None
    policy: str
    reason: PersonalText


def reference_key(case_id: UUID) -> bytes:
    """The reservation that keeps a case's reference unique; the case is found by it."""
    return b"r" + reference_bits(reference_of(case_id)).to_bytes(7, "big")


class OpeningCommand(Command):
    """Something by which a case comes to be, under a reference that no other has."""

    asked_of = ("case", "case_id")

    case_id: UUID

    @property
    def reserves(self) -> tuple[bytes, ...]:
        return (reference_key(self.case_id),)


class OpenCase(OpeningCommand):
    """Open a case from whatever channel, with whatever is known so far."""

    channel: str
    request_type: str | None = None
    region: str | None = None
    language: LanguageTag | None = None
    severity: Severity = "other"
    severity_criterion: str | None = None
    urgency_stated: bool = False
    flags: tuple[str, ...] = ()
    reached_body_at: Instant | None = None
    reached_office_at: Instant | None = None
    requester: UUID | None = None
    answers: Mapping[str, Answer] = {}
    source: FewWords | None = None
    external_id: str | None = None
    answered_in: LanguageTag | None = since_then()
    category: str | None = since_then()


class ClassifyCase(InWords):
    """Settle the request type of a case and what follows from it; what is not said stays as it is."""

    request_type: str
    region: str | None = None
    language: LanguageTag | None = None
    severity: Severity | None = None
    severity_criterion: str | None = None
    flags: tuple[str, ...] | None = None
    reason: Words | None = None


@decides(OpenCase)
def open_case(case: Case, asked: OpenCase, around: Circumstances) -> Sequence[Happened]:
    """Any channel of the policy opens a case; an incomplete intake is accepted and says what it lacks."""
    if case.opened:
        raise UnlawfulTransition(
            "This case is open already: use a new case id.", rule="opened-once"
        )
    version = around.policies.in_force(around.now)
    policy = version.policy
    channel = policy.channels.get(asked.channel)
    if channel is None:
        raise InvalidCommand(not_one_of("a channel", asked.channel, policy.channels))
    request_type = _type_asked_for(channel, asked)
    kind = _request_type(policy, request_type) if request_type else None
    reached = _reached_at(asked, around)
    given = given_answers(asked.answers)
    answers = answers_by_tier(policy, kind, given, day_here=lambda: local_date(version, around.now))
    answered = answered_fields(given)
    flags = flags_raised(policy, answered).union(_flags(policy, asked.flags))
    language = asked.language or language_answered(policy, given)
    spoken = case.spoken.told_by(policy, given)
    provisional = changed(
        case,
        request_type=request_type,
        region=_region(policy, asked.region),
        channel=asked.channel,
        language=language,
        severity=asked.severity,
        flags=frozenset(flags),
        spoken=spoken,
        answers=office_answers(policy, given),
    )
    refuse_stranger(case, asked.requester, around)
    known = on_record(asked.requester, around) | case.answered.union(answered)
    missing = wanting(version.compiled, routing_facts(provisional), known)
    decision = Decision(case, around)
    decision.happens(
        CaseOpened(
            reference=reference_of(asked.case_id),
            channel=asked.channel,
            channel_family=channel.family,
            request_type=request_type,
            programme=kind.programme if kind else None,
            region=asked.region,
            language=language,
            severity=asked.severity,
            severity_criterion=_criterion(policy, asked.severity_criterion),
            urgency_stated=asked.urgency_stated,
            flags=tuple(sorted(flags)),
            effort_points=kind.effort_points if kind else 1,
            reached_body_at=reached,
            reached_office_at=asked.reached_office_at,
            complete_at=complete_since(kind, missing=missing, needs={}, informed_at=reached),
            answered=answered,
            missing=missing,
            requester=asked.requester,
            policy=version.digest,
            answers=answers,
            source=asked.source,
            external_id=asked.external_id,
            answered_in=asked.answered_in,
        ),
        at=reached,
    )
    settle(decision, spoken, at=reached)
    arm_clocks(decision)
    begin_chase(decision)
    take_route(decision)
    return decision.happened


def _type_asked_for(channel: Channel, asked: OpenCase) -> str | None:
    """The request type, by its code or by what the form of the channel calls it; none where a person finds out."""
    if asked.category is None:
        return asked.request_type
    if asked.request_type is not None:
        raise InvalidCommand(
            "A category of a form stands in the place of a request type: give one of the two."
        )
    if asked.category not in channel.categories:
        raise InvalidCommand(
            not_one_of("a category of this channel", asked.category, channel.categories)
        )
    code = channel.categories[asked.category]
    return None if code == TRIAGE else code


def _reached_at(asked: OpenCase, around: Circumstances) -> datetime:
    """When the request reached the body; refused unless the office had it after that, and neither is to come."""
    reached = asked.reached_body_at or around.effective_at
    if reached > around.effective_at:
        raise InvalidCommand(
            "A request reaches the body before its case is opened, and not in the future: "
            "give such a time."
        )
    at_office = asked.reached_office_at or reached
    if not reached <= at_office <= around.now:
        raise InvalidCommand(
            "A request reaches the office after it reached the body, and not in the future: "
            "give such a time."
        )
    return reached


@decides(ClassifyCase)
def classify_case(case: Case, asked: ClassifyCase, around: Circumstances) -> Sequence[Happened]:
    """Changing the type supersedes the clocks of the old one; the new ones start from the same receipt times."""
    case.unresolved(around)
    version = around.policies.in_force(around.now)
    kind = _request_type(version.policy, asked.request_type)
    settled = changed(
        case,
        request_type=asked.request_type,
        programme=kind.programme,
        region=_region(version.policy, asked.region) or case.region,
        language=asked.language or case.language or language_answered(version.policy, case.answers),
        severity=asked.severity or case.severity,
        severity_criterion=_criterion(version.policy, asked.severity_criterion)
        or (None if asked.severity else case.severity_criterion),
        flags=case.flags if asked.flags is None else _flags(version.policy, asked.flags),
    )
    if case.flags - settled.flags:
        raise Refusal(
            "Classifying clears no flag, since it takes two people: ask that it be cleared (`ClearFlag`).",
            rule="flags-cleared-by-two",
        )
    if settled == case:
        return ()
    known = on_record(case.requester, around) | case.answered
    missing = wanting(version.compiled, routing_facts(settled), known)
    since = complete_since(kind, missing=missing, needs=case.needs, informed_at=case.informed_at)
    decision = Decision(case, around)
    retyped = case.request_type != asked.request_type
    if retyped:
        supersede_clocks(decision)
    decision.happens(
        CaseClassified(
            request_type=asked.request_type,
            programme=kind.programme,
            region=settled.region,
            language=settled.language,
            severity=settled.severity,
            severity_criterion=settled.severity_criterion,
            flags=tuple(sorted(settled.flags)),
            effort_points=kind.effort_points,
            missing=missing,
            complete_at=case.complete_at if since and case.complete_at else since,
            policy=version.digest,
            reason=asked.reason,
        )
    )
    arm_clocks(decision)
    begin_chase(decision)
    if case.handover is None and (case.team is None or (retyped and case.owner is None)):
        take_route(decision)
    return decision.happened


def _request_type(policy: Policy, code: str) -> RequestType:
    kind = policy.types.get(code)
    if kind is None:
        raise InvalidCommand(not_one_of("a request type", code, policy.types))
    return kind


def _flags(policy: Policy, given: tuple[str, ...]) -> frozenset[str]:
    for flag in given:
        if flag not in policy.flags:
            raise InvalidCommand(not_one_of("a flag", flag, policy.flags))
    return frozenset(given)


def _criterion(policy: Policy, given: str | None) -> str | None:
    if given is not None and given not in policy.reasons.severity:
        raise InvalidCommand(not_one_of("a criterion of severity", given, policy.reasons.severity))
    return given


def _region(policy: Policy, code: str | None) -> str | None:
    if code is not None and code not in policy.regions:
        raise InvalidCommand(not_one_of("a region", code, policy.regions))
    return code


@evolves(CaseOpened)
def _opened(case: Case, opened: CaseOpened, at: datetime) -> Case:
    return changed(
        case,
        opened=True,
        channel=opened.channel,
        request_type=opened.request_type,
        programme=opened.programme,
        region=opened.region,
        language=opened.language,
        severity=opened.severity,
        severity_criterion=opened.severity_criterion,
        urgency_stated=opened.urgency_stated,
        flags=frozenset(opened.flags),
        answers=known_answers(opened.answers),
        answered=frozenset(opened.answered),
        missing=frozenset(opened.missing),
        requester=opened.requester,
        received_at=opened.reached_body_at,
        reached_office_at=opened.reached_office_at,
        complete_at=opened.complete_at,
        informed_at=opened.reached_body_at,
        since=opened.reached_body_at,
        effort_points=opened.effort_points,
    )


@evolves(CaseClassified)
def _classified(case: Case, classified: CaseClassified, at: datetime) -> Case:
    return changed(
        case,
        request_type=classified.request_type,
        chase=case.chase if classified.request_type == case.request_type else None,
        programme=classified.programme,
        region=classified.region,
        language=classified.language,
        severity=classified.severity,
        severity_criterion=classified.severity_criterion,
        lane=None,
        flags=frozenset(classified.flags),
        effort_points=classified.effort_points,
        missing=frozenset(classified.missing),
        complete_at=classified.complete_at,
    )
