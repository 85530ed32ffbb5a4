"""Incomplete after all: what was taken for complete never was, and what the law starts with it never began."""

from __future__ import annotations

from typing import Any

from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.intake.incomplete import FindIncomplete, FoundIncomplete
from ledger.case.intake.information import InformationReceived, ReceiveInformation
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from tests.case.cases import APPLICATION, ITEM
from tests.case.days import DAY, TUESDAY
from tests.case.editions import limit
from tests.deciding import (
    CASE_ID,
    INCOME,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    given_commands,
    number,
    office,
    some,
)

ANSWERED = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"income": 1200})


def found(**said: Any) -> FindIncomplete:
    plain: dict[str, Any] = {
        "fields": ("income",), "evidence": (ITEM.item_id,), "reason": "The slip was blank.", **said,
    }  # fmt: skip
    return FindIncomplete(case_id=CASE_ID, **plain)


def test_a_clock_that_starts_with_a_complete_request_never_started_and_others_run_on() -> None:
    """Nothing on an open case could say it, so the office answered for days that the law had not begun."""
    before = given_commands(APPLICATION, ITEM)
    due = {code: clock.due_at for code, clock in before.state.clocks.items()}
    after = before.when(found(), at=TUESDAY).then(
        FoundIncomplete(
            fields=("income",), needs=(), missing=("income",), request_type="INC-APP",
            was_complete_at=MONDAY, evidence=(ITEM.item_id,), approved_by=None,
            reason="The slip was blank.",
        ),
        some(ClockStopped, clock="DEC-15", outcome="superseded", cause="never_complete"),
    )  # fmt: skip
    stands = after.state.clocks
    assert (after.state.complete_at, after.state.missing) == (None, {"income"})
    assert stands["DEC-15-WAITED"].due_at == due["DEC-15-WAITED"]
    assert stands["DEC-15-WAITED"].open
    again = after.when(ANSWERED, at=TUESDAY + DAY).then(
        some(InformationReceived, missing=(), complete_at=TUESDAY + DAY),
        some(ClockArmed, clock="DEC-15", generation=2, started_at=TUESDAY + DAY),
    )
    assert again.state.clocks["DEC-15"].due_at == due["DEC-15"] + 2 * DAY
    again.when(found(), at=TUESDAY + DAY).then(some(FoundIncomplete), some(ClockStopped))


def test_it_is_found_by_a_person_on_evidence_and_within_the_policys_limit() -> None:
    before = given_commands(APPLICATION, ITEM)
    before.when(found(), actor=WATCH).refused(NotAuthorised, saying="let a person say")
    before.when(found(evidence=(number(99),))).refused(InvalidCommand, saying="no record item")
    for nothing in (
        {"fields": ()},
        {"fields": ("dob_of_nobody",)},
        {"fields": (), "needs": ("fee",)},
    ):
        before.when(found(**nothing)).refused(InvalidCommand)
    strict = given_commands(APPLICATION, ITEM, policies=office(limit(2)))
    strict.when(found(), at=MONDAY + 3 * DAY).refused(rule="backdating-limit")
    incomplete = before.asked(found())
    incomplete.when(found()).refused(UnlawfulTransition, saying="not taken for complete")


def test_where_its_time_is_over_a_second_person_has_approved_it_first() -> None:
    late = MONDAY + 30 * DAY
    before = given_commands(APPLICATION, ITEM)
    before.when(found(approved_by="N-02"), at=late).refused(
        saying="DEC-15 is over, and by this it never began", rule="breach-crossed-by-two"
    )
    approval = ApproveDatingBack(case_id=CASE_ID, clock="DEC-15", dated_at=MONDAY)
    before.asked(by(INTAKE, approval, at=late)).when(found(), at=late).refused(
        rule="breach-crossed-by-two"
    )
    before.asked(by(INCOME, approval, at=late)).when(found(), at=late).then(
        some(FoundIncomplete, approved_by="N-02"),
        some(ClockStopped, outcome="superseded", approved_by="N-02"),
    )
