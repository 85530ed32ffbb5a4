"""Delegations in the policy: what they name is there, and each type that asks for judgement can be decided today."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.policy.checking import check
from ledger.policy.document.problems import PolicyError
from ledger.policy.reading.toml import read_policy
from tests.ledgers import OFFICE

TEXT = OFFICE.read_text(encoding="utf-8")
TODAY = date(2026, 3, 2)


def found(text: str, *, on: date = TODAY) -> list[str]:
    return [each.sentence for each in check(read_policy(text, file="office.toml"), on, text=text)]


def test_a_type_of_judgement_without_a_delegation_valid_today_is_found() -> None:
    lapses = TEXT.replace(
        "begins_on = 2025-01-01\n\n#", "begins_on = 2025-01-01\nends_on = 2026-03-01\n\n#"
    )
    assert lapses != TEXT
    (said,) = found(lapses)
    assert said.startswith("types.INC-APP.judgement needs delegated authority")
    assert found(lapses, on=date(2026, 3, 1)) == []


def test_a_delegation_that_nobody_holds_is_found() -> None:
    nobody = TEXT.replace('skills = ["income", "intake"]\ntypes', 'roles = ["director"]\ntypes')
    assert found(nobody) == []
    gone = nobody.replace('director = "D-01"\n', "")
    said = found(gone)
    assert "delegations.DEL-INC-2026 is held by no person of the policy." in said
    assert len(said) == 2


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ('types = ["INC-OLD"]', "delegations.DEL-INC-2026.types[0]"),
        ('types = ["INC-APP"]\nmembers = ["X-9"]', "delegations.DEL-INC-2026.members[0]"),
        ('types = ["INC-APP"]\noutcomes = ["maybe"]', "delegations.DEL-INC-2026.outcomes[0]"),
    ],
)
def test_a_delegation_names_only_what_is_there(change: str, key: str) -> None:
    text = TEXT.replace('types = ["INC-APP"]\nbegins', f"{change}\nbegins")
    with pytest.raises(PolicyError) as caught:
        read_policy(text, file="office.toml")
    assert [each.key for each in caught.value.problems] == [key]
