"""Money: what people write is read in one way or not at all, and rules compare the cents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.document.conditions import Condition, judged
from ledger.policy.document.problems import PolicyError
from ledger.policy.reading.toml import read_policy
from ledger.policy.telling.money import amount, cents_in, plainly
from tests.policy.office import TEXT

AMOUNTS = st.integers(-(10**14) + 1, 10**14 - 1)


@pytest.mark.parametrize(
    "said",
    [
        "1250", "1250.00", "1250,00", "1,250.00", "1 250,00", "1 250", "1\u202f250,00\u00a0$", "$1,250.00",
        "$ 1250", "1250 CAD", "CAD 1,250.00", "1250.0", " 1250,0 ",
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_in_english_and_in_french(said: str) -> None:
    assert cents_in(said, "CAD") == 125_000


@pytest.mark.parametrize(
    "said",
    [
        "1,250", "1.250", "1,250,000", "1.250,00", "1,250,00", "12.345", "12 50", "1  250", "1250.", ".50", "1e3",
        "12 EUR", "£12", "$12 $", "$", "", "much", "1250.00.00", "1" * 13, "\u0661\u0662",
    ],
)  # fmt: skip
def test_what_could_be_read_two_ways_or_is_of_another_currency_is_no_amount(said: str) -> None:
    """A comma before three digits parts thousands in English and begins a fraction in French."""
    assert cents_in(said, "CAD") is None


def test_without_a_currency_of_the_office_an_amount_names_none() -> None:
    assert (cents_in("12.50", None), cents_in("$12.50", None)) == (1250, None)


@given(AMOUNTS, st.sampled_from(["CAD", "EUR", "CHF", None]), st.sampled_from(["en", "fr"]))
def test_whatever_amount_is_shown_or_typed_is_read_again_as_so_many_cents(
    cents: int, currency: str | None, language: str
) -> None:
    shown = amount(cents, currency, "fr" if language == "fr" else "en")
    assert cents_in(shown, currency) == cents
    assert cents_in(plainly(cents), currency) == cents


def test_a_rule_compares_money_by_its_cents() -> None:
    judge = judged(Condition(at_least=50_000), "money")
    assert [judge(each) for each in (49_999, 50_000, "500.00", True, None)] == [
        False, True, None, None, None,
    ]  # fmt: skip


def test_a_policy_that_compares_money_with_anything_but_whole_cents_is_refused() -> None:
    money = TEXT.replace(
        'people = { tier = "office", kind = "number"', 'people = { tier = "office", kind = "money"'
    )
    assert money != TEXT
    read_policy(money, file="office.toml")
    with pytest.raises(
        PolicyError, match=r"can never be; allowed: whole cents, such as 500 for 5\.00"
    ):
        read_policy(
            money.replace("people = { at_least = 6 }", 'people = "4.00"'), file="office.toml"
        )
