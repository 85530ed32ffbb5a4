"""The decision table of the clock engine from row 23 on: how clocks end, are told of, restated and begun anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.restating import RestateClocks
from ledger.case.clocks.undelivered import RecordAccessFailed
from ledger.case.clocks.waiting import EndWaiting, MilestoneReached, ReachMilestone, WaitingBegan
from ledger.case.contact.filing import AddRecordItem
from ledger.case.escalation.reaching import ReachRung
from ledger.case.intake.opening import ClassifyCase
from ledger.case.links import LinkCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.work.referral import ConfirmReferral, ReferCase
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.clocks.history import ClockHistory, Reopening
from ledger.policy.clocks.reckoning import applies, reckon
from ledger.policy.in_force import Policies
from ledger.registers.disclosures.state import Disclosure, Release
from tests.case.cases import APPLICATION, ENQUIRY, POTHOLE, contact, decide, resolve, wait
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Change,
    by,
    edition,
    given_commands,
    number,
    office,
    some,
)
from tests.policy.law import CALENDARS, atia, day, local, of_pack, uk_foia
from tests.policy.table import DAY, DUE, HALIFAX, LONDON, TUESDAY, days, due, stands


def test_row_23_a_lapse_is_neither_met_nor_breached() -> None:
    late = local(HALIFAX, "2027-08-01")
    assert stands(days(10), "2027-04-05", stopped_at=late, outcome="lapsed").state == "lapsed"


def test_row_24_a_case_transferred_to_another_body_ends_our_clock_as_transferred() -> None:
    sent = ReferCase(
        case_id=CASE_ID, referral_id=number(1), body="The town", kind="transfer", consent="given"
    )
    has_it = by(INTAKE, ConfirmReferral(case_id=CASE_ID, referral_id=number(1)), at=TUESDAY)
    after = given_commands(POTHOLE, sent, has_it)
    assert after.state.clocks["FIX-10"].state == "transferred"
    assert after.asked(by(INTAKE, resolve("referred-out"), at=TUESDAY)).state.status == "resolved"


def test_row_24_there_it_counts_as_received_when_the_first_body_received_it() -> None:
    assert due(atia(), "2027-03-01") == "2027-03-31"
    assert due(of_pack("canada", "ATIA-8"), "2027-03-01") == "2027-03-16"


def test_row_25_a_clock_stops_at_the_act_it_asks_for_not_when_the_case_is_closed() -> None:
    before = given_commands(APPLICATION, by(DECIDER, decide(), at=TUESDAY))
    assert before.state.clocks["DEC-15"].history.stopped_at == TUESDAY
    after = before.asked(by(DECIDER, resolve("granted"), at=TUESDAY + 40 * DAY))
    assert after.state.clocks["DEC-15"].state == "met"


def test_row_26_elapsed_are_the_counting_days_complete_before_today() -> None:
    assert stands(days(10), "2027-04-05", at="2027-04-08").elapsed == 2
    assert stands(days(10), "2027-04-05", at="2027-04-12").elapsed == 4


def test_row_27_remaining_are_the_whole_days_after_today() -> None:
    assert stands(days(10), "2027-04-05", at="2027-04-08").remaining == 7
    assert stands(days(10), "2027-04-05", at="2027-04-19").remaining == 0


def test_row_28_a_percent_rung_is_the_first_day_that_uses_the_share_at_opening() -> None:
    share = [{"code": "share", "percent": 75, "party": "owner"}]
    thirty = days(30, "calendar_days", rungs=share, office_calendar="OFFICE", effects={})
    assert stands(thirty, "2027-05-31").rungs[0].at == local(HALIFAX, "2027-06-23T08:30")


def test_row_29_a_rung_that_falls_into_a_pause_waits_for_its_end() -> None:
    rung = [{"code": "two-left", "offset": -2, "calendar": "NS-SAMPLE", "party": "owner"}]
    warned = days(10, rungs=rung, office_calendar="OFFICE")
    paused = ("particulars", "2027-04-16T07:00", "2027-04-16T15:00")
    assert stands(warned, "2027-04-05T10:00", paused).rungs[0].at == local(
        HALIFAX, "2027-04-16T15:00"
    )


def test_row_30_what_is_entered_afterwards_is_restated_and_what_was_told_stays() -> None:
    item = AddRecordItem(
        case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="text/plain",
        size_bytes=1, custodian="Intake", place_kept="Archive",
    )  # fmt: skip
    reach = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    before = given_commands(POTHOLE, item, by(WATCH, reach, at=DUE + DAY))
    alone = wait().model_copy(update={"evidence": (number(8),)})
    before.when(alone, at=DUE + DAY, happened_at=TUESDAY).refused(rule="breach-crossed-by-two")
    approval = ApproveDatingBack(case_id=CASE_ID, clock="FIX-10", dated_at=TUESDAY)
    before = before.asked(by(ROADS, approval, at=DUE + DAY))
    told = [each.fact.topic for each in before.happened]
    after = before.when(alone, at=DUE + DAY, happened_at=TUESDAY).then(
        some(WaitingBegan),
        some(ClockRestated, was_due_at=DUE, due_at=None, overtakes_breach=True),
    )
    assert [each.fact.topic for each in after.happened][: len(told)] == told


def test_row_31_a_revised_calendar_restates_every_open_due_date() -> None:
    def proclaimed(document: dict[str, Any]) -> None:
        document["calendars"]["NS-SAMPLE"]["holidays"].append({"on": "2026-03-10", "en": "New"})

    later = replace(edition(proclaimed, of=2), effective_from=TUESDAY)
    before = replace(given_commands(POTHOLE), policies=Policies((edition(), later)))
    before.when(RestateClocks(case_id=CASE_ID), actor=WATCH, at=TUESDAY).then(
        some(ClockRestated, cause="calendar", was_due_at=DUE, due_at=DUE + DAY)
    )


def test_row_32_beyond_the_horizon_of_its_calendar_nothing_is_reckoned() -> None:
    with pytest.raises(BeyondCalendar, match=r"ends 2026-12-31; publish 2027\."):
        stands(uk_foia(counting_calendar="UK-FOIA-2026"), "2026-12-11")


def test_row_33_the_start_date_says_which_law_applies() -> None:
    acts = [of_pack("ns", "FOI-NS-1993"), of_pack("ns", "FOI-NS-2025")]

    def law(on: str) -> list[str]:
        return [each.version for each in acts if applies(each, start_on=day(on))]

    assert (law("2027-03-31"), law("2027-04-01")) == (["1993"], ["2025"])


REOPENED = {"34": "continue", "35": "resume", "36": "restart"}


def reopened(row: str) -> str:
    """When ten days are due that stopped on the 8th and were opened again on the 15th."""
    mode: Any = REOPENED[row]
    again = Reopening(local(HALIFAX, "2027-04-08"), local(HALIFAX, "2027-04-15"), mode)
    return due(days(10), "2027-04-05", reopenings=(again,))


def reopen_fixed(row: str) -> Any:
    """A pothole reported as done and resolved, opened again two days later."""
    mode: Any = REOPENED[row]
    done = ReachMilestone(case_id=CASE_ID, milestone="done")
    before = given_commands(
        POTHOLE, by(INTAKE, done, at=TUESDAY), by(INTAKE, resolve(), at=TUESDAY)
    )
    asked = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy=mode)
    return before.asked(by(INTAKE, asked, at=TUESDAY + 2 * DAY)).state.clocks["FIX-10"]


def test_row_34_reopened_by_our_fault_the_clock_never_stopped() -> None:
    assert reopened("34") == "2027-04-19"
    assert reopen_fixed("34").due_at == DUE


def test_row_35_reopened_on_new_facts_the_closed_time_does_not_count() -> None:
    assert reopened("35") == "2027-04-27"
    assert reopen_fixed("35").due_at == DUE + 3 * DAY


def test_row_36_reopened_after_the_window_the_clock_begins_anew() -> None:
    assert reopened("36") == "2027-04-29"
    assert (reopen_fixed("36").generation, reopen_fixed("36").due_at) == (2, DUE + 3 * DAY)


def test_row_37_a_review_is_a_case_of_its_own_and_the_first_clock_s_outcome_stands() -> None:
    decided = given_commands(
        APPLICATION, by(DECIDER, decide("refused"), at=TUESDAY),
        by(DECIDER, resolve("refused"), at=TUESDAY),
    )  # fmt: skip
    linked = LinkCase(case_id=CASE_ID, other_case=number(9), relation="related")
    there = replace(decided, others={f"case/{number(9)}": decided.state})
    after = there.asked(by(INTAKE, linked, at=TUESDAY + 30 * DAY))
    assert after.state.clocks["DEC-15"].state == "met"
    assert due(of_pack("uk", "UK-FOI-REVIEW"), "2027-02-01") == "2027-03-01"


def test_row_38_each_clock_names_its_own_pack_and_the_earliest_is_shown() -> None:
    received = local(LONDON, "2027-02-01")
    both = [reckon(each, CALENDARS, ClockHistory(received)) for each in (uk_foia(), atia())]
    assert [each.certificate["pack"] for each in both] == ["UK-FOIA", "ATIA"]
    case = given_commands(ENQUIRY).state
    dues = {each.due_at: code for code, each in case.clocks.items() if each.due_at}
    assert dues[min(dues)] == "CALL-8"


def test_row_39_a_change_of_type_supersedes_and_waits_apply_by_the_new_table() -> None:
    """CALL-8 knows no such wait; ANSWER-30 stands still for it: Tuesday to Thursday are three days more."""
    ended = EndWaiting(case_id=CASE_ID, wait_id=number(1))
    before = given_commands(
        POTHOLE, by(INTAKE, wait(), at=TUESDAY), by(INTAKE, ended, at=TUESDAY + 2 * DAY)
    )
    asked = ClassifyCase(case_id=CASE_ID, request_type="GEN-ENQ")
    after = before.asked(by(INTAKE, asked, at=TUESDAY + 3 * DAY))
    clocks = after.state.clocks
    assert clocks["FIX-10"].state == "superseded"
    assert clocks["CALL-8"].history.start_at == MONDAY
    assert clocks["CALL-8"].due_at == MONDAY + DAY
    assert clocks["ANSWER-30"].due_at == datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
    untouched = given_commands(ENQUIRY).state.clocks["ANSWER-30"]
    assert untouched.due_at == datetime(2026, 4, 2, 3, 0, tzinfo=UTC)


def publishing() -> Change:
    """Enquiries are published, not before the fourteenth day after they were answered."""
    terms = of_pack("ns", "FOI-NS-PUBLISH").model_dump(mode="json", exclude_defaults=True)

    def change(document: dict[str, Any]) -> None:
        del terms["code"]
        document["clocks"]["PUBLISH-14"] = {**terms, "office_calendar": "OFFICE"}
        document["types"]["GEN-ENQ"]["clocks"].append("PUBLISH-14")

    return change


def test_row_40_publication_has_a_clock_of_its_own_that_outlives_the_resolution() -> None:
    def reach(act: str) -> ReachMilestone:
        return ReachMilestone(case_id=CASE_ID, milestone=act)

    sent = given_commands(ENQUIRY, policies=office(publishing())).when(reach("sent_to_applicant"))
    from_day = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
    running = sent.then(
        some(MilestoneReached), some(ClockArmed, clock="PUBLISH-14", due_at=from_day, rungs=())
    )
    closed = running.asked(by(INTAKE, resolve(), at=TUESDAY))
    assert closed.state.clocks["PUBLISH-14"].open
    early = closed.when(reach("published"), at=TUESDAY)
    early.then(
        some(MilestoneReached),
        some(ClockStopped, clock="PUBLISH-14", outcome="breached"),
        (some(CaseAlarmed, alarm="done_too_early", party="leader", since=TUESDAY), TUESDAY),
    )
    never = some(ClockStopped, outcome="met", cause="decided_not_to_publish")
    closed.when(reach("decided_not_to_publish"), at=TUESDAY).then(some(MilestoneReached), never)
    closed.when(reach("published"), at=from_day).then(
        some(MilestoneReached), some(ClockStopped, clock="PUBLISH-14", outcome="met")
    )
    time_passes = ReachRung(case_id=CASE_ID, clock="PUBLISH-14", generation=1)
    closed.when(time_passes, actor=WATCH, at=from_day + 30 * DAY).nothing()


def test_row_40_publication_is_counted_from_the_sending_that_arrived() -> None:
    """It went on from a sending that had failed, and the case named a day for everybody that was none."""
    named = number(7)
    disclosed = Disclosure(
        opened=True,
        case_id=CASE_ID,
        releases={number(8): Release(number=1, audience="applicant", delivered_at=TUESDAY)},
    )
    sent = ReachMilestone(case_id=CASE_ID, milestone="sent_to_applicant", by_disclosure=named)
    before = replace(
        given_commands(ENQUIRY, policies=office(publishing())),
        others={f"disclosure/{named}": disclosed},
    )
    running = before.asked(by(INTAKE, sent, at=MONDAY))
    running.when(sent, at=MONDAY).nothing()
    by_hand = sent.model_copy(update={"by_disclosure": None})
    running.when(by_hand, at=MONDAY + 20 * DAY).nothing()
    closed = running.asked(by(INTAKE, resolve(), at=TUESDAY))
    for sent_once in (running, closed):
        anew = sent_once.when(sent, at=MONDAY + 20 * DAY).then(
            some(MilestoneReached),
            some(
                ClockRestated,
                clock="PUBLISH-14",
                cause="start_corrected",
                was_due_at=datetime(2026, 3, 16, 3, 0, tzinfo=UTC),
                due_at=datetime(2026, 4, 5, 3, 0, tzinfo=UTC),
                promised_at=None,
            ),
        )
        assert anew.state.milestones["sent_to_applicant"] == MONDAY + 20 * DAY


def test_row_40_what_is_answered_otherwise_after_it_was_published_waits_for_a_day_of_its_own() -> (
    None
):
    """The commissioner had more of it given, and the case named no day before which everybody had that too.

    Nor did it where the first answer was not to be published: of the changed one nobody had decided that.
    """
    named, days = number(7), 60
    arrived = Release(number=2, audience="applicant", delivered_at=MONDAY + days * DAY)
    disclosed = Disclosure(opened=True, case_id=CASE_ID, releases={number(8): arrived})
    sent = ReachMilestone(case_id=CASE_ID, milestone="sent_to_applicant", by_disclosure=named)
    published = ReachMilestone(case_id=CASE_ID, milestone="published")
    before = replace(
        given_commands(ENQUIRY, policies=office(publishing())),
        others={f"disclosure/{named}": disclosed},
    )
    kept_back = ReachMilestone(case_id=CASE_ID, milestone="decided_not_to_publish")
    for ended in (published, kept_back):
        once = (
            before.asked(by(INTAKE, sent, at=MONDAY))
            .asked(by(INTAKE, resolve(), at=TUESDAY))
            .asked(by(INTAKE, ended, at=MONDAY + 20 * DAY))
        )
        anew = once.when(sent, at=MONDAY + days * DAY).then(
            some(MilestoneReached), some(ClockArmed, clock="PUBLISH-14", generation=2)
        )
        for then in (published, kept_back):
            anew.when(then, at=MONDAY + (days + 20) * DAY).then(
                some(MilestoneReached), some(ClockStopped, clock="PUBLISH-14", outcome="met")
            )


def test_row_40_publication_has_no_day_between_a_sending_that_failed_and_the_next() -> None:
    """The case named a day for everybody that was counted from what the applicant never had."""
    named = number(7)

    def disclosed(**said: Any) -> dict[str, Any]:
        release = Release(number=1, audience="applicant", **said)
        stands = Disclosure(opened=True, case_id=CASE_ID, releases={number(8): release})
        return {f"disclosure/{named}": stands}

    sent = ReachMilestone(case_id=CASE_ID, milestone="sent_to_applicant", by_disclosure=named)
    before = replace(
        given_commands(ENQUIRY, policies=office(publishing())),
        others=disclosed(delivered_at=MONDAY),
    ).asked(by(INTAKE, sent, at=MONDAY))
    failed = RecordAccessFailed(case_id=CASE_ID, disclosure_id=named)
    for resolved in ((), (by(INTAKE, resolve(), at=TUESDAY),)):
        case = before
        for each in resolved:
            case = case.asked(each)
        lost = replace(case, others=disclosed(failed=True, thought_at=MONDAY))
        after = lost.when(failed, at=MONDAY + 2 * DAY).then(
            some(ClockStopped, clock="PUBLISH-14", outcome="withdrawn", cause="not_delivered")
        )
        told = after.asked(by(INTAKE, contact(), at=MONDAY + 3 * DAY))
        assert not told.state.clocks["PUBLISH-14"].open, "whatever is done meanwhile"
        arrived = replace(after, others=disclosed(delivered_at=MONDAY + 4 * DAY))
        again = arrived.when(sent, at=MONDAY + 4 * DAY).then(
            some(MilestoneReached), some(ClockArmed, clock="PUBLISH-14", generation=2)
        )
        assert again.state.clocks["PUBLISH-14"].history.start_at == MONDAY + 4 * DAY
