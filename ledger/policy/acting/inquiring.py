"""Inquiring: whose inquiries an ombudsman reads within, where more than one office has the power to ask."""

from __future__ import annotations

from ledger.policy.document.policy import Policy


def of_their_office(policy: Policy, person: str, office: str | None) -> bool:
    """Whether an inquiry is of the office that somebody inquires for; any is where the policy names none for them."""
    member = policy.members.get(person)
    return member is None or member.inquires_for in (None, office)
