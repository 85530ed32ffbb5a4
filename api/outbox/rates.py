"""Rate alerts: a team's leader is told, once, that nobody said what is done about a missed day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from api.machines import machine
from ledger.case.whom import leader_of
from ledger.commands import Request
from ledger.ids import derived_uuid
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.registers.flow.countermeasures import RecordRateAlertDelivered, answer_by
from ledger.registers.flow.rates import rate_id
from ledger.service import Ledger
from ledger.times import stamp
from projections.flow.rates import rate_of
from projections.sentences.wording import Wording


@dataclass(frozen=True, slots=True)
class RateAlert:
    """What a leader is told of a rate that was not worked: of which team and day, and to whom it is addressed."""

    alert_id: UUID
    team: str
    missed_on: date
    recipients: tuple[str, ...]
    since_at: datetime
    zone: tzinfo

    @property
    def name(self) -> str:
        """What tells it from every other alert."""
        return str(self.alert_id)

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        english, french = (
            Wording(each, zone=self.zone).instant(self.since_at) for each in ("en", "fr")
        )
        return {
            "alert_id": str(self.alert_id),
            "team": self.team,
            "missed_on": self.missed_on.isoformat(),
            "reason": "rate_not_worked",
            "parties": ["leader"],
            "recipients": list(self.recipients),
            "since_at": stamp(self.since_at),
            "text": {
                "en": f"Team {self.team}: the rate of {self.missed_on} was missed, and nobody has said what "
                f"is done about it (answer by {english}).",
                "fr": f"Équipe {self.team} : la cadence du {self.missed_on} n'a pas été tenue, et personne n'a "
                f"dit ce qui est fait à ce sujet (réponse attendue le {french}).",
            },
        }

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        command = RecordRateAlertDelivered(
            rate_id=rate_id(ledger.store.ledger_id, self.team),
            team=self.team,
            missed_on=self.missed_on,
            method=method,
        )
        cause = (self.team, self.missed_on.isoformat())
        delivered = derived_uuid(self.since_at, "rate-alert-delivered", *cause)
        return Request(command, machine("outbox"), delivered, causation=self.name)


def rate_alerts(
    ledger: Ledger, version: PolicyVersion, directory: Directory, now: datetime
) -> Iterator[RateAlert]:
    """Every alert of a rate not worked that is still to be delivered, by team and day."""
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    on = days.date_of(now)
    for team in version.policy.teams:
        leader = leader_of(version.policy, team)
        there = directory.stand_in(leader, on) if leader else None
        for missed_on, miss in rate_of(ledger.store, team).misses.items():
            if not miss.alarmed or miss.told:
                continue
            since = answer_by(version, missed_on)
            yield RateAlert(
                derived_uuid(since, "rate-not-worked", team, missed_on.isoformat()),
                team,
                missed_on,
                (there or version.policy.office.director or "leader",),
                since,
                days.zone,
            )
