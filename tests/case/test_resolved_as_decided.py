"""Resolved as decided: what is closed is what was decided and told, by nobody who stepped back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.notices import NoticeGiven
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.outcome.readiness import MarkReady
from ledger.case.outcome.resolving import CaseResolved, ResolveCase
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.facts import dump
from ledger.policy.in_force import Policies
from tests.case.cases import APPLICATION, DANGER, anew, decide, resolve
from tests.case.decided import LETTER, OURS, decided, told
from tests.case.writing import fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    MONDAY,
    WATCH,
    by,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)
NOTHING_TO_DECIDE = "It was meant for the town."


def test_a_case_is_resolved_as_it_was_decided_or_decided_anew() -> None:
    """What was refused and told so stood in every figure as granted."""
    refused = told(*decided())
    refused.when(resolve("granted"), actor=INCOME).refused(
        saying="decided as 'refused'", rule="resolved-as-decided"
    )
    assert "CaseResolved" in {
        each.fact.topic for each in refused.decide(by(INCOME, resolve("refused")))
    }
    refused.when(resolve("withdrawn"), actor=INCOME).then(some(CaseResolved, outcome="withdrawn"))


def test_what_was_decided_by_a_code_that_the_policy_has_no_more_is_resolved_by_one_that_it_has() -> (
    None
):
    """By the old code it was refused for want of the code, and by the new one for its not being the old."""

    def renamed(document: dict[str, Any]) -> None:
        writes(document)
        words = document["reasons"]["close"].pop("refused")
        document["reasons"]["close"]["declined"] = {**words, "decides": True}

    before = told(*decided())
    both = Policies((*before.policies.versions, *office(renamed).versions))
    later = replace(before, policies=both)
    later.when(resolve("refused"), actor=INCOME).refused(InvalidCommand)
    assert later.decide(by(INCOME, resolve("declined")))


def test_a_later_decision_is_given_by_its_own_letter_not_by_that_of_an_earlier_one() -> None:
    reopened = told(*decided(), by(INCOME, resolve("refused")), by(INCOME, OURS, at=MONDAY + DAY))
    decision, letter, given = decided("granted", place=2, on=2)
    anew = reopened.asked(decision)
    anew.when(resolve("granted"), actor=INCOME, at=MONDAY + 2 * DAY).refused(
        saying="not given yet", rule="notice-before-resolution"
    )
    after = anew.asked(letter).asked(given)
    after.when(resolve("granted"), actor=INCOME, at=MONDAY + 2 * DAY).then(
        some(CaseResolved, outcome="granted")
    )
    failed = after.decide(by(INCOME, fail(2), at=MONDAY + 3 * DAY))
    assert dump(failed[0].fact)["undone"] == ["decision_given"]
    assert {"ClockResumed", "CaseAlarmed"} <= {each.fact.topic for each in failed}


def test_a_letter_of_what_was_decided_and_told_before_the_reopening_answers_nothing_anew() -> None:
    """Opened again to change a decision, it was closed in time by a second letter of the old one."""
    reopened = told(*decided(), by(INCOME, resolve("refused")), by(INCOME, OURS, at=MONDAY + DAY))
    letter = issue("DECISION", place=2, **LETTER)
    reopened.when(letter, actor=INCOME, at=MONDAY + DAY).refused(
        saying="opened again since its decision was given", rule="decision-before-notice"
    )
    copied = letter.model_copy(update={"about": number(1)})
    sent = reopened.asked(by(INCOME, copied, at=MONDAY + DAY))
    after = sent.when(give(2), actor=INCOME, at=MONDAY + 2 * DAY).then(some(NoticeGiven, acts=()))
    assert after.state.clocks["DEC-15"].open
    same = after.asked(by(DECIDER, decide("refused", place=3), at=MONDAY + 2 * DAY))
    letter = issue("DECISION", place=3, **LETTER)
    given = same.asked(by(INCOME, letter, at=MONDAY + 2 * DAY)).asked(
        by(INCOME, give(3), at=MONDAY + 2 * DAY)
    )
    assert not given.state.clocks["DEC-15"].open


def test_a_letter_that_did_not_arrive_is_sent_anew_on_the_case_that_was_opened_again_for_it() -> (
    None
):
    reopened = told(
        *decided(),
        by(INCOME, resolve("refused")),
        by(INCOME, fail(1), at=MONDAY + DAY),
        by(INCOME, OURS, at=MONDAY + DAY),
    )
    sent = reopened.asked(by(INCOME, issue("DECISION", place=2, **LETTER), at=MONDAY + DAY))
    sent = sent.asked(by(INCOME, give(2), at=MONDAY + DAY))
    assert not sent.state.clocks["DEC-15"].open


def test_a_letter_that_is_dated_before_the_entry_of_its_decision_gives_it_all_the_same() -> None:
    """A decision went out, was recorded in the afternoon, and its letter then dated right: it gave nothing."""
    decision, letter, _ = decided(on=1)
    written: Any = replace(letter, happened_at=MONDAY + DAY - timedelta(hours=1))
    before = told(decision, written)
    given = before.decide(by(INCOME, give(1), at=MONDAY + DAY))
    assert dump(given[0].fact)["acts"] == ["decision_given"]


def test_a_letter_that_is_said_to_tell_of_an_earlier_decision_gives_that_one_alone() -> None:
    again = by(INCOME, issue("DECISION", place=3, about=number(1), **LETTER), at=MONDAY + 2 * DAY)
    first, letter, _ = decided()
    second = by(DECIDER, anew("granted", number(1)), at=MONDAY + DAY)
    before = told(first, letter, second, again)
    for place in (1, 3):
        given = before.decide(by(INCOME, give(place), at=MONDAY + 3 * DAY))
        assert dump(given[0].fact)["acts"] == []


@pytest.mark.parametrize(
    "asked",
    [decide(), MarkReady(case_id=CASE_ID), ResolveCase(case_id=CASE_ID, outcome="withdrawn")],
    ids=["decide", "find ready", "resolve"],
)
def test_whoever_stepped_back_from_a_case_decides_nothing_of_it(asked: Any) -> None:
    stepped = RecuseFromCase(case_id=CASE_ID, member=DECIDER.id)
    before = given_commands(APPLICATION, by(DECIDER, stepped))
    before.when(asked, actor=DECIDER).refused(NotAuthorised, saying="stepped back")


def test_closing_a_case_keeps_no_promise_that_asks_for_something_else() -> None:
    """Row 25: an access request was closed in a minute, without a word, and its statutory clock was met."""

    def ends(opening: Any, outcome: str) -> set[tuple[str, str]]:
        closing = given_commands(opening).decide(by(INCOME, resolve(outcome, NOTHING_TO_DECIDE)))
        told = [dump(each.fact) for each in closing if each.fact.topic == "ClockStopped"]
        return {(each["clock"], each["outcome"]) for each in told}

    undecided = {("DEC-15", "withdrawn"), ("DEC-15-WAITED", "withdrawn")}
    assert undecided <= ends(APPLICATION, "no-record")
    assert {*ends(DANGER, "done")} == {("MAKE-SAFE", "withdrawn"), ("FIX-10", "met")}
    assert {*ends(DANGER, "no-action")} == {("MAKE-SAFE", "withdrawn"), ("FIX-10", "withdrawn")}


def test_what_closing_ended_goes_on_when_the_case_is_reopened() -> None:
    closed = given_commands(APPLICATION, by(INCOME, resolve("no-record", NOTHING_TO_DECIDE)))
    again = closed.asked(by(INCOME, OURS, at=MONDAY + DAY))
    assert again.state.clocks["DEC-15"].state == "running"


def test_what_carries_out_a_decision_comes_after_it() -> None:
    """An order was said to be given, nothing being decided, and its clock was met."""
    given = ReachMilestone(case_id=CASE_ID, milestone="order_given")
    given_commands(APPLICATION).when(given, actor=INCOME).refused(
        saying="record the decision first", rule="decided-before-it-is-done"
    )
    assert given_commands(APPLICATION, by(DECIDER, decide())).decide(by(INCOME, given))
    assert given_commands(DANGER).decide(by(INCOME, given))


@pytest.mark.parametrize("outcome", ["done", "no-action"])
def test_a_machine_closes_nothing_as_answered_that_a_person_is_to_decide(outcome: str) -> None:
    """An application was over as 'no action needed' by a program's word, with no decision and no person."""
    applied = given_commands(APPLICATION)
    applied.when(resolve(outcome), actor=WATCH).refused(NotAuthorised, saying="let a person do it")
    assert applied.asked(by(WATCH, resolve("withdrawn"))).state.outcome == "withdrawn"


