"""Cases that nobody took or no team has, though the time for it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.alarms import RaiseAlarm
from ledger.case.contact.promises import silent_until
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.alerting import waits_too_long_at
from ledger.times import stamp
from projections.lists.calling import Overlooked, Oversight, overlooked

_ROUTED_WITHIN = timedelta(hours=1)
"""Of office hours."""
_WITHIN_WORKING_DAYS = 1
_TAKEN_IN_DANGER = timedelta(hours=1)
"""At any hour, as what is handed over in immediate danger is to be accepted."""

By = Callable[[datetime], datetime]
"""By when something should have happened to a case that waits for it since an instant."""


def never_opened(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each case that nobody has taken by the end of the next working day, or in danger in an hour."""
    in_an_hour, danger = (lambda since: since + _TAKEN_IN_DANGER), "never_opened_in_danger"
    yield from _alarms(seen, "never_opened", in_an_hour, among=danger)
    yield from _alarms(seen, "never_opened", _next_working_day(seen.version))


def never_routed(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each case that no team has within an hour of the office being open."""
    return _alarms(seen, "never_routed", _routed_by(seen.version))


def never_confirmed(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each routing that no duty person has confirmed in time."""
    return _alarms(seen, "never_confirmed", lambda since: since)


def waiting_too_long(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each case that has waited for more working days than the policy lets it."""
    compiled = seen.version.compiled
    return _alarms(seen, "waiting_too_long", lambda since: waits_too_long_at(compiled, since))


def closed_without_reply(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each resolved case whose requester had no reply by the end of the next working day."""
    return _alarms(seen, "closed_without_reply", _next_working_day(seen.version))


def return_undecided(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each proposed return that nobody has decided by the end of the next working day."""
    return _alarms(seen, "return_undecided", _next_working_day(seen.version))


def promise_missed(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each requester who was promised to hear from us by now and did not."""
    return _alarms(seen, "promise_missed", lambda since: since)


def no_contact(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each requester who has heard nothing for longer than the policy lets them."""
    if seen.version.policy.office.silence_days is None:
        return iter(())
    return _alarms(seen, "no_contact", lambda since: silent_until(seen.version, since) or seen.now)


def _alarms(
    seen: Seen, alarm: Oversight, by: By, *, among: Oversight | None = None
) -> Iterator[Sequence[Request]]:
    """Pages of the cases for which an alarm is due, `among` these; those overlooked longest come first."""
    for page in overlooked(seen.views, among or alarm):
        due = [each for each in page if by(each.since) <= seen.now]
        if due:
            yield [_raising(each, alarm) for each in due]
        if len(due) < len(page):
            return


def _next_working_day(version: PolicyVersion) -> By:
    office, calendars = version.policy.office, version.compiled.calendars
    days, counting = calendars.days_of(office.zone), calendars.counting[office.counting_calendar]

    def by(since: datetime) -> datetime:
        return days.end(counting.nth_after(days.date_of(since), _WITHIN_WORKING_DAYS))

    return by


def _routed_by(version: PolicyVersion) -> By:
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]

    def by(since: datetime) -> datetime:
        return hours.after(since, _ROUTED_WITHIN)

    return by


def _raising(case: Overlooked, alarm: Oversight) -> Request:
    cause = (case_stream(case.case_id), alarm, stamp(case.since))
    return Request(
        RaiseAlarm(case_id=case.case_id, alarm=alarm, since=case.since),
        machine("watch"),
        derived_uuid(case.since, "watch-alarm", *cause),
    )
