"""Review: slot by slot and word by word a person decides what is released; a finder only proposes.

A proposal and a person's answer to it are two entries. Of each personal slot in scope it is decided as a
whole whether it is released, and of words within a released one which are withheld. What is decided later
stands; any change voids an approval that was given before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.known.answers import not_one_of
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import ANSWERS, ENVELOPE_SLOTS, Fact, PersonalText, fact, topics
from ledger.input.quoting import quoted
from ledger.policy.in_force import Policies
from ledger.registers.disclosures.grounds import Override, Reasons, refuse_unfounded
from ledger.registers.disclosures.state import (
    LINE,
    Disclosure,
    DisclosureCommand,
    Drawn,
    Outcome,
    Proposal,
    Range,
    SlotReviewed,
    Treated,
    decides,
    evolves,
    in_force,
    member_of_office,
    officer,
    refuse_pending,
    reviewed_anew,
)
from ledger.times import LocalDate

FoundBy: TypeAlias = Literal["schema", "known_party", "pattern", "phone", "staff"]


class SlotTarget(BaseModel):
    """A slot of an entry, or words of the text in it: pieces from `first` to before `end`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_stream: str
    in_version: int = Field(ge=1)
    slot: str = Field(min_length=1)
    first: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)

    @property
    def words(self) -> Range | None:
        """The words meant; None for all of the slot."""
        return None if self.first is None or self.end is None else (self.first, self.end)


