"""Answered waits: a wait for the requester ends as the answer comes in, and a known language is not missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockArmed, ClockResumed
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.waiting import MilestoneReached, ReachMilestone, WaitingEnded
from ledger.case.intake.information import (
    InformationReceived,
    ReceiveInformation,
    RequestInformation,
)
from ledger.case.intake.needs import ConfirmNeed, NeedMet
from tests.case.cases import APPLICATION, INCOMPLETE, THE_REST, wait
from tests.deciding import (
    CASE_ID,
    INCOME,
    INTAKE,
    MONDAY,
    by,
    effect,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)
PAUSING = office(*(effect("DEC-15", each, "pause") for each in ("particulars", "fee")))


def came(answers: dict[str, Any], **told: Any) -> ReceiveInformation:
    return ReceiveInformation(case_id=CASE_ID, channel="email", answers=answers, **told)


def asked(*fields: str, words: str | None = None) -> Any:
    request = RequestInformation(
        case_id=CASE_ID, request_id=number(3), fields=fields, words=words, channel="email"
    )
    return by(INCOME, request, at=MONDAY + DAY)


def waiting(opening: Any, *further: Any, reason: str = "particulars") -> Any:
    return given_commands(
        opening, by(INCOME, wait(reason), at=MONDAY + DAY), *further, policies=PAUSING
    )


def test_a_wait_for_particulars_ends_as_the_last_of_them_comes_in() -> None:
    """A complete request stood still for good, because nobody had said that its wait was over."""
    before = waiting(INCOMPLETE)
    some_of_it = dict(THE_REST)
    income = some_of_it.pop("income")
    part = before.asked(by(INTAKE, came(some_of_it), at=MONDAY + 2 * DAY))
    assert part.state.paused
    after = part.when(came({"income": income}), at=MONDAY + 3 * DAY).then(
        some(InformationReceived, missing=()), WaitingEnded(wait_id=number(1)), some(ClockArmed)
    )
    assert (after.state.paused, after.state.clocks["DEC-15"].state) == (False, "running")


@pytest.mark.parametrize("answers_it", [True, False], ids=["by its id", "by its field"])
def test_a_question_that_is_answered_ends_the_wait_for_it(*, answers_it: bool) -> None:
    before = waiting(APPLICATION, asked("income"))
    request_id = number(3) if answers_it else None
    after = before.asked(
        by(INTAKE, came({"income": 1}, request_id=request_id), at=MONDAY + 2 * DAY)
    )
    assert (after.state.paused, after.state.clocks["DEC-15"].state) == (False, "running")


def test_what_nobody_asked_for_ends_no_wait_nor_does_an_answer_in_words_that_is_not_said_to_be_one() -> (
    None
):
    unasked = waiting(APPLICATION)
    in_words = waiting(APPLICATION, asked(words="Which months?"))
    for before in (unasked, in_words):
        assert before.asked(by(INTAKE, came({"income": 1}), at=MONDAY + 2 * DAY)).state.paused


def test_what_was_answered_before_ends_no_wait_that_began_since() -> None:
    """A new telephone number set a clock going that waited for papers asked for by letter."""
    answered = waiting(
        APPLICATION, asked("income"), by(INTAKE, came({"income": 1}), at=MONDAY + 2 * DAY)
    )
    again = answered.asked(by(INCOME, wait("particulars", place=2), at=MONDAY + 3 * DAY))
    elsewhere = by(INTAKE, came({"contact": "902 555 0101"}), at=MONDAY + 4 * DAY)
    assert again.asked(elsewhere).state.paused
    assert not again.asked(by(INTAKE, came({"income": 2}), at=MONDAY + 4 * DAY)).state.paused


def test_a_wait_for_the_fee_ends_when_it_is_paid_and_by_nothing_else() -> None:
    before = waiting(INCOMPLETE, reason="fee")
    told = before.asked(by(INTAKE, came(THE_REST), at=MONDAY + 2 * DAY))
    assert told.state.paused
    paid = ConfirmNeed(case_id=CASE_ID, need="fee")
    after = told.decide(by(INTAKE, paid, at=MONDAY + 3 * DAY))
    assert [each.fact.topic for each in after][:2] == [NeedMet.topic, WaitingEnded.topic]


def test_each_wait_for_the_fee_ends_by_the_act_that_says_that_it_was_paid() -> None:
    """What the law has a clock of its own for was reported as paid, and the other clock stood still for good."""

    def payable(document: dict[str, Any]) -> None:
        document["milestones"] = {"fee_paid": {"en": "fee paid", "fr": "droits payés"}}

    policies = office(effect("DEC-15", "fee", "pause"), payable)
    paid = ReachMilestone(case_id=CASE_ID, milestone="fee_paid")
    history = given_commands(APPLICATION, policies=policies)
    for nth in (1, 2):
        waits = history.asked(by(INCOME, wait("fee", place=nth), at=MONDAY + nth * 2 * DAY))
        history = waits.when(paid, at=MONDAY + (nth * 2 + 1) * DAY).then(
            some(MilestoneReached), WaitingEnded(wait_id=number(nth)), some(ClockResumed)
        )
        assert not history.state.paused
    history.when(paid, at=MONDAY + 9 * DAY).nothing()


def test_a_clock_that_asks_for_the_payment_ends_once_the_fee_is_confirmed_or_comes_with_an_answer() -> (
    None
):
    """It warned for weeks of a payment that stood on record as the need."""

    def payable(document: dict[str, Any]) -> None:
        document["milestones"] = {"fee_paid": {"en": "fee paid", "fr": "droits payés"}}
        document["clocks"]["ACK-2"]["stops_on"] = ["fee_paid"]

    before = given_commands(APPLICATION, policies=office(payable))
    for paid in (ConfirmNeed(case_id=CASE_ID, need="fee"), came({"income": 1}, needs=("fee",))):
        after = before.asked(by(INTAKE, paid, at=MONDAY + DAY)).state
        assert (after.clocks["ACK-2"].state, "fee_paid" in after.milestones) == ("met", True)


def test_an_answer_that_is_entered_later_ends_the_wait_when_it_came() -> None:
    before = waiting(APPLICATION, asked("income"))
    answer = came({"income": 1}, request_id=number(3))
    entered = before.decide(by(INTAKE, answer, at=MONDAY + 40 * DAY, happened_at=MONDAY + 2 * DAY))
    restated: Any = [each.fact for each in entered if isinstance(each.fact, ClockRestated)]
    assert {each.cause for each in restated} == {"backdated"}


def test_the_language_of_a_case_is_not_missing_because_no_form_asked_for_it() -> None:
    """The statutory clock of an access request did not start, for want of what stood on the case."""
    known = {name: value for name, value in APPLICATION.answers.items() if name != "language"}
    unsaid = APPLICATION.model_copy(update={"answers": known})
    said = unsaid.model_copy(update={"language": "fr"})
    assert given_commands(unsaid).state.missing == {"language"}
    state = given_commands(said).state
    assert (state.missing, "DEC-15" in state.clocks) == (frozenset(), True)
