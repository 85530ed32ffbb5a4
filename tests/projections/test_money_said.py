"""Money among answers is told as an amount by the policy of its time, and as a number where that says number."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.case.corrections import EntryCorrected
from ledger.case.intake.opening import CaseOpened, OpenCase
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.values import Language
from projections.sentences.wording import Wording
from tests.deciding import CASE_ID, given_commands
from tests.ledgers import office_policy

ANSWERED = OpenCase(
    case_id=CASE_ID,
    channel="phone",
    request_type="INC-APP",
    answers={"income": 125_000, "household_size": 3},
)


def opened() -> CaseOpened:
    fact = given_commands(ANSWERED).happened[0].fact
    assert isinstance(fact, CaseOpened)
    return fact


def of_kind(kind: str, **office: Any) -> Policy:
    document = document_of(office_policy())
    document["fields"]["income"]["kind"] = kind
    document["office"] |= office
    return Policy.model_validate(document)


def test_what_is_recorded_is_whole_cents_as_before() -> None:
    assert opened().answers.personal["income"] == 125_000


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Monthly income: $1,250.00"), ("fr", "Revenu mensuel : 1 250,00 $")],
)
def test_an_answer_in_money_is_told_as_an_amount_in_the_language_of_the_reader(
    language: Language, said: str
) -> None:
    wording = Wording(language, office_policy())
    assert said in wording.sentence(opened())
    corrected = EntryCorrected(
        corrects=1, fields=("answers.income",), values={"answers.income": 125_000}, reason="Slip"
    )
    assert said in wording.sentence(corrected)


def test_the_currency_is_the_one_that_the_policy_names() -> None:
    assert "income: 1,250.00 CHF" in Wording("en", of_kind("money", currency="CHF")).sentence(
        opened()
    )


def test_by_a_policy_that_takes_a_number_the_same_entry_reads_as_it_always_did() -> None:
    """A release of what came under it is made again to the same bytes."""
    assert "Monthly income: 125000" in Wording("en", of_kind("number")).sentence(opened())


def test_a_number_beside_it_stays_a_number() -> None:
    assert "live with you? 3" in Wording("en", office_policy()).sentence(opened())
