"""Failure demand: which contacts the office's own waiting and errors made, by kind (practice/formulas.md 5.4)."""

from __future__ import annotations

from copy import deepcopy

import pytest

from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.flow.demand import demand_of
from tests.ledgers import office_policy


@pytest.mark.parametrize(
    ("kinds", "demand"),
    [
        (("new-request",), "value"),
        (("new-information", "chase"), "failure"),
        (("correction-theirs",), "value"),
        (("correction-ours", "thanks"), "failure"),
        (("repeat",), "failure"),
        (("unknown",), "unclassified"),
        (("unknown", "thanks"), "value"),
        ((), "unclassified"),
    ],
)
def test_a_contact_of_several_kinds_counts_once_and_as_failure_if_any_is(
    kinds: tuple[str, ...], demand: str
) -> None:
    assert demand_of(office_policy(), kinds) == demand


def test_the_policy_says_otherwise_where_it_knows_better() -> None:
    document = deepcopy(document_of(office_policy()))
    document["reasons"]["contact"]["complaint"]["demand"] = "value"
    document["reasons"]["contact"]["rumour"] = {"en": "Rumour", "demand": "failure"}
    policy = Policy.model_validate(document)
    assert demand_of(policy, ["complaint"]) == "value"
    assert demand_of(policy, ["rumour"]) == "failure"