class Found(BaseModel):
    """Something that the finder would withhold, how it found it, and under which exemption."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    proposal_id: UUID
    target: SlotTarget
    exemption: str
    found_by: FoundBy


@fact
class WithholdingProposed(Fact):
    """A finder proposed to withhold a slot or words of it; a person decides."""

    proposal_id: UUID
    in_stream: str
    in_version: int
    slot: str
    first: int | None
    end: int | None
    exemption: str
    found_by: FoundBy


@fact
class SlotDecided(Fact):
    """A person decided that a slot, or words of it, is released or withheld; which exemptions, and why.

    `proposal_id` is the proposal that this answers.
    """

    in_stream: str
    in_version: int
    slot: str
    first: int | None
    end: int | None
    outcome: Outcome
    exemptions: tuple[str, ...]
    paragraph: str | None
    override: Override | None
    until_on: LocalDate | None
    proposal_id: UUID | None
    policy: str
    harm: PersonalText
    factors_for: PersonalText
    factors_against: PersonalText
    override_reason: PersonalText
    severability: PersonalText
    reason: PersonalText


class ProposeWithholding(DisclosureCommand):
    """Propose what to withhold, as a finder of personal data finds it."""

    found: tuple[Found, ...]


class DecideSlots(DisclosureCommand):
    """Decide whether these slots, or words of them, are released or withheld, and why."""

    targets: tuple[SlotTarget, ...] = Field(min_length=1)
    outcome: Outcome
    reasons: Reasons | None = None
    reason: str | None = None


class AnswerProposals(DisclosureCommand):
    """Answer proposals of the finder: what they would withhold is withheld, or is released after all."""

    proposals: tuple[UUID, ...] = Field(min_length=1)
    accept: bool
    reasons: Reasons | None = None
    reason: str | None = None


@decides(ProposeWithholding)
def propose_withholding(
    state: Disclosure, asked: ProposeWithholding, around: Circumstances
) -> Sequence[Happened]:
    """What was proposed once is not proposed again, whatever was answered; the finder may be a machine."""
    member_of_office(around)
    state.known()
    known = in_force(around).policy.exemptions
    happened: list[Happened] = []
    seen = set(state.proposed)
    for each in asked.found:
        target = each.target
        if each.exemption not in known:
            raise InvalidCommand(not_one_of("an exemption", each.exemption, known))
        _in_scope(state, target)
        key = (target.in_stream, target.in_version, target.slot, target.words)
        if key in seen:
            continue
        seen.add(key)
        proposed = WithholdingProposed(
            **dict(target),
            proposal_id=each.proposal_id,
            exemption=each.exemption,
            found_by=each.found_by,
        )
        happened.append(around.happened(proposed))
    return happened


@decides(DecideSlots)
def decide_slots(
    state: Disclosure, asked: DecideSlots, around: Circumstances
) -> Sequence[Happened]:
    """Each decision is an entry of its own; decided the same again, nothing is added."""
    officer(around, does="decides nothing that is withheld or released")
    refuse_pending(state.known())
    _refuse_mismatch(asked.outcome, asked.reasons)
    happened: list[Happened] = []
    for target in asked.targets:
        decided = _decided(
            state,
            target,
            asked.outcome,
            asked.reasons,
            around,
            reason=asked.reason,
            proposal_id=_open_proposal(state, target),
        )
        if decided is not None:
            happened.append(around.happened(decided))
    return happened


@decides(AnswerProposals)
def answer_proposals(
    state: Disclosure, asked: AnswerProposals, around: Circumstances
) -> Sequence[Happened]:
    """A proposal is answered once, by a person; accepted it cites the exemption proposed unless another is given."""
    officer(around, does="decides no proposal")
    refuse_pending(state.known())
    happened: list[Happened] = []
    for proposal_id in dict.fromkeys(asked.proposals):
        proposal = state.proposals.get(proposal_id)
        if proposal is None:
            raise UnlawfulTransition(
                f"No proposal {proposal_id} was made in this disclosure: name one that was.",
                rule="answers-a-proposal",
            )
        if proposal.answered:
            continue
        words = proposal.words or (None, None)
        target = SlotTarget(
            in_stream=proposal.stream,
            in_version=proposal.version,
            slot=proposal.slot,
            first=words[0],
            end=words[1],
        )
        reasons = asked.reasons or Reasons(exemptions=(proposal.exemption,))
        decided = _decided(
            state,
            target,
            "withhold" if asked.accept else "release",
            reasons if asked.accept else None,
            around,
            reason=asked.reason,
            proposal_id=proposal_id,
        )
        if decided is not None:
            happened.append(around.happened(decided))
    return happened


def _refuse_mismatch(outcome: Outcome, reasons: Reasons | None) -> None:
    if outcome == "withhold" and reasons is None:
        raise InvalidCommand("What is withheld is withheld under an exemption: name it.")
    if outcome == "release" and reasons is not None:
        raise InvalidCommand("What is released needs no exemption: leave it out.")


def _decided(
    state: Disclosure,
    target: SlotTarget,
    outcome: Outcome,
    reasons: Reasons | None,
    around: Circumstances,
    *,
    reason: str | None,
    proposal_id: UUID | None,
) -> SlotDecided | None:
    drawn = _in_scope(state, target)
    _refuse_no_slot(drawn, target, around.policies)
    pieces = drawn.pieces.get((target.in_version, target.slot))
    if outcome == "release":
        _refuse_privileged(target, around)
    if reasons is not None:
        severable = target.words is None and pieces is not None and pieces > 1
        refuse_unfounded(reasons, state.audience, around, severable=severable)
    said: dict[str, Any] = (
        reasons.model_dump()
        if reasons
        else dict.fromkeys(Reasons.model_fields, None) | {"exemptions": ()}
    )
    decided = SlotDecided(
        **dict(target),
        **said,
        outcome=outcome,
        proposal_id=proposal_id,
        policy=in_force(around).digest,
        reason=reason,
    )
    known = drawn.reviewed.get((target.in_version, target.slot), SlotReviewed())
    before = known.whole if target.words is None else known.words.get(target.words)
    if proposal_id is None and before is not None and _same(before, _treated(decided)):
        return None
    return decided


def _refuse_privileged(target: SlotTarget, around: Circumstances) -> None:
    """Refuses to release what was privileged when it was made; a document whose holder waives that is listed as one."""
    seen = around.look(target.in_stream)
    if isinstance(seen, Case) and target.in_version in seen.privileged:
        raise Refusal(
            f"Entry {target.in_version} of {target.in_stream} is privileged: withhold it or, where the holder of the "
            "privilege waives it, list the document itself and record the waiver.",
            rule="privilege-is-waived",
        )


def _open_proposal(state: Disclosure, target: SlotTarget) -> UUID | None:
    """The proposal of the finder that a decision on this target answers."""
    found = state.proposed.get((target.in_stream, target.in_version, target.slot, target.words))
    return None if found is None or state.proposals[found].answered else found


def _treated(said: SlotDecided) -> Treated:
    terms = (said.paragraph, said.override, said.until_on)
    return Treated(said.outcome, said.exemptions, said.policy, terms)


def _same(before: Treated, treated: Treated) -> bool:
    """Whether both decide the same, if not under the same policy."""
    return replace(before, policy=treated.policy) == treated


def _in_scope(state: Disclosure, target: SlotTarget) -> Drawn:
    """The stream of a slot that is in scope; refused where it is not, or where its words are not there."""
    drawn = state.streams.get(target.in_stream)
    if drawn is None or target.in_version not in drawn.versions:
        raise Refusal(
            f"Entry {target.in_version} of {target.in_stream} is not in the scope of this disclosure: "
            "draw the scope first.",
            rule="decided-in-scope",
        )
    if target.words is None:
        if target.first is not None or target.end is not None:
            raise InvalidCommand("Give the first word and the end, both, or neither.")
        return drawn
    pieces = drawn.pieces.get((target.in_version, target.slot))
    if pieces is None:
        raise _no_slot(drawn, target)
    first, end = target.words
    if not first < end <= pieces:
        raise InvalidCommand(
            f"{quoted(target.slot)} of entry {target.in_version} ends after word {pieces}, so {first}-{end} is no "
            "part of it: count from 0, the end not included."
        )
    return drawn


def _refuse_no_slot(drawn: Drawn, target: SlotTarget, policies: Policies) -> None:
    """Refuses what is neither a personal slot that holds something, nor a line, nor a slot in clear of some entry."""
    in_clear = {LINE, *ENVELOPE_SLOTS}
    in_clear |= {name for kind in topics().values() for name in kind.plan.office}
    in_clear |= {f"{ANSWERS}.{name}" for each in policies.versions for name in each.policy.fields}
    if (target.in_version, target.slot) not in drawn.pieces and target.slot not in in_clear:
        raise _no_slot(drawn, target)


def _no_slot(drawn: Drawn, target: SlotTarget) -> InvalidCommand:
    """That an entry holds nothing there; it tells what of it is personal, since a page calls an answer by its field."""
    holds = ", ".join(
        sorted(slot for version, slot in drawn.pieces if version == target.in_version)
    )
    where = f"Entry {target.in_version} of {target.in_stream}"
    if not holds:
        return InvalidCommand(
            f"{where} holds nothing in {quoted(target.slot)}: name a slot as its entry has it."
        )
    return InvalidCommand(
        f"{where} holds nothing in {quoted(target.slot)}: name one of those that it has, {holds}."
    )


@evolves(WithholdingProposed)
def _proposed(
    state: Disclosure, fact: WithholdingProposed, _happened: Happened | Entry
) -> Disclosure:
    words = None if fact.first is None or fact.end is None else (fact.first, fact.end)
    proposal = Proposal(fact.in_stream, fact.in_version, fact.slot, words, fact.exemption)
    key = (fact.in_stream, fact.in_version, fact.slot, words)
    return replace(
        state,
        proposals={**state.proposals, fact.proposal_id: proposal},
        proposed={**state.proposed, key: fact.proposal_id},
    )


@evolves(SlotDecided)
def _slot_decided(state: Disclosure, fact: SlotDecided, happened: Happened | Entry) -> Disclosure:
    drawn = state.streams.get(fact.in_stream)
    if drawn is None:
        return state
    key = (fact.in_version, fact.slot)
    treated = _treated(fact)
    found = drawn.reviewed.get(key, SlotReviewed())
    if fact.first is None or fact.end is None:
        found = replace(found, whole=treated)
    else:
        found = replace(found, words=dict(found.words) | {(fact.first, fact.end): treated})
    drawn = replace(drawn, reviewed={**drawn.reviewed, key: found})
    proposals = state.proposals
    if fact.proposal_id is not None and fact.proposal_id in proposals:
        answered = replace(proposals[fact.proposal_id], answered=True)
        proposals = {**proposals, fact.proposal_id: answered}
    streams = {**state.streams, fact.in_stream: drawn}
    return reviewed_anew(state, happened, streams=streams, proposals=proposals)
