"""Delegations: a decision needs one that is valid that day, for that type and outcome, and the decider's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.facts import ClockStopped
from ledger.case.outcome.deciding import AmountDecided, DecisionRecorded
from ledger.case.outcome.resolving import CaseResolved
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.policy.document.decisions import Delegation
from tests.case.cases import APPLICATION, ENQUIRY, ITEM, decide, resolve
from tests.case.editions import delegated
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    Change,
    Some,
    by,
    given_commands,
    number,
    office,
    some,
)

LEADER = replace(INCOME, id="L-03", role="team_leader", delegation="DEL-INC-2026")


def held_by(**holders: Any) -> Change:
    return delegated(skills=None, **holders)


def decided(**fields: Any) -> tuple[Some, ...]:
    clocks = ("ACK-2", "DEC-15", "DEC-15-WAITED")
    return (some(DecisionRecorded, **fields), *(_stopped(clock) for clock in clocks))


def _stopped(clock: str) -> Some:
    return some(ClockStopped, clock=clock)


def test_a_delegation_that_the_policy_does_not_know_is_refused() -> None:
    given_commands(APPLICATION).when(decide(), actor=replace(DECIDER, delegation="DEL-9")).refused(
        NotAuthorised, saying="'DEL-9' is not a delegation of the policy in force"
    )


def test_a_delegation_that_lapsed_carries_nothing_from_the_next_day_on() -> None:
    rules = office(delegated(ends_on="2026-03-02"))
    late_that_day = datetime(2026, 3, 3, 3, 59, tzinfo=UTC)
    before = given_commands(APPLICATION, policies=rules)
    before.when(decide(), actor=DECIDER, at=late_that_day).then(*decided())
    before.when(decide(), actor=DECIDER, at=late_that_day + timedelta(minutes=1)).refused(
        NotAuthorised, saying="lapsed on 2 March 2026: cite one that is valid on 3 March 2026"
    )


def test_a_delegation_carries_nothing_before_it_begins() -> None:
    rules = office(delegated(begins_on="2026-03-03"))
    before = given_commands(APPLICATION, policies=rules)
    before.when(decide(), actor=DECIDER).refused(NotAuthorised, saying="begins on 3 March 2026")
    before.when(decide(), actor=DECIDER, at=MONDAY + timedelta(days=1)).then(*decided())


def test_what_was_decided_before_a_delegation_lapsed_is_recorded_later_on_evidence_and_by_two() -> (
    None
):
    """A month after it had lapsed somebody dated a decision back to a day on which they could still decide."""
    rules = office(delegated(ends_on="2026-03-02"))
    before = given_commands(APPLICATION, ITEM, policies=rules)
    later = MONDAY + timedelta(days=1)
    shown = decide().model_copy(update={"evidence": (ITEM.item_id,)})
    named = shown.model_copy(update={"approved_by": "L-03"})
    approval = ApproveDatingBack(case_id=CASE_ID, dated_at=MONDAY)
    by_two = before.asked(by(LEADER, approval, at=later))
    by_one = before.asked(by(DECIDER, approval, at=later))
    for stands, alone in ((before, named), (by_one, shown), (by_two, decide())):
        stands.when(alone, actor=DECIDER, at=later, happened_at=MONDAY).refused(
            saying="not valid on 3 March 2026", rule="decided-before-it-lapsed"
        )
    once = by_two.when(shown, actor=DECIDER, at=later, happened_at=MONDAY).then(
        *decided(approved_by="L-03")
    )
    another = shown.model_copy(update={"decision_id": number(2)})
    once.when(another, actor=DECIDER, at=later, happened_at=MONDAY).refused(
        rule="decided-before-it-lapsed"  # the approval was of one decision
    )
    invented = decide().model_copy(update={"approved_by": "form"})
    before.when(invented, actor=DECIDER).refused(InvalidCommand, saying="is no person")
    theirs = office(delegated(ends_on="2026-12-31"))
    given_commands(APPLICATION, policies=theirs).when(
        decide(), actor=DECIDER, at=later, happened_at=MONDAY
    ).then(*decided())


def test_a_delegation_for_another_type_carries_nothing() -> None:
    rules = office(delegated(types=["INC-CHG"]))
    given_commands(APPLICATION, policies=rules).when(decide(), actor=DECIDER).refused(
        NotAuthorised, saying="is for INC-CHG and not for INC-APP"
    )


def test_under_a_delegation_for_some_outcomes_no_other_is_decided() -> None:
    rules = office(delegated(outcomes=["granted"]))
    before = given_commands(APPLICATION, policies=rules)
    before.when(decide("refused"), actor=DECIDER).refused(
        NotAuthorised, saying="decided as granted and not as 'refused'"
    )
    before.when(decide("granted"), actor=DECIDER).then(*decided(outcome="granted"))


def test_a_delegation_that_somebody_else_holds_carries_nothing() -> None:
    given_commands(APPLICATION).when(
        decide(), actor=replace(ROADS, delegation="DEL-INC-2026")
    ).refused(NotAuthorised, saying="R-02 does not hold the delegation DEL-INC-2026")
    rules = office(held_by(members=["N-03"]))
    given_commands(APPLICATION, policies=rules).when(decide(), actor=DECIDER).refused(
        NotAuthorised, saying="let a holder decide"
    )


def test_a_leader_holds_what_leaders_hold_when_acting_for_their_own_team() -> None:
    rules = office(held_by(roles=["leader"]))
    before = given_commands(APPLICATION, policies=rules)
    before.when(decide(), actor=LEADER).then(*decided(decided_by="L-03", decided_for="INC"))
    before.when(decide(), actor=replace(LEADER, team="RDW")).refused(NotAuthorised)
    before.when(decide(), actor=DECIDER).refused(NotAuthorised)


def test_the_director_holds_what_the_director_holds_for_whatever_team() -> None:
    rules = office(held_by(roles=["director"]))
    director = replace(DECIDER, id="D-01", team="INT")
    given_commands(APPLICATION, policies=rules).when(decide(), actor=director).then(*decided())


def test_whoever_stands_in_for_a_holder_of_their_team_decides_under_the_holder_s_delegation() -> (
    None
):
    rules = office(held_by(members=["N-03"]))
    before = given_commands(APPLICATION, policies=rules)
    standing_in = replace(DECIDER, on_behalf_of="N-03")
    before.when(decide(), actor=standing_in).then(*decided(delegation="DEL-INC-2026"))
    before.when(decide(), actor=replace(standing_in, on_behalf_of="N-04")).refused(
        NotAuthorised, saying="N-04, for whom N-02 stands in, does not hold"
    )
    stranger = replace(ROADS, delegation="DEL-INC-2026", on_behalf_of="N-03")
    before.when(decide(), actor=stranger).refused(
        NotAuthorised, saying="R-02 is in no team of N-03"
    )


def test_a_delegation_with_a_limit_carries_no_more_than_that() -> None:
    rules = office(delegated(limit_cents=50_000))
    before = given_commands(APPLICATION, policies=rules)
    worth = [decide().model_copy(update={"amount_cents": each}) for each in (50_000, 50_001)]
    before.when(worth[0], actor=DECIDER).then(
        some(DecisionRecorded),
        AmountDecided(decision_id=worth[0].decision_id, amount_cents=50_000),
        *decided()[1:],
    )
    before.when(worth[1], actor=DECIDER).refused(
        NotAuthorised, saying="worth $500.01 and the delegation DEL-INC-2026 ends at $500.00"
    )
    before.when(decide(), actor=DECIDER).refused(NotAuthorised, saying="say what the decision")


def test_where_none_is_asked_for_a_delegation_that_is_cited_must_hold_nevertheless() -> None:
    before = given_commands(ENQUIRY)
    before.when(decide("done"), actor=replace(INTAKE, delegation="DEL-9")).refused(NotAuthorised)
    before.when(decide("done"), actor=replace(INTAKE, delegation="DEL-INC-2026")).refused(
        NotAuthorised, saying="not for GEN-ENQ"
    )


def test_the_policy_says_which_outcomes_are_decided_before_the_case_is_resolved() -> None:
    def change(document: dict[str, Any]) -> None:
        document["reasons"]["close"]["no-record"]["decides"] = True
        document["reasons"]["close"]["part"]["decides"] = False

    before = given_commands(APPLICATION, policies=office(change))
    before.when(resolve("no-record")).refused(Refusal, rule="decision-before-resolution")
    before.when(resolve("granted")).refused(Refusal, rule="decision-before-resolution")
    resolved = before.when(resolve("part"))
    assert isinstance(resolved.happened[0].fact, CaseResolved)


@pytest.mark.parametrize(
    "wrong",
    [
        {"skills": ()},
        {"ends_on": date(2024, 12, 31)},
        {"authority": ""},
        {"limit_cents": -1},
        {"roles": ("caseworker",)},
    ],
)
def test_a_delegation_has_a_holder_an_instrument_and_an_end_after_its_beginning(
    wrong: dict[str, Any],
) -> None:
    sound: dict[str, Any] = {
        "en": "Income",
        "authority": "Instrument 1",
        "skills": ("income",),
        "begins_on": date(2025, 1, 1),
    }
    Delegation.model_validate(sound)
    with pytest.raises(ValidationError):
        Delegation.model_validate({**sound, **wrong})


def _delegated_twice(document: dict[str, Any]) -> None:
    delegations = document["delegations"]
    delegations["DEL-INC-MORE"] = delegations["DEL-INC-2026"]


def test_whoever_names_no_delegation_decides_under_the_only_one_that_they_hold() -> None:
    """It was named in the refusal, and had to be typed again."""
    decided = given_commands(APPLICATION).when(decide(), actor=INCOME)
    assert [
        each.fact.delegation for each in decided.happened if isinstance(each.fact, DecisionRecorded)
    ] == ["DEL-INC-2026"]


def test_whoever_names_no_delegation_is_told_which_they_hold_or_who_holds_one() -> None:
    given_commands(APPLICATION, policies=office(_delegated_twice)).when(
        decide(), actor=INCOME
    ).refused(
        NotAuthorised,
        saying="name the delegation you act under; N-02 holds DEL-INC-2026, DEL-INC-MORE.",
    )
    given_commands(APPLICATION).when(decide(), actor=ROADS).refused(
        NotAuthorised,
        saying="R-02 holds none for it: let a holder decide, or say for which holder you stand in (I-02",
    )
