"""Nothing leaves the office unapproved, undecided, unexplained, unpaid or twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from ledger.errors import Refusal, UnlawfulTransition
from ledger.policy.calendars.zones import LocalDays
from ledger.registers.disclosures.approving import DisclosureApproved
from ledger.registers.disclosures.consulting import GiveConsultationNotice
from ledger.registers.disclosures.delivering import (
    DeliverRelease,
    FailDelivery,
    ReleaseDelivered,
    ReleaseDeliveryFailed,
)
from ledger.registers.disclosures.fees import EstimateFee, FeeLine, PayFee
from ledger.registers.disclosures.guard import (
    CompareTreatment,
    DifferenceExplained,
    ExplainDifference,
    TreatmentCompared,
    TreatmentDiffers,
)
from ledger.registers.disclosures.releasing import (
    AbandonRelease,
    DisclosureReleased,
    ReleaseAbandoned,
    ReleaseAuthorised,
)
from ledger.registers.disclosures.review import Found, ProposeWithholding
from ledger.registers.disclosures.state import Disclosure
from projections.disclosures.standing import waits_for
from tests.deciding import Asked, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    CASE,
    CLAIM,
    COMPARE,
    DECIDED,
    DEPUTY,
    FINDER,
    ID,
    NAME,
    OFFICER,
    OPEN,
    PERSONAL,
    approved,
    asked,
    at,
    disclosure,
    drawn,
    released,
    reviewed,
    withheld,
)
from tests.registers.documents import MEMO, disposed, listed
from tests.registers.releasing import AGAIN, RELEASE, authorise, made, record


def test_a_release_is_authorised_once_then_made_and_recorded() -> None:
    first = approved().when(authorise(), actor=OFFICER)
    may = first.then(
        ReleaseAuthorised(
            release_id=RELEASE, number=1, audience="applicant", claim="whole_stream",
            languages=("en", "fr"), supersedes=None, exemptions=("X-PERSONAL",),
            edition=2, given_to="Ada Lind", purpose="Her request",
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


def test_what_comes_up_after_the_approval_holds_the_release_back() -> None:
    """None of these voids the approval: the release itself has to ask for them."""
    found = Found(
        proposal_id=number(7), target=at(2, "text", 1, 3), exemption="X-OTHERS", found_by="phone"
    )
    notice = GiveConsultationNotice(
        disclosure_id=ID, consultation_id=number(31), consultation="public_body", slots=1, body="Police",
        provision="s. 9", words="We intend to release a letter of yours.",
    )  # fmt: skip
    propose = ProposeWithholding(disclosure_id=ID, found=(found,))
    for history, rule in (
        (asked(approved(), Asked(propose, FINDER)), "every-proposal-is-answered"),
        (asked(approved(), Asked(notice, OFFICER)), "every-consultation-is-decided"),
        (asked(made(), released(at(1, "name")), APPROVE, COMPARE), "difference-is-explained"),
    ):
        assert history.state.approved
        history.when(authorise(AGAIN), actor=OFFICER).refused(Refusal, rule=rule)


def test_a_release_waits_for_the_fee() -> None:
    line = FeeLine(basis="copying", quantity=10, unit="page", rate_cents=20)
    estimate = Asked(EstimateFee(disclosure_id=ID, lines=(line,)), OFFICER)
    asked(approved(), estimate).when(authorise(), actor=OFFICER).refused(
        Refusal, rule="paid-before-released", saying="2.00: record"
    )


def test_of_documents_alone_no_release_is_authorised_that_nobody_could_make() -> None:
    """It was authorised, and then refused whenever it was to be made."""
    given = Asked(disposed("release_in_full"), OFFICER)
    claim = Asked(CLAIM.command.model_copy(update={"claim": "stated_scope"}), OFFICER)
    answer = Asked(ANSWER.command.model_copy(update={"outcome": "granted"}), OFFICER)
    steps = (listed(MEMO), given, claim, APPROVE, COMPARE, answer)
    of_documents = asked(disclosure(), OPEN, *steps)
    of_documents.when(authorise(), actor=OFFICER).refused(
        Refusal, saying="Documents alone", rule="bundle-of-entries"
    )


def test_what_is_said_to_wait_for_nothing_is_released_and_nothing_else_is() -> None:
    line = FeeLine(basis="copying", quantity=10, unit="page", rate_cents=20)
    estimate = Asked(EstimateFee(disclosure_id=ID, lines=(line,)), OFFICER)
    pay = Asked(PayFee(disclosure_id=ID, paid_cents=200), OFFICER)
    steps = (*DECIDED, CLAIM, APPROVE, ANSWER, estimate, pay, COMPARE)
    for done in range(len(steps) + 1):
        history = asked(drawn(), *steps[:done])
        refused = history.when(authorise(), actor=OFFICER).refused_by
        assert (waiting(history.state) is None) == (refused is None), refused
    assert waiting(asked(drawn(), *steps).state) is None


def waiting(state: Disclosure) -> str | None:
    return waits_for(state, None, days=LocalDays("UTC", UTC), published=False)


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


def test_a_document_is_compared_by_what_became_of_it_and_under_what() -> None:
    under = [
        PERSONAL.model_copy(update={"exemptions": (code,), "severability": "All of it is theirs."})
        for code in ("X-PERSONAL", "X-OTHERS")
    ]
    full = Asked(disposed("release_in_full"), OFFICER)
    personal, others = (
        Asked(disposed("withhold_in_full", reasons=each), OFFICER) for each in under
    )
    for first, then, before, after in (
        (personal, full, ("withhold_in_full", ("X-PERSONAL",)), ("shown", ())),
        (full, others, ("shown", ()), ("withhold_in_full", ("X-OTHERS",))),
        (
            personal,
            others,
            ("withhold_in_full", ("X-PERSONAL",)),
            ("withhold_in_full", ("X-OTHERS",)),
        ),
    ):
        ready = asked(reviewed(), listed(MEMO), first, COMPARE, APPROVE, ANSWER)
        sent = asked(ready, Asked(authorise(), OFFICER), Asked(record(), OFFICER))
        sent.when(COMPARE.command, actor=OFFICER).then(some(TreatmentCompared, differences=0))
        asked(sent, then).when(COMPARE.command, actor=OFFICER).then(
            some(
                TreatmentDiffers, mark="m1", slot=None, treated_before=before[0],
                treated_after=after[0], exemptions_before=before[1], exemptions_after=after[1],
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
