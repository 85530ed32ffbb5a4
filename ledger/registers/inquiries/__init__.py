"""Inquiries: an ombudsman's questions about named cases, answered entry by entry, in a compartment of their own."""

from __future__ import annotations

from ledger.registers.inquiries import alarming, answering, marking, opening, recommending
from ledger.registers.inquiries.state import Inquiry, kind

CHAPTERS = (opening, answering, marking, recommending, alarming)
"""Each registers its decisions and what they do as it is imported."""
INQUIRY = kind()

__all__ = ["INQUIRY", "Inquiry"]
