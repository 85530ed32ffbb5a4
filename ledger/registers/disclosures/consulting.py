"""Consulting: third parties and other bodies are told, may object, and hear the decision before anything is released.

Three clocks follow each other: their answer from the notice, the decision from the notice, and from the
decision's own notice the day before which nothing is released (ATIA, ss. 27 and 28).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import Field

from ledger.case.known.answers import not_one_of
from ledger.case.people.recorded import refuse_unrecorded
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, Personal, PersonalText, Values, fact
from ledger.input.in_clear import FewWords
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.disclosing import ConsultationKind, ConsultationTerms
from ledger.registers.disclosures.state import (
    Consultation,
    Disclosure,
    DisclosureCommand,
    decides,
    evolves,
    in_force,
    officer,
    reviewed_anew,
)
from ledger.registers.parts import with_changed
from ledger.times import Instant

Position: TypeAlias = Literal[
    "objects", "objects_in_part", "consents", "deemed_consent", "no_answer"
]
ConsultationDecision: TypeAlias = Literal["release", "release_in_part", "withhold"]


@fact
class ConsultationNoticeGiven(Fact):
    """Somebody concerned was told what may be released and that they may answer; the notice names no applicant.

    `represent_by_at` and `decide_by_at` are the ends of their days, each with the certificate of its clock.
    """

    consultation_id: UUID
    consultation: ConsultationKind
    party: UUID | None
    body: str | None
    items: tuple[UUID, ...]
    slots: int
    provision: str
    represent_by_at: Instant | None
    decide_by_at: Instant | None
    certificates: Values
    words: Annotated[PersonalText, Personal("party")]


@fact
class RepresentationsReceived(Fact):
    """Somebody who was consulted answered, in writing or orally, or counts as having consented."""

    consultation_id: UUID
    position: Position
    oral: bool
    words: PersonalText


@fact
class ConsultationDecided(Fact):
    """It was decided what of theirs is released, and they were told, with their right of review.

    `not_before_at` is the instant before which nothing is released.
    """

    consultation_id: UUID
    decision: ConsultationDecision
    not_before_at: Instant | None
    certificate: Values
    words: PersonalText


@fact
class ConsultationReviewSought(Fact):
    """Somebody who was consulted asked a regulator or court to review the decision: nothing is released meanwhile."""

    consultation_id: UUID
    body: str
    words: PersonalText


@fact
class ConsultationReviewEnded(Fact):
    """The review ended: the decision stands, or another takes its place."""

    consultation_id: UUID
    upheld: bool
    words: PersonalText


class GiveConsultationNotice(DisclosureCommand):
    """Tell somebody concerned what may be released, and by when they may answer."""

    consultation_id: UUID
    consultation: ConsultationKind
    party: UUID | None = None
    body: FewWords | None = None
    items: tuple[UUID, ...] = ()
    slots: int = Field(default=0, ge=0)
    provision: FewWords
    words: str = Field(min_length=1)


class ReceiveRepresentations(DisclosureCommand):
    """Take in what somebody who was consulted answers."""

    consultation_id: UUID
    position: Position
    oral: bool = False
    words: str | None = None


class DecideConsultation(DisclosureCommand):
    """Decide what of theirs is released; it happened when they were told."""

    consultation_id: UUID
    decision: ConsultationDecision
    words: str = Field(min_length=1)


class SeekConsultationReview(DisclosureCommand):
    """Record that they asked for a review."""

    consultation_id: UUID
    body: FewWords
    words: str | None = None


class EndConsultationReview(DisclosureCommand):
    """Record how the review ended."""

    consultation_id: UUID
    upheld: bool
    words: str | None = None


@decides(GiveConsultationNotice)
def give_consultation_notice(
    state: Disclosure, asked: GiveConsultationNotice, around: Circumstances
) -> Sequence[Happened]:
    """Somebody is consulted, about something of theirs, by the clocks of the law in force."""
    version = officer(around, does="consults nobody")
    if asked.consultation_id in state.known().consultations:
        return ()
    if (asked.party is None) == (asked.body is None):
        raise InvalidCommand("Say who is consulted: a party of this ledger, or a body by its name.")
    if asked.party is not None:
        refuse_unrecorded(asked.party, around)
    for each in asked.items:
        if each not in state.items:
            raise UnlawfulTransition(
                f"No document {each} is listed in this disclosure: list it first.",
                rule="of-a-listed-item",
            )
    if not asked.items and not asked.slots:
        raise InvalidCommand("Say what of theirs may be released: name items, or count slots.")
    known = version.policy.consultations
    if known and asked.consultation not in known:
        raise InvalidCommand(not_one_of("a kind of consultation", asked.consultation, {**known}))
    terms = known.get(asked.consultation, ConsultationTerms())
    represent, decide = _due(terms.represent, around), _due(terms.decide, around)
    given = ConsultationNoticeGiven(
        **asked.for_fact(),
        represent_by_at=represent.at,
        decide_by_at=decide.at,
        certificates={"represent": represent.certificate, "decide": decide.certificate},
    )
    return (around.happened(given),)


@decides(ReceiveRepresentations)
def receive_representations(
    state: Disclosure, asked: ReceiveRepresentations, around: Circumstances
) -> Sequence[Happened]:
    """They answer until it is decided; that they did not is said when their time is over."""
    officer(around, does="takes in no representations")
    found = _consulted(state, asked.consultation_id)
    if found.decided:
        raise UnlawfulTransition(
            "This consultation is decided: what they say now belongs into a review.",
            rule="represented-before-decided",
        )
    terms = in_force(around).policy.consultations.get(found.kind, ConsultationTerms())
    if asked.oral and not terms.oral:
        raise Refusal(
            "By this law they answer in writing: ask them to, or change the policy.",
            rule="representations-in-writing",
        )
    silent = asked.position in ("no_answer", "deemed_consent")
    if silent and found.represent_by_at and around.effective_at < found.represent_by_at:
        raise Refusal(
            f"They may answer until {around.last_day(found.represent_by_at)}: wait for that day to end.",
            rule="time-to-answer",
        )
    received = RepresentationsReceived(**asked.for_fact())
    return (around.happened(received),)


@decides(DecideConsultation)
def decide_consultation(
    state: Disclosure, asked: DecideConsultation, around: Circumstances
) -> Sequence[Happened]:
    """Nobody is overridden before they answered or their time was over."""
    officer(around, does="decides no consultation")
    found = _consulted(state, asked.consultation_id)
    if found.decided:
        raise UnlawfulTransition(
            "This consultation is decided: record a review of it, if there was one.",
            rule="consultation-decided-once",
        )
    waiting = found.represent_by_at is not None and around.effective_at < found.represent_by_at
    if waiting and not found.answered:
        raise Refusal(
            "They have not answered, and their time is not over: decide after that.",
            rule="time-to-answer",
        )
    terms = in_force(around).policy.consultations.get(found.kind, ConsultationTerms())
    gives = asked.decision != "withhold"
    due = _due(terms.release if gives else None, around)
    decided = ConsultationDecided(
        **asked.for_fact(),
        not_before_at=due.at,
        certificate=due.certificate,
    )
    return (around.happened(decided),)


@decides(SeekConsultationReview)
def seek_consultation_review(
    state: Disclosure, asked: SeekConsultationReview, around: Circumstances
) -> Sequence[Happened]:
    """What was decided can be reviewed."""
    officer(around, does="records no review")
    found = _consulted(state, asked.consultation_id)
    if not found.decided:
        raise UnlawfulTransition(
            "Nothing was decided yet, so nothing can be reviewed: decide first.",
            rule="review-of-a-decision",
        )
    if found.review_open:
        return ()
    sought = ConsultationReviewSought(**asked.for_fact())
    return (around.happened(sought),)


@decides(EndConsultationReview)
def end_consultation_review(
    state: Disclosure, asked: EndConsultationReview, around: Circumstances
) -> Sequence[Happened]:
    """Only a review that was sought ends; where the decision falls it is decided anew."""
    officer(around, does="ends no review")
    if not _consulted(state, asked.consultation_id).review_open:
        raise UnlawfulTransition(
            "No review of this consultation is open: record that one was sought first.",
            rule="ends-a-review",
        )
    ended = ConsultationReviewEnded(**asked.for_fact())
    return (around.happened(ended),)


@dataclass(frozen=True, slots=True)
class _Due:
    at: datetime | None
    certificate: Mapping[str, Any]


def _due(clock: str | None, around: Circumstances) -> _Due:
    """When a clock of the policy ends that starts now, with its certificate."""
    if clock is None:
        return _Due(None, {})
    compiled = in_force(around).compiled
    started = ClockHistory(around.effective_at)
    reckoning = reckon(compiled.clocks[clock], compiled.calendars, started)
    return _Due(reckoning.due_at, reckoning.certificate)


def _consulted(state: Disclosure, consultation_id: UUID) -> Consultation:
    found = state.known().consultations.get(consultation_id)
    if found is None:
        raise UnlawfulTransition(
            "No such consultation is in this disclosure: give the notice of it first.",
            rule="of-a-consultation",
        )
    return found


@evolves(ConsultationNoticeGiven)
def _consulting(
    state: Disclosure, fact: ConsultationNoticeGiven, _happened: Happened | Entry
) -> Disclosure:
    consultation = Consultation(fact.consultation, fact.represent_by_at, fact.decide_by_at)
    consultations = {**state.consultations, fact.consultation_id: consultation}
    return replace(state, consultations=consultations)


def _changed(state: Disclosure, consultation_id: UUID, **fields: Any) -> Disclosure:
    changed = with_changed(state.consultations, consultation_id, **fields)
    return replace(state, consultations=changed)


@evolves(RepresentationsReceived)
def _answered(
    state: Disclosure, fact: RepresentationsReceived, _happened: Happened | Entry
) -> Disclosure:
    return _changed(state, fact.consultation_id, answered=True)


@evolves(ConsultationDecided)
def _decided(
    state: Disclosure, fact: ConsultationDecided, happened: Happened | Entry
) -> Disclosure:
    state = reviewed_anew(state, happened)
    fields = {"decided": True, "not_before_at": fact.not_before_at}
    return _changed(state, fact.consultation_id, **fields)


@evolves(ConsultationReviewSought)
def _reviewing(
    state: Disclosure, fact: ConsultationReviewSought, _happened: Happened | Entry
) -> Disclosure:
    return _changed(state, fact.consultation_id, review_open=True)


@evolves(ConsultationReviewEnded)
def _reviewed(
    state: Disclosure, fact: ConsultationReviewEnded, _happened: Happened | Entry
) -> Disclosure:
    return _changed(state, fact.consultation_id, review_open=False, decided=fact.upheld)
