"""Chase plans: steps in their order, a lapse after its notice, and an outcome to lapse with."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from ledger.policy.document.chases import ChasePlan
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy
from ledger.policy.reading.references import wrong_references
from tests.deciding import chased, edition


def plan(*steps: tuple[str, int]) -> ChasePlan:
    said: list[dict[str, Any]] = [{"act": act, "after_working_days": day} for act, day in steps]
    return ChasePlan.model_validate({"en": "Plan", "steps": said})


def test_a_plan_goes_step_by_step() -> None:
    assert len(plan(("ask", 0), ("remind", 5), ("warn", 15), ("lapse", 20)).steps) == 4
    assert plan(("ask", 3)).steps[0].act == "ask"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([("ask", 5), ("remind", 5)], "put them in order"),
        ([("ask", 5), ("remind", 0)], "put them in order"),
        ([("ask", 0), ("lapse", 20)], "nothing lapses without notice"),
        ([("lapse", 20)], "nothing lapses without notice"),
        ([("warn", 5), ("lapse", 20), ("ask", 25)], "put no step after it"),
        ([], "at least 1 item"),
        ([("ask", -1)], "greater than or equal to 0"),
    ],
)
def test_a_plan_that_makes_no_sense_says_why(steps: list[tuple[str, int]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        plan(*steps)


def wrong(*changes: Any) -> list[str]:
    return [said for _, said in wrong_references(Policy.model_validate(edition(*changes).document))]


def test_a_type_names_a_plan_that_is_there() -> None:
    assert wrong(chased("INC-APP")) == []

    def of_another(document: dict[str, Any]) -> None:
        document["types"]["INC-APP"]["chase"] = "in-30-days"

    (said,) = wrong(chased(), of_another)
    assert "names the plan 'in-30-days', which is not defined (did you mean 'in-20-days'?)" in said


def test_a_plan_that_lapses_needs_the_outcome() -> None:
    def without_the_outcome(document: dict[str, Any]) -> None:
        del document["reasons"]["close"]["lapsed"]

    (said,) = wrong(chased(), without_the_outcome)
    assert "add the outcome 'lapsed'" in said


def test_a_policy_without_plans_keeps_its_digest() -> None:
    plain = edition()
    assert plain.digest == digest_policy(Policy.model_validate(plain.document))
    assert "chases" not in plain.document
    assert edition(chased("INC-APP")).digest != plain.digest
