"""Review: a decision is looked at again as a case of its own, by somebody who did not make it.

The first decision and its clock's outcome stand; the review finds it upheld, varied or substituted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from ledger.case.authority import (
    classified,
    refuse_machine,
    refuse_unauthorised,
    relies_as_decided,
)
from ledger.case.clocks.backdating import refuse_unfounded
from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.stopping import stop_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.intake.opening import OpenCase, OpeningCommand, open_case
from ledger.case.known.answered import Decided, Reviewed
from ledger.case.known.answers import Answer
from ledger.case.known.approvals import Ground, relies
from ledger.case.known.items import LanguageTag
from ledger.case.links import CaseLinked
from ledger.case.outcome.deciding import deciding_acts, now_decided, refuse_second
from ledger.case.outcome.readiness import refuse_unready
from ledger.case.outcome.reviewed import Finding, MarkReviewed, MarkUnderReview
from ledger.case.people.recorded import refuse_stranger
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances, Command, since_then
from ledger.entry import Happened
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream, reference_of
from ledger.input.in_clear import FewWords
from ledger.policy.checking import asked_by
from ledger.policy.document.policy import Policy, RequestType


@fact
class ReviewOpened(Fact):
    """This case reviews the decision of another one: who had made it, and for which team.

    `held_there` are the fields that say who asks and are answered on that case: they are not asked again here.
    """

    other_case: UUID
    decision_id: UUID
    decided_by: str | None
    decided_for: str | None
    held_there: tuple[str, ...] = ()


@fact
class ReviewRecorded(Fact):
    """The decision under review was upheld, varied or substituted: on what basis, and why."""

    decision_id: UUID
    finding: Finding
    other_case: UUID
    reviewed: UUID
    """The decision that was reviewed."""
    legal_basis: str
    delegation: str | None
    evidence: tuple[UUID, ...]
    reasons: PersonalText
    acts: tuple[str, ...]
    decided_by: str
    decided_for: str | None
    language: str | None = None
    approved_by: str | None = None
    replaces: UUID | None = None
    """What it found before, in whose place this comes, where it was said."""


class OpenReview(OpeningCommand):
    """Open the review of another case's decision, as a case of its own."""

    other_case: UUID
    channel: str
    request_type: str | None = None
    requester: UUID | None = None
    answers: Mapping[str, Answer] = {}
    reason: str | None = None

    @property
    def also(self) -> tuple[Command, ...]:
        """The case whose decision it is says that it is reviewed."""
        return (MarkUnderReview(case_id=self.other_case, other_case=self.case_id),)


class RecordReview(InWords):
    """Record what a review found of the decision, as a person with the authority to who did not make it."""

    decision_id: UUID
    finding: Finding
    legal_basis: FewWords
    reasons: Words = Field(min_length=1)
    evidence: tuple[UUID, ...] = ()
    language: LanguageTag | None = since_then()
    approved_by: str | None = since_then()
    other_case: UUID | None = since_then()
    replaces: UUID | None = since_then()

    @property
    def also(self) -> tuple[Command, ...]:
        """The case whose decision it is says what was found of it."""
        if self.other_case is None:
            return ()
        told = MarkReviewed(
            case_id=self.other_case,
            other_case=self.case_id,
            decision_id=self.decision_id,
            finding=self.finding,
        )
        return (told,)


@decides(OpenReview)
def open_review(case: Case, asked: OpenReview, around: Circumstances) -> Sequence[Happened]:
    """Only a decision that was made is reviewed; its team is known to the routing rules as `decider`."""
    if asked.case_id == asked.other_case:
        raise InvalidCommand("A review is a case of its own: use a new case id.")
    original: Case | None = around.look(case_stream(asked.other_case))
    if original is None or not original.opened:
        raise CaseNotFound("No such case is in this ledger: check the reference.")
    decided = original.decided
    if decided is None:
        raise Refusal(
            "The case has no decision to review: go on working on it, or reopen it.",
            rule="reviews-a-decision",
        )
    refuse_stranger(original, asked.requester, around)
    _refuse_reviewed(original, decided, asked, around)
    policy = around.policies.in_force(around.now).policy
    request_type = _review_type(policy, asked.request_type)
    reviewed = Reviewed(
        asked.other_case, decided.decision_id, decided.decided_by, decided.decided_for
    )
    opening = OpenCase(
        case_id=asked.case_id,
        channel=asked.channel,
        request_type=request_type,
        region=original.region if original.region in policy.regions else None,
        language=original.language,
        requester=asked.requester or original.requester,
        flags=tuple(sorted(each for each in original.flags if each in policy.flags)),
        answers={**_naming(policy, request_type, asked.other_case), **asked.answers},
    )
    held_there = _who_asks(policy, original, opening)
    # The opening looks at what it reviews an entry before that is on record: its states are worked out anew.
    looking = changed(
        case,
        review=reviewed,
        requester=opening.requester,
        answered=frozenset(held_there),
    )
    opened = [replace(each, after=None) for each in open_case(looking, opening, around)]
    told = ReviewOpened(
        other_case=asked.other_case,
        decision_id=decided.decision_id,
        decided_by=decided.decided_by,
        decided_for=decided.decided_for,
        held_there=held_there,
    )
    link = CaseLinked(
        other_case=asked.other_case, relation="review_of", similarity=None, reason=asked.reason
    )
    return (*opened, around.happened(told), around.happened(link))


