"""Retention: how long a record is kept, from when, and why; reckoned from what happened, by the class of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from ledger.policy.dates import anniversary, months_after
from ledger.policy.values import Amount, Code, Labelled, Text, Whole, YesNo

Start: TypeAlias = Literal[
    "resolved",
    "closed_and_settled",
    "last_payment_or_closed",
    "majority",
    "appeal_over",
    "event",
    "as_original",
]
End: TypeAlias = Literal[
    "destroy",
    "sample_to_archives",
    "index_to_archives",
    "transfer_to_archives",
    "keep",
    "as_original",
]
PAID = "paid"
"""The milestone of a payment, where a class names no other."""


class RetentionClass(Labelled):
    """How long a record is kept, from when, and what then happens."""

    years: Amount | None = None
    months: Amount | None = None
    """Besides the years. With neither, a record is due as soon as its start has come."""
    fiscal: YesNo = False
    """The years are whole fiscal years, after the one in which the start lies."""
    fiscal_begins: int = Field(default=4, ge=1, le=12)
    """The month whose first day begins a fiscal year."""
    starts: Start = "closed_and_settled"
    event: Code | None = None
    """The milestone, or the field of a date, from which it is reckoned."""
    appeal_days: Whole | None = None
    """How many calendar days after it is settled an appeal can still be brought."""
    ends: End
    authority: Text

    @model_validator(mode="after")
    def _fits(self) -> RetentionClass:
        if self.starts == "event" and self.event is None:
            raise ValueError("starts on an event and names none: add event")
        if (self.starts == "as_original") != (self.ends == "as_original"):
            raise ValueError("as_original goes for starts and ends together: give both or neither")
        if self.ends == "keep" and (self.years or self.months):
            raise ValueError("is kept for good, so it has no period: leave out years and months")
        if self.fiscal and (self.years is None or self.months is not None):
            raise ValueError("fiscal counts whole years: give years, and leave out months")
        return self


@dataclass(frozen=True, slots=True)
class Closing:
    """What is known of a record's end: dates at the office, and milestones and dated answers by name.

    `majority_on` is that of the youngest person it is about; None where that is not known.
    """

    resolved_on: date | None = None
    settled_on: date | None = None
    events: Mapping[str, date] = field(default_factory=dict[str, date])
    majority_on: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a record is kept: due for what `ends` says on `due_on`.

    Where something is not known yet, `lacking` names it and there are no dates; what is kept for good
    has a start and is never due.
    """

    ends: End
    start_on: date | None = None
    due_on: date | None = None
    lacking: str | None = None


def kept_until(terms: RetentionClass, closing: Closing) -> Kept:
    """Until when a record of a class is kept; for `as_original`, ask with the class and closing of the original."""
    if closing.resolved_on is None:
        return Kept(terms.ends, lacking="resolution")
    start_on, lacking = _start(terms, closing)
    if start_on is None:
        return Kept(terms.ends, lacking=lacking)
    if terms.ends == "keep":
        return Kept(terms.ends, start_on)
    return Kept(terms.ends, start_on, _after(terms, start_on))


def _start(terms: RetentionClass, closing: Closing) -> tuple[date | None, str]:
    settled_on = closing.settled_on
    match terms.starts:
        case "resolved":
            return closing.resolved_on, "resolution"
        case "closed_and_settled":
            return settled_on, "settlement"
        case "last_payment_or_closed":
            paid_on = closing.events.get(terms.event or PAID)
            dates = [each for each in (settled_on, paid_on) if each is not None]
            return (max(dates) if settled_on is not None else None), "settlement"
        case "majority":
            later = [each for each in (closing.majority_on, settled_on) if each is not None]
            return (max(later) if len(later) == 2 else None), "majority"
        case "appeal_over" if terms.appeal_days is not None:
            over = settled_on and settled_on + timedelta(days=terms.appeal_days)
            return over, "settlement"
        case "appeal_over":
            return closing.events.get(terms.event or "appeal_over"), "appeal_over"
        case "event":
            return closing.events.get(terms.event or ""), terms.event or "event"
        case "as_original":
            return None, "original"


def _after(terms: RetentionClass, start_on: date) -> date:
    if terms.fiscal:
        begun = date(start_on.year, terms.fiscal_begins, 1)
        year = start_on.year + (start_on >= begun) + (terms.years or 0)
        return date(year, terms.fiscal_begins, 1)
    whole = anniversary(start_on, terms.years) if terms.years else start_on
    return months_after(whole, terms.months) if terms.months else whole
