"""Owners not heard of: absent with a case that cannot wait, or there and without any entry for two working days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.alarms import RaiseAlarm
from ledger.case.custody.overlooking import OWNER_ABSENT, OWNER_SILENT
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.sealing.rows import last_before
from ledger.service import Ledger
from ledger.times import stamp
from projections.fold.told import told
from projections.lists.owing import CaseHeld, cases_held, cases_in_hand
from projections.lists.paging import PAGE
from projections.lists.standing_alarms import over_since
from projections.one_case.details import DETAILS
from projections.rows.spans import SPANS

_SILENT_WORKING_DAYS = 2
"""Offices.md, row 'Absence'."""


def owners_absent(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each case that cannot wait for its absent owner; the ledger knows which can.

    It holds since they are absent, or since the last alarm of this was over.
    """
    days = seen.version.compiled.calendars.days_of(seen.version.policy.office.zone)
    since = {each.member: days.begin(each.from_on) for each in seen.directory.absent(seen.today)}
    held, over = cases_held(seen.views, list(since)), over_since(seen.views, OWNER_ABSENT)

    def from_at(each: CaseHeld) -> datetime:
        return max(since[each.member], over.get(each.case_id, since[each.member]))

    for first in range(0, len(held), PAGE):
        yield [
            _raising(OWNER_ABSENT, each.case_id, from_at(each))
            for each in held[first : first + PAGE]
        ]


def owners_silent(seen: Seen) -> Iterator[Sequence[Request]]:
    """One question about each owner who was there and made no entry: on the case that has lain longest with them."""
    try:
        silent_from = _silent_from(seen)
    except BeyondCalendar:
        return
    cases = cases_in_hand(seen.views)
    if not cases:
        return
    heard = {
        entry.actor.id for entry in seen.ledger.entries(after=position_at(seen.ledger, silent_from))
    }
    asked: list[Request] = []
    for member in sorted(cases.keys() - heard):
        if not _rostered(seen, member):
            continue
        lying = [(_lies_since(seen.ledger, case_id), case_id) for case_id in cases[member]]
        since, case_id = min(lying)
        if since < silent_from:
            asked.append(_raising(OWNER_SILENT, case_id, since))
    if asked:
        yield asked


def _lies_since(ledger: Ledger, case_id: UUID) -> datetime:
    """When a person last did something about a case, or since when its owner has it if they got it later."""
    entries = [told(each.entry) for each in ledger.read(case_stream(case_id))]
    (details,), spans = DETAILS.after(entries), SPANS.after(entries)
    came_at = spans[-1].custody_at
    return max(came_at, details.last_act_at or came_at)


def _silent_from(seen: Seen) -> datetime:
    """The beginning of the last two working days before today."""
    office, calendars = seen.version.policy.office, seen.version.compiled.calendars
    first_on = calendars.counting[office.counting_calendar].nth_before(
        seen.today, _SILENT_WORKING_DAYS
    )
    return calendars.days_of(office.zone).begin(first_on)


def _rostered(seen: Seen, member: str) -> bool:
    """Whether a member of the policy was there on both days, and is today."""
    found = seen.version.policy.members.get(member)
    counting = seen.version.compiled.calendars.counting[
        seen.version.policy.office.counting_calendar
    ]
    days = [seen.today, *(counting.nth_before(seen.today, day) for day in (1, 2))]
    return (
        found is not None
        and found.kind == "person"
        and all(seen.directory.present(member, day) for day in days)
    )


def position_at(ledger: Ledger, at: datetime) -> int:
    """The last position recorded before an instant."""
    row = last_before(ledger.store, at)
    return 0 if row is None else row.position


def _raising(alarm: str, case_id: UUID, since: datetime) -> Request:
    cause = (alarm, case_stream(case_id), stamp(since))
    return Request(
        RaiseAlarm(case_id=case_id, alarm=alarm, since=since),
        machine("watch"),
        derived_uuid(since, "watch-owner", *cause),
    )