def _refuse_reviewed(
    original: Case, decided: Decided, asked: OpenReview, around: Circumstances
) -> None:
    """Refuses that one requester has one decision reviewed twice: after a review comes the regulator or a court.

    A review that was closed without a finding is none.
    """
    for other_case, reviewed in original.contested.items():
        review: Case | None = around.look(case_stream(other_case))
        if review is None or reviewed != decided.decision_id or other_case == asked.case_id:
            continue
        if review.requester != (asked.requester or original.requester):
            continue
        if review.decided is not None:
            raise Refusal(
                f"Case {reference_of(other_case)} has reviewed the decision for this requester already: what comes "
                "after a review is the regulator or a court, recorded with `caseledger appeal`.",
                rule="reviewed-once",
            )
        if review.status == "open":
            raise Refusal(
                f"Case {reference_of(other_case)} reviews the decision for this requester already: log there what is "
                "new.",
                rule="reviewed-once",
            )


@decides(RecordReview)
def record_review(case: Case, asked: RecordReview, around: Circumstances) -> Sequence[Happened]:
    """A review is decided by a person with the authority who neither decided nor is of the team that did."""
    if asked.decision_id in case.unresolved(around).decisions:
        return ()
    review = case.review
    if review is None:
        raise UnlawfulTransition(
            "This case reviews no decision: record a decision, or open a review.",
            rule="review-case",
        )
    if asked.other_case != review.other_case:
        raise InvalidCommand(
            f"This case reviews the decision of case {reference_of(review.other_case)}, which says what was found "
            "of it: name that case (`other_case`)."
        )
    refuse_machine(around, said="A machine never reviews a decision: let a person do it.")
    refuse_decider(case, around)
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_unfounded(case, around, Ground(approved_by=asked.approved_by))
    authority = refuse_unauthorised(case, around, outcome=None, ground=ground)
    refuse_unready(case, around)
    refuse_second(case, asked.replaces)
    decision, actor, acts = Decision(case, around), around.actor, deciding_acts(case, around)
    said: dict[str, Any] = {**asked.for_fact(), "approved_by": authority.approved_by}
    decision.happens(
        ReviewRecorded(
            **said,
            reviewed=review.decision_id,
            delegation=authority.delegation,
            acts=acts,
            decided_by=actor.id,
            decided_for=actor.team,
        )
    )
    stop_clocks(decision, *acts, ground=ground)
    arm_clocks(decision)
    return decision.happened


def refuse_decider(case: Case, around: Circumstances) -> None:
    """Refuses whoever made the decision under review, and where the type says so anybody of their team."""
    review, actor = case.review, around.actor
    kind, policy = classified(case, around), around.policies.in_force(around.now).policy
    if review is None:
        return
    if review.decided_by is not None and review.decided_by in (actor.id, actor.on_behalf_of):
        raise NotAuthorised(
            f"{review.decided_by} made the decision under review: let somebody review it who did not."
        )
    team = review.decided_for
    own = policy.members.get(actor.id)
    of_team = team is not None and (actor.team == team or (own is not None and team in own.teams))
    if kind.other_decider and of_team:
        raise NotAuthorised(
            f"{actor.id} is of the team {team}, which made the decision under review: let somebody of "
            "another team review it."
        )


def may_review(case: Case, kind: RequestType, policy: Policy, member: str) -> bool:
    """Whether a member may decide what a case reviews: not who decided it, nor where the type says so their team."""
    review, own = case.review, policy.members.get(member)
    if review is None:
        return True
    of_team = own is not None and review.decided_for in own.teams
    return review.decided_by != member and not (kind.other_decider and of_team)


def _review_type(policy: Policy, asked: str | None) -> str:
    """The request type of reviews: the one that was asked for, or the only one there is."""
    known = [code for code, kind in policy.types.items() if kind.reviews]
    if asked is None and len(known) == 1:
        return known[0]
    if asked in known:
        return asked
    listed = ", ".join(sorted(known)) or "none, and needs one with reviews = true"
    raise InvalidCommand(f"Say of which type the review is; the policy has {listed}.")


def _naming(policy: Policy, request_type: str, other_case: UUID) -> dict[str, Answer]:
    """The answers that name the decision under review: the reference of its case, which nobody has to be asked for."""
    asked = asked_by(policy, policy.types[request_type])
    naming = [each for each in asked if policy.fields[each].names_decision]
    return dict.fromkeys(naming, reference_of(other_case))


def _who_asks(policy: Policy, original: Case, opening: OpenCase) -> tuple[str, ...]:
    """What the case under review holds of who asks, where it is the same: nobody has to say it again."""
    if opening.requester != original.requester:
        return ()
    return tuple(sorted(original.answered & {policy.mail.name, policy.mail.contact}))


@evolves(ReviewOpened)
def _review_opened(case: Case, opened: ReviewOpened, at: datetime) -> Case:
    reviewed = Reviewed(
        opened.other_case, opened.decision_id, opened.decided_by, opened.decided_for
    )
    return changed(case, review=reviewed, answered=case.answered.union(opened.held_there))


@evolves(ReviewRecorded)
def _review_recorded(case: Case, told: ReviewRecorded, at: datetime) -> Case:
    latest = Decided(
        told.decision_id,
        told.finding,
        told.legal_basis,
        told.decided_by,
        told.decided_for,
        at,
        told.evidence,
        case.resolutions,
    )
    return now_decided(case, latest, told.acts)


relies(ReviewRecorded, relies_as_decided)
