"""The outbox: each alert that an escalation owes is delivered once, and that it was is recorded.

Effects are keyed by the entry that calls for them. Rebuilding views or replaying history owes nothing
again; a process that dies between the delivery and its record writes the same file once more. An alert
goes out while the office is open, for immediate danger at any hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from api.outbox.addressing import Addressing
from api.outbox.alert import Alert, Sink
from api.outbox.cases import CaseAlert, case_alert
from api.outbox.inquiries import inquiry_alerts
from api.outbox.rates import rate_alerts
from api.outbox.routings import routing_alerts
from ledger.entry import Receipt
from ledger.errors import LedgerError
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.in_force import PolicyVersion
from ledger.service import Ledger
from projections.lists.calling import alerts_owed
from projections.views import Views

A = TypeVar("A", bound=Alert)


@dataclass(slots=True)
class Told:
    """What a pass over the outbox came to; `held` waits for the office to open."""

    cases: list[CaseAlert] = field(default_factory=list[CaseAlert])
    office: list[Alert] = field(default_factory=list[Alert])
    """Those that are about no one case: rates not worked, weeks of routing, inquiries."""
    already: int = 0
    held: int = 0
    position: int = 0

    def as_json(self) -> dict[str, Any]:
        """The counts, and which escalations were told of."""
        return {
            "delivered": [str(alert.escalation_id) for alert in self.cases],
            "office": [alert.name for alert in self.office],
            "already": self.already,
            "held": self.held,
            "position": self.position,
        }


def deliver_owed(ledger: Ledger, views: Views, sink: Sink) -> Told:
    """Delivers every alert that is owed and may go out now, and records that it was."""
    told = Told(position=views.catch_up(ledger.store))
    policies, now, directory = ledger.policies(), ledger.clock(), ledger.directory()
    office_open = policies.versions == () or _is_open(policies.in_force(now), now)
    for page in alerts_owed(views):
        going = [each for each in page if office_open or each.immediate]
        told.held += len(page) - len(going)
        addressed = [
            case_alert(each, Addressing.of(each, ledger, directory, now)) for each in going
        ]
        told.cases += _delivered(ledger, addressed, sink, told)
    if policies.versions:
        owed = _of_the_office(ledger, policies.in_force(now))
        if office_open:
            told.office += _delivered(ledger, owed, sink, told)
        else:
            told.held += len(owed)
    told.position = views.catch_up(ledger.store)
    return told


def _of_the_office(ledger: Ledger, version: PolicyVersion) -> list[Alert]:
    """What is owed about no one case."""
    return [
        *rate_alerts(ledger, version, ledger.directory(), ledger.clock()),
        *routing_alerts(ledger, version),
        *inquiry_alerts(ledger, version),
    ]


def _delivered(ledger: Ledger, alerts: Sequence[A], sink: Sink, told: Told) -> list[A]:
    """Delivers these and records that they were; those that nobody had recorded meanwhile."""
    if not alerts:
        return []
    for alert in alerts:
        sink.deliver(alert)
    outcomes = ledger.handle_all([alert.delivered(ledger, sink.method) for alert in alerts])
    fresh: list[A] = []
    for alert, outcome in zip(alerts, outcomes, strict=True):
        match outcome:
            case Receipt(fresh=True):
                fresh.append(alert)
            case Receipt():
                told.already += 1
            case LedgerError():
                raise outcome
    return fresh


def _is_open(version: PolicyVersion, now: datetime) -> bool:
    """Whether the office is open; where its calendar has ended nothing is held back."""
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
    try:
        return hours.is_open(now) or hours.opening_from(now) <= now
    except BeyondCalendar:
        return True
