"""Closing: what a case tells of its end, as the rules of retention ask for it."""

from __future__ import annotations

from datetime import date

from ledger.case.state import Case
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.policy import Policy
from ledger.policy.document.retention import Closing


def closing_of(case: Case, days: LocalDays, *, majority_on: date | None) -> Closing:
    """When a case was resolved and settled, its milestones and dated answers; an imported one settles at its end."""
    resolution = case.resolution
    if resolution is None:
        return Closing()
    resolved_on = days.date_of(resolution.at)
    settled_on = days.date_of(resolution.settled_at) if resolution.settled_at else None
    if case.imported and settled_on is None:
        settled_on = resolved_on
    events = {name: days.date_of(at) for name, at in case.milestones.items()}
    for name, value in case.answers.items():
        if isinstance(value, str) and (on := _date(value)) is not None:
            events.setdefault(name, on)
    return Closing(resolved_on, settled_on, events, majority_on)


def retention_of(policy: Policy, case: Case) -> str | None:
    """The retention class of a case, by its type and outcome; None if the policy gives it none."""
    kind = policy.types.get(case.request_type or "")
    if kind is None:
        return None
    return kind.retention_by_outcome.get(case.outcome or "", kind.retention or "") or None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
