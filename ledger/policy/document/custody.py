"""Custody terms of a policy: who adjudicates a case that bounces, and from when on an absence moves work."""

from __future__ import annotations

from ledger.policy.values import Code, Section, Whole


class CustodyTerms(Section):
    """Who decides where a case belongs that two teams would not have, and when work leaves an absent person."""

    adjudicator: Code | None = None
    """The member who adjudicates; the director where nobody is named."""
    absence_working_days: Whole = 1
    """An owner's cases move once the absence has lasted longer than so many working days."""
