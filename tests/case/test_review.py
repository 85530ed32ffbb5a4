"""Review: a case of its own, linked to the decision, decided by somebody who did not make it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.custody.routing import CaseRouted
from ledger.case.in_words import Passage
from ledger.case.intake.information import InformationReceived, ReceiveInformation
from ledger.case.intake.opening import CaseOpened
from ledger.case.known.answered import Reviewed
from ledger.case.links import CaseLinked, LinkCase
from ledger.case.outcome.review import (
    OpenReview,
    RecordReview,
    ReviewOpened,
    ReviewRecorded,
    may_review,
)
from ledger.case.outcome.reviewed import (
    DecisionContested,
    DecisionReviewed,
    MarkReviewed,
    MarkUnderReview,
)
from ledger.case.people.concerned import AddCaseParty
from ledger.case.state import Case
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.facts import SharedText
from ledger.ids import reference_of
from ledger.registers.people.party_state import Party
from tests.case.cases import APPLICATION, ENQUIRY, decide, resolve
from tests.case.reviewing import DECIDED_CASE, reviews
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    ROADS,
    WATCH,
    Some,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

OFFICE = office(reviews)
OTHER = number(5)
OPEN = OpenReview(case_id=CASE_ID, other_case=OTHER, channel="letter", reason="Income was misread.")
REVIEWER = replace(INTAKE, delegation="DEL-REV")
REVIEWED_THERE = Case(opened=True, review=Reviewed(CASE_ID, number(1), "N-02", "INC"))


def finds() -> RecordReview:
    return RecordReview(
        case_id=CASE_ID,
        decision_id=number(12),
        finding="varied",
        legal_basis="Regulation 9",
        reasons="The rent was left out.",
        other_case=OTHER,
    )


def beside(other: Any = DECIDED_CASE) -> Any:
    """No case yet, beside one that was decided."""
    return replace(given(policies=OFFICE), others={f"case/{OTHER}": other})


def decided(review: Case | None) -> Any:
    """A case that was decided, beside one that reviews it or not."""
    case = given_commands(APPLICATION, by(DECIDER, decide()))
    return replace(case, others={f"case/{OTHER}": review})


def review_begun(*, held_there: tuple[str, ...]) -> tuple[Some, ...]:
    """What follows the opening of a review."""
    return (
        some(ClockArmed, clock="DEC-15-WAITED"),
        some(CaseRouted, rule="reviews", team="INT"),
        some(ReviewOpened, other_case=OTHER, held_there=held_there),
        some(CaseLinked, other_case=OTHER),
    )


def reviewing() -> Any:
    return beside().asked(OPEN)


def test_a_review_is_a_case_of_its_own_linked_to_the_decision_and_with_another_team() -> None:
    after = (
        beside()
        .when(OPEN)
        .then(
            some(CaseOpened, request_type="GEN-REV", language="fr", requester=number(7)),
            some(ClockArmed, clock="DEC-15-WAITED"),
            some(CaseRouted, rule="reviews", team="INT"),
            ReviewOpened(
                other_case=OTHER, decision_id=number(11), decided_by="N-02", decided_for="INC"
            ),
            CaseLinked(
                other_case=OTHER,
                relation="review_of",
                similarity=None,
                reason="Income was misread.",
            ),
        )
    )
    assert (OTHER, "review_of") in after.state.links


def test_who_asks_for_the_review_of_their_own_decision_is_not_asked_their_name_again() -> None:
    """A chase began for what the decided case holds, and the clock of the review waited for it."""
    there = beside(replace(DECIDED_CASE, answered=frozenset({"name", "income"})))
    opened = there.when(OPEN).then(
        some(CaseOpened, answered=(), missing=("contact", "description")),
        *review_begun(held_there=("name",)),
    )
    told = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"contact": "902-555-0100"})
    opened.when(told).then(some(InformationReceived, missing=("description",)))
    somebody_else = replace(
        there, others={**there.others, f"party/{number(8)}": Party(recorded=True)}
    )
    somebody_else.when(OPEN.model_copy(update={"requester": number(8)})).then(
        some(CaseOpened, missing=("name", "contact", "description")),
        *review_begun(held_there=()),
    )


def test_only_a_decision_that_was_made_is_reviewed() -> None:
    beside(replace(DECIDED_CASE, decided=None)).when(OPEN).refused(
        Refusal, saying="no decision to review", rule="reviews-a-decision"
    )
    given(policies=OFFICE).when(OPEN).refused(CaseNotFound)
    itself = OPEN.model_copy(update={"other_case": CASE_ID})
    beside().when(itself).refused(InvalidCommand, saying="a case of its own")


def test_a_decision_is_reviewed_once_for_each_who_asks() -> None:
    """A second review of it was taken without a word, and could find otherwise than the first."""
    first = DECIDED_CASE.decided
    assert first is not None
    contested = replace(DECIDED_CASE, contested={number(6): first.decision_id})
    running = replace(REVIEWED_THERE, requester=number(7))

    def after(review: Case) -> Any:
        there = beside(contested)
        return replace(there, others={**there.others, f"case/{number(6)}": review})

    after(running).when(OPEN).refused(saying="log there what is new", rule="reviewed-once")
    found = replace(running, decided=replace(first, outcome="upheld"))
    after(found).when(OPEN).refused(saying="the regulator or a court", rule="reviewed-once")
    assert after(replace(running, status="resolved")).decide(by(INTAKE, OPEN)), "it found nothing"
    assert after(replace(found, requester=number(8))).decide(by(INTAKE, OPEN)), "another asked"
    anew = replace(contested, decided=replace(first, decision_id=number(12)))
    there = after(found)
    assert replace(there, others={**there.others, f"case/{OTHER}": anew}).decide(by(INTAKE, OPEN))


def test_a_review_finds_something_once_and_is_closed_by_that() -> None:
    """One that upheld a refusal stood in every figure as granted."""

    def found(finding: str) -> Any:
        return reviewing().asked(by(REVIEWER, finds().model_copy(update={"finding": finding})))

    twice = finds().model_copy(update={"finding": "upheld", "decision_id": number(13)})
    found("upheld").when(twice, actor=REVIEWER).refused(
        UnlawfulTransition, saying="The review found 'upheld'", rule="decided-once"
    )
    untold = replace(found("varied").state, milestones={})
    otherwise = twice.model_copy(update={"replaces": number(12)})
    in_place = replace(found("varied"), state=untold).when(otherwise, actor=REVIEWER)
    in_place.then(some(ReviewRecorded, finding="upheld", replaces=number(12)))
    found("upheld").when(resolve("part"), actor=INTAKE).refused(
        saying="which grants nothing", rule="resolved-as-decided"
    )
    for finding, outcome in (("upheld", "refused"), ("varied", "granted"), ("varied", "part")):
        assert found(finding).asked(by(INTAKE, resolve(outcome))).state.outcome == outcome
    named = {"en": "Varied", "fr": "Modifiée", "decides": True}
    own = office(reviews, lambda document: document["reasons"]["close"].update(varied=named))
    replace(found("varied"), policies=own).when(resolve("granted"), actor=INTAKE).refused(
        saying="decided as 'varied'", rule="resolved-as-decided"
    )


def test_a_review_is_of_a_type_for_reviews() -> None:
    other = OPEN.model_copy(update={"request_type": "GEN-ENQ"})
    beside().when(other).refused(InvalidCommand, saying="the policy has GEN-REV")
    without = replace(beside(), policies=office())
    without.when(OPEN).refused(InvalidCommand, saying="reviews = true")


def test_a_review_is_opened_once() -> None:
    reviewing().when(OPEN).refused(UnlawfulTransition, rule="opened-once")


def test_a_review_is_decided_by_somebody_of_another_team_with_a_delegation() -> None:
    after = (
        reviewing()
        .when(finds(), actor=REVIEWER)
        .then(
            ReviewRecorded(
                decision_id=number(12),
                finding="varied",
                other_case=OTHER,
                reviewed=number(11),
                legal_basis="Regulation 9",
                delegation="DEL-REV",
                evidence=(),
                reasons="The rent was left out.",
                acts=("decision_given",),
                decided_by="I-02",
                decided_for="INT",
            ),
            some(ClockStopped, clock="DEC-15-WAITED", outcome="met"),
        )
    )
    named = finds().model_copy(update={"approved_by": "L-03"})  # nobody has to, and nobody did
    reviewing().when(named, actor=REVIEWER).then(
        some(ReviewRecorded, approved_by=None), some(ClockStopped)
    )
    assert after.state.decided.outcome == "varied"
    after.when(finds(), actor=REVIEWER).nothing()


def test_a_finding_names_the_case_whose_decision_it_is() -> None:
    for other in (number(6), None):
        elsewhere = finds().model_copy(update={"other_case": other})
        reviewing().when(elsewhere, actor=REVIEWER).refused(
            InvalidCommand, saying=f"reviews the decision of case {reference_of(OTHER)}"
        )
    (told,) = finds().also
    assert (told.stream, told) == (f"case/{OTHER}", MarkReviewed(
        case_id=OTHER, other_case=CASE_ID, decision_id=number(12), finding="varied"
    ))  # fmt: skip


def test_a_decided_case_says_once_what_a_review_found_of_it() -> None:
    told = MarkReviewed(case_id=CASE_ID, other_case=OTHER, decision_id=number(12), finding="upheld")
    decided(REVIEWED_THERE).when(told, actor=REVIEWER).then(
        DecisionReviewed(
            other_case=OTHER, decision_id=number(12), reviewed=number(1), finding="upheld"
        )
    )
    found = replace(REVIEWED_THERE, decisions=frozenset({number(12)}))
    decided(found).when(told).nothing()
    decided(DECIDED_CASE).when(told).refused(Refusal, rule="reviews-a-decision")
    decided(None).when(told).refused(Refusal, rule="reviews-a-decision")


def test_a_decided_case_says_once_of_each_review_that_it_was_opened() -> None:
    told = MarkUnderReview(case_id=CASE_ID, other_case=OTHER)
    decided(None).when(told).then(DecisionContested(other_case=OTHER, reviewed=number(1)))
    decided(REVIEWED_THERE).when(told).nothing()
    given_commands(APPLICATION).when(told).refused(Refusal, rule="reviews-a-decision")
    (asked,) = OPEN.also
    assert asked == MarkUnderReview(case_id=OTHER, other_case=CASE_ID)


def test_the_reasons_of_a_finding_can_be_about_several_people() -> None:
    added = AddCaseParty(case_id=CASE_ID, party=number(30), role="witness")
    passage = Passage(party="witness", first=1, end=2)
    found = finds().model_copy(update={"passages": (passage,)})
    outcome = reviewing().asked(added).when(found, actor=REVIEWER)
    assert outcome.refused_by is None
    reasons = SharedText(((None, "The "), (number(30), "rent "), (None, "was left out.")))
    assert outcome.happened[0].fact.reasons == reasons


def test_whoever_decided_and_whoever_is_of_their_team_does_not_review() -> None:
    decider = replace(REVIEWER, id="N-02", team="INT")
    reviewing().when(finds(), actor=decider).refused(
        NotAuthorised, saying="N-02 made the decision under review"
    )
    for colleague in (replace(REVIEWER, team="INC"), replace(REVIEWER, id="N-03", team="INT")):
        reviewing().when(finds(), actor=colleague).refused(
            NotAuthorised, saying="let somebody of another team review it"
        )
    standing_in = replace(REVIEWER, on_behalf_of="N-02")
    reviewing().when(finds(), actor=standing_in).refused(NotAuthorised, saying="N-02 made")


def test_a_review_needs_authority_and_a_person() -> None:
    reviewing().when(finds(), actor=ROADS).refused(NotAuthorised, saying="R-02 holds none for it")
    reviewing().when(finds(), actor=WATCH).refused(NotAuthorised, saying="never reviews")


def test_a_review_is_recorded_on_a_review_and_a_decision_on_any_other_case() -> None:
    given_commands(APPLICATION, policies=OFFICE).when(finds(), actor=REVIEWER).refused(
        UnlawfulTransition, saying="reviews no decision", rule="review-case"
    )
    reviewing().when(decide(), actor=DECIDER).refused(UnlawfulTransition, rule="review-case")
    given(policies=OFFICE).when(finds(), actor=REVIEWER).refused(CaseNotFound)


def test_a_case_is_linked_only_with_one_that_is_there() -> None:
    link = LinkCase(case_id=CASE_ID, other_case=OTHER, relation="related")
    before = given_commands(ENQUIRY)
    before.when(link).refused(CaseNotFound, saying="The other case is not in this ledger")
    there = replace(before, others={f"case/{OTHER}": DECIDED_CASE})
    there.when(link).then(some(CaseLinked, relation="related"))
    there.asked(by(INTAKE, link)).when(link).nothing()


def test_a_brief_names_nobody_who_made_the_decision_under_review_nor_where_the_type_says_so_their_team() -> (
    None
):
    """The decider stood there as one who may decide, and was refused."""
    policy = OFFICE.versions[0].policy
    (kind,) = (each for each in policy.types.values() if each.reviews)
    own_team = kind.model_copy(update={"other_decider": False})
    may = {
        each: may_review(REVIEWED_THERE, kind, policy, each) for each in ("N-02", "N-03", "I-03")
    }
    assert may == {"N-02": False, "N-03": False, "I-03": True}
    assert may_review(REVIEWED_THERE, own_team, policy, "N-03")
    assert not may_review(REVIEWED_THERE, own_team, policy, "N-02")
    assert may_review(Case(), kind, policy, "N-02")
