"""Information: what is missing is asked for, what comes in is kept, and with the last of it a case is complete."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockArmed
from ledger.case.intake.information import (
    InformationReceived,
    InformationRequested,
    ReceiveInformation,
    RequestInformation,
)
from ledger.case.intake.opening import CaseClassified, ClassifyCase
from ledger.case.outcome.returns import ReturnProposed
from ledger.errors import CaseNotFound, InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Answers
from tests.case.cases import APPLICATION, INCOMPLETE, POTHOLE, THE_REST, UNSORTED, resolve
from tests.deciding import CASE_ID, INTAKE, MONDAY, by, given, given_commands, number, office, some

LATER = MONDAY + timedelta(days=1)
ASK = RequestInformation(
    case_id=CASE_ID,
    request_id=number(1),
    fields=("household_size", "income"),
    reply_by=MONDAY + timedelta(days=14),
    channel="letter",
    words="Please tell us who lives with you.",
)


def receive(answers: dict[str, Any], **fields: Any) -> ReceiveInformation:
    return ReceiveInformation(case_id=CASE_ID, channel="phone", answers=answers, **fields)


def test_what_is_missing_is_asked_of_the_requester() -> None:
    after = (
        given_commands(INCOMPLETE)
        .when(ASK)
        .then(
            InformationRequested(
                request_id=number(1),
                fields=("household_size", "income"),
                reply_by=MONDAY + timedelta(days=14),
                channel="letter",
                words="Please tell us who lives with you.",
            )
        )
    )
    assert after.state.asked == {number(1): ("household_size", "income")}


def test_the_same_request_for_information_is_made_once() -> None:
    given_commands(INCOMPLETE, ASK).when(ASK, at=LATER).nothing()


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"fields": (), "words": None}, "Say what is asked for"),
        ({"fields": ("shoe_size",)}, "'shoe_size' is not a field"),
        ({"channel": "telex"}, "'telex' is not a channel"),
        ({"reply_by": MONDAY}, "give a later one"),
    ],
)
def test_a_request_for_information_that_cannot_be_is_refused(
    wrong: dict[str, Any], saying: str
) -> None:
    asked = ASK.model_copy(update=wrong)
    given_commands(INCOMPLETE).when(asked).refused(InvalidCommand, saying=saying)


def test_a_letter_of_last_week_may_ask_for_a_reply_by_yesterday() -> None:
    asked = ASK.model_copy(update={"reply_by": MONDAY + timedelta(days=7)})
    late = MONDAY + timedelta(days=8)
    outcome = given_commands(INCOMPLETE).when(asked, at=late, happened_at=MONDAY)
    outcome.then(some(InformationRequested))


def test_nothing_is_asked_on_a_resolved_case() -> None:
    given_commands(INCOMPLETE, resolve("lapsed")).when(ASK).refused(UnlawfulTransition)


def test_nothing_is_asked_on_a_case_that_is_not_there() -> None:
    given().when(ASK).refused(CaseNotFound)


def test_with_the_last_missing_field_a_case_is_complete_and_its_clock_starts() -> None:
    before = given_commands(INCOMPLETE, ASK)
    after = before.when(receive(THE_REST, request_id=number(1)), at=LATER).then(
        InformationReceived(
            request_id=number(1),
            channel="phone",
            answered=("contact", "description", "household_size", "income", "language"),
            missing=(),
            flags_raised=(),
            complete_at=LATER,
            requester=None,
            answers=Answers(
                office={"household_size": 3, "language": "en", "since_when": None},
                personal={
                    "adjustment": None,
                    "contact": "902 555 0100",
                    "description": "Rent.",
                    "income": 120_000,
                    "name": None,
                    "safe_contact": None,
                },
            ),
        ),
        some(CaseClassified, request_type="INC-APP", language="en", complete_at=LATER, missing=()),
        some(ClockArmed, clock="DEC-15", started_at=LATER),
    )
    assert after.state.asked == {}
    assert after.state.answers["household_size"] == 3


def test_a_part_of_what_was_missing_leaves_the_rest_missing() -> None:
    given_commands(INCOMPLETE).when(receive({"language": "fr", "contact": "by post"})).then(
        some(
            InformationReceived,
            missing=("description", "household_size", "income"),
            complete_at=None,
        ),
        CaseClassified(
            request_type="INC-APP",
            programme="INC",
            region=None,
            language="fr",
            severity="other",
            severity_criterion=None,
            flags=(),
            effort_points=5,
            missing=("description", "household_size", "income"),
            complete_at=None,
            policy=office().versions[0].digest,
            reason=None,
        ),
    )


def test_the_language_asked_for_later_takes_the_place_of_the_one_before() -> None:
    french, same = receive({"language": "fr"}), receive({"language": "en"})
    assert given_commands(APPLICATION).when(french).after.state.language == "fr"
    given_commands(APPLICATION).when(same).then(some(InformationReceived, answered=("language",)))


def test_before_a_case_has_a_type_the_language_asked_for_waits_for_it() -> None:
    bare = UNSORTED.model_copy(update={"answers": {}})
    asked = given_commands(bare, receive({"language": "fr"}))
    assert asked.state.language is None
    assert (
        asked.when(ClassifyCase(case_id=CASE_ID, request_type="GEN-ENQ")).after.state.language
        == "fr"
    )


def test_what_comes_in_after_the_end_changes_no_language() -> None:
    done = given_commands(POTHOLE, resolve())
    assert done.when(receive({"language": "fr"})).after.state.language == "en"


def test_a_case_is_complete_when_the_last_of_it_came_in_however_late_the_rest_is_recorded() -> None:
    some_of_it = {name: THE_REST[name] for name in ("contact", "language", "description")}
    before = given_commands(INCOMPLETE, by(INTAKE, receive(some_of_it), at=LATER))
    rest = receive({"household_size": 3, "income": 1})
    outcome = before.when(rest, at=LATER, happened_at=MONDAY)
    outcome.then(some(InformationReceived, complete_at=LATER), some(ClockArmed, started_at=LATER))


def test_a_case_that_is_complete_stays_complete_since_then() -> None:
    given_commands(APPLICATION).when(receive({"since_when": "2026-01-05"}), at=LATER).then(
        some(InformationReceived, complete_at=None, answered=("since_when",))
    )


def test_word_of_danger_starts_the_clock_of_making_safe() -> None:
    given_commands(POTHOLE).when(receive({"danger_now": True}), at=LATER).then(
        some(InformationReceived, complete_at=None),
        some(ClockArmed, clock="MAKE-SAFE", started_at=MONDAY),
    )


def test_a_safe_contact_given_later_raises_its_flag_without_showing() -> None:
    asked = receive({"safe_contact": "not at home"})
    after = (
        given_commands(APPLICATION)
        .when(asked)
        .then(some(InformationReceived, flags_raised=("safe-contact",)))
    )
    assert after.state.flags == {"safe-contact"}
    again = after.when(receive({"safe_contact": "nor at work"}))
    again.then(some(InformationReceived, flags_raised=()))


def test_information_on_a_case_of_no_type_is_kept() -> None:
    given_commands(UNSORTED).when(receive({"danger_now": True})).then(
        some(InformationReceived, complete_at=None, missing=())
    )


def test_information_on_a_resolved_case_is_kept_starts_no_clock_and_is_proposed_as_a_return() -> (
    None
):
    before = given_commands(INCOMPLETE, resolve("lapsed"))
    once = before.when(receive(THE_REST), at=LATER).then(
        some(InformationReceived, complete_at=LATER), some(ReturnProposed, channel="phone")
    )
    once.when(receive({"language": "en"}), at=LATER).then(some(InformationReceived))


def test_a_request_is_answered_once() -> None:
    before = given_commands(INCOMPLETE, ASK, receive({"language": "en"}, request_id=number(1)))
    before.when(receive({"language": "en"}, request_id=number(1))).refused(
        Refusal, saying="leave it out", rule="answers-a-request"
    )


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"channel": "telex"}, "'telex' is not a channel"),
        ({"answers": {"shoe_size": 43}}, "'shoe_size' is not a field"),
        ({"answers": {"since_when": "yesterday"}}, "a date that exists"),
        ({"answers": {}}, "answer at least one field"),
        ({"answers": {"contact": ""}}, "answer at least one field"),
    ],
)
def test_information_that_cannot_be_is_refused(wrong: dict[str, Any], saying: str) -> None:
    asked = receive({"language": "en"}).model_copy(update=wrong)
    given_commands(INCOMPLETE).when(asked).refused(InvalidCommand, saying=saying)


def test_information_on_a_case_that_is_not_there_is_refused() -> None:
    given().when(receive({"language": "en"})).refused(CaseNotFound)
