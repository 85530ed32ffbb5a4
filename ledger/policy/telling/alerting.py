"""Alerting: how long an escalation waits for an answer before it climbs, and a case before it alarms."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.policy.compiled.policy import CompiledPolicy

LAST_STEP = 2
"""After the next party up comes the director, and after the director nobody."""


def climbs_at(policy: CompiledPolicy, told_at: datetime, *, immediate: bool) -> datetime:
    """When an escalation climbs a step if nobody answers the alert that was delivered at an instant.

    Counted from when the office is open, to the same local time so many working days on; in
    immediate danger so many hours on, at any hour.
    """
    alerting, office, calendars = policy.policy.alerting, policy.policy.office, policy.calendars
    if immediate:
        return told_at + timedelta(hours=alerting.answer_within_hours_in_danger)
    hours = calendars.hours[office.office_calendar]
    from_at = told_at if hours.is_open(told_at) else hours.opening_from(told_at)
    days = calendars.days_of(office.zone)
    day = days.date_of(from_at)
    counting = calendars.counting[office.counting_calendar]
    later = counting.nth_after(day, alerting.answer_within_working_days)
    return days.begin(later) + (from_at - days.begin(day))


def waits_too_long_at(policy: CompiledPolicy, since_at: datetime) -> datetime:
    """The end of the last working day through which a case may wait since an instant."""
    office, calendars = policy.policy.office, policy.calendars
    days = calendars.days_of(office.zone)
    counting = calendars.counting[office.counting_calendar]
    limit = policy.policy.alerting.waiting_at_most_working_days
    return days.end(counting.nth_after(days.date_of(since_at), limit))


def before_the_director(parties: tuple[str, ...], director: str | None = None) -> bool:
    """Whether the director is among these already, by that word or by the code of who it is: nobody is further up."""
    return "director" in parties or (director is not None and director in parties)


def next_up(parties: tuple[str, ...]) -> str:
    """Who is told after these: the leader after an owner or a team, the director after a leader or anybody else."""
    below = frozenset({"owner", "team", "dispatcher", "on_call"})
    return "leader" if below.issuperset(parties) else "director"
