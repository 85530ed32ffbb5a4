"""Fees: estimated line by line, waived, paid, refunded and held against what it really took, in integer cents.

What an estimate does to the clock of the request stands in its law: the case waits for the fee, and the
clock does what its table of effects says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.fitting import TOO_BIG
from ledger.policy.telling.money import amount
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    decides,
    evolves,
    officer,
)

FeeBasis: TypeAlias = Literal["search", "preparation", "programming", "copying", "delivery"]
FeeUnit: TypeAlias = Literal["minute", "half_hour", "hour", "page", "item"]
Waiver: TypeAlias = Literal["whole", "part", "refused"]


class FeeLine(BaseModel):
    """A line of an estimate: so many units at a rate in cents; `free` of them are not charged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    basis: FeeBasis
    quantity: int = Field(ge=0, le=1_000_000)
    unit: FeeUnit
    rate_cents: int = Field(ge=0, le=10_000_000)
    free: int = Field(default=0, ge=0, le=1_000_000)

    @property
    def amount_cents(self) -> int:
        """What it comes to."""
        return max(0, self.quantity - self.free) * self.rate_cents


@fact
class FeeEstimated(Fact):
    """The applicant was given an estimate of the fee, and asked for a deposit if one is due.

    `refuses` says that the request is refused because it would cost more than the law's limit.
    """

    lines: tuple[FeeLine, ...]
    total_cents: int
    deposit_cents: int
    refuses: bool
    words: PersonalText


@fact
class FeeWaiverAsked(Fact):
    """The applicant asked not to be charged; on which grounds and evidence."""

    words: PersonalText


@fact
class FeeWaiverDecided(Fact):
    """It was decided how much of the fee is waived, and why."""

    waiver: Waiver
    waived_cents: int
    reason: PersonalText


@fact
class FeePaid(Fact):
    """So many cents were paid; what is still owed then."""

    paid_cents: int
    owed_cents: int


@fact
class FeeRefunded(Fact):
    """So many cents were given back, and why."""

    refunded_cents: int
    reason: PersonalText


@fact
class FeeSettled(Fact):
    """What it really took, line by line, beside the estimate."""

    lines: tuple[FeeLine, ...]
    total_cents: int
    estimated_cents: int


class EstimateFee(DisclosureCommand):
    """Estimate the fee, line by line."""

    lines: tuple[FeeLine, ...] = Field(min_length=1)
    deposit_cents: int = Field(default=0, ge=0, lt=TOO_BIG)
    refuses: bool = False
    words: str | None = None


class AskFeeWaiver(DisclosureCommand):
    """Record that the applicant asks not to be charged."""

    words: str = Field(min_length=1)


class DecideFeeWaiver(DisclosureCommand):
    """Decide how much of the fee is waived."""

    waiver: Waiver
    waived_cents: int | None = Field(default=None, ge=0, lt=TOO_BIG)
    reason: str = Field(min_length=1)


class PayFee(DisclosureCommand):
    """Record that something was paid."""

    paid_cents: int = Field(ge=1, lt=TOO_BIG)


class RefundFee(DisclosureCommand):
    """Record that something was given back."""

    refunded_cents: int = Field(ge=1, lt=TOO_BIG)
    reason: str = Field(min_length=1)


class SettleFee(DisclosureCommand):
    """Record what it really took."""

    lines: tuple[FeeLine, ...] = Field(min_length=1)


def _total(lines: Sequence[FeeLine], currency: str | None) -> int:
    """What the lines come to; refused where that is more than an entry can hold."""
    total = sum(each.amount_cents for each in lines)
    if total >= TOO_BIG:
        raise InvalidCommand(
            f"These lines come to {amount(total, currency)}, which is more than can be recorded: check what each is of."
        )
    return total


@decides(EstimateFee)
def estimate_fee(
    state: Disclosure, asked: EstimateFee, around: Circumstances
) -> Sequence[Happened]:
    """A later estimate takes the place of an earlier one; a deposit is part of it."""
    currency = officer(around, does="estimates no fee").policy.office.currency
    total = _total(asked.lines, currency)
    if asked.deposit_cents > total:
        raise InvalidCommand(
            f"The deposit of {amount(asked.deposit_cents, currency)} is more than the estimate of "
            f"{amount(total, currency)}: ask for less."
        )
    if state.known().fees.settled:
        raise UnlawfulTransition(
            "The fee is settled: refund or charge by a new request.", rule="fee-settled"
        )
    estimated = FeeEstimated(
        lines=asked.lines,
        total_cents=total,
        deposit_cents=asked.deposit_cents,
        refuses=asked.refuses,
        words=asked.words,
    )
    return (around.happened(estimated),)


