"""Extending: by authority, for a reason, by notice in time, within the cap; and who else must be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.extending import (
    ClockExtended,
    DutyDone,
    DutyOwed,
    ExtendClock,
    RecordDutyDone,
)
from ledger.case.clocks.waiting import EndWaiting
from ledger.case.escalation.reaching import ReachRung
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from tests.case.cases import APPLICATION, ITEM, resolve, wait
from tests.case.days import DAY, TUESDAY
from tests.case.editions import delegated
from tests.case.writing import fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    WATCH,
    Actor,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

LEADER = Actor("person", "L-03", role="leader", team="INC")
DUE = datetime(2026, 3, 24, 3, 0, tzinfo=UTC)
"""The end of the fifteenth working day after that Monday."""
LONGER = datetime(2026, 4, 9, 3, 0, tzinfo=UTC)
"""The end of the twenty-fifth, past Good Friday and Easter Monday."""


def extend(amount: int = 10, **said: Any) -> ExtendClock:
    told: dict[str, Any] = {
        "authority": "leader",
        "reason": "volume",
        "notice_given_at": MONDAY,
        "notice_method": "letter",
        "extension_id": number(1),
        **said,
    }
    return ExtendClock(case_id=CASE_ID, clock="DEC-15", amount=amount, **told)


def terms(**said: Any) -> Any:
    def change(document: dict[str, Any]) -> None:
        plain = {"authority": "head", "unit": "working_days", **said}
        document["clocks"]["DEC-15"]["extensions"] = [plain]

    return change


def undirected(document: dict[str, Any]) -> None:
    """An office whose policy names no director."""
    document["office"].pop("director")
    document.pop("delegations")


def test_a_leader_extends_a_clock_and_it_is_counted_from_the_start() -> None:
    """Row 21."""
    after = (
        given_commands(APPLICATION)
        .when(extend(), actor=LEADER, at=TUESDAY)
        .then(
            some(
                ClockExtended,
                clock="DEC-15",
                generation=1,
                authority="leader",
                reason="volume",
                amount=10,
                unit="working_days",
                base="start",
                notice_given_at=MONDAY,
                duties=(),
                was_due_at=DUE,
                due_at=LONGER,
            )
        )
    )
    assert after.state.clocks["DEC-15"].due_at == LONGER


def test_an_extension_is_recorded_once() -> None:
    before = given_commands(APPLICATION, by(LEADER, extend(), at=TUESDAY))
    before.when(extend(), actor=LEADER, at=TUESDAY + DAY).nothing()


def test_an_extension_above_its_cap_or_a_second_one_is_refused() -> None:
    given_commands(APPLICATION).when(extend(11), actor=LEADER).refused(
        saying="10 working days at most", rule="extension-cap"
    )
    before = given_commands(APPLICATION, by(LEADER, extend(4), at=TUESDAY))
    again = extend(4, extension_id=number(2))
    before.when(again, actor=LEADER, at=TUESDAY).refused(rule="extension-times")


def test_an_extension_without_its_notice_is_refused() -> None:
    before = given_commands(APPLICATION)
    for lacking in ({"notice_given_at": None}, {"notice_method": None}):
        before.when(extend().model_copy(update=lacking), actor=LEADER).refused(
            saying="needs its notice", rule="extension-needs-notice"
        )
        before.when(extend().model_copy(update=lacking), actor=LEADER, at=DUE).refused(
            saying="is over", rule="extension-inside-the-time"
        )
    for wrong in (extend(notice_given_at=TUESDAY), extend(evidence=(number(99),))):
        before.when(wrong, actor=LEADER).refused(InvalidCommand)


def test_an_extension_after_the_time_is_refused_though_the_notice_is_new() -> None:
    late = extend(notice_given_at=DUE + DAY)
    given_commands(APPLICATION).when(late, actor=LEADER, at=DUE + 2 * DAY).refused(
        saying="inside the time", rule="extension-inside-the-time"
    )


def test_an_extension_by_a_notice_of_before_the_clock_began_is_refused_since_it_would_extend_nothing() -> (
    None
):
    """It was recorded, and the date stayed as it was."""
    early = extend(notice_given_at=MONDAY - DAY)
    given_commands(APPLICATION).when(early, actor=LEADER, at=TUESDAY).refused(
        saying="given before it began", rule="extension-inside-the-time"
    )


def test_only_the_authority_that_the_law_names_extends() -> None:
    before = given_commands(APPLICATION)
    before.when(extend(authority="clerk"), actor=LEADER).refused(rule="extension-authority")
    before.when(extend(), actor=INCOME).refused(NotAuthorised, saying="extended by the leader")
    before.when(extend(), actor=WATCH).refused(NotAuthorised, saying="A machine extends no clock")
    nobody_directs = given_commands(APPLICATION, policies=office(undirected))
    nobody_directs.when(extend(), actor=INCOME).refused(NotAuthorised)
    before.when(extend(), actor=DECIDER).then(some(ClockExtended))


def test_an_extension_of_before_a_delegation_lapsed_is_recorded_later_on_evidence_and_by_two() -> (
    None
):
    """It asked for both, and refused whoever named them."""
    before = given_commands(APPLICATION, ITEM, policies=office(delegated(ends_on="2026-03-02")))
    dated_back: Any = {"actor": DECIDER, "at": TUESDAY, "happened_at": MONDAY}
    before.when(extend(), **dated_back).refused(rule="decided-before-it-lapsed")
    shown = extend(evidence=(ITEM.item_id,))
    approval = ApproveDatingBack(case_id=CASE_ID, dated_at=MONDAY)
    once = before.asked(by(LEADER, approval, at=TUESDAY)).when(shown, **dated_back)
    again = shown.model_copy(update={"extension_id": number(41)})
    once.then(some(ClockExtended, approved_by="L-03")).when(again, **dated_back).refused(
        rule="decided-before-it-lapsed"  # the approval was of one extension
    )


def test_an_extension_takes_a_reason_that_its_authority_may_give() -> None:
    given_commands(APPLICATION).when(extend(reason="whim"), actor=LEADER).refused(
        saying="there are volume, particulars", rule="extension-reason"
    )


def test_a_clock_that_is_not_of_the_case_and_a_closed_case_are_not_extended() -> None:
    unknown = extend().model_copy(update={"clock": "FIX-10"})
    given_commands(APPLICATION).when(unknown, actor=LEADER).refused(
        InvalidCommand, saying="it has ACK-2, DEC-15, DEC-15-WAITED"
    )
    given_commands(APPLICATION, by(INTAKE, resolve("withdrawn"))).when(
        extend(), actor=LEADER
    ).refused(UnlawfulTransition)
    given().when(extend(), actor=LEADER).refused(CaseNotFound)


def test_a_rung_that_was_reached_is_armed_again_where_the_extension_moves_it_ahead() -> None:
    """It stays recorded as reached, and is reached once more."""
    reach = ReachRung(case_id=CASE_ID, clock="DEC-15", generation=1)
    at = DUE - 2 * DAY
    before = given_commands(APPLICATION, by(WATCH, reach, at=at))
    assert "three-quarters" in before.state.clocks["DEC-15"].reached
    after = before.when(extend(notice_given_at=at), actor=LEADER, at=at).then(
        some(ClockExtended, armed_again=("three-quarters", "two-days-left"))
    )
    again = after.asked(by(WATCH, reach, at=LONGER - DAY))
    assert {"three-quarters", "two-days-left"} <= again.state.clocks["DEC-15"].reached


def test_a_clock_that_stands_still_can_be_extended_and_runs_on_with_more() -> None:
    policies = office(terms(reasons=["volume"]))
    before = given_commands(APPLICATION, by(INTAKE, wait(), at=TUESDAY), policies=policies)
    after = before.when(extend(authority="head"), actor=LEADER, at=TUESDAY + DAY).then(
        some(ClockExtended, was_due_at=None, due_at=None)
    )
    ended = EndWaiting(case_id=CASE_ID, wait_id=number(1))
    resumed = after.asked(by(INTAKE, ended, at=TUESDAY + DAY))
    assert resumed.state.clocks["DEC-15"].due_at == datetime(2026, 4, 11, 3, 0, tzinfo=UTC)


def test_who_else_must_be_told_is_part_of_the_fact_until_they_were() -> None:
    """Above ten days the commissioner is told within two."""
    told = {"party": "commissioner", "when_above": 9, "within_days": 2}
    policies = office(terms(tell=[told]))
    before = given_commands(APPLICATION, policies=policies)
    owing = before.when(extend(authority="head"), actor=LEADER, at=TUESDAY).then(
        some(ClockExtended, duties=(DutyOwed(party="commissioner", by_on=date(2026, 3, 4)),))
    )
    done = RecordDutyDone(
        case_id=CASE_ID, extension_id=number(1), party="commissioner", method="e-mail"
    )
    after = owing.when(done, actor=LEADER, at=TUESDAY).then(
        DutyDone(extension_id=number(1), party="commissioner", method="e-mail")
    )
    assert after.state.extensions == {number(1): {"commissioner": True}}
    more = extend(5, authority="head", extension_id=number(2))
    owing.asked(by(LEADER, more, at=TUESDAY)).when(done, at=TUESDAY).then(some(DutyDone))
    after.when(done, actor=LEADER, at=TUESDAY).nothing()
    owing.when(done.model_copy(update={"party": "mayor"})).refused(InvalidCommand)
    before.when(done).refused(UnlawfulTransition, rule="told-of-an-extension")


def test_where_the_office_writes_from_templates_a_notice_must_be_on_the_case_and_not_have_failed() -> (
    None
):
    named = extend(notice_id=number(9))
    given_commands(APPLICATION).when(named, actor=LEADER).then(
        some(ClockExtended, notice_id=number(9))
    )
    before = given_commands(APPLICATION, policies=office(writes))
    before.when(named, actor=LEADER).refused(Refusal, saying="issue it", rule="notice-given")
    sent = before.asked(by(INCOME, issue("MORE-TIME", place=9)))
    sent.when(named, actor=LEADER, at=TUESDAY).then(some(ClockExtended, notice_id=number(9)))
    bounced = sent.asked(by(INCOME, fail(9)))
    bounced.when(named, actor=LEADER, at=TUESDAY).refused(
        Refusal, saying="failed", rule="notice-given"
    )


def test_whoever_extends_under_a_delegation_holds_it_on_that_day() -> None:
    given_commands(APPLICATION).when(extend(), actor=DECIDER, at=TUESDAY).then(some(ClockExtended))
    invented = replace(DECIDER, delegation="DEL-1")
    given_commands(APPLICATION).when(extend(), actor=invented, at=TUESDAY).refused(
        NotAuthorised, saying="not a delegation"
    )


def test_an_extension_rests_on_its_own_notice_and_on_when_that_was_given() -> None:
    """A breached clock was extended by citing the acknowledgement, and a time that somebody said."""
    written = given_commands(APPLICATION, policies=office(writes))
    unsaid = extend(notice_id=number(9), notice_given_at=None, notice_method=None)
    other = written.asked(by(INCOME, issue("ACK", place=9))).asked(by(INCOME, give(9)))
    other.when(unsaid, actor=LEADER).refused(saying="is extended", rule="notice-of-its-kind")
    elsewhere = written.asked(by(INCOME, issue("MORE-TIME", place=9, clock="ACK-2")))
    elsewhere.when(unsaid, actor=LEADER).refused(rule="notice-of-its-kind")
    told = written.asked(by(INCOME, issue("MORE-TIME", place=9), at=TUESDAY))
    told.when(unsaid, actor=LEADER, at=DUE + DAY).then(
        some(ClockExtended, notice_given_at=TUESDAY, due_at=LONGER)
    )
    claimed = extend(notice_id=number(9), notice_given_at=MONDAY)
    told.when(claimed, actor=LEADER, at=TUESDAY).refused(
        InvalidCommand, saying="leave the time out"
    )
    late = written.asked(by(INCOME, issue("MORE-TIME", place=9), at=DUE + DAY))
    late.when(unsaid, actor=LEADER, at=DUE + DAY).refused(rule="extension-inside-the-time")


def test_once_the_time_is_over_a_notice_that_lies_elsewhere_takes_evidence_and_a_second_person() -> (
    None
):
    before = given_commands(APPLICATION, by(INTAKE, ITEM, at=TUESDAY))
    late = DUE + DAY
    before.when(extend(), actor=LEADER, at=late).refused(rule="breach-crossed-on-evidence")
    shown = extend(evidence=(ITEM.item_id,))
    before.when(shown, actor=LEADER, at=late).refused(rule="breach-crossed-by-two")
    told_at = shown.notice_given_at
    approval = ApproveDatingBack(case_id=CASE_ID, clock="DEC-15", dated_at=told_at)
    before.asked(by(LEADER, approval, at=late)).when(shown, actor=LEADER, at=late).refused(
        rule="breach-crossed-by-two"
    )
    before.asked(by(INCOME, approval, at=late)).when(shown, actor=LEADER, at=late).then(
        some(ClockExtended, evidence=(ITEM.item_id,), approved_by="N-02", due_at=LONGER)
    )


def test_a_notice_that_is_entered_once_the_time_is_over_as_given_before_takes_a_second_person() -> (
    None
):
    """It lay here, so nobody looked when it was written: a breached clock was extended on one officer's word."""
    late, unsaid = DUE + DAY, extend(notice_id=number(9), notice_given_at=None, notice_method=None)
    written = given_commands(APPLICATION, policies=office(writes))
    dated_back = by(INCOME, issue("MORE-TIME", place=9), at=late, happened_at=TUESDAY)
    before = written.asked(dated_back)
    before.when(unsaid, actor=LEADER, at=late).refused(rule="breach-crossed-by-two")
    approval = ApproveDatingBack(case_id=CASE_ID, clock="DEC-15", dated_at=TUESDAY)
    extended = (
        before.asked(by(INCOME, approval, at=late))
        .when(unsaid, actor=LEADER, at=late)
        .then(some(ClockExtended, approved_by="N-02"))
    )
    assert [each.used_by is None for each in extended.state.approvals] == [False]
    reported = written.asked(replace(dated_back, actor=WATCH))
    reported.when(unsaid, actor=LEADER, at=late).then(some(ClockExtended, approved_by=None))


def test_the_leader_of_another_team_extends_no_clock_of_this_one() -> None:
    other = Actor("person", "R-01", role="leader", team="RDW")
    given_commands(APPLICATION).when(extend(), actor=other).refused(NotAuthorised)
