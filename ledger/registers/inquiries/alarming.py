"""Alarms of an inquiry: what is overdue in it or that it has expired, and that its link officer was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact
from ledger.registers.inquiries.state import (
    Alarm,
    Called,
    Inquiry,
    InquiryCommand,
    decides,
    evolves,
)
from ledger.times import Instant


@fact
class InquiryAlarmed(Fact):
    """Something of an inquiry was not done when it was due, or it expired; `about` is the id of what, if it has one."""

    called: Called
    about: UUID | None
    since_at: Instant


@fact
class InquiryAlertDelivered(Fact):
    """Whoever answers the inquiry was told of an alarm, in this way."""

    called: Called
    about: UUID | None
    since_at: Instant
    method: str


class RaiseInquiryAlarm(InquiryCommand):
    """Record that something of an inquiry is overdue, or that it has expired."""

    called: Called
    about: UUID | None = None
    since_at: Instant


class RecordInquiryAlertDelivered(InquiryCommand):
    """Record that somebody was told of an alarm of an inquiry."""

    called: Called
    about: UUID | None = None
    since_at: Instant
    method: str


@decides(RaiseInquiryAlarm)
def raise_alarm(
    inquiry: Inquiry, asked: RaiseInquiryAlarm, around: Circumstances
) -> Sequence[Happened]:
    """Each is raised once, and only if it is so still."""
    alarm = Alarm(asked.called, asked.about, asked.since_at)
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    if alarm in inquiry.alarms or alarm not in called_by(inquiry, at=around.now, end_of=days.end):
        return ()
    return (around.happened(InquiryAlarmed(**alarm._asdict())),)


@decides(RecordInquiryAlertDelivered)
def record_alert_delivered(
    inquiry: Inquiry, asked: RecordInquiryAlertDelivered, around: Circumstances
) -> Sequence[Happened]:
    """Somebody is told of an alarm that was raised, once."""
    alarm = Alarm(asked.called, asked.about, asked.since_at)
    if inquiry.alarms.get(alarm, True):
        return ()
    return (around.happened(InquiryAlertDelivered(**alarm._asdict(), method=asked.method)),)


def called_by(inquiry: Inquiry, *, at: datetime, end_of: Callable[[date], datetime]) -> list[Alarm]:
    """What of an inquiry is overdue at an instant, and since when; `end_of` gives the end of a day at the office.

    Once it is closed, recommendations alone are waited for.
    """
    found: list[Alarm] = []
    unanswered = not inquiry.questions or not all(inquiry.questions.values())
    if inquiry.due_at is not None and unanswered and not inquiry.closed:
        found.append(Alarm("reply", None, inquiry.due_at))
    if inquiry.expires_at is not None and not inquiry.closed:
        found.append(Alarm("expiry", None, inquiry.expires_at))
    for draft_id, comments_by_at in inquiry.drafts.items():
        if comments_by_at is not None and not inquiry.closed:
            found.append(Alarm("comments", draft_id, comments_by_at))
    for each, recommended in inquiry.recommendations.items():
        if recommended.open:
            found.append(Alarm("recommendation", each, end_of(recommended.due_on)))
    return [each for each in found if each.since_at <= at]


@evolves(InquiryAlarmed)
def _alarmed(inquiry: Inquiry, raised: InquiryAlarmed) -> Inquiry:
    alarm = Alarm(raised.called, raised.about, raised.since_at)
    return replace(inquiry, alarms={**inquiry.alarms, alarm: False})


@evolves(InquiryAlertDelivered)
def _told(inquiry: Inquiry, told: InquiryAlertDelivered) -> Inquiry:
    alarm = Alarm(told.called, told.about, told.since_at)
    return replace(inquiry, alarms={**inquiry.alarms, alarm: True})
