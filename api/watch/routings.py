"""Weeks of routing that have ended: how often the default was used, and which rules could not be tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from api.machines import machine
from api.watch.proposing import Seen
from api.watch.silence import position_at
from ledger.case.custody.routing import CaseRouted
from ledger.commands import Request
from ledger.ids import derived_uuid
from ledger.registers.flow.routing_weeks import (
    ROUTING,
    WEEK,
    CloseRoutingWeek,
    RoutingWeeks,
    routing_id,
)
from ledger.sealing.reading import office_entry
from ledger.store import LedgerStore
from ledger.then import office_state
from ledger.times import EPOCH


def weeks_of(store: LedgerStore) -> RoutingWeeks:
    """The weeks of routing, as recorded."""
    return office_state(ROUTING, store.stream(f"routing/{routing_id(store.ledger_id)}"))


def routing_weeks_ended(seen: Seen) -> Iterator[Sequence[Request]]:
    """The last week that has ended, unless it is closed or nothing was routed in it."""
    week_on = seen.today - timedelta(days=seen.today.weekday()) - WEEK
    closed_on = weeks_of(seen.ledger.store).closed_on
    if closed_on is not None and week_on <= closed_on:
        return
    command = _counted(seen, week_on)
    if command.routed:
        cause = derived_uuid(EPOCH, "watch-routing-week", week_on.isoformat())
        yield [Request(command, machine("watch"), cause)]


def _counted(seen: Seen, week_on: date) -> CloseRoutingWeek:
    """What the rules decided in a week, as it was recorded in it."""
    days = seen.version.compiled.calendars.days_of(seen.version.policy.office.zone)
    store = seen.ledger.store
    first = position_at(seen.ledger, days.begin(week_on))
    last = position_at(seen.ledger, days.begin(week_on + WEEK))
    routed, by_default, not_tried = 0, 0, Counter[str]()
    for chunk in store.scan(after=first, upto=last):
        for row in chunk:
            if row[3] != CaseRouted.topic:
                continue
            fact: Any = office_entry(*row).fact
            routed += 1
            by_default += fact.by_default
            not_tried.update({str(alarm[0]) for alarm in fact.decided["alarms"]})
    return CloseRoutingWeek(
        routing_id=routing_id(store.ledger_id),
        week_on=week_on,
        routed=routed,
        by_default=by_default,
        not_tried=dict(not_tried),
    )