@decides(AskFeeWaiver)
def ask_fee_waiver(
    state: Disclosure, asked: AskFeeWaiver, around: Circumstances
) -> Sequence[Happened]:
    """There is a fee to waive."""
    officer(around, does="asks for no waiver")
    _estimated(state)
    if state.fees.waiver_asked:
        return ()
    return (around.happened(FeeWaiverAsked(words=asked.words)),)


@decides(DecideFeeWaiver)
def decide_fee_waiver(
    state: Disclosure, asked: DecideFeeWaiver, around: Circumstances
) -> Sequence[Happened]:
    """A waiver was asked for, and waives no more than the fee; one more that is refused takes back none before it."""
    currency = officer(around, does="waives no fee").policy.office.currency
    total = _estimated(state)
    if not state.fees.waiver_asked:
        raise UnlawfulTransition(
            "Nobody asked for a waiver, or it was decided: record that one is asked for first.",
            rule="waiver-asked",
        )
    waived = {"whole": total, "refused": state.fees.waived}.get(asked.waiver, asked.waived_cents)
    if waived is None or (asked.waiver == "part" and not 0 < waived < total):
        raise InvalidCommand(
            f"A waiver in part is of more than 0 and less than {amount(total, currency)}: say how much."
        )
    decided = FeeWaiverDecided(waiver=asked.waiver, waived_cents=waived, reason=asked.reason)
    return (around.happened(decided),)


@decides(PayFee)
def pay_fee(state: Disclosure, asked: PayFee, around: Circumstances) -> Sequence[Happened]:
    """What is paid is owed."""
    currency = officer(around, does="takes no money").policy.office.currency
    _estimated(state)
    if asked.paid_cents > state.fees.owed:
        raise Refusal(
            f"What is owed is {amount(state.fees.owed, currency)}: record that, and give the rest back.",
            rule="paid-no-more-than-owed",
        )
    owed = state.fees.owed - asked.paid_cents
    return (around.happened(FeePaid(paid_cents=asked.paid_cents, owed_cents=owed)),)


@decides(RefundFee)
def refund_fee(state: Disclosure, asked: RefundFee, around: Circumstances) -> Sequence[Happened]:
    """Nothing is given back that was not paid."""
    currency = officer(around, does="gives no money back").policy.office.currency
    left = state.known().fees.paid - state.fees.refunded
    if asked.refunded_cents > left:
        raise Refusal(
            f"What was paid and not given back is {amount(left, currency)}: refund no more.",
            rule="refund-of-what-was-paid",
        )
    refunded = FeeRefunded(refunded_cents=asked.refunded_cents, reason=asked.reason)
    return (around.happened(refunded),)


@decides(SettleFee)
def settle_fee(state: Disclosure, asked: SettleFee, around: Circumstances) -> Sequence[Happened]:
    """What it took is recorded once."""
    currency = officer(around, does="settles no fee").policy.office.currency
    estimated = _estimated(state)
    if state.fees.settled:
        return ()
    total = _total(asked.lines, currency)
    settled = FeeSettled(lines=asked.lines, total_cents=total, estimated_cents=estimated)
    return (around.happened(settled),)


def _estimated(state: Disclosure) -> int:
    total = state.known().fees.estimated
    if total is None:
        raise UnlawfulTransition(
            "No fee was estimated for this disclosure: estimate it first.", rule="fee-estimated"
        )
    return total


@evolves(FeeEstimated)
def _was_estimated(
    state: Disclosure, fact: FeeEstimated, _happened: Happened | Entry
) -> Disclosure:
    fees = replace(state.fees, estimated=fact.total_cents, deposit=fact.deposit_cents)
    return replace(state, fees=fees)


@evolves(FeeWaiverAsked)
def _waiver_asked(
    state: Disclosure, _fact: FeeWaiverAsked, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, fees=replace(state.fees, waiver_asked=True))


@evolves(FeeWaiverDecided)
def _waived(state: Disclosure, fact: FeeWaiverDecided, _happened: Happened | Entry) -> Disclosure:
    fees = replace(state.fees, waiver_asked=False, waived=fact.waived_cents)
    return replace(state, fees=fees)


@evolves(FeePaid)
def _paid(state: Disclosure, fact: FeePaid, _happened: Happened | Entry) -> Disclosure:
    return replace(state, fees=replace(state.fees, paid=state.fees.paid + fact.paid_cents))


@evolves(FeeRefunded)
def _refunded(state: Disclosure, fact: FeeRefunded, _happened: Happened | Entry) -> Disclosure:
    refunded = state.fees.refunded + fact.refunded_cents
    return replace(state, fees=replace(state.fees, refunded=refunded))


@evolves(FeeSettled)
def _settled(state: Disclosure, fact: FeeSettled, _happened: Happened | Entry) -> Disclosure:
    return replace(state, fees=replace(state.fees, settled=True, took=fact.total_cents))
