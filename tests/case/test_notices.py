"""Notices: sent from templates in the requester's language, given, or failed, and what that does to the clocks."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.facts import ClockResumed, ClockStopped
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.notices import NoticeFailed, NoticeGiven, NoticeIssued
from ledger.case.intake.information import RequestInformation
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.ids import reference_of
from tests.case.cases import APPLICATION, ENQUIRY, INCOMPLETE, UNSORTED, contact, decide, resolve
from tests.case.writing import TEMPLATES, fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)
OFFICE = office(writes)
IN_FRENCH = APPLICATION.model_copy(update={"language": "fr", "requester": number(7)})
DECIDED = (APPLICATION, by(DECIDER, decide()))
LETTER = issue("DECISION", values={"amount": "$500"}, about=number(1))


def proves_by_income(document: dict[str, Any]) -> None:
    """The office notes in a field that it saw proof of identity, and asks for what is missing by letter."""
    document["types"]["INC-APP"]["complete_needs"] = ["identity", "particulars"]
    document["fields"]["income"]["proves"] = "identity"
    asks = deepcopy(TEMPLATES["ACK"])
    asks["texts"]["en"]["body"] = "Send us {missing}."
    document["templates"] = {"ACK": asks}


def applied(*asked: Any) -> Any:
    return given_commands(*(asked or (APPLICATION,)), policies=OFFICE)


# Issuing


def test_a_letter_asks_for_what_is_to_be_proved_and_not_by_the_name_of_staff_for_having_seen_it() -> (
    None
):
    """Whoever applied was asked for their 'Proof of identity seen (kind, not number)'."""
    lacking = given_commands(INCOMPLETE, policies=office(proves_by_income))
    (letter,) = lacking.when(issue()).then(some(NoticeIssued)).happened[-1:]
    assert "you?, proof of identity, Language" in str(letter.fact)


def test_a_notice_is_sent_in_the_language_of_correspondence_with_its_placeholders_filled_in() -> (
    None
):
    applied(IN_FRENCH).when(issue()).then(
        NoticeIssued(
            notice_id=number(1),
            kind="acknowledgement",
            template="ACK",
            template_version="1",
            policy=OFFICE.versions[0].digest,
            language="fr",
            channel="email",
            recipient=number(7),
            to_requester=True,
            about=None,
            clock=None,
            rights_stated=False,
            subject=f"Votre demande {reference_of(CASE_ID)}",
            words="Nous l'avons reçue le 2 mars 2026. Nous répondons au plus tard le 23 mars 2026.",
        )
    )


def test_a_letter_promises_the_day_that_the_law_means_where_a_clock_counts_in_another_zone() -> (
    None
):
    """The end of a day in Toronto is an hour of the next in Halifax, and that next day was promised."""

    def toronto(document: dict[str, Any]) -> None:
        writes(document)
        for clock in document["clocks"].values():
            clock["zone"] = "America/Toronto"

    given_commands(IN_FRENCH, policies=office(toronto)).when(issue()).then(
        some(
            NoticeIssued,
            words="Nous l'avons reçue le 2 mars 2026. Nous répondons au plus tard le 23 mars 2026.",
        )
    )


def test_a_notice_of_a_decision_states_the_rights_of_whoever_gets_it() -> None:
    applied(*DECIDED).when(LETTER).then(
        some(
            NoticeIssued,
            rights_stated=True,
            subject="Your request: Granted",
            words="Decided under Regulation 4(1). You are paid $500 a month.\n\n"
            "You may ask for a review within 30 days.",
        )
    )


def test_a_notice_is_sent_once() -> None:
    applied(APPLICATION, issue()).when(issue()).nothing()


def test_a_template_in_one_language_only_is_refused() -> None:
    def english_only(document: dict[str, Any]) -> None:
        document["templates"] = deepcopy(TEMPLATES)
        del document["templates"]["ACK"]["texts"]["fr"]

    given_commands(APPLICATION, policies=office(english_only)).when(issue()).refused(
        Refusal, saying="does not exist in fr", rule="template-in-every-language"
    )


def test_a_template_is_of_the_policy_and_for_the_type() -> None:
    applied().when(issue("NO-SUCH")).refused(InvalidCommand, saying="'NO-SUCH' is not a template")
    applied(ENQUIRY).when(LETTER).refused(
        Refusal, saying="is for INC-APP", rule="template-of-the-type"
    )
    given().when(issue()).refused(CaseNotFound)


def test_a_notice_goes_by_a_channel_of_the_policy_and_in_the_language_of_the_case() -> None:
    applied().when(issue(channel="telex")).refused(InvalidCommand, saying="'telex'")
    applied(IN_FRENCH).when(issue(language="en")).refused(
        Refusal, saying="language of correspondence of this case is fr"
    )
    applied(IN_FRENCH).when(issue(language="en", recipient=number(9))).then(
        some(NoticeIssued, language="en", to_requester=False, recipient=number(9))
    )


def test_a_notice_says_nothing_that_is_not_so() -> None:
    applied(UNSORTED).when(issue()).refused(
        Refusal, saying="says 'due_on', and the case has none", rule="notice-says-what-is"
    )
    applied(*DECIDED).when(LETTER.model_copy(update={"values": {}})).refused(
        InvalidCommand, saying="nothing was given for it"
    )
    applied().when(issue(values={"amount": "1"})).refused(
        InvalidCommand, saying="does not ask for 'amount'"
    )
    applied().when(issue(about=number(5))).refused(Refusal, rule="notice-about-the-case")
    applied().when(issue(clock="FIX-10")).refused(InvalidCommand, saying="no clock 'FIX-10'")


def test_no_notice_promises_an_answer_by_a_date_that_is_over() -> None:
    """A requester was written to in April that we are to answer by the second of that month."""
    last, over = datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 24, 12, tzinfo=UTC)
    applied().when(issue(), at=last).then(some(NoticeIssued))
    applied().when(issue(), at=over).refused(
        Refusal,
        saying="by when we are to answer, and that date is over",
        rule="notice-says-what-is",
    )


def test_all_that_a_notice_wants_is_told_at_once() -> None:
    def wants_more(document: dict[str, Any]) -> None:
        document["templates"] = deepcopy(TEMPLATES)
        template = document["templates"]["DECISION"]
        template["asks"] = ["amount", "from_when"]
        for text in template["texts"].values():
            text["body"] += " {from_when}"

    wanting = given_commands(*DECIDED, policies=office(wants_more))
    wanting.when(LETTER.model_copy(update={"values": {}})).refused(
        InvalidCommand, saying="says 'amount', 'from_when', and nothing was given for it"
    )


def test_no_notice_is_given_of_a_decision_that_was_not_made() -> None:
    applied().when(issue("DECISION", values={"amount": "1"})).refused(
        Refusal, saying="The case is not decided", rule="decision-before-notice"
    )


def test_a_machine_acknowledges_but_gives_nobody_a_decision_of_judgement() -> None:
    applied().when(issue(), actor=WATCH).then(some(NoticeIssued))
    applied(*DECIDED).when(LETTER, actor=WATCH).refused(NotAuthorised, saying="let a person")


def test_a_notice_is_not_sent_before_the_case_was_received() -> None:
    applied().when(issue(), happened_at=MONDAY - DAY).refused(InvalidCommand)


# Given


def test_an_acknowledgement_that_was_given_stops_the_clock_that_asks_for_it() -> None:
    before = applied(APPLICATION, issue())
    assert before.state.clocks["ACK-2"].open
    before.when(give(), at=MONDAY + DAY).then(
        NoticeGiven(notice_id=number(1), acts=("acknowledged",)),
        some(ClockStopped, clock="ACK-2", outcome="met"),
    )


def test_where_the_office_decides_by_notice_the_clock_runs_until_the_notice_is_given() -> None:
    """Row 25."""
    before = applied(APPLICATION)
    decided = before.when(decide(), actor=DECIDER).then(some(DecisionRecorded, acts=("decided",)))
    assert decided.state.clocks["DEC-15"].open
    sent = decided.asked(by(INCOME, LETTER, at=MONDAY + DAY))
    assert sent.state.clocks["DEC-15"].open
    sent.when(give(), at=MONDAY + 30 * DAY).then(
        some(NoticeGiven, acts=("decision_given",)),
        some(ClockStopped, clock="ACK-2", outcome="breached"),
        some(ClockStopped, clock="DEC-15", outcome="breached"),
        some(ClockStopped, clock="DEC-15-WAITED", outcome="breached"),
    )


def test_a_template_that_counts_as_given_on_sending_is() -> None:
    after = (
        applied()
        .when(issue("MORE-TIME"), at=MONDAY + DAY)
        .then(some(NoticeIssued, template="MORE-TIME"), NoticeGiven(notice_id=number(1), acts=()))
    )
    assert after.state.notices[number(1)].given_at == MONDAY + DAY


def test_a_notice_is_given_once_after_it_was_sent_and_not_when_it_failed() -> None:
    applied(APPLICATION, issue(), give()).when(give(), at=MONDAY + DAY).nothing()
    applied().when(give()).refused(UnlawfulTransition, rule="of-an-issued-notice")
    sent = applied(APPLICATION, by(INTAKE, issue(), at=MONDAY + DAY))
    sent.when(give(), at=MONDAY + DAY, happened_at=MONDAY).refused(InvalidCommand)
    applied(APPLICATION, issue(), fail()).when(give()).refused(
        UnlawfulTransition, saying="issue another one", rule="failed-notice-is-not-given"
    )


def test_a_notice_to_somebody_else_answers_nobody() -> None:
    before = applied(IN_FRENCH, issue(recipient=number(9)))
    assert not before.state.replied
    after = before.when(give()).then(NoticeGiven(notice_id=number(1), acts=()))
    assert after.state.clocks["ACK-2"].open


def test_what_is_done_by_notice_is_not_reported_as_a_milestone_nor_done_by_telephone() -> None:
    done = ReachMilestone(case_id=CASE_ID, milestone="acknowledged")
    applied().when(done).refused(InvalidCommand, saying="issue the notice")
    after = applied().when(contact()).after
    assert after.state.clocks["ACK-2"].open
    assert after.state.replied


# Failed


def test_a_notice_that_failed_was_never_given_and_its_clock_goes_on_as_if_it_had_not_stopped() -> (
    None
):
    due = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    before = applied(APPLICATION, issue(), give())
    after = before.when(fail(words="Mailbox full."), at=MONDAY + DAY).then(
        NoticeFailed(
            notice_id=number(1),
            reason="bounced",
            undone=("acknowledged",),
            replied=False,
            words="Mailbox full.",
        ),
        some(ClockResumed, clock="ACK-2", due_at=due, reopened="continue"),
        some(CaseAlarmed, alarm="notice_failed", party="leader", since=MONDAY + DAY),
    )
    assert "acknowledged" not in after.state.milestones
    assert not after.state.replied
    again = after.asked(by(INTAKE, issue(place=2), at=MONDAY + 2 * DAY))
    again.when(give(2), at=due).then(
        some(NoticeGiven), some(ClockStopped, clock="ACK-2", outcome="breached")
    )


def test_what_an_earlier_letter_had_answered_stays_answered_when_a_later_one_fails() -> None:
    letter = LETTER.model_copy(update={"notice_id": number(2)})
    before = applied(
        *DECIDED, issue(), give(),
        by(INCOME, letter, at=MONDAY + DAY), by(INCOME, give(2), at=MONDAY + DAY),
    )  # fmt: skip
    after = before.when(fail(2), at=MONDAY + 2 * DAY).then(
        some(NoticeFailed),
        some(ClockResumed, clock="DEC-15"),
        some(ClockResumed, clock="DEC-15-WAITED"),
        some(CaseAlarmed),
    )
    assert after.state.clocks["ACK-2"].state == "met"


def test_a_clock_that_a_later_act_would_have_stopped_ends_by_that_when_the_letter_fails() -> None:
    """It ran on though what it asks for was done, since it was not looked for."""
    before = applied(
        *DECIDED,
        by(INCOME, LETTER),
        issue(place=2),
        by(INCOME, give(), at=MONDAY + DAY),
        by(INCOME, give(2), at=MONDAY + 2 * DAY),
    )
    after = before.asked(by(INCOME, fail(), at=MONDAY + 3 * DAY))
    acknowledged = after.state.clocks["ACK-2"]
    assert (acknowledged.state, acknowledged.cause) == ("met", "acknowledged")
    assert acknowledged.history.stopped_at == MONDAY + 2 * DAY
    assert after.state.clocks["DEC-15"].state == "running"


def test_a_notice_that_failed_before_it_was_given_raises_an_alarm_alone() -> None:
    applied(APPLICATION, issue()).when(fail()).then(
        some(NoticeFailed, undone=()), some(CaseAlarmed, alarm="notice_failed")
    )


def test_a_notice_fails_once() -> None:
    applied(APPLICATION, issue(), fail()).when(fail(), at=MONDAY + DAY).nothing()
    applied().when(fail()).refused(UnlawfulTransition, rule="of-an-issued-notice")


def test_what_another_notice_did_as_well_stays_done() -> None:
    before = applied(APPLICATION, issue(), give(), issue(place=2), give(2))
    before.when(fail(), at=MONDAY + DAY).then(
        some(NoticeFailed, undone=(), replied=True), some(CaseAlarmed)
    )


def test_a_decision_whose_notice_failed_after_the_case_was_resolved_runs_on_once_it_is_reopened() -> (
    None
):
    before = applied(
        *DECIDED,
        by(INCOME, LETTER),
        by(INCOME, give(), at=MONDAY + DAY),
        by(INCOME, resolve("granted"), at=MONDAY + 2 * DAY),
    )
    after = before.when(fail(), at=MONDAY + 3 * DAY).then(
        some(NoticeFailed, undone=("decision_given",)), some(CaseAlarmed)
    )
    reopen = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="resume")
    after.when(reopen, at=MONDAY + 4 * DAY).then(
        some(CaseReopened),
        some(ClockResumed, clock="ACK-2", reopened="continue"),
        some(ClockResumed, clock="DEC-15", reopened="continue"),
        some(ClockResumed, clock="DEC-15-WAITED", reopened="continue"),
    )


def test_what_another_notice_did_as_well_is_not_undone_when_the_case_is_reopened() -> None:
    before = applied(
        APPLICATION, issue(), give(), issue(place=2), give(2), fail(),
        by(INCOME, resolve("no-action", "She has moved away."), at=MONDAY + DAY),
    )  # fmt: skip
    reopen = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="resume")
    after = before.asked(by(INTAKE, reopen, at=MONDAY + 2 * DAY))
    assert not after.state.clocks["ACK-2"].open
    assert after.state.clocks["DEC-15"].open


# Resolving


def test_a_decided_case_is_resolved_once_its_decision_was_given() -> None:
    applied(*DECIDED).when(resolve("granted"), actor=INCOME).refused(
        Refusal, saying="issue its notice", rule="notice-before-resolution"
    )
    given_so = applied(*DECIDED, LETTER, give())
    given_so.when(resolve("granted"), actor=INCOME).then(
        some(CaseResolved, outcome="granted", replied=True)
    )


def test_an_office_without_templates_goes_the_short_way() -> None:
    after = given_commands(*DECIDED)
    assert not after.state.clocks["DEC-15"].open
    after.when(resolve("granted"), actor=INCOME).then(some(CaseResolved))


def test_a_request_for_information_alone_is_no_reply_and_its_notice_is() -> None:
    ask = RequestInformation(case_id=CASE_ID, request_id=number(3), fields=("income",))
    before = applied(APPLICATION, ask)
    assert not before.state.replied
    assert before.asked(issue(about=number(3))).state.replied
