"""The fee of a disclosure in a sentence: what was estimated, waived and paid of it, and what is owed still."""

from __future__ import annotations

from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from ledger.policy.telling.money import amount
from ledger.registers.disclosures.state import Fees


def fee_said(fees: Fees, currency: str | None) -> str:
    """How a fee that was estimated stands."""
    parts = [
        (fees.took or 0, "{amount} really taken"),
        (fees.deposit, "{amount} asked in advance"),
        (fees.waived, "{amount} waived"),
        (fees.paid, "{amount} paid"),
        (fees.refunded, "{amount} given back"),
    ]
    said = [told("{amount} estimated", amount=amount(fees.estimated or 0, currency, spoken()))]
    said += [told(text, amount=amount(cents, currency, spoken())) for cents, text in parts if cents]
    text, cents = "The fee: {so_far}; {owed} still owed.", fees.owed
    if fees.over:
        text, cents = "The fee: {so_far}; {owed} to be given back.", fees.over
    stands = told(text, so_far=", ".join(said), owed=amount(cents, currency, spoken()))
    asked = told("A waiver is asked for: `caseledger disclosure waiver`.")
    return f"{stands} {asked}" if fees.waiver_asked else stands
