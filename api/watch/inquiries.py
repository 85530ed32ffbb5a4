"""Inquiries whose reply or recommendation is overdue, or that have expired, by the ledger's own entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.commands import Request
from ledger.ids import derived_uuid, subject_id_of
from ledger.keeping import inquiry_of
from ledger.registers.inquiries.alarming import RaiseInquiryAlarm, called_by
from ledger.times import stamp


def inquiries_overdue(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each thing that an inquiry still waits for after its time; there are few inquiries."""
    days = seen.version.compiled.calendars.days_of(seen.version.policy.office.zone)
    for stream in seen.ledger.store.streams("inquiry"):
        inquiry_id = subject_id_of(stream)
        inquiry = inquiry_of(seen.ledger, inquiry_id)
        called = called_by(inquiry, at=seen.now, end_of=days.end)
        asked = [
            Request(
                RaiseInquiryAlarm(inquiry_id=inquiry_id, called=what, about=about, since_at=since),
                machine("watch"),
                derived_uuid(since, "watch-inquiry", stream, what, str(about), stamp(since)),
            )
            for what, about, since in called
        ]
        if asked:
            yield asked
