"""Nothing leaves the office unapproved, undecided, unanswered, unexplained, unpaid or before its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

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
from ledger.registers.disclosures.delivering import (
    DecidePublication,
    DeliverRelease,
    FailDelivery,
    PublicationDecided,
    ReleaseDelivered,
    ReleaseDeliveryFailed,
)
from ledger.registers.disclosures.fees import EstimateFee, FeeLine
from ledger.registers.disclosures.guard import (
    CompareTreatment,
    DifferenceExplained,
    ExplainDifference,
    TreatmentCompared,
    TreatmentDiffers,
)
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.disclosures.releasing import (
    AbandonRelease,
    AuthoriseRelease,
    DisclosureReleased,
    RecordRelease,
    ReleaseAbandoned,
    ReleaseAuthorised,
)
from ledger.registers.disclosures.review import Found, ProposeWithholding
from tests.deciding import MONDAY, Asked, History, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    CASE,
    CLAIM,
    COMPARE,
    DECIDED,
    DEPUTY,
    DRAW,
    FINDER,
    ID,
    NAME,
    OFFICER,
    OPEN,
    OTHER,
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

RELEASE = number(41)
AGAIN = number(42)


def authorise(release_id: Any = RELEASE) -> AuthoriseRelease:
    return AuthoriseRelease(
        disclosure_id=ID, release_id=release_id, given_to="Ada Lind", purpose="Her request"
    )


def record(release_id: Any = RELEASE, bundle: str = "be" * 32) -> RecordRelease:
    return RecordRelease(
        disclosure_id=ID,
        release_id=release_id,
        bundle=bundle,
        checkpoint_size=9,
        checkpoint_root="r",
    )


def made(**said: Any) -> History[Any]:
    """A disclosure of which a first release was made."""
    return asked(approved(**said), Asked(authorise(), OFFICER), Asked(record(), OFFICER))


def delivered(**said: Any) -> History[Any]:
    deliver = DeliverRelease(disclosure_id=ID, release_id=RELEASE, method="email")
    return asked(made(**said), Asked(deliver, OFFICER))


def test_what_is_decided_is_approved_by_another_person() -> None:
    ready = reviewed().when(APPROVE.command, actor=DEPUTY)
    ready.then(some(DisclosureApproved, sole_officer=False, slots=3, items=0)).when(
        APPROVE.command, actor=DEPUTY
    ).nothing()
    reviewed().when(APPROVE.command, actor=OFFICER).refused(Refusal, rule="second-approval")
    reviewed().when(APPROVE.command, actor=FINDER).refused(NotAuthorised)


def test_only_those_whom_the_policy_names_approve() -> None:
    policies = law(terms(approvers=["D-01"]))
    reviewed(policies=policies).when(APPROVE.command, actor=ROADS).refused(
        NotAuthorised, saying="D-01"
    )


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
    drawn().when(APPROVE.command, actor=DEPUTY).refused(Refusal, rule="claim-is-decided")
    asked(drawn(), CLAIM, released(at(1, "name"))).when(APPROVE.command, actor=DEPUTY).refused(
        Refusal, rule="every-slot-is-decided", saying="2 personal slots"
    )


def test_an_unanswered_proposal_holds_up_the_approval_unless_its_slot_is_withheld() -> None:
    found = Found(
        proposal_id=number(7), target=at(2, "text", 1, 3), exemption="X-OTHERS", found_by="phone"
    )
    propose = Asked(ProposeWithholding(disclosure_id=ID, found=(found,)), FINDER)
    proposed = asked(reviewed(), propose)
    proposed.when(APPROVE.command, actor=DEPUTY).refused(Refusal, rule="every-proposal-is-answered")
    asked(proposed, withheld(at(2, "text"), reasons=NAME)).when(APPROVE.command, actor=DEPUTY).then(
        some(DisclosureApproved)
    )


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


def test_a_release_is_authorised_once_then_made_and_recorded() -> None:
    first = approved().when(authorise(), actor=OFFICER)
    may = first.then(
        ReleaseAuthorised(
            release_id=RELEASE, number=1, audience="applicant", claim="whole_stream",
            languages=("en", "fr"), supersedes=None, exemptions=("X-PERSONAL",),
            given_to="Ada Lind", purpose="Her request",
        )
    )  # fmt: skip
    may.when(authorise(), actor=OFFICER).nothing()
    may.when(authorise(AGAIN), actor=OFFICER).refused(UnlawfulTransition, rule="release-under-way")
    may.when(released(at(1, "name")).command, actor=OFFICER).refused(
        UnlawfulTransition, rule="release-under-way"
    )
    out = may.when(record(), actor=OFFICER).then(
        DisclosureReleased(
            release_id=RELEASE, number=1, audience="applicant", bundle="be" * 32, checkpoint_size=9,
            checkpoint_root="r",
        )
    )  # fmt: skip
    out.when(record(), actor=OFFICER).nothing()
    out.when(record(bundle="0b" * 32), actor=OFFICER).refused(UnlawfulTransition, rule="one-bundle")


def test_a_release_that_is_not_made_is_abandoned() -> None:
    abandon = AbandonRelease(disclosure_id=ID, release_id=RELEASE, reason="The disk is full.")
    asked(approved(), Asked(authorise(), OFFICER)).when(abandon, actor=OFFICER).then(
        ReleaseAbandoned(release_id=RELEASE, reason="The disk is full.")
    )
    made().when(abandon, actor=OFFICER).refused(UnlawfulTransition, rule="released-is-released")


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        ((CLAIM, *DECIDED), "approved-before-released"),
        ((CLAIM, *DECIDED, APPROVE), "compared-before-released"),
        ((CLAIM, *DECIDED, COMPARE, APPROVE), "answered-before-released"),
    ],
    ids=["approval", "guard", "decision"],
)
def test_a_release_waits_for_approval_comparison_and_decision(
    before: tuple[Asked, ...], rule: str
) -> None:
    asked(drawn(), *before).when(authorise(), actor=OFFICER).refused(Refusal, rule=rule)


def test_a_release_waits_for_the_fee() -> None:
    line = FeeLine(basis="copying", quantity=10, unit="page", rate_cents=20)
    estimate = Asked(EstimateFee(disclosure_id=ID, lines=(line,)), OFFICER)
    asked(approved(), estimate).when(authorise(), actor=OFFICER).refused(
        Refusal, rule="paid-before-released", saying="200 cents"
    )


def test_a_claim_of_whole_streams_is_refused_once_one_has_grown() -> None:
    approved(version=3).when(authorise(), actor=OFFICER).refused(
        Refusal, rule="whole-claim-is-true", saying="draw the scope again"
    )


def test_a_later_release_supersedes_the_one_before_and_its_difference_is_explained() -> None:
    changed = asked(made(), released(at(1, "name")))
    found = changed.when(COMPARE.command, actor=OFFICER)
    differing = found.then(
        some(
            TreatmentDiffers, earlier=ID, in_stream=CASE, in_version=1, slot="name",
            treated_before="withheld", treated_after="shown", exemptions_before=("X-PERSONAL",),
        ),
        TreatmentCompared(audience="applicant", compared=1, differences=1),
    )  # fmt: skip
    differing.when(COMPARE.command, actor=OFFICER).nothing()
    differing.when(APPROVE.command, actor=DEPUTY).refused(Refusal, rule="difference-is-explained")
    fact: Any = found.happened[0].fact
    explain = ExplainDifference(
        disclosure_id=ID, differences=(fact.difference_id,), reason="She agreed since."
    )
    said = differing.when(explain, actor=OFFICER).then(
        DifferenceExplained(difference_id=fact.difference_id, reason="She agreed since.")
    )
    said.when(explain, actor=OFFICER).nothing()
    granted = ANSWER.command.model_copy(update={"outcome": "granted"})
    ready = asked(said, APPROVE, Asked(granted, OFFICER))
    ready.when(authorise(AGAIN), actor=OFFICER).then(
        some(ReleaseAuthorised, number=2, supersedes=RELEASE, exemptions=())
    )


def test_a_difference_that_is_mended_needs_no_reason() -> None:
    differing = asked(made(), released(at(1, "name")), COMPARE)
    mended = asked(differing, withheld(at(1, "name"), reasons=NAME), COMPARE)
    mended.when(APPROVE.command, actor=DEPUTY).then(some(DisclosureApproved))


def test_other_disclosures_to_the_same_audience_are_compared_and_those_to_others_are_not() -> None:
    before = made().state
    mine = asked(drawn(), released(at(1, "name"), at(1, "contact"), at(2, "text")))
    other = number(0xABC)
    beside = replace(mine, others={**mine.others, f"disclosure/{other}": before})
    compare = CompareTreatment(disclosure_id=ID, others=(other,))
    beside.when(compare, actor=FINDER).then(
        some(TreatmentDiffers, earlier=other, slot="name", treated_after="shown"),
        some(TreatmentCompared, compared=1, differences=1),
    )
    for_regulator = replace(before, audience="regulator")
    apart = replace(mine, others={**mine.others, f"disclosure/{other}": for_regulator})
    apart.when(compare, actor=FINDER).then(some(TreatmentCompared, compared=0, differences=0))


def test_the_same_withheld_under_another_exemption_differs() -> None:
    again = asked(made(), withheld(at(1, "name"), reasons=NAME.model_copy(
        update={"exemptions": ("X-OTHERS",)}
    )))  # fmt: skip
    again.when(COMPARE.command, actor=OFFICER).then(
        some(
            TreatmentDiffers, treated_before="withheld", treated_after="withheld",
            exemptions_after=("X-OTHERS",),
        ),
        some(TreatmentCompared, differences=1),
    )  # fmt: skip


def test_a_difference_that_nobody_found_is_not_explained() -> None:
    explain = ExplainDifference(disclosure_id=ID, differences=(number(5),), reason="Why not.")
    made().when(explain, actor=OFFICER).refused(UnlawfulTransition, rule="of-a-difference")


def test_a_release_is_delivered_or_fails_and_is_then_delivered_again() -> None:
    deliver = DeliverRelease(disclosure_id=ID, release_id=RELEASE, method="email")
    got = (
        made()
        .when(deliver, actor=OFFICER)
        .then(ReleaseDelivered(release_id=RELEASE, method="email"))
    )
    got.when(deliver, actor=OFFICER).nothing()
    fail = FailDelivery(disclosure_id=ID, release_id=RELEASE, failure="bounced")
    failed = got.when(fail, actor=OFFICER).then(
        ReleaseDeliveryFailed(release_id=RELEASE, failure="bounced", words=None)
    )
    failed.when(fail, actor=OFFICER).nothing()
    failed.when(deliver, actor=OFFICER).then(some(ReleaseDelivered))
    asked(approved(), Asked(authorise(), OFFICER)).when(deliver, actor=OFFICER).refused(
        UnlawfulTransition, rule="made-before-delivered"
    )
    approved().when(deliver, actor=OFFICER).refused(UnlawfulTransition, rule="of-a-release")


def delayed(document: dict[str, Any]) -> None:
    """Fourteen days from the delivery until everybody may have the answer."""
    document["clocks"]["LOG-14"] = {
        "en": "Publish", "fr": "Publier", "pack": "LOG", "version": "1", "citation": "Disclosure log",
        "unit": "calendar_days", "amount": 14, "sense": "not_before",
        "due_at": "start_of_local_day", "starts_on": "event",
        "start_event": "sent_to_applicant", "stops_on": ["published"],
    }  # fmt: skip
    document["disclosure"]["publish"] = "LOG-14"


def publication(answer: History[Any]) -> History[Any]:
    """A second pass over an answer, to be given to everybody."""
    everybody = number(0xE7)
    command = OpenDisclosure(
        disclosure_id=ID, case_id=REQUEST, audience="publication", publishes=everybody
    )
    policies = law(delayed)
    second = disclosure(policies=policies, **{f"disclosure/{everybody}": answer.state})
    return asked(second, Asked(command, OFFICER), SCOPE, DRAW, *DECIDED, CLAIM, COMPARE, APPROVE)


def test_what_is_published_has_its_own_severance_and_waits_for_its_day() -> None:
    second = publication(delivered())
    second.when(authorise(), actor=OFFICER, at=MONDAY + timedelta(days=13)).refused(
        Refusal, rule="not-before-publication", saying="2026-03-16"
    )
    due = datetime(2026, 3, 16, 3, tzinfo=MONDAY.tzinfo)  # midnight at the office
    second.when(authorise(), actor=OFFICER, at=due).then(
        some(ReleaseAuthorised, audience="publication")
    )


def test_the_applicant_has_the_answer_before_everybody_has() -> None:
    second = publication(made())
    second.when(authorise(), actor=OFFICER, at=MONDAY + timedelta(days=99)).refused(
        Refusal, rule="applicant-first"
    )


def test_what_was_not_released_is_not_published() -> None:
    everybody = number(0xE7)
    command = OpenDisclosure(
        disclosure_id=ID, case_id=REQUEST, audience="publication", publishes=everybody
    )
    nothing_yet = disclosure(**{f"disclosure/{everybody}": approved().state})
    nothing_yet.when(command, actor=OFFICER).refused(Refusal, rule="publishes-an-answer")


def test_whether_the_answer_is_published_is_decided_after_it_was_given() -> None:
    decide = DecidePublication(disclosure_id=ID, publish=True, reason="Of general interest.")
    delivered(policies=law(delayed)).when(decide, actor=OFFICER).then(
        some(
            PublicationDecided,
            publish=True,
            not_before_at=datetime(2026, 3, 16, 3, tzinfo=MONDAY.tzinfo),
        )
    )
    reviewed().when(decide, actor=OFFICER).refused(UnlawfulTransition, rule="publishes-an-answer")


def test_what_somebody_asked_about_themselves_is_published_nowhere() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(5))
    reasons = NAME.model_copy(update={"exemptions": ("X-OTHERS",)})
    decided = (withheld(at(1, "name"), reasons=reasons), *DECIDED[1:])
    history = asked(
        disclosure(), Asked(own, OFFICER), SCOPE, DRAW, *decided, CLAIM, COMPARE, APPROVE, ANSWER,
        Asked(authorise(), OFFICER), Asked(record(), OFFICER),
    )  # fmt: skip
    decide = DecidePublication(disclosure_id=ID, publish=True, reason="Why not.")
    history.when(decide, actor=OFFICER).refused(Refusal, rule="personal-is-not-published")
    assert OTHER in history.state.cases


def test_an_exemption_that_is_not_for_the_audience_withholds_nothing_from_it() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(5))
    history = asked(disclosure(), Asked(own, OFFICER), SCOPE, DRAW)
    history.when(withheld(at(1, "contact")).command, actor=OFFICER).refused(
        Refusal, rule="exemption-for-the-audience"
    )
