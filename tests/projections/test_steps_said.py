"""Steps of a clock, and what somebody may take a case by, are told in words and not by the codes of a policy."""

from __future__ import annotations

import pytest

from ledger.case.custody.pulling import CasePulled
from ledger.case.escalation.reaching import RungReached
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from projections.rows.escalations import EscalationRow, why
from projections.sentences.steps import step_said
from projections.sentences.wording import Wording
from tests.deciding import MONDAY, number
from tests.golden.examples import examples
from tests.policy.department import department, published


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("three-quarters", "75 % of its time", "75 % de son délai"),
        ("two-days-left", "2 working days before its end", "2 jours ouvrables avant son terme"),
        ("breach", "its time ran out", "son délai est écoulé"),
        ("five-days-over", "5 working days after its end", "5 jours ouvrables après son terme"),
    ],
)
def test_a_step_is_told_by_when_it_is_reached(code: str, english: str, french: str) -> None:
    """A French trail had the English code of the policy in it."""
    said: dict[Language, str] = {"en": english, "fr": french}
    reached = RungReached(
        escalation_id=number(1), clock="FIX-10", generation=1, rung=code, parties=("owner",),
        reached_at=MONDAY, due_at=None,
    )  # fmt: skip
    row = EscalationRow(str(number(1)), code, ("owner",), MONDAY, clock="FIX-10")
    for language, expected in said.items():
        assert step_said(department(), "FIX-10", code, language) == expected
        assert expected in Wording(language, department()).sentence(reached)
        colon = " : " if language == "fr" else ": "
        assert why(row, language, published()) == f"FIX-10{colon}{expected}"


def test_a_step_that_the_policy_has_no_more_keeps_its_code() -> None:
    row = EscalationRow(str(number(1)), "gone", ("owner",), MONDAY, clock="FIX-10")
    assert why(row, "fr", published()) == "FIX-10 : gone"
    assert why(row, "fr", Policies()) == "FIX-10 : gone"


def test_what_a_case_may_be_taken_by_is_told_in_words() -> None:
    """The trail said `skill:road`."""
    pulled = examples()[CasePulled.topic]
    told = pulled.model_copy(
        update={
            "fits": ("region:HAL", "language:fr"),
            "lacks": ("skill:road",),
            "passed_over": {"skill:winter": 2},
        }
    )
    english = Wording("en", department()).sentence(told)
    french = Wording("fr", department()).sentence(told)
    for said in ("the region Halifax and Central, the language French", "the skill ", "Roads"):
        assert said in english, english
    for said in ("la région Halifax et Centre, la langue « français »", "la compétence "):
        assert said in french, french
    assert "skill:" not in english + french
    assert "skill road" in Wording("en").sentence(told), "where no policy names it"