def test_what_takes_a_decision_is_not_done_without_one() -> None:
    """An application was closed as done by whoever had it, with no decision, no authority and no reasons."""
    applied = given_commands(APPLICATION)
    applied.when(resolve("done", "She was helped."), actor=INCOME).refused(
        rule="decision-before-resolution"
    )
    assert given_commands(DANGER).asked(by(INCOME, resolve("done"))).state.outcome == "done"


def test_what_was_decided_is_closed_as_done_by_nobody_and_as_no_action_with_the_reason() -> None:
    """What was refused, and told so, was closed as done, by people and by a program, and no figure showed it."""
    for refused in (told(*decided()), given_commands(DANGER, decide("refused"))):
        refused.when(resolve("done", "She was told."), actor=INCOME).refused(
            saying="decided as 'refused': resolve it so", rule="resolved-as-decided"
        )
        refused.when(resolve("no-action"), actor=INCOME).refused(
            saying="or say in the words why", rule="resolved-as-decided"
        )
        for outcome in ("done", "no-action"):
            by_itself = refused.when(resolve(outcome, "She has died."), actor=WATCH)
            by_itself.refused(NotAuthorised, saying="let a person do it")
        closed = refused.asked(by(INCOME, resolve("no-action", "She has died.")))
        assert closed.state.outcome == "no-action"
        assert refused.asked(by(INCOME, resolve("withdrawn"))).state.outcome == "withdrawn"


def test_what_takes_a_decision_and_needs_no_action_is_closed_with_the_reason() -> None:
    applied = given_commands(APPLICATION)
    applied.when(resolve("no-action"), actor=INCOME).refused(
        saying="say in the words why", rule="undecided-says-why"
    )
    closed = applied.asked(by(INCOME, resolve("no-action", NOTHING_TO_DECIDE)))
    assert closed.state.outcome == "no-action"
    by_its_policy = office(_needs_nothing_decided)
    assert (
        given_commands(APPLICATION, policies=by_its_policy)
        .asked(by(INCOME, resolve("no-action")))
        .state.outcome
        == "no-action"
    )


def _needs_nothing_decided(document: dict[str, Any]) -> None:
    document["reasons"]["close"]["no-action"]["decides"] = False
