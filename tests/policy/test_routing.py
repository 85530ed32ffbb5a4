"""Routing: which rule decides, what it saw, why not elsewhere, and that it says so exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.load import Load, capacity, room
from ledger.policy.routing.explaining import explain, looked_at, why_not
from ledger.policy.routing.rules import Routing, replay, route, routing_from
from tests.policy.office import compiled

POLICY = compiled()
ROADS = RoutingFacts(
    type="RDW-POT", region="SOU", channel="phone", language="en", severity="other",
    answers={"danger_now": False},
)  # fmt: skip
INCOME = RoutingFacts(
    type="INC-APP", region="NOR", channel="web", language="en", severity="other",
    answers={"people": 2},
)  # fmt: skip
FRENCH = replace(INCOME, language="fr")


def routed(facts: RoutingFacts, load: Load | None = None, **more: Any) -> Routing:
    answer = route(POLICY, facts, load or Load(), **more)
    assert routing_from(json.loads(json.dumps(answer.as_json()))) == answer
    return answer


def test_the_first_rule_that_holds_decides_and_cites_its_policy() -> None:
    answer = routed(ROADS)
    assert (answer.rule, answer.team, answer.by_default) == ("roads", "RDW-SOU", False)
    assert (answer.policy_version, answer.policy_digest) == (7, POLICY.digest)
    assert answer.alarms == ()


def test_only_the_facts_that_were_looked_at_are_recorded() -> None:
    assert routed(ROADS).facts == {
        "flags.adjustment": False,
        "answers.danger_now": False,
        "type": "RDW-POT",
        "programme": "RDW",
        "region": "SOU",
    }


def test_each_rule_that_lost_says_by_which_fact() -> None:
    assert [tuple(each) for each in routed(ROADS).alternatives] == [
        ("care", "", "flags.adjustment"),
        ("danger", "RDW-{region}", "answers.danger_now"),
    ]


def test_danger_goes_to_its_own_lane() -> None:
    answer = routed(replace(ROADS, answers={"danger_now": True}))
    assert (answer.rule, answer.lane) == ("danger", "immediate")


def test_a_region_inside_another_is_taken_for_it() -> None:
    assert routed(replace(ROADS, region="NOR-EAST")).team == "RDW-NOR"


def test_a_rule_that_cannot_be_evaluated_alarms_and_the_next_is_tried() -> None:
    unanswered = routed(replace(ROADS, answers={}))
    assert [tuple(each) for each in unanswered.alarms] == [("danger", "answers.danger_now")]
    assert unanswered.rule == "roads"
    nowhere = routed(replace(ROADS, region=None))
    assert [tuple(each) for each in nowhere.alarms] == [("roads", "region")]
    assert nowhere.by_default
    islands = routed(replace(ROADS, region="ISL"))
    assert [tuple(each) for each in islands.alarms] == [("roads", "region")]


def test_an_answer_of_another_kind_than_its_field_alarms() -> None:
    answer = routed(replace(INCOME, answers={"people": "many"}))
    assert [tuple(each) for each in answer.alarms] == [("big-households", "answers.people")]


def test_an_answer_that_nobody_asked_for_is_not_missing() -> None:
    assert routed(INCOME).alarms == ()


def test_a_case_without_a_type_goes_to_the_default() -> None:
    answer = routed(RoutingFacts(region="NOR", channel="phone", language="en", severity="other"))
    assert (answer.rule, answer.team, answer.by_default) == ("triage", "INT", True)


def test_comparisons_hold_at_their_bounds() -> None:
    assert routed(replace(INCOME, answers={"people": 5})).rule == "income"
    assert routed(replace(INCOME, answers={"people": 6})).rule == "big-households"


def test_the_decider_is_passed_over_and_the_rule_says_so() -> None:
    big = replace(INCOME, answers={"people": 9}, related_teams={"decider": "INC-B"})
    answer = routed(big)
    assert answer.rule == "income"
    assert ("big-households", "INC-B", "excluded") in answer.alternatives
    assert ("big-households", "excluded") in answer.alarms
    assert answer.facts["related_teams.decider"] == "INC-B"


def test_the_team_with_the_smaller_share_of_its_capacity_is_taken() -> None:
    answer = routed(FRENCH, Load({"INC-A": 9, "INT": 10}))
    assert (answer.rule, answer.team) == ("french", "INC-A")
    assert [tuple(each) for each in answer.load] == [("INC-A", 9, 1000), ("INT", 10, 1000)]
    assert answer.alternatives[-1] == ("french", "INT", "load")
    assert routed(FRENCH, Load({"INC-A": 10, "INT": 9})).team == "INT"


def test_equal_loads_are_decided_by_the_code_whatever_the_order_of_the_file() -> None:
    assert routed(FRENCH, Load({"INC-A": 10, "INT": 10})).team == "INC-A"
    assert routed(FRENCH).team == "INC-A"


def test_a_team_with_nobody_present_is_not_taken_by_load() -> None:
    answer = routed(FRENCH, present=frozenset({"i1"}))
    assert answer.team == "INT"
    assert ("french", "INC-A", "nobody-present") in answer.alternatives
    empty = routed(FRENCH, present=frozenset())
    assert ("french", "nobody-present") in empty.alarms


def test_a_team_overflows_only_above_its_threshold() -> None:
    assert routed(INCOME, Load({"INC-A": 12})).team == "INC-A"
    answer = routed(INCOME, Load({"INC-A": 13}))
    assert answer.team == "INC-B"
    assert answer.alternatives[-1] == ("income", "INC-A", "overflow")
    both = routed(INCOME, Load({"INC-A": 13, "INC-B": 25}))
    assert (both.team, both.alternatives[-1]) == ("INC-A", ("income", "INC-B", "load"))


def test_of_several_that_take_the_overflow_the_least_loaded_has_it_and_of_equals_the_first() -> (
    None
):
    two = compiled(('to = ["INC-B"]', 'to = ["INC-B", "INT"]'))
    for others, team in (
        ({"INC-B": 10}, "INT"), ({"INT": 5}, "INC-B"), ({}, "INC-B"), ({"INC-B": 25}, "INT"),
    ):  # fmt: skip
        answer = route(two, INCOME, Load({"INC-A": 13, **others}))
        assert answer.team == team, others
        lost = {each.team: each.lost for each in answer.alternatives if each.rule == "income"}
        assert lost == {"INC-A": "overflow", ({"INC-B", "INT"} - {team}).pop(): "load"}


def test_where_an_adjustment_is_needed_the_rules_propose_and_a_person_confirms() -> None:
    answer = routed(replace(INCOME, flags=frozenset({"adjustment"})))
    assert answer.team == "INC-A"
    assert answer.confirm == ("care", "INT", 1, "business_hours")


def test_a_condition_holds_if_any_of_its_branches_does() -> None:
    licence = RoutingFacts(type="LIC-EVT", region="ISL", channel="web", language="en")
    assert routed(licence).rule == "income"
    assert routed(replace(licence, channel="phone")).by_default


def test_one_sentence_says_why_in_both_languages() -> None:
    answer = routed(FRENCH, Load({"INC-A": 9}))
    assert explain(answer, POLICY, "en") == (
        "Sent to Intake by rule 'Income in French' of policy 7, because programme is Income and "
        "language is French; load compared: Income A 9 of 10 points, Intake 0 of 10 points."
    )
    assert explain(answer, POLICY, "fr") == (
        "Confié à Accueil par la règle « Revenu en français » de la politique 7, parce que le "
        "programme est Revenu et la langue est le français; charges comparées : Revenu A 9 points "
        "sur 10, Accueil 0 points sur 10."
    )
    default = routed(RoutingFacts(region=None, flags=frozenset({"adjustment"})))
    assert explain(default, POLICY, "en").startswith(
        "Sent to Intake by rule 'Triage' of policy 7, because no other rule held; "
        "to be confirmed by Intake; not evaluated: rule 'Income' (region)"
    )


def test_why_it_went_nowhere_else_is_told_of_each_rule_and_team_that_lost() -> None:
    big = replace(INCOME, answers={"people": 9}, related_teams={"decider": "INC-B"})
    overflowing = routed(INCOME, Load({"INC-A": 13}))
    lost = [
        *(routed(ROADS), routed(big), routed(FRENCH, Load({"INC-A": 9}))),
        *(routed(FRENCH, present=frozenset({"i1"})), overflowing),
    ]
    told = {
        why_not(each, routing, POLICY, "en") for routing in lost for each in routing.alternatives
    }
    assert told >= {
        "Not by rule 'A person confirms': not noted that adjustment.",
        "Not by rule 'Income in French': language is English.",
        "Not to Income B by rule 'Big households': it is concerned itself.",
        "Not to Income A by rule 'Income in French': its load.",
        "Not to Income A by rule 'Income in French': nobody of it was there.",
    }
    of_the_matter = looked_at("related_teams.decider", routed(big), POLICY, "en")
    assert of_the_matter == "the team that is concerned itself is Income B"
    assert why_not(overflowing.alternatives[-1], overflowing, POLICY, "fr") == (
        "Pas à Revenu A par la règle « Revenu » : sa charge dépasse la limite de la règle."
    )


facts = st.builds(
    RoutingFacts,
    type=st.sampled_from([None, "RDW-POT", "INC-APP", "LIC-EVT"]),
    region=st.sampled_from([None, "NOR", "NOR-EAST", "SOU", "ISL"]),
    channel=st.sampled_from(["phone", "web"]),
    language=st.sampled_from([None, "en", "fr"]),
    severity=st.just("other"),
    flags=st.sampled_from([frozenset[str](), frozenset({"adjustment"})]),
    answers=st.fixed_dictionaries(
        {},
        optional={
            "danger_now": st.one_of(st.none(), st.booleans(), st.just("yes")),
            "people": st.one_of(st.none(), st.integers(0, 9)),
        },
    ),
    related_teams=st.sampled_from([{}, {"decider": "INC-B"}]),
)
loads = st.builds(
    Load, st.dictionaries(st.sampled_from(["INT", "INC-A", "INC-B"]), st.integers(1, 60))
)


@given(facts, loads, st.none() | st.frozensets(st.sampled_from(["i1", "a1", "a2", "b1"])))
def test_every_case_goes_somewhere_and_what_was_recorded_decides_it_again(
    known: RoutingFacts, load: Load, present: frozenset[str] | None
) -> None:
    answer = routed(known, load, present=present)
    assert answer.team in POLICY.policy.teams
    assert replay(POLICY, routing_from(answer.as_json())) == answer


ENVIRONMENT = """[[routing]]
code = "env"
en = "Environment"
when = { programme = "ENV" }
team = "INT"

