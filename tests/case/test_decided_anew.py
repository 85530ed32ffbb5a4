"""Decided anew: a second decision stands in the open beside the first, in its place, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ledger.case.known.answered import Reviewed
from ledger.case.outcome.appealed import EndAppeal, TakeAppeal
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.reviewed import MarkReviewed
from ledger.case.state import Case
from ledger.errors import Refusal, UnlawfulTransition
from tests.case.cases import anew, decide, resolve
from tests.case.decided import OURS, decided, told
from tests.case.writing import fail
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    MONDAY,
    by,
    number,
    some,
)

DAY = timedelta(days=1)


def test_a_decision_that_nobody_was_told_gives_way_to_one_that_names_it() -> None:
    """Two people decided one case, and the second did not know of the first: the letter gave one of them."""
    second = decide("granted", place=2)
    for each in (second, decide("refused", place=2), second.model_copy(update={"amount_cents": 5})):
        told(decided()[0]).when(each, actor=DECIDER).refused(
            UnlawfulTransition, saying=f"name decision {number(1)}", rule="decided-once"
        )
    after = told(decided()[0]).when(anew("granted", number(1)), actor=DECIDER)
    stands = after.then(some(DecisionRecorded, outcome="granted", replaces=number(1)))
    assert stands.state.decided is not None
    assert stands.state.decided.outcome == "granted"


def test_only_the_latest_decision_gives_way() -> None:
    twice = told(decided()[0]).asked(by(DECIDER, anew("granted", number(1))))
    for named in (number(1), number(9)):
        twice.when(anew("part", named, place=3), actor=DECIDER).refused(
            Refusal, saying="not the latest", rule="replaces-what-stands"
        )
    assert twice.decide(by(DECIDER, anew("part", number(2), place=3)))
    told().when(anew("part", number(1)), actor=DECIDER).refused(rule="replaces-what-stands")


@pytest.mark.parametrize("asked", [decide("granted", place=2), anew("granted", number(1))])
def test_a_decision_that_was_given_binds_until_it_is_reviewed_or_the_case_is_opened_again(
    asked: Any,
) -> None:
    """What was refused by letter was granted by a second entry, and no reason was asked for."""
    told(*decided()).when(asked, actor=DECIDER).refused(
        UnlawfulTransition, saying="have it reviewed", rule="decided-once"
    )
    opened = (
        told(*decided())
        .asked(by(INCOME, resolve("refused")))
        .asked(by(INCOME, OURS, at=MONDAY + DAY))
    )
    assert opened.decide(by(DECIDER, asked, at=MONDAY + DAY))


def test_a_decision_whose_letter_failed_was_not_given() -> None:
    lost = told(*decided()).asked(by(INCOME, fail(1), at=MONDAY + DAY))
    assert lost.decide(by(DECIDER, anew("granted", number(1)), at=MONDAY + DAY))


def after_appeal(ending: Any) -> Any:
    taken = TakeAppeal(case_id=CASE_ID, appeal_id=number(5), taken_to="court", body="Supreme Court")
    ended = EndAppeal(case_id=CASE_ID, appeal_id=number(5), ending=ending)
    return told(*decided()).asked(by(INCOME, taken)).asked(by(INCOME, ended))


def after_review(finding: Any) -> Any:
    review = Case(opened=True, review=Reviewed(CASE_ID, number(1), "N-02", "INC"))
    reviewed = replace(told(*decided()), others={f"case/{number(5)}": review})
    found = MarkReviewed(
        case_id=CASE_ID, other_case=number(5), decision_id=number(12), finding=finding
    )
    return reviewed.asked(by(DECIDER, found))


AGAIN = decide("granted", place=2)


def test_what_a_review_or_a_court_found_otherwise_is_decided_anew() -> None:
    for after in (after_review("substituted"), after_appeal("sent_back"), after_appeal("varied")):
        after.when(AGAIN, actor=DECIDER).then(some(DecisionRecorded, replaces=None))


def test_what_a_review_or_a_court_upheld_stands() -> None:
    for after in (after_review("upheld"), after_appeal("upheld"), after_appeal("withdrawn")):
        after.when(AGAIN, actor=DECIDER).refused(UnlawfulTransition, rule="decided-once")
