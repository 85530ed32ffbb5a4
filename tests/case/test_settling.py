"""Settling: a resolution stands after its quiet window; what comes in it is proposed as a return and decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.clocks.facts import ClockArmed, ClockPolicy, ClockResumed
from ledger.case.contact.contacts import ContactLogged
from ledger.case.history.imported import ImportCase
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.returns import ReturnAnswer, ReturnDecided, ReturnProposed
from ledger.case.outcome.settling import CaseSettled, DecideReturn, SettleCase
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Directory
from tests.case.cases import ENQUIRY, POTHOLE, contact, pull, resolve
from tests.case.days import DAY, TUESDAY
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Change,
    by,
    edition,
    given,
    given_commands,
    number,
    office,
    some,
)

OVER = datetime(2026, 3, 18, 3, 0, tzinfo=UTC)
"""The end of the tenth working day after Tuesday, the third of March 2026."""
RESOLVED = (POTHOLE, by(ROADS, pull("RDW", "R-02")), by(ROADS, resolve(), at=TUESDAY))
RETURNING = (*RESOLVED, by(INTAKE, contact("inbound"), at=TUESDAY + DAY))
SETTLE = SettleCase(case_id=CASE_ID)


def decide_return(
    answer: ReturnAnswer = "return", mode: ClockPolicy | None = "continue", **fields: Any
) -> DecideReturn:
    told: dict[str, Any] = {"reason": "returned", **fields}
    return DecideReturn(
        case_id=CASE_ID, contact_id=number(1), answer=answer, clock_policy=mode, **told
    )


def settles_after(days: int) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["types"]["RDW-POT"]["settle_days"] = days

    return change


# Settling


def test_the_quiet_window_of_a_resolution_is_counted_in_working_days_of_its_type() -> None:
    for days, ends_at in (
        (10, OVER),
        (1, datetime(2026, 3, 5, 4, 0, tzinfo=UTC)),
        (0, datetime(2026, 3, 4, 4, 0, tzinfo=UTC)),
    ):
        before = given_commands(POTHOLE, policies=office(settles_after(days)))
        resolved = before.when(resolve(), at=TUESDAY).happened[0].fact
        assert isinstance(resolved, CaseResolved)
        assert resolved.settles_at == ends_at


def test_a_machine_settles_a_case_when_its_window_is_over_and_not_before() -> None:
    before = given_commands(*RESOLVED)
    before.when(SETTLE, actor=WATCH, at=OVER - timedelta(seconds=1)).nothing()
    late = before.when(SETTLE, actor=WATCH, at=OVER + DAY)
    assert [each.context.effective_at for each in late.happened] == [OVER], "the window ended then"
    after = before.when(SETTLE, actor=WATCH, at=OVER).then(
        CaseSettled(
            resolution=1,
            resolved_at=TUESDAY,
            resolved_by="R-02",
            resolver="person",
            window_ended_at=OVER,
        )
    )
    after.when(SETTLE, actor=WATCH, at=OVER + DAY).nothing()


def test_a_case_that_needs_care_is_settled_by_a_person_to_whom_it_is_proposed() -> None:
    with_care = POTHOLE.model_copy(update={"flags": ("adjustment",)})
    before = given_commands(with_care, by(INTAKE, resolve(), at=TUESDAY))
    before.when(SETTLE, actor=WATCH, at=OVER).nothing()
    propose = RaiseAlarm(case_id=CASE_ID, alarm="settling_proposed", since=OVER)
    before.when(propose, actor=WATCH, at=OVER - DAY).nothing()
    proposed = before.when(propose, actor=WATCH, at=OVER).then(
        some(CaseAlarmed, alarm="settling_proposed", party="leader", since=OVER)
    )
    proposed.when(propose, actor=WATCH, at=OVER).nothing()
    proposed.when(SETTLE, at=OVER + DAY).then(some(CaseSettled))


def test_a_person_does_not_settle_a_case_before_its_time() -> None:
    given_commands(*RESOLVED).when(SETTLE, at=OVER - DAY).refused(
        UnlawfulTransition,
        saying="until the end of 17 March 2026: settle the case after that",
        rule="settled-after-the-window",
    )
    given_commands(POTHOLE).when(SETTLE).refused(
        UnlawfulTransition, saying="settled after it was resolved", rule="settled-when-resolved"
    )
    given_commands(*RETURNING).when(SETTLE, at=OVER).refused(
        UnlawfulTransition, saying="decide that first", rule="return-decided-first"
    )
    given().when(SETTLE).refused(CaseNotFound)


def test_history_of_another_system_is_settled_by_a_person_alone() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - 9 * DAY, ended_at=MONDAY - DAY,
    )  # fmt: skip
    before = given_commands(imported)
    before.when(SETTLE, actor=WATCH, at=OVER).nothing()
    before.when(SETTLE, at=OVER).then(some(CaseSettled, window_ended_at=None))
    before.when(contact("inbound"), at=TUESDAY).then(some(ContactLogged), some(CaseAlarmed))


# Returns


def test_a_contact_in_the_quiet_window_is_proposed_as_a_return() -> None:
    given_commands(*RESOLVED).when(contact("inbound"), at=OVER - DAY).then(
        some(ContactLogged),
        ReturnProposed(
            contact_id=number(1),
            channel="phone",
            resolution=1,
            resolved_at=TUESDAY,
            resolved_by="R-02",
            resolver="person",
        ),
    )


def test_what_comes_in_after_the_window_is_told_to_whoever_leads_the_team() -> None:
    """Somebody wrote weeks after their case was settled, and it stood on a page that nobody looked at."""
    over = given_commands(*RESOLVED)
    for before in (over, over.asked(by(WATCH, SETTLE, at=OVER))):
        after = before.when(contact("inbound"), at=OVER + DAY).then(
            some(ContactLogged),
            some(CaseAlarmed, alarm="came_after_quiet_window", party="leader", since=OVER + DAY),
        )
        once_more = contact("inbound", place=2)
        after.when(once_more, at=OVER + 2 * DAY).then(some(ContactLogged), some(CaseAlarmed))


def test_a_contact_from_us_or_from_before_or_while_one_is_proposed_is_just_a_contact() -> None:
    before = given_commands(*RESOLVED)
    before.when(contact("outbound"), at=TUESDAY + DAY).then(some(ContactLogged))
    before.when(contact("inbound"), at=OVER, happened_at=MONDAY).then(some(ContactLogged))
    given_commands(*RETURNING).when(contact("inbound", place=2), at=OVER - DAY).then(
        some(ContactLogged)
    )
    given_commands(ENQUIRY).when(contact("inbound")).then(some(ContactLogged))


def test_a_return_opens_the_case_again_for_its_owner() -> None:
    after = (
        given_commands(*RETURNING)
        .when(decide_return(words="Deep again."), at=TUESDAY + 2 * DAY)
        .then(
            ReturnDecided(
                contact_id=number(1),
                answer="return",
                resolution=1,
                resolved_at=TUESDAY,
                resolved_by="R-02",
                resolver="person",
                settles_at=OVER,
                words=None,
            ),
            CaseReopened(
                reason="returned", clock_policy="continue", words="Deep again.", owner="R-02"
            ),
            some(ClockResumed, clock="FIX-10", reopened="continue"),
        )
    )
    assert (after.state.owner, after.state.team, after.state.resolution) == ("R-02", "RDW", None)


def test_a_case_whose_owner_left_goes_to_the_team() -> None:
    def gone(document: dict[str, Any]) -> None:
        del document["members"]["R-02"]

    def moved(document: dict[str, Any]) -> None:
        document["members"]["R-02"]["teams"] = ["INC"]

    for change in (gone, moved):
        policies = Policies((edition(), edition(change, of=2)))
        before = replace(given_commands(*RETURNING), policies=policies)
        after = before.when(decide_return(), at=TUESDAY + 2 * DAY).then(
            some(ReturnDecided), some(CaseReopened, owner=None), some(ClockResumed)
        )
        assert (after.state.owner, after.state.team) == (None, "RDW")


def test_thanks_and_a_new_matter_end_the_proposal_and_the_case_stays_resolved() -> None:
    for answer in ("thanks", "new_matter"):
        after = (
            given_commands(*RETURNING)
            .when(decide_return(answer, None), at=TUESDAY + 2 * DAY)
            .then(some(ReturnDecided, answer=answer, settles_at=OVER))
        )
        assert after.state.status == "resolved"
        after.when(SETTLE, actor=WATCH, at=OVER).then(some(CaseSettled))
        after.when(contact("inbound", place=2), at=OVER - DAY).then(
            some(ContactLogged), some(ReturnProposed)
        )


def test_what_came_while_a_contact_was_proposed_is_proposed_in_its_turn() -> None:
    """A thank-you was proposed, and behind it was lost that it was broken again."""
    two = given_commands(*RETURNING, by(INTAKE, contact("inbound", place=2), at=TUESDAY + DAY))
    after = two.when(decide_return("thanks", None), at=TUESDAY + 2 * DAY).then(
        some(ReturnDecided, answer="thanks"), some(ReturnProposed, contact_id=number(2))
    )
    after.when(SETTLE, actor=WATCH, at=OVER).nothing()
    again = decide_return("thanks", None).model_copy(update={"contact_id": number(2)})
    after.when(again, at=TUESDAY + 2 * DAY).then(some(ReturnDecided, contact_id=number(2)))
    back = two.when(decide_return(), at=TUESDAY + 2 * DAY)
    assert back.happened[-1].fact.topic != "ReturnProposed"


def test_a_case_whose_owner_has_left_by_the_directory_goes_to_the_team() -> None:
    left = Directory().without("R-02", date(2026, 3, 4), None)
    before = replace(given_commands(*RETURNING), directory=left)
    before.when(decide_return(), at=TUESDAY + 2 * DAY).then(
        some(ReturnDecided), some(CaseReopened, owner=None), some(ClockResumed)
    )


def test_a_return_is_decided_once() -> None:
    before = given_commands(*RETURNING, by(INTAKE, decide_return("thanks"), at=TUESDAY + 2 * DAY))
    before.when(decide_return("thanks"), at=TUESDAY + 2 * DAY).nothing()
    before.when(decide_return("return"), at=TUESDAY + 2 * DAY).refused(
        UnlawfulTransition, saying="was decided to be 'thanks'", rule="return-decided-once"
    )


def test_only_what_is_proposed_is_decided_and_by_a_person() -> None:
    given_commands(*RESOLVED).when(decide_return(), at=TUESDAY).refused(
        UnlawfulTransition, saying="not proposed as a return", rule="decides-a-return"
    )
    before = given_commands(*RETURNING)
    before.when(decide_return(), actor=WATCH, at=TUESDAY + 2 * DAY).refused(
        NotAuthorised, saying="let a person do it"
    )
    before.when(decide_return(mode=None), at=TUESDAY + 2 * DAY).refused(
        InvalidCommand, saying="what its clocks do"
    )
    before.when(decide_return(reason="whim"), at=TUESDAY + 2 * DAY).refused(
        InvalidCommand, saying="'whim' is not a reason to reopen"
    )
    given().when(decide_return()).refused(CaseNotFound)


def test_whoever_reopens_a_case_whose_return_is_proposed_has_decided_that_it_is_one() -> None:
    reopen = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="resume")
    given_commands(*RETURNING).when(reopen, at=TUESDAY + 2 * DAY).then(
        some(ReturnDecided, answer="return", resolved_by="R-02"),
        some(CaseReopened, reason="our-error"),
        some(ClockResumed),
    )


def test_a_settled_case_is_reopened_with_clocks_that_begin_anew() -> None:
    """Row 36."""
    before = given_commands(*RESOLVED, by(WATCH, SETTLE, at=OVER))
    reopen = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="resume")
    before.when(reopen, at=OVER + DAY).refused(
        UnlawfulTransition, saying="reopen with 'restart'", rule="restart-after-settling"
    )
    again = reopen.model_copy(update={"clock_policy": "restart"})
    before.when(again, at=OVER + DAY).then(
        some(CaseReopened), some(ClockArmed, clock="FIX-10", generation=2)
    )


def test_a_return_that_nobody_decides_alarms() -> None:
    alarm = RaiseAlarm(case_id=CASE_ID, alarm="return_undecided", since=TUESDAY + DAY)
    before = given_commands(*RETURNING)
    before.when(alarm, actor=WATCH, at=TUESDAY + 3 * DAY).then(
        some(CaseAlarmed, alarm="return_undecided")
    )
    decided = before.asked(by(INTAKE, decide_return("thanks"), at=TUESDAY + 2 * DAY))
    decided.when(alarm, actor=WATCH, at=TUESDAY + 3 * DAY).nothing()
