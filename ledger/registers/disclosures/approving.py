"""Approving: the claim of completeness is decided, a second person approves, and the applicant is told the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import Field

from ledger.case.contact.telling import OF_A_DECISION, of_an_earlier_decision
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream
from ledger.input.in_clear import FewWords
from ledger.policy.in_force import PolicyVersion
from ledger.registers.disclosures.guard import open_differences
from ledger.registers.disclosures.items import is_given, is_privileged
from ledger.registers.disclosures.state import (
    Claim,
    Disclosure,
    DisclosureCommand,
    Proposal,
    decides,
    evolves,
    in_force,
    officer,
    refuse_pending,
    reviewed_anew,
)

DecisionOutcome: TypeAlias = Literal[
    "granted", "part", "refused", "no_record", "neither_confirm_nor_deny"
]


@fact
class ClaimDecided(Fact):
    """It was decided what a release claims of completeness: whole streams, a stated scope, or nothing at all."""

    claim: Claim
    reason: PersonalText


@fact
class DisclosureApproved(Fact):
    """A second person approved what is to be released; `sole_officer`: there is nobody else, and this is reported."""

    sole_officer: bool
    slots: int
    items: int
    policy: str
    words: PersonalText


@fact
class DisclosureReturned(Fact):
    """The second person did not approve, and said why."""

    reason: PersonalText


@fact
class DisclosureAnswered(Fact):
    """The applicant was given the decision: under which provisions what is withheld, whom to ask, and their rights.

    `notice_id` is the notice of the case in which it was given.
    """

    outcome: DecisionOutcome
    exemptions: tuple[str, ...]
    notice_id: UUID | None
    complain_within_days: int | None
    complain_to: str
    contact: PersonalText
    reasons: PersonalText


class DecideClaim(DisclosureCommand):
    """Decide what a release claims of completeness."""

    claim: Claim
    reason: str | None = None


class ApproveDisclosure(DisclosureCommand):
    """Approve what is to be released, as the second person."""

    sole_officer: bool = False
    words: str | None = None


class ReturnDisclosure(DisclosureCommand):
    """Do not approve, and say what is to be done."""

    reason: str = Field(min_length=1)


class AnswerApplicant(DisclosureCommand):
    """Record that the applicant was given the decision, with reasons and rights."""

    outcome: DecisionOutcome
    notice_id: UUID | None = None
    complain_within_days: int | None = Field(default=None, ge=1, le=3650)
    complain_to: FewWords
    contact: str = Field(min_length=1)
    reasons: str = Field(min_length=1)


@decides(DecideClaim)
def decide_claim(
    state: Disclosure, asked: DecideClaim, around: Circumstances
) -> Sequence[Happened]:
    """Whole streams are claimed only where the scope is, and where every entry of them was drawn."""
    officer(around, does="claims nothing of completeness")
    refuse_pending(state.known())
    if asked.claim == "whole_stream":
        _refuse_partial(state)
    if asked.claim == "none" and not asked.reason:
        raise Refusal(
            "Nothing is claimed only where the law allows neither to confirm nor to deny: say with "
            "--reason where it does.",
            rule="no-claim-has-its-reason",
        )
    if state.claim == asked.claim:
        return ()
    return (around.happened(ClaimDecided(claim=asked.claim, reason=asked.reason)),)


def _refuse_partial(state: Disclosure) -> None:
    drawn = state.drawn
    if not drawn or not state.unrestricted or not all(each.whole for each in drawn.values()):
        raise Refusal(
            "The scope is not of whole streams: claim a stated scope, or widen it.",
            rule="whole-claim-of-whole-streams",
        )


@decides(ApproveDisclosure)
def approve_disclosure(
    state: Disclosure, asked: ApproveDisclosure, around: Circumstances
) -> Sequence[Happened]:
    """Nobody approves their own work, but where the policy knows of no second officer; then that is said."""
    version = _approver(around)
    terms, actor = version.policy.disclosure, around.actor
    refuse_pending(state.known())
    refuse_unready(state)
    own = actor.id in state.deciders
    if own and not asked.sole_officer:
        raise Refusal(
            f"{actor.id} worked on this disclosure and cannot approve it: let another person do it.",
            rule="second-approval",
        )
    if own and not terms.sole_officer:
        raise Refusal(
            "The policy knows of more than one officer, so nobody approves their own work: let another "
            "person do it.",
            rule="second-approval",
        )
    if asked.sole_officer and not asked.words:
        raise Refusal(
            "Say with --words why there is nobody else to approve: the records officer will ask.",
            rule="sole-officer-says-why",
        )
    if state.approved:
        return ()
    approved = DisclosureApproved(
        sole_officer=own,
        slots=sum(len(each.reviewed) for each in state.drawn.values()),
        items=len(state.items),
        policy=version.digest,
        words=asked.words,
    )
    return (around.happened(approved),)


def _approver(around: Circumstances) -> PolicyVersion:
    """The policy in force; refused to a machine, and to whom it does not name where it names who approves."""
    version, actor = in_force(around), around.actor
    approvers = version.policy.disclosure.approvers
    if actor.kind != "person":
        raise NotAuthorised("A machine approves no release: let a second person do it.")
    if approvers and actor.id not in approvers:
        raise NotAuthorised(
            f"{actor.id} does not approve releases: let one of {', '.join(approvers)} do it."
        )
    return version


@decides(ReturnDisclosure)
def return_disclosure(
    state: Disclosure, asked: ReturnDisclosure, around: Circumstances
) -> Sequence[Happened]:
    """Whoever may approve may say no."""
    _approver(around)
    refuse_pending(state.known())
    return (around.happened(DisclosureReturned(reason=asked.reason)),)


@decides(AnswerApplicant)
def answer_applicant(
    state: Disclosure, asked: AnswerApplicant, around: Circumstances
) -> Sequence[Happened]:
    """What the applicant is told is approved, and says no more than what was decided."""
    officer(around, does="tells nobody a decision")
    if not state.known().approved:
        raise Refusal(
            "The decision is not approved: let a second person approve it first.",
            rule="approved-before-answered",
        )
    _refuse_untold(state, asked, around)
    exemptions = cited(state)
    if asked.outcome == "granted" and exemptions:
        raise Refusal(
            f"Something is withheld under {', '.join(exemptions)}, so the request is not granted whole: "
            "say 'part' or 'refused'.",
            rule="outcome-is-what-was-decided",
        )
    if asked.outcome == "part" and not exemptions and _all_is_given(state):
        raise Refusal(
            "Nothing of it is withheld and every document is given, so the request is granted whole: say 'granted'.",
            rule="outcome-is-what-was-decided",
        )
    answered = DisclosureAnswered(**asked.for_fact(), exemptions=exemptions)
    return (around.happened(answered),)


def _refuse_untold(state: Disclosure, asked: AnswerApplicant, around: Circumstances) -> None:
    """Refuses a notice in which whoever asked was given no decision."""
    if asked.notice_id is None:
        return
    case: Any = around.look(case_stream(state.case_id)) if state.case_id else None
    notice = case and case.notices.get(asked.notice_id)
    if notice is None:
        raise UnlawfulTransition(
            "No such notice was issued on the case of this request: issue it first.",
            rule="of-an-issued-notice",
        )
    gives = notice.to_requester and notice.kind in OF_A_DECISION and notice.stands
    if not gives or of_an_earlier_decision(notice, case):
        raise Refusal(
            "By this notice whoever asked was not given the decision that stands: name the letter of it that reached "
            "them, once that is recorded (`RecordNoticeGiven`), or leave it out.",
            rule="notice-gives-the-decision",
        )


def _all_is_given(state: Disclosure) -> bool:
    """Whether every document is given, but for the duplicates of one."""
    documents = (each for each in state.items.values() if each.lead is None)
    return all(is_given(each.disposition) for each in documents)


def cited(state: Disclosure) -> tuple[str, ...]:
    """Every exemption under which something in scope is withheld, sorted."""
    found = {
        code
        for drawn in state.drawn.values()
        for reviewed in drawn.reviewed.values()
        for each in reviewed.withheld
        for code in each.exemptions
    }
    for item in state.items.values():
        if item.treated is not None:
            found.update(item.treated.exemptions)
    return tuple(sorted(found))


def refuse_unready(state: Disclosure) -> None:
    """Refuses what is not decided to its end, in the order of the work: slots, documents, consultations, claim."""
    if not state.drawn and not state.items:
        raise Refusal(
            "The disclosure covers nothing yet: draw its scope or list a document, one of 'no record' "
            "if there is none.",
            rule="scope-selects-something",
        )
    waiting = sum(len(each.undecided) for each in state.drawn.values())
    if waiting:
        raise Refusal(
            f"Personal slots in scope that are not decided: {waiting}; decide each with "
            "`caseledger disclosure decide`.",
            rule="every-slot-is-decided",
            undecided=waiting,
        )
    unanswered = sum(_matters(state, each) for each in state.proposals.values())
    if unanswered:
        raise Refusal(
            f"Proposals of the finder that are not answered: {unanswered}; accept or reject each.",
            rule="every-proposal-is-answered",
            unanswered=unanswered,
        )
    undecided = [
        each for each in state.items.values() if each.disposition is None and each.lead is None
    ]
    if undecided:
        raise Refusal(
            f"Documents that are not decided: {len(undecided)}; say what becomes of each.",
            rule="every-item-is-decided",
            undecided=len(undecided),
        )
    for each in state.items.values():
        if is_given(each.disposition) and is_privileged(state, each, to=state.audience):
            raise Refusal(
                "A document that is to be given was listed again as privileged: record the holder's waiver, or decide "
                "the document anew.",
                rule="privilege-is-waived",
            )
    pending = [each for each in state.consultations.values() if not each.decided]
    if pending:
        raise Refusal(
            f"Consultations that are not decided: {len(pending)}; decide each when they answered or their "
            "time is over.",
            rule="every-consultation-is-decided",
        )
    if state.claim is None:
        raise Refusal(
            "Nobody decided what the release claims: decide it with `caseledger disclosure claim`.",
            rule="claim-is-decided",
        )
    if state.claim == "whole_stream":
        _refuse_partial(state)
    if differing := open_differences(state):
        raise Refusal(
            f"Treated otherwise than before: {len(differing)}; say why with "
            "`caseledger disclosure explain`, or treat them alike.",
            rule="difference-is-explained",
        )


def _matters(state: Disclosure, proposal: Proposal) -> bool:
    """Whether a proposal waits for an answer: its entry is shown, and its slot is not withheld as a whole."""
    drawn = state.drawn.get(proposal.stream)
    if proposal.answered or drawn is None or proposal.version not in drawn.versions:
        return False
    if drawn.hidden(proposal.version):
        return False
    reviewed = drawn.reviewed.get((proposal.version, proposal.slot))
    whole = reviewed.whole if reviewed else None
    if whole is None:
        return True
    return proposal.words is not None and whole.outcome == "release"


@evolves(ClaimDecided)
def _claimed(state: Disclosure, fact: ClaimDecided, happened: Happened | Entry) -> Disclosure:
    return reviewed_anew(state, happened, claim=fact.claim)


@evolves(DisclosureApproved)
def _approved(
    state: Disclosure, _fact: DisclosureApproved, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, approved=True)


@evolves(DisclosureReturned)
def _returned(
    state: Disclosure, _fact: DisclosureReturned, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, approved=False)


@evolves(DisclosureAnswered)
def _answered(
    state: Disclosure, _fact: DisclosureAnswered, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, answered=True)
