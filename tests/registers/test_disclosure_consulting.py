"""Third parties answer, are decided on and hear of it, on three clocks that follow each other (vector F9)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.registers.disclosures.approving import ApproveDisclosure
from ledger.registers.disclosures.consulting import (
    ConsultationDecided,
    ConsultationNoticeGiven,
    ConsultationReviewEnded,
    ConsultationReviewSought,
    DecideConsultation,
    EndConsultationReview,
    GiveConsultationNotice,
    ReceiveRepresentations,
    RepresentationsReceived,
    SeekConsultationReview,
)
from ledger.registers.disclosures.releasing import AuthoriseRelease, ReleaseAuthorised
from tests.deciding import Asked, History, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    COMPARE,
    DEPUTY,
    ID,
    OFFICER,
    asked,
    federal,
    law,
    reviewed,
)
from tests.registers.documents import MEMO, listed

THEIRS = number(31)


def toronto(month: int, day: int, hour: int = 12, *, offset: int = 4) -> datetime:
    return datetime(2027, month, day, hour + offset, tzinfo=UTC)


NOTICE = GiveConsultationNotice(
    disclosure_id=ID, consultation_id=THEIRS, consultation="third_party", party=number(5), slots=1,
    provision="s. 27(1)", words="We intend to release a letter of yours.",
)  # fmt: skip
GIVEN_AT = toronto(3, 1, offset=5)


def hears_them(document: dict[str, Any]) -> None:
    """Third parties may answer aloud, too."""
    document["consultations"]["third_party"]["oral"] = True


def consulted() -> History[Any]:
    policies = law(federal)
    return reviewed(policies=policies).when(NOTICE, actor=OFFICER, at=GIVEN_AT).after


def position(said: Any, **more: Any) -> ReceiveRepresentations:
    return ReceiveRepresentations(disclosure_id=ID, consultation_id=THEIRS, position=said, **more)


def decide(said: Any) -> DecideConsultation:
    return DecideConsultation(
        disclosure_id=ID, consultation_id=THEIRS, decision=said, words="It is no trade secret."
    )


def local(at: Any) -> date:
    """The date in Toronto that ended at this instant, or began."""
    return (at - (toronto(4, 1, 0) - datetime(2027, 4, 1, tzinfo=UTC))).date()


def test_the_three_clocks_of_vector_f9() -> None:
    policies = law(federal)
    given_out = reviewed(policies=policies).when(NOTICE, actor=OFFICER, at=GIVEN_AT)
    notice: Any = given_out.happened[0].fact
    assert isinstance(notice, ConsultationNoticeGiven)
    assert local(notice.represent_by_at) == date(2027, 3, 23)  # the end of Monday the 22nd
    assert local(notice.decide_by_at) == date(2027, 4, 1)  # the end of 31 March
    decided = given_out.after.when(decide("release"), actor=OFFICER, at=toronto(3, 31))
    fact: Any = decided.happened[0].fact
    assert isinstance(fact, ConsultationDecided)
    assert local(fact.not_before_at) == date(2027, 4, 21)
    ready = asked(decided.after, COMPARE, APPROVE, ANSWER)
    release = AuthoriseRelease(
        disclosure_id=ID, release_id=number(8), given_to="Ada", purpose="Request"
    )
    ready.when(release, actor=OFFICER, at=toronto(4, 20)).refused(
        Refusal, rule="not-before-the-review", saying="from 21 April 2027 on"
    )
    ready.when(release, actor=OFFICER, at=toronto(4, 21, 0)).then(some(ReleaseAuthorised, number=1))


def test_a_notice_is_given_once_to_somebody_about_something() -> None:
    policies = law(federal)
    consulted().when(NOTICE, actor=OFFICER, at=GIVEN_AT).nothing()
    nobody = NOTICE.model_copy(update={"party": None})
    reviewed(policies=policies).when(nobody, actor=OFFICER).refused(InvalidCommand, saying="body")
    nothing = NOTICE.model_copy(update={"slots": 0})
    reviewed(policies=policies).when(nothing, actor=OFFICER).refused(InvalidCommand, saying="items")
    nowhere = NOTICE.model_copy(update={"items": (number(9),)})
    reviewed(policies=policies).when(nowhere, actor=OFFICER).refused(
        UnlawfulTransition, rule="of-a-listed-item"
    )
    other = NOTICE.model_copy(update={"consultation": "legal"})
    reviewed(policies=policies).when(other, actor=OFFICER).refused(
        InvalidCommand, saying="third_party"
    )


def test_they_answer_until_their_time_is_over_and_only_then_are_silent() -> None:
    answered = consulted().when(position("objects", words="No."), actor=OFFICER, at=toronto(3, 15))
    answered.then(some(RepresentationsReceived, position="objects", oral=False))
    consulted().when(position("no_answer"), actor=OFFICER, at=toronto(3, 22)).refused(
        Refusal, rule="time-to-answer", saying="22 March 2027"
    )
    consulted().when(position("no_answer"), actor=OFFICER, at=toronto(3, 23, 0)).then(
        some(RepresentationsReceived, position="no_answer")
    )
    consulted().when(decide("release"), actor=OFFICER, at=toronto(3, 23, 0)).then(
        some(ConsultationDecided)
    )
    aloud = position("objects", oral=True)
    consulted().when(aloud, actor=OFFICER, at=toronto(3, 15)).refused(
        Refusal, rule="representations-in-writing"
    )
    heard = asked(reviewed(policies=law(federal, hears_them)), Asked(NOTICE, OFFICER))
    heard.when(aloud, actor=OFFICER).then(some(RepresentationsReceived, oral=True))


def test_where_the_policy_names_no_kinds_and_no_times_nobody_is_waited_for() -> None:
    about_a_memo = NOTICE.model_copy(update={"items": (MEMO,), "slots": 0})
    told = asked(reviewed(), listed(MEMO)).when(about_a_memo, actor=OFFICER)
    consulting = told.then(
        some(ConsultationNoticeGiven, represent_by_at=None, decide_by_at=None, items=(MEMO,))
    )
    silent = some(RepresentationsReceived, position="no_answer")
    consulting.when(position("no_answer"), actor=OFFICER).then(silent)
    consulting.when(decide("release"), actor=OFFICER).then(
        some(ConsultationDecided, not_before_at=None)
    )


def test_nobody_is_overridden_while_they_may_answer() -> None:
    early = consulted().when(decide("release"), actor=OFFICER, at=toronto(3, 10))
    early.refused(Refusal, rule="time-to-answer")
    answered = consulted().when(position("consents"), actor=OFFICER, at=toronto(3, 9)).after
    decided = answered.when(decide("release"), actor=OFFICER, at=toronto(3, 10)).after
    decided.when(decide("withhold"), actor=OFFICER, at=toronto(3, 11)).refused(
        UnlawfulTransition, rule="consultation-decided-once"
    )
    decided.when(position("objects"), actor=OFFICER, at=toronto(3, 11)).refused(
        UnlawfulTransition, rule="represented-before-decided"
    )


def test_nothing_is_approved_while_a_consultation_is_open() -> None:
    approve = ApproveDisclosure(disclosure_id=ID)
    asked(consulted(), COMPARE).when(approve, actor=DEPUTY).refused(
        Refusal, rule="every-consultation-is-decided"
    )


def test_where_theirs_is_withheld_nothing_waits_for_their_review() -> None:
    decided = consulted().when(decide("withhold"), actor=OFFICER, at=toronto(3, 31))
    decided.then(some(ConsultationDecided, decision="withhold", not_before_at=None))
    release = AuthoriseRelease(
        disclosure_id=ID, release_id=number(8), given_to="Ada", purpose="Request"
    )
    ready = asked(decided.after, COMPARE, APPROVE, ANSWER)
    ready.when(release, actor=OFFICER, at=toronto(3, 31)).then(some(ReleaseAuthorised))


def test_a_review_that_is_open_stops_the_release_and_one_that_fails_them_does_not() -> None:
    decided = consulted().when(decide("release"), actor=OFFICER, at=toronto(3, 31)).after
    seek = SeekConsultationReview(disclosure_id=ID, consultation_id=THEIRS, body="Federal Court")
    sought = decided.when(seek, actor=OFFICER, at=toronto(4, 5)).then(
        some(ConsultationReviewSought, body="Federal Court")
    )
    sought.when(seek, actor=OFFICER, at=toronto(4, 6)).nothing()
    release = AuthoriseRelease(
        disclosure_id=ID, release_id=number(8), given_to="Ada", purpose="Request"
    )
    ready = asked(sought, COMPARE, APPROVE, ANSWER)
    ready.when(release, actor=OFFICER, at=toronto(5, 5)).refused(
        Refusal, rule="review-before-release"
    )
    end = EndConsultationReview(disclosure_id=ID, consultation_id=THEIRS, upheld=True)
    ended = ready.when(end, actor=OFFICER, at=toronto(5, 6)).then(
        some(ConsultationReviewEnded, upheld=True)
    )
    ended.when(release, actor=OFFICER, at=toronto(5, 7)).then(some(ReleaseAuthorised))
    decided.when(end, actor=OFFICER, at=toronto(4, 6)).refused(
        UnlawfulTransition, rule="ends-a-review"
    )
    consulted().when(seek, actor=OFFICER, at=toronto(3, 6)).refused(
        UnlawfulTransition, rule="review-of-a-decision"
    )
