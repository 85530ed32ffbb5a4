"""What is decided is approved by another person, whole, and told to the applicant as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.case.known.answered import Decided, Notice
from ledger.case.state import Case
from ledger.errors import NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.disclosures.approving import (
    ApproveDisclosure,
    ClaimDecided,
    DecideClaim,
    DisclosureAnswered,
    DisclosureApproved,
    DisclosureReturned,
    ReturnDisclosure,
)
from ledger.registers.disclosures.opening import DrawScope
from ledger.registers.disclosures.review import Found, ProposeWithholding
from ledger.registers.disclosures.state import LINE
from tests.deciding import MONDAY, Asked, History, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    CLAIM,
    COMPARE,
    DECIDED,
    DEPUTY,
    DRAW,
    DRAWN,
    FINDER,
    ID,
    NAME,
    OFFICER,
    OPEN,
    REQUEST,
    ROADS,
    SCOPE,
    approved,
    asked,
    at,
    disclosure,
    drawn,
    law,
    released,
    reviewed,
    terms,
    withheld,
)
from tests.registers.releasing import authorise

STATED = DecideClaim(disclosure_id=ID, claim="stated_scope")


def test_what_is_decided_is_approved_by_another_person() -> None:
    ready = reviewed().when(APPROVE.command, actor=DEPUTY)
    ready.then(some(DisclosureApproved, sole_officer=False, slots=3, items=0)).when(
        APPROVE.command, actor=DEPUTY
    ).nothing()
    reviewed().when(APPROVE.command, actor=OFFICER).refused(Refusal, rule="second-approval")
    reviewed().when(APPROVE.command, actor=FINDER).refused(NotAuthorised)


def test_only_those_whom_the_policy_names_approve() -> None:
    policies = law(terms(approvers=["D-01"]))
    back = ReturnDisclosure(disclosure_id=ID, reason="Sever page 3.")
    for each in (APPROVE.command, back):
        reviewed(policies=policies).when(each, actor=ROADS).refused(NotAuthorised, saying="D-01")
    reviewed(policies=policies).when(APPROVE.command, actor=DEPUTY).then(some(DisclosureApproved))


def test_a_sole_officer_approves_their_own_work_only_where_the_policy_says_so_and_with_a_reason() -> (
    None
):
    alone = ApproveDisclosure(
        disclosure_id=ID, sole_officer=True, words="The other post is vacant."
    )
    reviewed().when(alone, actor=OFFICER).refused(Refusal, rule="second-approval")
    policies = law(terms(sole_officer=True))
    reviewed(policies=policies).when(alone, actor=OFFICER).then(
        some(DisclosureApproved, sole_officer=True, words="The other post is vacant.")
    )
    silent = alone.model_copy(update={"words": None})
    reviewed(policies=policies).when(silent, actor=OFFICER).refused(
        Refusal, rule="sole-officer-says-why"
    )
    reviewed(policies=policies).when(APPROVE.command, actor=OFFICER).refused(
        Refusal, rule="second-approval"
    )


def test_nothing_undecided_is_approved() -> None:
    asked(disclosure(), OPEN, SCOPE).when(APPROVE.command, actor=DEPUTY).refused(
        Refusal, rule="scope-selects-something"
    )
    asked(drawn(), CLAIM, released(at(1, "name"))).when(APPROVE.command, actor=DEPUTY).refused(
        Refusal,
        rule="every-slot-is-decided",
        saying="Personal slots in scope that are not decided: 2",
    )


def test_the_review_is_asked_for_before_what_the_release_claims() -> None:
    drawn().when(APPROVE.command, actor=DEPUTY).refused(Refusal, rule="every-slot-is-decided")
    asked(drawn(), *DECIDED).when(APPROVE.command, actor=DEPUTY).refused(
        Refusal, rule="claim-is-decided"
    )


def test_an_unanswered_proposal_holds_up_the_approval_unless_its_slot_is_withheld() -> None:
    found = Found(
        proposal_id=number(7), target=at(2, "text", 1, 3), exemption="X-OTHERS", found_by="phone"
    )
    propose = Asked(ProposeWithholding(disclosure_id=ID, found=(found,)), FINDER)
    proposed = asked(reviewed(), propose)
    proposed.when(APPROVE.command, actor=DEPUTY).refused(Refusal, rule="every-proposal-is-answered")
    first_alone = DRAWN.model_copy(update={"entries": DRAWN.entries[:1], "whole": False})
    narrower = Asked(SCOPE.command.model_copy(update={"topics": ("CaseOpened",)}), OFFICER)
    shows_it_no_more = (
        (withheld(at(2, "text"), reasons=NAME),),
        (withheld(at(2, LINE)),),
        (narrower, Asked(DrawScope(disclosure_id=ID, streams=(first_alone,)), OFFICER)),
    )
    for done in shows_it_no_more:
        later = asked(proposed, *done, Asked(STATED, OFFICER))
        later.when(APPROVE.command, actor=DEPUTY).then(some(DisclosureApproved))


def test_any_later_decision_voids_the_approval() -> None:
    changed = asked(approved(), released(at(1, "name")), COMPARE)
    changed.when(authorise(), actor=OFFICER).refused(Refusal, rule="approved-before-released")


def test_the_second_person_may_say_no() -> None:
    back = ReturnDisclosure(disclosure_id=ID, reason="Sever page 3.")
    returned = asked(reviewed(), APPROVE).when(back, actor=DEPUTY)
    after = returned.then(DisclosureReturned(reason="Sever page 3."))
    after.when(ANSWER.command, actor=OFFICER).refused(Refusal, rule="approved-before-answered")


def test_whole_streams_are_claimed_only_where_all_of_them_was_drawn() -> None:
    drawn().when(CLAIM.command, actor=OFFICER).then(ClaimDecided(claim="whole_stream", reason=None))
    asked(drawn(), CLAIM).when(CLAIM.command, actor=OFFICER).nothing()
    narrow = SCOPE.command.model_copy(update={"topics": ("NoteAdded",)})
    asked(disclosure(), OPEN, Asked(narrow, OFFICER), DRAW).when(
        CLAIM.command, actor=OFFICER
    ).refused(Refusal, rule="whole-claim-of-whole-streams")
    in_part = DrawScope(disclosure_id=ID, streams=(DRAWN.model_copy(update={"whole": False}),))
    for drawing in ((), (Asked(in_part, OFFICER),)):
        asked(disclosure(), OPEN, SCOPE, *drawing).when(CLAIM.command, actor=OFFICER).refused(
            Refusal, rule="whole-claim-of-whole-streams"
        )


def test_a_claim_of_whole_streams_falls_with_a_narrower_scope() -> None:
    """The claim stood, and the release gave the number and digests of entries that were in scope no more."""
    narrower = Asked(SCOPE.command.model_copy(update={"topics": ("CaseOpened",)}), OFFICER)
    first_alone = DRAWN.model_copy(update={"entries": DRAWN.entries[:1], "whole": False})
    draw = Asked(DrawScope(disclosure_id=ID, streams=(first_alone,)), OFFICER)
    narrowed = asked(reviewed(), narrower, draw)
    narrowed.when(APPROVE.command, actor=DEPUTY).refused(
        Refusal, rule="whole-claim-of-whole-streams"
    )
    asked(narrowed, Asked(STATED, OFFICER)).when(APPROVE.command, actor=DEPUTY).then(
        some(DisclosureApproved)
    )


def test_nothing_is_claimed_only_with_a_reason() -> None:
    silent = DecideClaim(disclosure_id=ID, claim="none")
    drawn().when(silent, actor=OFFICER).refused(Refusal, rule="no-claim-has-its-reason")
    said = silent.model_copy(update={"reason": "s. 10(2)"})
    drawn().when(said, actor=OFFICER).then(ClaimDecided(claim="none", reason="s. 10(2)"))


def test_the_applicant_is_told_what_was_decided_and_nothing_kinder() -> None:
    ready = asked(reviewed(), APPROVE)
    ready.when(ANSWER.command, actor=OFFICER).then(
        some(DisclosureAnswered, outcome="part", exemptions=("X-PERSONAL",))
    )
    kinder = ANSWER.command.model_copy(update={"outcome": "granted"})
    ready.when(kinder, actor=OFFICER).refused(Refusal, rule="outcome-is-what-was-decided")
    notice = ANSWER.command.model_copy(update={"notice_id": number(77)})
    ready.when(notice, actor=OFFICER).refused(UnlawfulTransition, rule="of-an-issued-notice")
    told_by(LETTER).when(notice, actor=OFFICER).then(some(DisclosureAnswered, notice_id=number(77)))


def test_a_notice_that_gave_whoever_asked_no_decision_answers_nobody() -> None:
    """An acknowledgement was taken for the letter by which the applicant was given the decision."""
    notice = ANSWER.command.model_copy(update={"notice_id": number(77)})
    former = Decided(number(12), "refused", "s. 4", "I-02", "INT", MONDAY)
    for other in (
        replace(LETTER, kind="acknowledgement"),
        replace(LETTER, to_requester=False),
        replace(LETTER, given_at=None),
        replace(LETTER, failed_at=MONDAY),
    ):
        told_by(other).when(notice, actor=OFFICER).refused(
            Refusal, saying="was not given the decision", rule="notice-gives-the-decision"
        )
    told_by(LETTER, decided=former).when(notice, actor=OFFICER).refused(
        Refusal, rule="notice-gives-the-decision"
    )


def test_what_is_given_whole_is_not_said_to_be_given_in_part() -> None:
    shown = released(at(1, "name"), at(1, "contact"), at(2, "text"))
    whole = asked(drawn(), CLAIM, shown, COMPARE, APPROVE)
    whole.when(ANSWER.command, actor=OFFICER).refused(
        Refusal, saying="say 'granted'", rule="outcome-is-what-was-decided"
    )
    granted = ANSWER.command.model_copy(update={"outcome": "granted"})
    whole.when(granted, actor=OFFICER).then(some(DisclosureAnswered, exemptions=()))


LETTER = Notice("decision", "email", to_requester=True, issued_at=MONDAY, given_at=MONDAY)


def told_by(letter: Notice, *, decided: Decided | None = None) -> History[Any]:
    """A disclosure that is approved, and a letter on the case of its request."""
    request = Case(opened=True, version=1, notices={number(77): letter}, decided=decided)
    return asked(reviewed(**{f"case/{REQUEST}": request}), APPROVE)
