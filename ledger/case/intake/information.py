"""Information: what is missing is asked for, what comes in is kept, and with the last of it a case is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.waiting import done_with, end_answered_waits
from ledger.case.for_rules import routing_facts
from ledger.case.in_words import InWords, Words
from ledger.case.intake.chasing import begin_chase
from ledger.case.intake.needs import Need, complete_since, meet_need
from ledger.case.intake.opening import CaseClassified
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
from ledger.case.known.chases import heard, told
from ledger.case.known.items import LanguageTag
from ledger.case.passages import shared_answers
from ledger.case.people.communication import settle
from ledger.case.people.recorded import on_record
from ledger.case.people.represented import acted_for, refuse_the_dead
from ledger.case.people.safe_contact import refuse_forbidden
from ledger.case.state import Case, Decision, changed, decides, evolves, evolves_by_whom
from ledger.case.whom import local_date
from ledger.commands import Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Answers, Fact, Personal, PersonalText, fact
from ledger.policy.clocks.arming import wanting
from ledger.policy.document.policy import Policy, RequestType
from ledger.times import Instant


@fact
class InformationRequested(Fact):
    """The requester was asked for what is missing."""

    request_id: UUID
    fields: tuple[str, ...]
    reply_by: Instant | None
    channel: str | None
    words: PersonalText
    language: str | None = None


@fact
class AskedAgain(Fact):
    """The requester was asked for fields that an accepted handover of this case held: what they gave was not used."""

    request_id: UUID
    fields: tuple[str, ...]


@fact
class InformationReceived(Fact):
    """Information came in; with it the case may have become complete."""

    request_id: UUID | None
    channel: str
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    flags_raised: tuple[str, ...]
    complete_at: Instant | None
    requester: UUID | None
    answers: Annotated[Answers, Personal("requester")]
    answered_in: str | None = None


class RequestInformation(InWords):
    """Ask the requester for fields that are missing."""

    request_id: UUID
    fields: tuple[str, ...]
    reply_by: Instant | None = None
    channel: str | None = None
    words: Words | None = None
    language: LanguageTag | None = since_then()


class ReceiveInformation(InWords):
    """Take in what the requester gave, in answer to a request or unasked."""

    named: ClassVar[str | None] = "answers"

    channel: str
    answers: Mapping[str, Answer]
    request_id: UUID | None = None
    needs: tuple[Need, ...] = ()
    """What is met with it besides the fields."""
    answered_in: LanguageTag | None = since_then()


@decides(RequestInformation)
def request_information(
    case: Case, asked: RequestInformation, around: Circumstances
) -> Sequence[Happened]:
    """Only a field of the policy can be asked for by name; anything else goes into the words."""
    if asked.request_id in case.unresolved(around).asked:
        return ()
    if not asked.fields and not asked.words:
        raise InvalidCommand("Say what is asked for: name the fields, or put it in words.")
    policy = around.policies.in_force(around.now).policy
    for name in asked.fields:
        if name not in policy.fields:
            raise InvalidCommand(not_one_of("a field", name, policy.fields))
    if asked.channel is not None and asked.channel not in policy.channels:
        raise InvalidCommand(not_one_of("a channel", asked.channel, policy.channels))
    if asked.reply_by is not None and asked.reply_by <= around.effective_at:
        raise InvalidCommand("The reply is asked for by a time that has passed: give a later one.")
    if asked.channel is not None:
        refuse_forbidden(case, asked.channel, around, party=case.requester)
        if not acted_for(case, around):
            refuse_the_dead(case, case.requester, around)
    decision = Decision(case, around)
    decision.happens(InformationRequested(**asked.for_fact()))
    if again := tuple(name for name in asked.fields if name in case.moves.held):
        decision.happens(AskedAgain(request_id=asked.request_id, fields=again))
    return decision.happened


def receive_information(case: Case, asked: ReceiveInformation, around: Circumstances) -> Decision:
    """What comes in is kept whatever the state of the case; with the last missing field its clocks may start."""
    case.known()
    version = around.policies.in_force(around.now)
    policy = version.policy
    if asked.channel not in policy.channels:
        raise InvalidCommand(not_one_of("a channel", asked.channel, policy.channels))
    if asked.request_id is not None and asked.request_id not in case.asked:
        raise Refusal(
            "No such request for information is open on this case: leave it out if it was not asked for.",
            rule="answers-a-request",
        )
    kind = policy.types.get(case.request_type) if case.request_type else None
    given = given_answers(asked.answers)
    by_tier = answers_by_tier(policy, kind, given, day_here=lambda: local_date(version, around.now))
    answers = shared_answers(case, by_tier, asked.passages)
    answered = answered_fields(given)
    if not answered:
        raise InvalidCommand("Say what came in: answer at least one field, or log a contact.")
    informed = _informed(case, policy, given)
    known = on_record(case.requester, around) | case.answered.union(answered)
    missing = wanting(version.compiled, routing_facts(informed), known)
    informed_at = max(around.effective_at, case.informed_at or around.effective_at)
    decision = Decision(case, around)
    for need in asked.needs:
        meet_need(decision, need, None)
    since = complete_since(
        kind, missing=missing, needs=decision.case.needs, informed_at=informed_at
    )
    decision.happens(
        InformationReceived(
            request_id=asked.request_id,
            channel=asked.channel,
            answered=answered,
            missing=missing,
            flags_raised=tuple(sorted(informed.flags - case.flags)),
            complete_at=since if decision.case.complete_at is None else None,
            requester=case.requester,
            answers=answers,
            answered_in=asked.answered_in,
        )
    )
    settle(decision, informed.spoken)
    if case.status == "open":
        if kind is not None and informed.language != case.language:
            _settle_language(decision, kind, informed.language, policy=version.digest)
        told_all = _told_all(case, decision.case, answered)
        end_answered_waits(decision, *asked.needs, told_all=told_all)
        done_with(decision, *asked.needs)
        arm_clocks(decision)
        begin_chase(decision)
    return decision


def _informed(case: Case, policy: Policy, given: Mapping[str, Answer]) -> Case:
    """The case with what came in, before anything is recorded."""
    return changed(
        case,
        language=language_answered(policy, given) or case.language,
        answers={**case.answers, **office_answers(policy, given)},
        spoken=case.spoken.told_by(policy, given),
        flags=case.flags | flags_raised(policy, answered_fields(given)),
    )


def _told_all(before: Case, after: Case, answered: Sequence[str]) -> bool:
    """Whether with what came in the requester has told all that was missing, or that they were asked.

    A question that was answered by its field stays on the case: what comes later and was not asked answers no other.
    """
    if after.missing or any(not after.answered.issuperset(each) for each in after.asked.values()):
        return False
    in_words = any(not fields for fields in after.asked.values())
    asked = {name for fields in before.asked.values() for name in fields}
    answers = before.missing or before.asked.keys() != after.asked.keys() or asked & {*answered}
    return not in_words and bool(answers)


def _settle_language(
    decision: Decision, kind: RequestType, language: str | None, *, policy: str
) -> None:
    """The requester said in which language to answer: what else was settled of the case stays as it is."""
    settle_anew(decision, changed(decision.case, language=language), kind, policy=policy)


def settle_anew(decision: Decision, case: Case, kind: RequestType, *, policy: str) -> None:
    """Records what is settled of a case, as this one has it."""
    decision.happens(
        CaseClassified(
            request_type=case.request_type or "",
            programme=kind.programme,
            region=case.region,
            language=case.language,
            severity=case.severity,
            severity_criterion=case.severity_criterion,
            flags=tuple(sorted(case.flags)),
            effort_points=case.effort_points,
            missing=tuple(sorted(case.missing)),
            complete_at=case.complete_at,
            policy=policy,
            reason=None,
        )
    )


@evolves_by_whom(InformationRequested)
def _requested(case: Case, requested: InformationRequested, happened: Happened | Entry) -> Case:
    asked = {**case.asked, requested.request_id: requested.fields}
    return changed(case, asked=asked, chase=told(case.chase, happened, requested.reply_by))


@evolves(InformationReceived)
def _received(case: Case, received: InformationReceived, at: datetime) -> Case:
    asked = {key: value for key, value in case.asked.items() if key != received.request_id}
    return changed(
        case,
        asked=asked,
        chase=heard(case.chase),
        answers={**case.answers, **known_answers(received.answers)},
        flags=case.flags.union(received.flags_raised),
        answered=case.answered.union(received.answered),
        missing=frozenset(received.missing),
        complete_at=case.complete_at or received.complete_at,
        informed_at=max(at, case.informed_at or at),
    )
