"""Fees in integer cents: estimated line by line, waived, paid, refunded, and held against what it took."""

from __future__ import annotations

from typing import Any

import pytest

from api.sentences.french import french_of
from ledger.commands import Command
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.policy.telling.money import amount, amount_in_french
from ledger.registers.disclosures.fees import (
    AskFeeWaiver,
    DecideFeeWaiver,
    EstimateFee,
    FeeEstimated,
    FeeLine,
    FeePaid,
    FeeRefunded,
    FeeSettled,
    FeeWaiverAsked,
    FeeWaiverDecided,
    PayFee,
    RefundFee,
    SettleFee,
)
from projections.sentences.wording import Wording
from tests.deciding import Asked, History
from tests.ledgers import office_policy
from tests.registers.disclosing import ID, OFFICER, OPEN, asked, disclosure

SEARCH = FeeLine(basis="search", quantity=9, unit="half_hour", rate_cents=1500, free=6)
COPIES = FeeLine(basis="copying", quantity=138, unit="page", rate_cents=20)
ESTIMATE = EstimateFee(disclosure_id=ID, lines=(SEARCH, COPIES), deposit_cents=2000)
ESTIMATED = FeeEstimated(
    lines=(SEARCH, COPIES), total_cents=7260, deposit_cents=2000, refuses=False, words=None
)
ASK = AskFeeWaiver(disclosure_id=ID, words="It is of public interest.")


def estimated(*commands: Command) -> History[Any]:
    more = [Asked(each, OFFICER) for each in (ESTIMATE, *commands)]
    return asked(disclosure(), OPEN, *more)


def pay(cents: int) -> PayFee:
    return PayFee(disclosure_id=ID, paid_cents=cents)


def test_an_estimate_is_added_up_less_what_is_free() -> None:
    asked(disclosure(), OPEN).when(ESTIMATE, actor=OFFICER).then(ESTIMATED)


def test_a_deposit_is_part_of_the_estimate() -> None:
    greedy = ESTIMATE.model_copy(update={"deposit_cents": 7261})
    asked(disclosure(), OPEN).when(greedy, actor=OFFICER).refused(
        InvalidCommand, saying="estimate of $72.60"
    )


def test_lines_that_come_to_more_than_an_entry_holds_are_refused_in_a_sentence() -> None:
    """It was decided, and failed as it was to be sealed."""
    dear = FeeLine(basis="search", quantity=1_000_000, unit="hour", rate_cents=10_000_000)
    for asks in (ESTIMATE, SettleFee(disclosure_id=ID, lines=(SEARCH,))):
        huge = asks.model_copy(update={"lines": (dear,) * 901})
        estimated().when(huge, actor=OFFICER).refused(InvalidCommand, saying="more than can be")


def test_what_is_paid_is_owed_and_no_more() -> None:
    part = estimated().when(pay(2000), actor=OFFICER)
    paid = part.then(FeePaid(paid_cents=2000, owed_cents=5260))
    paid.when(pay(5261), actor=OFFICER).refused(Refusal, rule="paid-no-more-than-owed")
    paid.when(pay(5260), actor=OFFICER).then(FeePaid(paid_cents=5260, owed_cents=0))


def test_a_waiver_is_asked_for_decided_and_lessens_what_is_owed() -> None:
    wanted = (
        estimated().when(ASK, actor=OFFICER).then(FeeWaiverAsked(words="It is of public interest."))
    )
    wanted.when(ASK, actor=OFFICER).nothing()
    half = DecideFeeWaiver(disclosure_id=ID, waiver="part", waived_cents=3630, reason="In part.")
    waived = wanted.when(half, actor=OFFICER).then(
        FeeWaiverDecided(waiver="part", waived_cents=3630, reason="In part.")
    )
    assert waived.state.fees.owed == 3630
    refused = DecideFeeWaiver(disclosure_id=ID, waiver="refused", reason="No hardship is shown.")
    asked(wanted, Asked(refused, OFFICER)).when(refused, actor=OFFICER).refused(
        UnlawfulTransition, rule="waiver-asked"
    )
    again = asked(waived, Asked(ASK, OFFICER), Asked(refused, OFFICER))
    assert again.state.fees.owed == 3630, "what was waived before stays so"
    assert asked(wanted, Asked(refused, OFFICER)).state.fees.owed == 7260
    whole = DecideFeeWaiver(disclosure_id=ID, waiver="whole", reason="Of public interest.")
    wanted.when(whole, actor=OFFICER).then(
        FeeWaiverDecided(waiver="whole", waived_cents=7260, reason="Of public interest.")
    )
    none = half.model_copy(update={"waived_cents": None})
    wanted.when(none, actor=OFFICER).refused(InvalidCommand, saying="less than $72.60")
    estimated().when(whole, actor=OFFICER).refused(UnlawfulTransition, rule="waiver-asked")


