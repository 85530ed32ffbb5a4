"""Case alerts: what an escalation says, of which case, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.machines import machine
from api.outbox.addressing import Addressing
from ledger.case.escalation.reaching import RecordAlertDelivered
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.service import Ledger
from ledger.times import stamp
from projections.lists.calling import OwedAlert
from projections.sentences.raised import alarm_said, reason_said
from projections.sentences.steps import step_said
from projections.sentences.wording import Wording


@dataclass(frozen=True, slots=True)
class CaseAlert:
    """What somebody is told: which case, why, and to whom it is addressed."""

    escalation_id: UUID
    case_id: UUID
    reference: str
    reason: str
    parties: tuple[str, ...]
    recipients: tuple[str, ...]
    since_at: datetime
    clock: str | None
    climbed: int
    missing: tuple[str, ...]
    by_at: datetime | None
    text: dict[str, str]

    @property
    def name(self) -> str:
        """What tells it from every other alert: its escalation, and how far that has climbed."""
        return f"{self.escalation_id}.{self.climbed}" if self.climbed else str(self.escalation_id)

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        return {
            "escalation_id": str(self.escalation_id),
            "case_id": str(self.case_id),
            "reference": self.reference,
            "reason": self.reason,
            "parties": list(self.parties),
            "recipients": list(self.recipients),
            "since_at": stamp(self.since_at),
            "clock": self.clock,
            "climbed": self.climbed,
            "missing": list(self.missing),
            "by_at": self.by_at and stamp(self.by_at),
            "text": self.text,
        }

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        climbed = [str(self.climbed)] if self.climbed else []
        cause = (case_stream(self.case_id), str(self.escalation_id), *climbed)
        return Request(
            RecordAlertDelivered(
                case_id=self.case_id, escalation_id=self.escalation_id, method=method
            ),
            machine("outbox"),
            derived_uuid(self.since_at, "alert-delivered", *cause),
            causation=str(self.escalation_id),
        )


def case_alert(owed: OwedAlert, addressing: Addressing | None) -> CaseAlert:
    """The alert that is owed, in words and to whom it goes: its parties themselves while no policy says who that is.

    Its words tell times as the office's clock shows them, in UTC while no policy says where it is.
    """
    zone = UTC if addressing is None else addressing.zone
    policy = None if addressing is None else addressing.version.policy
    return CaseAlert(
        escalation_id=owed.escalation_id,
        case_id=owed.case_id,
        reference=owed.reference,
        reason=owed.reason,
        parties=owed.parties,
        recipients=addressing.recipients(owed) if addressing is not None else owed.parties,
        since_at=owed.since_at,
        clock=owed.clock,
        climbed=owed.climbed,
        missing=owed.missing,
        by_at=owed.by_at,
        text={
            "en": _in_english(owed, Wording("en", policy, zone)),
            "fr": _in_french(owed, Wording("fr", policy, zone)),
        },
    )


def _step(owed: OwedAlert, words: Wording) -> str:
    """Which step of its clock was reached; its code where the policy knows no such step."""
    return step_said(words.policy, owed.clock or "", owed.reason, words.language) or owed.reason


def _reason(owed: OwedAlert, words: Wording) -> str:
    return reason_said(words.policy, owed.reason, words.language)


def _in_english(owed: OwedAlert, words: Wording) -> str:
    since = words.instant(owed.since_at)
    if owed.climbed:
        since += ", not answered in time"
    if owed.clock is not None:
        return (
            f"Case {owed.reference}: clock {owed.clock} reached '{_step(owed, words)}' on {since}."
        )
    said = alarm_said(owed.reason, "en") or f"it was escalated ({_reason(owed, words)})"
    if owed.missing:
        said += f"; missing: {', '.join(owed.missing)}"
    if owed.by_at is not None:
        said += f"; it is to lapse by {words.value('by_at', owed.by_at)}"
    return f"Case {owed.reference}: {said} ({since})."


def _in_french(owed: OwedAlert, words: Wording) -> str:
    since = words.instant(owed.since_at)
    if owed.climbed:
        since += ", resté sans réponse"
    if owed.clock is not None:
        return f"Dossier {owed.reference} : le délai {owed.clock} a atteint « {_step(owed, words)} » le {since}."
    said = alarm_said(owed.reason, "fr") or f"il a été signalé ({_reason(owed, words)})"
    if owed.missing:
        said += f"; il manque : {', '.join(owed.missing)}"
    if owed.by_at is not None:
        said += f"; péremption prévue : {words.value('by_at', owed.by_at)}"
    return f"Dossier {owed.reference} : {said} ({since})."
