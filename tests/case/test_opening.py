"""Opening a case: any channel, complete or not, with its clocks and its team in the same breath."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.clocks.facts import ClockArmed
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.information import ReceiveInformation
from ledger.case.intake.opening import CaseOpened, OpenCase
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Answers
from ledger.ids import reference_of
from ledger.input.fitting import first_of
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.policy.routing.rules import routing_from
from tests.case.cases import APPLICATION, DANGER, ENQUIRY, INCOMPLETE, POTHOLE, UNSORTED, WHO
from tests.deciding import CASE_ID, MONDAY, WATCH, given, number, office, some

DIGEST = office().versions[0].digest
FAMILIES = {
    "phone": "phone",
    "email": "email",
    "web": "web",
    "desk": "walk_in",
    "letter": "mail",
    "referral": "referral",
}


def test_an_enquiry_by_phone_is_opened_with_its_clocks_and_goes_to_intake() -> None:
    opened = CaseOpened(
        reference=reference_of(CASE_ID),
        channel="phone",
        channel_family="phone",
        request_type="GEN-ENQ",
        programme="GEN",
        region=None,
        language="en",
        severity="other",
        severity_criterion=None,
        urgency_stated=False,
        flags=(),
        effort_points=1,
        reached_body_at=MONDAY,
        reached_office_at=None,
        complete_at=MONDAY,
        answered=("contact", "description", "language", "name"),
        missing=(),
        requester=None,
        policy=DIGEST,
        answers=Answers(
            office={"language": "en"},
            personal={name: WHO[name] for name in ("contact", "description", "name")},
        ),
        source=None,
        external_id=None,
    )
    given().when(ENQUIRY).then(
        opened,
        some(ClockArmed, clock="CALL-8", due_at=MONDAY + timedelta(days=1)),
        some(ClockArmed, clock="ANSWER-30", generation=1, started_at=MONDAY),
        some(CaseRouted, team="INT", rule="triage", by_default=True, policy=DIGEST),
    )


def test_the_language_that_the_requester_asks_for_is_the_case_s_and_routes_it() -> None:
    asked = APPLICATION.model_copy(update={"answers": {**APPLICATION.answers, "language": "fr"}})
    outcome = given().when(asked)
    assert outcome.after.state.language == "fr"
    (routed,) = [each.fact for each in outcome.happened if isinstance(each.fact, CaseRouted)]
    assert routed.decided["facts"]["language"] == "fr"


def test_a_language_that_intake_states_goes_before_the_one_in_an_answer() -> None:
    stated = ENQUIRY.model_copy(update={"language": "fr"})
    assert given().when(stated).after.state.language == "fr"


def test_an_answer_sets_no_language_where_the_policy_does_not_say_so() -> None:
    def unsaid(document: dict[str, Any]) -> None:
        del document["fields"]["language"]["sets_language"]

    assert given(policies=office(unsaid)).when(ENQUIRY).after.state.language is None


@pytest.mark.parametrize("channel", FAMILIES)
def test_a_case_is_opened_through_every_channel_as_the_same_record(channel: str) -> None:
    asked = ENQUIRY.model_copy(update={"channel": channel})
    opened = some(CaseOpened, channel=channel, channel_family=FAMILIES[channel], missing=())
    clocks = (some(ClockArmed, clock="CALL-8"), some(ClockArmed, clock="ANSWER-30"))
    given().when(asked).then(opened, *clocks, some(CaseRouted, team="INT"))


@pytest.mark.parametrize("channel", sorted(office().versions[0].policy.channels))
def test_no_channel_of_the_policy_is_left_out_of_these_tests(channel: str) -> None:
    assert channel in FAMILIES


def test_a_machine_may_open_a_case_for_a_form_that_came_in() -> None:
    assert given().when(POTHOLE, actor=WATCH).refused_by is None


def test_an_incomplete_intake_is_accepted_and_says_what_it_lacks() -> None:
    missing = ("contact", "language", "description", "household_size", "income")
    after = (
        given()
        .when(INCOMPLETE)
        .then(
            some(CaseOpened, missing=missing, answered=("name",), complete_at=None),
            some(ClockArmed, clock="ACK-2"),
            some(ClockArmed, clock="DEC-15-WAITED"),
            some(CaseRouted, team="INC", rule="income"),
        )
    )
    assert "DEC-15" not in after.state.clocks


def test_a_complete_intake_starts_the_clock_of_its_decision() -> None:
    given().when(APPLICATION).then(
        some(CaseOpened, missing=(), complete_at=MONDAY, effort_points=5),
        some(ClockArmed, clock="ACK-2"),
        some(ClockArmed, clock="DEC-15", started_at=MONDAY),
        some(ClockArmed, clock="DEC-15-WAITED"),
        some(CaseRouted, team="INC"),
    )


def test_a_case_of_no_type_yet_is_opened_for_triage_without_clocks() -> None:
    given().when(UNSORTED).then(
        some(CaseOpened, request_type=None, programme=None, effort_points=1, complete_at=None),
        some(CaseRouted, team="INT", rule="triage"),
    )


def test_danger_on_a_road_has_its_own_clock_and_lane() -> None:
    after = (
        given()
        .when(DANGER)
        .then(
            some(CaseOpened),
            some(ClockArmed, clock="MAKE-SAFE", due_at=MONDAY + timedelta(hours=4)),
            some(ClockArmed, clock="FIX-10"),
            some(CaseRouted, team="RDW", rule="danger"),
        )
    )
    routed: Any = after.happened[-1].fact
    assert routed.decided["lane"] == "immediate"


def test_a_request_that_reached_the_body_earlier_counts_from_then() -> None:
    earlier = MONDAY - timedelta(days=3)
    asked = ENQUIRY.model_copy(update={"reached_body_at": earlier})
    given().when(asked).then(
        (some(CaseOpened, reached_body_at=earlier, complete_at=earlier), earlier),
        some(ClockArmed, clock="CALL-8", started_at=earlier),
        some(ClockArmed, clock="ANSWER-30", started_at=earlier),
        some(CaseRouted, team="INT"),
    )


def test_a_clock_of_the_office_counts_from_when_it_had_the_request() -> None:
    def counts_from_the_office(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["starts_on"] = "reached_office"

    before = given(policies=office(counts_from_the_office))
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    for reached, started_at in ((tuesday, tuesday), (None, MONDAY)):
        asked = POTHOLE.model_copy(update={"reached_office_at": reached})
        opened = before.when(asked, at=thursday, happened_at=MONDAY).after.state
        assert opened.clocks["FIX-10"].history.start_at == started_at


def test_an_answer_that_must_not_show_raises_its_flag() -> None:
    answers = {**APPLICATION.answers, "safe_contact": "never by letter"}
    asked = APPLICATION.model_copy(update={"answers": answers, "flags": ("adjustment",)})
    happened = given().when(asked).happened
    opened: Any = happened[0].fact
    assert opened.flags == ("adjustment", "safe-contact")
    assert "safe_contact" not in opened.answers.office
    routed: Any = happened[-1].fact
    assert routed.decided["confirm"] == ["adjustment", "INT", 1, "business_hours"]


def test_a_blank_answer_is_no_answer() -> None:
    asked = ENQUIRY.model_copy(update={"answers": {**WHO, "contact": "  "}})
    opened: Any = given().when(asked).happened[0].fact
    assert opened.missing == ("contact",)
    assert opened.answers.personal["contact"] is None


def test_a_route_records_the_load_that_it_saw() -> None:
    seen = Load(points={"INC": 200})
    routed: Any = given(load=seen).when(APPLICATION).happened[-1].fact
    assert routed.team == "INT"
    assert ["INC", 200, 2640] in routed.decided["load"]
    assert routing_from(routed.decided).as_json() == routed.decided


def test_a_case_is_opened_once() -> None:
    given().asked(ENQUIRY).when(ENQUIRY).refused(
        UnlawfulTransition, saying="open already", rule="opened-once"
    )


def test_without_a_policy_in_force_no_case_is_opened() -> None:
    given(policies=Policies()).when(ENQUIRY).refused(
        Refusal, saying="caseledger policy publish", rule="policy-in-force"
    )


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"channel": "telex"}, "'telex' is not a channel"),
        ({"request_type": "RDW-NOWHERE"}, "'RDW-NOWHERE' is not a request type"),
        ({"region": "MOON"}, "'MOON' is not a region"),
        ({"flags": ("loud",)}, "'loud' is not a flag"),
        ({"severity_criterion": "whim"}, "'whim' is not a criterion of severity"),
        ({"answers": {"shoe_size": 43}}, "'shoe_size' is not a field"),
        ({"answers": {"danger_now": "perhaps"}}, "'danger_now' must be yes or no"),
        ({"answers": {"household_size": "three"}}, "'household_size' must be a whole number"),
        ({"answers": {"household_size": True}}, "'household_size' must be a whole number"),
        ({"answers": {"household_size": 2**53}}, "'household_size' must be a smaller number"),
        ({"answers": {"income": "1250.00"}}, "'income' must be whole cents, such as 500 for 5.00"),
        ({"answers": {"since_when": "2026-02-30"}}, "'since_when' must be a date that exists"),
        ({"answers": {"language": "tlh"}}, "'language' must be one of en, fr"),
        ({"answers": {"name": 7}}, "'name' must be a text"),
        ({"reached_body_at": MONDAY + timedelta(seconds=1)}, "not in the future"),
        ({"reached_office_at": MONDAY + timedelta(seconds=1)}, "not in the future"),
        ({"reached_office_at": MONDAY - timedelta(days=1)}, "after it reached the body"),
    ],
)
def test_an_intake_that_cannot_be_is_refused(wrong: dict[str, Any], saying: str) -> None:
    given().when(ENQUIRY.model_copy(update=wrong)).refused(InvalidCommand, saying=saying)


def test_a_day_that_must_have_been_is_refused_where_it_lies_ahead() -> None:
    """A date of birth of next year went on record as the answer to a form, and only as a birth it was refused."""

    def has_been(document: dict[str, Any]) -> None:
        document["fields"]["since_when"]["past"] = True

    asking = given(policies=office(has_been))
    ahead = {"since_when": (MONDAY + timedelta(days=1)).date().isoformat()}
    today = {"since_when": MONDAY.date().isoformat()}
    said = "'since_when' must be a date that does not lie in the future"
    asking.when(ENQUIRY.model_copy(update={"answers": ahead})).refused(InvalidCommand, saying=said)
    opened = asking.asked(ENQUIRY.model_copy(update={"answers": today}))
    later = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=ahead)
    opened.when(later).refused(InvalidCommand, saying=said)


def test_an_amount_that_a_program_sends_with_a_point_is_refused_and_not_taken_for_cents() -> None:
    """1250.0 went on record as 1250, which of money is 12.50, while 1250.5 was refused."""
    for said in ("1250.00", "1250.5"):
        text = f'{{"case_id": "{CASE_ID}", "channel": "web", "answers": {{"income": {said}}}}}'
        with pytest.raises(ValidationError) as refused:
            OpenCase.model_validate_json(text)
        assert first_of(refused.value) == (
            "answers.income",
            "must be a whole number without a point, and money whole cents, such as 500 for 5.00",
        )


def test_a_case_cannot_be_opened_before_its_request_came() -> None:
    asked = ENQUIRY.model_copy(update={"reached_body_at": MONDAY - timedelta(hours=1)})
    given().when(asked, happened_at=MONDAY - timedelta(hours=2)).refused(InvalidCommand)


def test_the_refusal_of_an_answer_does_not_say_what_was_answered() -> None:
    asked = ENQUIRY.model_copy(update={"answers": {"income": "none of your business"}})
    refused = given().when(asked).refused_by
    assert "business" not in str(refused)


def test_two_cases_reserve_two_references() -> None:
    other = OpenCase(case_id=number(9), channel="web")
    assert other.reserves != ENQUIRY.reserves
    assert other.stream == f"case/{number(9)}"
