"""The fee of a disclosure in a sentence: what was estimated, waived and paid of it, and what is owed still."""

from __future__ import annotations

from ledger.policy.telling.money import amount
from ledger.registers.disclosures.state import Fees


def fee_said(fees: Fees, currency: str | None) -> str:
    """How a fee that was estimated stands."""
    parts = [
        (fees.deposit, "asked in advance"),
        (fees.waived, "waived"),
        (fees.paid, "paid"),
        (fees.refunded, "given back"),
    ]
    told = [f"{amount(cents, currency)} {what}" for cents, what in parts if cents]
    so_far = ", ".join((f"{amount(fees.estimated or 0, currency)} estimated", *told))
    asked = " A waiver is asked for: `caseledger disclosure waiver`." if fees.waiver_asked else ""
    return f"The fee: {so_far}; {amount(fees.owed, currency)} still owed.{asked}"