[[routing]]
code = "care\""""


@given(facts, loads)
def test_a_rule_added_for_another_programme_changes_no_decision(
    known: RoutingFacts, load: Load
) -> None:
    more = compiled(
        ('LIC = { en = "Licences"', 'ENV = { en = "Environment" }\nLIC = { en = "Licences"'),
        (
            '[[routing]]\ncode = "care"',
            ENVIRONMENT,
        ),
    )
    before, after = route(POLICY, known, load), route(more, known, load)
    assert (before.rule, before.team) == (after.rule, after.team)


def test_capacity_is_present_people_times_their_points_and_share() -> None:
    policy = POLICY.policy
    assert capacity(policy, "INC-A") == 10 * 50 + 5 * 100
    assert capacity(policy, "INC-A", present={"a2", "b1"}) == 500
    assert capacity(policy, "INC-B") == 2000, "machines have no capacity"
    assert capacity(policy, "RDW-NOR") == 0


def test_a_load_given_and_taken_back_is_the_load_before() -> None:
    load = Load({"INT": 3}, {"i1": 1})
    there = load.with_points("INC-A", 5).with_active("i1", 1).with_paused("i1", 1)
    assert (there.of("INC-A"), there.active["i1"], there.paused["i1"]) == (5, 2, 1)
    back = there.with_points("INC-A", -5).with_active("i1", -1).with_paused("i1", -1)
    assert back == load


def test_paused_cases_have_a_limit_of_their_own() -> None:
    load = Load(active={"a2": 2}, paused={"a2": 1})
    assert room(POLICY.policy, load, "a2", team="INC-A", lane="active") == 0
    assert room(POLICY.policy, load, "a2", team="INC-A", lane="paused") == 2


@pytest.mark.parametrize("language", ["en", "fr"])
@given(known=facts, load=loads)
def test_every_decision_can_be_said(language: Any, known: RoutingFacts, load: Load) -> None:
    said = explain(routed(known, load), POLICY, language)
    assert said.endswith(".")
    assert "{" not in said
