"""Opening: a disclosure answers a request that is a case; its scope is agreed, narrowed and drawn from the ledger.

A disclosure to everybody answers no request of its own: it publishes another one, after a second pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.people.recorded import refuse_unrecorded
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import CaseNotFound, InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream, subject_id_of
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.state import (
    STREAM,
    Disclosure,
    DisclosureCommand,
    Drawn,
    decides,
    evolves,
    officer,
    refuse_pending,
    reviewed_anew,
)
from ledger.times import Instant

ApplicantClass: TypeAlias = Literal[
    "media", "business", "academia", "organisation", "public", "decline"
]


class DrawnSlot(BaseModel):
    """A personal slot in scope: its name, and how many words it has; 0 for a value that is no text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slot: str
    pieces: int = Field(ge=0)


class DrawnEntry(BaseModel):
    """An entry in scope, and its personal slots that hold something."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(ge=1)
    personal: tuple[DrawnSlot, ...] = ()


class DrawnStream(BaseModel):
    """A stream in scope up to its version then: the entries of it that are; `whole` if all of them are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_stream: str
    upto_version: int = Field(ge=1)
    whole: bool
    entries: tuple[DrawnEntry, ...] = Field(min_length=1)


@fact
class DisclosureOpened(Fact):
    """The answer to a request for information was begun; the request is a case, whose clock runs there.

    `party` is the person it is about, where they ask for their own; `publishes` the disclosure whose
    answer this one gives to everybody.
    """

    case_id: UUID
    audience: Audience
    applicant_class: ApplicantClass | None
    party: UUID | None
    publishes: UUID | None
    policy: str


@fact
class ClarificationAsked(Fact):
    """The applicant was asked what is meant; the scope is not agreed until they have answered."""

    words: PersonalText


@fact
class DisclosureScoped(Fact):
    """What the disclosure covers: these cases, what was known in these times, these kinds of entry.

    `narrowed` says that it was agreed with the applicant after a question.
    """

    cases: tuple[UUID, ...]
    party: UUID | None
    from_at: Instant | None
    until_at: Instant | None
    topics: tuple[str, ...]
    narrowed: bool
    words: PersonalText


@fact
class StreamDrawn(Fact):
    """The entries of a stream that are in scope, with their personal slots: each of these waits for a decision."""

    in_stream: str
    upto_version: int
    whole: bool
    entries: tuple[DrawnEntry, ...]


class OpenDisclosure(DisclosureCommand):
    """Begin the answer to a request for information."""

    case_id: UUID
    audience: Audience = "applicant"
    applicant_class: ApplicantClass | None = None
    party: UUID | None = None
    publishes: UUID | None = None
    seen_position: int | None = Field(default=None, exclude=True)
    """How far the log was as whoever asks looked whether one is open: what was begun since then is looked at again.

    It is no part of what is asked, nor of what the command's id stands for.
    """


class AskClarification(DisclosureCommand):
    """Ask the applicant what is meant."""

    words: str = Field(min_length=1)


class SetDisclosureScope(DisclosureCommand):
    """Say what the disclosure covers; said again, what it covered before is drawn anew."""

    cases: tuple[UUID, ...] = ()
    party: UUID | None = None
    from_at: Instant | None = None
    until_at: Instant | None = None
    topics: tuple[str, ...] = ()
    words: str | None = None


class DrawScope(DisclosureCommand):
    """Draw what is in scope from the ledger, stream by stream."""

    streams: tuple[DrawnStream, ...]


@decides(OpenDisclosure)
def open_disclosure(
    state: Disclosure, asked: OpenDisclosure, around: Circumstances
) -> Sequence[Happened]:
    """It answers a case that is there; the person it is about is named where they ask for their own."""
    version = officer(around, does="answers no request")
    if state.opened:
        if (state.case_id, state.audience) == (asked.case_id, asked.audience):
            return ()
        raise UnlawfulTransition(
            "This disclosure answers another request: open one with a new id.",
            rule="disclosure-opened-once",
        )
    if around.look(case_stream(asked.case_id)) is None:
        raise CaseNotFound("The request is a case that is not in this ledger: open it first.")
    if (asked.audience == "subject") != (asked.party is not None):
        raise InvalidCommand(
            "The person it is about is named where they ask for what is held about them, and nowhere "
            "else: give --party with the audience 'subject'."
        )
    if asked.party is not None:
        refuse_unrecorded(asked.party, around)
    if (asked.audience == "publication") != (asked.publishes is not None):
        raise InvalidCommand(
            "What is published is the answer of another disclosure: give --publishes with the audience "
            "'publication', and with no other."
        )
    if asked.publishes is not None:
        _refuse_unpublishable(around.look(f"{STREAM}/{asked.publishes}"))
    if asked.seen_position is not None:
        begun = around.begun_since(STREAM, asked.seen_position)
        others = ((subject_id_of(stream), state) for stream, state in begun)
        refuse_second(asked.disclosure_id, answered_to(asked), others)
    opened = DisclosureOpened(**asked.for_fact(), policy=version.digest)
    return (around.happened(opened),)


def answered_to(said: OpenDisclosure | Disclosure) -> tuple[str, ...]:
    """Which request it answers, and to whom."""
    return tuple(map(str, (said.case_id, said.audience, said.party, said.publishes)))


