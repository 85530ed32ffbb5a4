"""Dating back: once the time of a clock is over, that it was kept is nobody's lone word (row 30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.case.alarms import ALARMS, CaseAlarmed
from ledger.case.clocks.approving import ApprovalAsked, DatingBackApproved
from ledger.case.clocks.facts import ClockStopped
from ledger.case.clocks.waiting import MilestoneReached, ReachMilestone
from ledger.case.contact.contacts import ContactLogged
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.history.imported import IMPORTED_CLOCK, ImportCase
from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.policy.routing.presence import Directory
from tests.case.cases import CALL, DANGER, ENQUIRY, ITEM, classify, resolve
from tests.case.days import DAY, TUESDAY
from tests.case.editions import limit
from tests.case.late import AN_HOUR_LATER, DONE, approved
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    given_commands,
    number,
    office,
    some,
)


def test_that_a_time_was_kept_which_is_over_by_now_counts_once_a_second_person_approves_it() -> (
    None
):
    """Row 30: one officer dated the act back, and a breach that everybody had been told of was met."""
    before = given_commands(DANGER, ITEM)
    due_at = before.state.clocks["MAKE-SAFE"].due_at
    asked = before.when(DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER).then(
        some(MilestoneReached),
        some(ClockStopped, outcome="breached", approved_by=None),
        (
            ApprovalAsked(
                clock="MAKE-SAFE", generation=1, kept_at=AN_HOUR_LATER, due_at=due_at,
                cause="made_safe", evidence=(), asked_of=None,
            ),
            MONDAY + DAY,
        ),
        (some(CaseAlarmed, alarm="awaits_approval", party="leader"), MONDAY + DAY),
    )  # fmt: skip
    for nobody in (INTAKE, WATCH, Actor("person", "form")):
        asked.when(approved("MAKE-SAFE"), actor=nobody, at=TUESDAY).refused(NotAuthorised)
    instead = replace(ROADS, on_behalf_of=INTAKE.id)
    asked.when(approved("MAKE-SAFE"), actor=instead, at=TUESDAY).refused(
        NotAuthorised, saying="You entered yourself"
    )
    met = asked.when(approved("MAKE-SAFE"), actor=ROADS, at=TUESDAY).then(
        some(DatingBackApproved, clock="MAKE-SAFE", dated_at=AN_HOUR_LATER),
        (some(ClockStopped, outcome="met", cause="made_safe", approved_by="R-02"), AN_HOUR_LATER),
    )
    assert met.state.clocks["MAKE-SAFE"].state == "met"
    met.when(approved("MAKE-SAFE"), actor=ROADS, at=TUESDAY).nothing()
    before.when(DONE, at=MONDAY + DAY).then(
        some(MilestoneReached), some(ClockStopped, outcome="breached")
    )


def test_told_as_it_happened_nothing_awaits_what_was_approved_since() -> None:
    """The act and its approval are of then, that it was asked is of later: in between it was met, and awaited it."""
    asked = given_commands(DANGER, by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER))
    claim = asked.happened[-2].fact
    assert claim.topic == "ApprovalAsked"
    met = asked.asked(by(ROADS, approved("MAKE-SAFE"), at=TUESDAY)).following([claim], at=TUESDAY)
    clock = met.state.clocks["MAKE-SAFE"]
    assert (clock.state, clock.claimed) == ("met", None)


def test_what_was_entered_late_before_the_clock_ran_awaits_approval_when_it_does() -> None:
    """Whoever classified the case last, and not first, had kept a time alone that was over."""
    unsorted = DANGER.model_copy(update={"request_type": None})
    late = by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER)
    sorted_out = by(ROADS, classify(DANGER.request_type or ""), at=TUESDAY)
    asked = given_commands(unsorted, late, sorted_out)
    assert asked.state.clocks["MAKE-SAFE"].state == "breached"
    for nobody in (INTAKE, ROADS):  # who entered it, and whose classifying made it count
        asked.when(approved("MAKE-SAFE"), actor=nobody, at=TUESDAY).refused(NotAuthorised)
    second = replace(ROADS, id="R-03")
    met = asked.asked(by(second, approved("MAKE-SAFE"), at=TUESDAY))
    assert met.state.clocks["MAKE-SAFE"].state == "met"
    in_time = by(INTAKE, DONE, at=AN_HOUR_LATER + DAY / 48, happened_at=AN_HOUR_LATER)
    told = given_commands(unsorted, in_time, sorted_out)
    assert told.state.clocks["MAKE-SAFE"].state == "met", "only the classifying came late"


def test_the_alarm_holds_until_it_is_approved_and_no_longer() -> None:
    asked = given_commands(DANGER, by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER))
    around: Any = None
    assert ALARMS["awaits_approval"].holds(asked.state, around)
    met = asked.asked(by(ROADS, approved("MAKE-SAFE"), at=TUESDAY))
    assert not ALARMS["awaits_approval"].holds(met.state, around)


def test_whoever_approved_it_before_it_was_entered_need_not_be_asked() -> None:
    ahead = approved("MAKE-SAFE", AN_HOUR_LATER)
    before = given_commands(DANGER, by(ROADS, ahead, at=MONDAY + DAY))
    before.when(DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER).then(
        some(MilestoneReached), some(ClockStopped, outcome="met", approved_by="R-02")
    )
    own: Any = {"actor": ROADS, "at": TUESDAY, "happened_at": AN_HOUR_LATER}
    other_minute: Any = {"at": TUESDAY, "happened_at": MONDAY}
    for not_that in (own, other_minute):
        happened = before.when(DONE, **not_that).happened
        assert "ApprovalAsked" in [each.fact.topic for each in happened]


def test_nothing_is_approved_in_advance_of_time_nor_of_what_nobody_names() -> None:
    before = given_commands(DANGER)
    for asked in (
        approved("MAKE-SAFE"),
        approved("MAKE-SAFE", MONDAY + DAY),
        approved("FIX-99", MONDAY),
    ):
        before.when(asked, actor=ROADS).refused(InvalidCommand)


def test_further_back_than_the_policy_lets_things_be_entered_it_is_shown_too() -> None:
    before = given_commands(DANGER, ITEM, policies=office(limit(0)))
    dated_back: Any = {"at": MONDAY + DAY, "happened_at": AN_HOUR_LATER}
    before.when(DONE, **dated_back).refused(rule="breach-crossed-on-evidence")
    shown = DONE.model_copy(update={"evidence": (ITEM.item_id,), "approved_by": "R-02"})
    asked = before.asked(by(INTAKE, shown, **dated_back))
    claim, *told = (each.fact for each in asked.happened[-3:])
    assert (claim.topic, getattr(claim, "asked_of", None)) == ("ApprovalAsked", "R-02")
    assert [getattr(each, "party", None) for each in told] == ["leader", "R-02"]
    asked.when(approved("MAKE-SAFE"), actor=ROADS, at=TUESDAY).then(
        some(DatingBackApproved),
        (
            some(ClockStopped, outcome="met", evidence=(ITEM.item_id,), approved_by="R-02"),
            AN_HOUR_LATER,
        ),
    )


def test_whom_somebody_would_have_approve_is_a_person_of_the_policy_and_no_words() -> None:
    """Who is asked stands in the log for good, readable by all: whatever was typed there did."""
    late: Any = {"at": MONDAY + DAY, "happened_at": AN_HOUR_LATER}
    for nobody in ("Ada Tremblay, 902-555-0147, saw it", WATCH.id):
        said = DONE.model_copy(update={"approved_by": nobody})
        given_commands(DANGER).when(said, **late).refused(
            InvalidCommand, saying="is no person of the policy in force"
        )


def test_whoever_is_asked_is_told_and_the_director_where_the_leader_entered_it() -> None:
    """Who was asked never heard of it, and a leader was told of what they had entered themselves."""
    late: Any = {"at": MONDAY + DAY, "happened_at": AN_HOUR_LATER}

    def told(actor: Actor, asked_of: str | None) -> list[str]:
        said = DONE.model_copy(update={"approved_by": asked_of})
        happened = given_commands(DANGER).when(said, actor=actor, **late).happened
        return [each.fact.party for each in happened if isinstance(each.fact, CaseAlarmed)]

    leader = replace(ROADS, id="L-02")
    assert told(INTAKE, "R-02") == ["leader", "R-02"]
    assert told(INTAKE, "L-02") == ["leader"]
    assert told(leader, None) == ["director"]
    stepped = by(ROADS, RecuseFromCase(case_id=CASE_ID, member="R-02"), at=AN_HOUR_LATER)
    for before, nobody in (
        (given_commands(DANGER), INTAKE.id),
        (given_commands(DANGER, stepped), "R-02"),
    ):
        said = DONE.model_copy(update={"approved_by": nobody})
        before.when(said, **late).refused(InvalidCommand, saying="name somebody else who approves")


def test_an_approval_of_another_minute_than_the_one_that_awaits_it_says_which_does() -> None:
    """It was taken as one of something to come, and what awaited it went on awaiting."""
    asked = given_commands(DANGER, by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER))
    minute = timedelta(minutes=1)
    asked.when(approved("MAKE-SAFE", AN_HOUR_LATER - minute), actor=ROADS, at=TUESDAY).refused(
        InvalidCommand, saying="ended at 11:00 on 2 March 2026 ("
    )
    seconds = approved("MAKE-SAFE", AN_HOUR_LATER + minute / 2)
    met = asked.asked(by(ROADS, seconds, at=TUESDAY))
    assert met.state.clocks["MAKE-SAFE"].state == "met"


def test_that_a_deadline_was_kept_which_another_system_stated_takes_a_second_person_too() -> None:
    """An open case was taken over with its deadline: whoever closed it as of before alone had kept that."""
    due_at = MONDAY + DAY
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - DAY, deadline_at=due_at,
    )  # fmt: skip
    closed = by(INTAKE, resolve("withdrawn"), at=TUESDAY + DAY, happened_at=AN_HOUR_LATER)
    asked = given_commands(imported, closed)
    assert asked.state.clocks[IMPORTED_CLOCK].state == "breached"
    after = asked.asked(by(ROADS, approved(IMPORTED_CLOCK), at=TUESDAY + DAY))
    assert after.state.clocks[IMPORTED_CLOCK].state == "withdrawn"
    assert after.state.clocks[IMPORTED_CLOCK].claimed is None


def test_what_another_system_tells_is_believed_when_it_comes_late() -> None:
    done = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    late: Any = {"at": MONDAY + DAY, "happened_at": MONDAY + timedelta(hours=1)}
    given_commands(DANGER).when(done, actor=WATCH, **late).then(
        some(MilestoneReached), some(ClockStopped, outcome="met", approved_by=None)
    )


def test_a_call_that_is_dated_back_over_a_breach_takes_the_same() -> None:
    dated_back: Any = {"at": MONDAY + 9 * DAY, "happened_at": AN_HOUR_LATER}
    before = given_commands(ENQUIRY, ITEM)
    shown = CALL.model_copy(update={"evidence": (ITEM.item_id,)})
    before.when(shown, **dated_back).then(
        some(ContactLogged),
        some(ClockStopped, outcome="breached"),
        (some(ApprovalAsked, clock="CALL-8", cause="contacted"), MONDAY + 9 * DAY),
        (some(CaseAlarmed), MONDAY + 9 * DAY),
    )
    before.when(CALL, at=MONDAY + 9 * DAY).then(
        some(ContactLogged), some(ClockStopped, outcome="breached")
    )


def test_what_ended_otherwise_than_kept_ends_so_once_that_is_approved() -> None:
    """A request that was withdrawn in time, and is closed later: neither met nor breached."""
    withdrawn = by(INTAKE, resolve("withdrawn"), at=MONDAY + DAY, happened_at=AN_HOUR_LATER)
    asked = given_commands(DANGER, withdrawn)
    assert asked.state.clocks["MAKE-SAFE"].state == "breached"
    after = asked.asked(by(ROADS, approved("MAKE-SAFE"), at=TUESDAY))
    assert after.state.clocks["MAKE-SAFE"].state == "withdrawn"


def test_whoever_has_left_or_stepped_back_approves_nothing() -> None:
    """Somebody who had left long ago approved, for all the record showed."""
    dated_back = by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER)
    before = given_commands(DANGER, dated_back)
    late: Any = {"actor": ROADS, "at": MONDAY + 9 * DAY}
    left = replace(before, directory=Directory().without("R-02", date(2026, 3, 9), None))
    left.when(approved("MAKE-SAFE"), **late).refused(NotAuthorised)
    stepped = before.asked(by(ROADS, RecuseFromCase(case_id=CASE_ID, member="R-02"), at=TUESDAY))
    stepped.when(approved("MAKE-SAFE"), **late).refused(NotAuthorised)


def test_an_act_that_stopped_a_clock_on_one_word_long_ago_still_means_the_same() -> None:
    """Facts that name an approver, of before they approved by an entry of their own, fold as they did."""
    met = ClockStopped(
        clock="MAKE-SAFE", generation=1, outcome="met", due_at=MONDAY, cause="made_safe",
        evidence=(), approved_by="R-02",
    )  # fmt: skip
    after = given_commands(DANGER).following([met], at=AN_HOUR_LATER)
    assert after.state.clocks["MAKE-SAFE"].state == "met"
