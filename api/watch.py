"""Watch: what time has brought is recorded, once: rungs, breaches, pauses used up, cases nobody opened or routed.

The views propose, the ledger decides: each command's id derives from its cause, so that a second pass
finds it done and two at once do nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.machines import machine
from ledger.case.escalation import Alarm, RaiseAlarm, ReachRung
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError, Refusal
from ledger.ids import case_stream, derived_uuid
from ledger.policy.in_force import PolicyVersion
from ledger.service import Ledger
from ledger.times import stamp
from projections.exceptions import ClockCall, Overlooked, clocks_calling, overlooked
from projections.views import Views

_ROUTED_WITHIN = timedelta(hours=1)
"""Of office hours."""
_OPENED_WITHIN_WORKING_DAYS = 1

By = Callable[[datetime], datetime]
"""By when something should have happened to a case received at an instant."""


@dataclass(slots=True)
class WatchReport:
    """What a pass recorded; `already` was done before, or by another pass at the same time."""

    clocks: int = 0
    never_opened: int = 0
    never_routed: int = 0
    already: int = 0
    position: int = 0

    @property
    def recorded(self) -> int:
        return self.clocks + self.never_opened + self.never_routed

    def as_json(self) -> dict[str, Any]:
        """The counts."""
        return {
            "clocks": self.clocks,
            "never_opened": self.never_opened,
            "never_routed": self.never_routed,
            "already": self.already,
            "position": self.position,
        }


def watch_once(ledger: Ledger, views: Views) -> WatchReport:
    """One pass over all that time calls for by now; imported history is never alarmed."""
    report = WatchReport(position=views.catch_up(ledger.store))
    policies, now = ledger.policies(), ledger.clock()
    if not policies.versions:
        return report
    version = policies.in_force(now)
    for calls in _calls(views, now):
        report.clocks += _ask(ledger, [_reaching(each) for each in calls], report)
    for cases in _due(views, "never_opened", _opened_by(version), now):
        report.never_opened += _ask(
            ledger, [_alarm(each, "never_opened") for each in cases], report
        )
    for cases in _due(views, "never_routed", _routed_by(version), now):
        report.never_routed += _ask(
            ledger, [_alarm(each, "never_routed") for each in cases], report
        )
    report.position = views.catch_up(ledger.store)
    return report


def _calls(views: Views, now: datetime) -> Iterator[Sequence[ClockCall]]:
    after: ClockCall | None = None
    while page := clocks_calling(views, at=now, after=after):
        yield page
        after = page[-1]


def _due(views: Views, alarm: Alarm, by: By, now: datetime) -> Iterator[Sequence[Overlooked]]:
    """Pages of the cases for which an alarm is due; those overlooked longest come first."""
    after: Overlooked | None = None
    while page := overlooked(views, alarm, after=after):
        due = [each for each in page if by(each.since) <= now]
        if due:
            yield due
        if len(due) < len(page):
            return
        after = page[-1]


def _opened_by(version: PolicyVersion) -> By:
    """By when a case is to be taken: the end of the next working day."""
    office, calendars = version.policy.office, version.compiled.calendars
    days, counting = calendars.days_of(office.zone), calendars.counting[office.counting_calendar]

    def by(since: datetime) -> datetime:
        return days.end(counting.nth_after(days.date_of(since), _OPENED_WITHIN_WORKING_DAYS))

    return by


def _routed_by(version: PolicyVersion) -> By:
    """By when a case is to be routed: within an hour of the office being open."""
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]

    def by(since: datetime) -> datetime:
        return hours.after(since, _ROUTED_WITHIN)

    return by


def _reaching(call: ClockCall) -> Request:
    cause = (case_stream(call.case_id), call.clock, str(call.generation), stamp(call.calls_at))
    return Request(
        ReachRung(case_id=call.case_id, clock=call.clock, generation=call.generation),
        machine("watch"),
        derived_uuid(call.calls_at, "watch-clock", *cause),
    )


def _alarm(case: Overlooked, alarm: Alarm) -> Request:
    cause = (case_stream(case.case_id), alarm, stamp(case.since))
    return Request(
        RaiseAlarm(case_id=case.case_id, alarm=alarm, since=case.since),
        machine("watch"),
        derived_uuid(case.since, "watch-alarm", *cause),
    )


def _ask(ledger: Ledger, requests: Sequence[Request], report: WatchReport) -> int:
    """How many of these were recorded now."""
    fresh = 0
    for outcome in ledger.handle_all(requests):
        match outcome:
            case Receipt(fresh=True):
                fresh += 1
            case Receipt() | Refusal(rule="one-command-an-id"):
                report.already += 1
            case LedgerError():
                raise outcome
    return fresh