def refuse_second(
    disclosure_id: UUID, to: tuple[str, ...], others: Iterable[tuple[UUID, Disclosure]]
) -> None:
    """Refuses a second answer to whoever is to be given one: two officers would work on it, and show it two ways."""
    if "regulator" in to:
        return
    for key, each in others:
        if answered_to(each) == to and key != disclosure_id and not each.ended and not each.answers:
            raise Refusal(
                f"The disclosure {key} is open for the same request: go on with it, or end it with "
                "`caseledger disclosure end`.",
                rule="one-answer-at-a-time",
            )


def _refuse_unpublishable(other: Any) -> None:
    if not isinstance(other, Disclosure) or other.last_release is None:
        raise Refusal(
            "Nothing of that disclosure was released yet, so there is nothing to publish: name one that "
            "was answered.",
            rule="publishes-an-answer",
        )
    if other.audience == "subject":
        raise Refusal(
            "What somebody was given about themselves is published nowhere: decide not to publish it.",
            rule="personal-is-not-published",
        )


@decides(AskClarification)
def ask_clarification(
    state: Disclosure, asked: AskClarification, around: Circumstances
) -> Sequence[Happened]:
    """One question is open at a time."""
    officer(around, does="asks no applicant what is meant")
    if state.known().clarifying:
        raise UnlawfulTransition(
            "The applicant was asked already: record the scope that is agreed, then ask again.",
            rule="one-clarification",
        )
    return (around.happened(ClarificationAsked(words=asked.words)),)


@decides(SetDisclosureScope)
def set_disclosure_scope(
    state: Disclosure, asked: SetDisclosureScope, around: Circumstances
) -> Sequence[Happened]:
    """A scope names cases that are there, or the person of a subject's own request; records outside need none."""
    officer(around, does="says not what a disclosure covers")
    refuse_pending(state.known())
    if asked.party != state.party and asked.party is not None:
        raise InvalidCommand(
            "The scope is about another person than the request: leave the party out, or open a "
            "disclosure for them."
        )
    if asked.from_at and asked.until_at and asked.until_at <= asked.from_at:
        raise InvalidCommand("The scope ends before it begins: give a later end.")
    for each in asked.cases:
        if around.look(case_stream(each)) is None:
            raise CaseNotFound(f"The scope names the case {each}, which is not in this ledger.")
    scoped = DisclosureScoped(
        **asked.for_fact("cases"),
        cases=tuple(dict.fromkeys(asked.cases)),
        narrowed=state.clarifying,
    )
    return (around.happened(scoped),)


@decides(DrawScope)
def draw_scope(state: Disclosure, asked: DrawScope, around: Circumstances) -> Sequence[Happened]:
    """What is drawn is in the scope; drawn again, a stream keeps what was decided of its slots."""
    officer(around, does="draws no scope")
    refuse_pending(state.known())
    if not state.scoped:
        raise UnlawfulTransition(
            "The disclosure has no scope yet: say what it covers first.", rule="scope-before-draw"
        )
    if not asked.streams:
        raise Refusal(
            "The scope selects nothing: widen it, or answer that there is no record.",
            rule="scope-selects-something",
        )
    within = {case_stream(each) for each in state.cases}
    happened: list[Happened] = []
    for each in asked.streams:
        if each.in_stream not in within and state.party is None:
            raise Refusal(
                f"{each.in_stream} is not in the scope of this disclosure: widen the scope first.",
                rule="drawn-from-the-scope",
            )
        if _differs(state.streams.get(each.in_stream), each):
            drawn = StreamDrawn(**dict(each))
            happened.append(around.happened(drawn))
    return happened


def _differs(known: Drawn | None, drawn: DrawnStream) -> bool:
    return known is None or replace(known, reviewed={}) != _drawn_of(drawn)


def _drawn_of(drawn: DrawnStream | StreamDrawn) -> Drawn:
    pieces = {
        (entry.version, each.slot): each.pieces
        for entry in drawn.entries
        for each in entry.personal
    }
    versions = frozenset(entry.version for entry in drawn.entries)
    return Drawn(drawn.upto_version, drawn.whole, versions, pieces)


@evolves(DisclosureOpened)
def _opened(state: Disclosure, fact: DisclosureOpened, _happened: Happened | Entry) -> Disclosure:
    return replace(
        state,
        opened=True,
        case_id=fact.case_id,
        audience=fact.audience,
        party=fact.party,
        publishes=fact.publishes,
    )


@evolves(ClarificationAsked)
def _clarifying(
    state: Disclosure, _fact: ClarificationAsked, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, clarifying=True)


@evolves(DisclosureScoped)
def _scoped(state: Disclosure, fact: DisclosureScoped, happened: Happened | Entry) -> Disclosure:
    whole = fact.from_at is None and fact.until_at is None and not fact.topics
    out = {
        stream: replace(each, upto_version=0, versions=frozenset(), pieces={})
        for stream, each in state.streams.items()
    }
    return reviewed_anew(
        state,
        happened,
        cases=fact.cases,
        clarifying=False,
        scoped=True,
        unrestricted=whole,
        streams=out,
    )


@evolves(StreamDrawn)
def _drawn(state: Disclosure, fact: StreamDrawn, happened: Happened | Entry) -> Disclosure:
    known = state.streams.get(fact.in_stream)
    drawn = _drawn_of(fact)
    if known is not None:
        kept = {key: each for key, each in known.reviewed.items() if key[0] in drawn.versions}
        drawn = replace(drawn, reviewed=kept)
    return reviewed_anew(state, happened, streams={**state.streams, fact.in_stream: drawn})
