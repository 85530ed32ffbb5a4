"""Inquiry alerts: link officers are told what an inquiry is late with, or that it expired, once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any
from uuid import UUID

from api.machines import machine
from ledger.commands import Request
from ledger.ids import derived_uuid, subject_id_of
from ledger.keeping import inquiry_of
from ledger.policy.in_force import PolicyVersion
from ledger.registers.inquiries.alarming import RecordInquiryAlertDelivered
from ledger.registers.inquiries.state import STREAM, Alarm
from ledger.service import Ledger
from ledger.times import stamp
from projections.sentences.wording import Wording

_CALLED = {
    "reply": ("the reply is overdue", "la réponse est en retard"),
    "comments": (
        "comments on a draft are overdue",
        "les observations sur un projet sont en retard",
    ),
    "recommendation": ("a recommendation is overdue", "une recommandation est en retard"),
    "expiry": ("it has expired", "elle est échue"),
}


@dataclass(frozen=True, slots=True)
class InquiryAlert:
    """What is told of an inquiry, to those who answer it; nothing of what it asks."""

    inquiry_id: UUID
    alarm: Alarm
    recipients: tuple[str, ...]
    zone: tzinfo

    @property
    def name(self) -> str:
        """What tells it from every other alert."""
        return str(self._derived("inquiry-alert"))

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        called, about, since_at = self.alarm
        english, french = _CALLED[called]
        on, le = (Wording(each, zone=self.zone).instant(since_at) for each in ("en", "fr"))
        return {
            "alert_id": self.name,
            "inquiry_id": str(self.inquiry_id),
            "reason": called,
            "about": about and str(about),
            "parties": ["liaison"],
            "recipients": list(self.recipients),
            "since_at": stamp(since_at),
            "text": {
                "en": f"Inquiry {self.inquiry_id}: {english}, since {on}.",
                "fr": f"Enquête {self.inquiry_id} : {french}, depuis le {le}.",
            },
        }

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        command = RecordInquiryAlertDelivered(
            inquiry_id=self.inquiry_id, **self.alarm._asdict(), method=method
        )
        cause = self._derived("inquiry-alert-delivered")
        return Request(command, machine("outbox"), cause, causation=self.name)

    def _derived(self, what: str) -> UUID:
        called, about, since_at = self.alarm
        return derived_uuid(since_at, what, str(self.inquiry_id), called, str(about))


def inquiry_alerts(ledger: Ledger, version: PolicyVersion) -> Iterator[InquiryAlert]:
    """Every alarm of an inquiry that nobody was told of yet; there are few inquiries."""
    members = version.policy.members
    zone = version.compiled.calendars.days_of(version.policy.office.zone).zone
    officers = tuple(sorted(code for code, each in members.items() if "liaison" in each.roles))
    for stream in ledger.store.streams(STREAM):
        inquiry_id = subject_id_of(stream)
        for alarm, told in inquiry_of(ledger, inquiry_id).alarms.items():
            if not told:
                yield InquiryAlert(inquiry_id, alarm, officers or ("liaison",), zone)