def test_an_amount_is_told_in_the_currency_of_the_office_in_either_language() -> None:
    """Whoever was to pay read that 123456 cents were owed."""
    paid = asked(estimated(), Asked(pay(7259), OFFICER))
    said = "What is owed is $0.01: record that, and give the rest back."
    paid.when(pay(2), actor=OFFICER).refused(Refusal, saying=said, rule="paid-no-more-than-owed")
    in_french = "Il est dû 0,01 $ : consignez cette somme, et rendez le reste."
    assert french_of(said) == in_french
    for currency, english, french in (
        ("GBP", "£1,234.56", "1 234,56 £"),
        ("CHF", "1,234.56 CHF", "1 234,56 CHF"),
        (None, "1,234.56", "1 234,56"),
    ):
        assert amount(123456, currency) == english
        assert amount(123456, currency, "fr") == amount_in_french(english) == french
    assert amount_in_french("3.5") is None
    policy = office_policy()
    fact = FeePaid(paid_cents=2000, owed_cents=5260)
    assert Wording("en", policy).sentence(fact) == "$20.00 was paid; still owed: $52.60."
    assert Wording("fr", policy).sentence(fact) == "20,00 $ : payé; reste dû : 52,60 $."


def test_what_was_paid_can_be_given_back_and_is_not_owed_again() -> None:
    paid = estimated(pay(7260))
    refund = RefundFee(disclosure_id=ID, refunded_cents=7000, reason="It took less.")
    back = paid.when(refund, actor=OFFICER).then(
        FeeRefunded(refunded_cents=7000, reason="It took less.")
    )
    assert back.state.fees.owed == 0
    back.when(refund, actor=OFFICER).refused(Refusal, rule="refund-of-what-was-paid")


def test_what_it_took_is_recorded_once_beside_the_estimate() -> None:
    settle = SettleFee(disclosure_id=ID, lines=(COPIES,))
    settled = (
        estimated()
        .when(settle, actor=OFFICER)
        .then(FeeSettled(lines=(COPIES,), total_cents=2760, estimated_cents=7260))
    )
    settled.when(settle, actor=OFFICER).nothing()
    assert (settled.state.fees.owed, settled.state.fees.over) == (2760, 0), "and not the estimate"
    paid = asked(estimated(), Asked(pay(7260), OFFICER), Asked(settle, OFFICER))
    assert (paid.state.fees.owed, paid.state.fees.over) == (0, 4500)
    dearer = settle.model_copy(update={"lines": (COPIES, *ESTIMATE.lines)})
    above = asked(estimated(), Asked(dearer, OFFICER))
    assert above.state.fees.owed == 7260, "nobody owes more than was estimated"
    settled.when(ESTIMATE, actor=OFFICER).refused(UnlawfulTransition, rule="fee-settled")


@pytest.mark.parametrize(
    "command",
    [ASK, pay(1), SettleFee(disclosure_id=ID, lines=(COPIES,))],
    ids=lambda each: type(each).__name__,
)
def test_without_an_estimate_there_is_no_fee(command: Command) -> None:
    asked(disclosure(), OPEN).when(command, actor=OFFICER).refused(
        UnlawfulTransition, rule="fee-estimated"
    )
