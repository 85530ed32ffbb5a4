"""Routing alerts: who dispatches is told once a week that the default is overused, or rules were not tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from api.machines import machine
from api.watch.routings import weeks_of
from ledger.commands import Request
from ledger.ids import derived_uuid
from ledger.input.quoting import counted
from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.routing_weeks import (
    RecordRoutingAlertDelivered,
    RoutingWeekClosed,
    routing_id,
)
from ledger.service import Ledger
from ledger.times import EPOCH


@dataclass(frozen=True, slots=True)
class RoutingAlert:
    """What is told of a week of routings, and to whom it is addressed."""

    alert_id: UUID
    week: RoutingWeekClosed
    recipients: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tells it from every other alert."""
        return str(self.alert_id)

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        week = self.week
        return {
            "alert_id": self.name,
            "week_on": week.week_on.isoformat(),
            "reason": list(week.troubles),
            "parties": ["dispatcher"],
            "recipients": list(self.recipients),
            "routed": week.routed,
            "by_default": week.by_default,
            "not_tried": dict(week.not_tried),
            "text": {"en": self._in_english(), "fr": self._in_french()},
        }

    def _in_english(self) -> str:
        week, said = self.week, list[str]()
        if "default_overused" in week.troubles:
            said.append(
                f"the default took {week.by_default} of {counted(week.routed, 'case', 'cases')}, which is above "
                f"{week.above_percent} %"
            )
        if not_tried := _listed(week):
            said.append(f"rules that could not be tried, for want of a fact or a team: {not_tried}")
        return f"Routing in the week of {week.week_on}: {'; '.join(said)}."

    def _in_french(self) -> str:
        week, said = self.week, list[str]()
        if "default_overused" in week.troubles:
            taken = "dossier" if week.by_default < 2 else "dossiers"
            said.append(
                f"la règle par défaut a pris {week.by_default} {taken} sur {week.routed}, soit plus de "
                f"{week.above_percent} %"
            )
        if not_tried := _listed(week):
            said.append(f"règles inapplicables, faute d'un fait ou d'une équipe : {not_tried}")
        return f"Acheminement, semaine du {week.week_on} : {'; '.join(said)}."

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        command = RecordRoutingAlertDelivered(
            routing_id=routing_id(ledger.store.ledger_id), week_on=self.week.week_on, method=method
        )
        cause = derived_uuid(EPOCH, "routing-alert-delivered", self.week.week_on.isoformat())
        return Request(command, machine("outbox"), cause, causation=self.name)


def _listed(week: RoutingWeekClosed) -> str:
    counts = cast("dict[str, int]", dict(week.not_tried))
    return ", ".join(f"{rule} ({count})" for rule, count in counts.items())


def routing_alerts(ledger: Ledger, version: PolicyVersion) -> Iterator[RoutingAlert]:
    """Every alert about a week of routings that is still to be delivered, by week."""
    recipients = (version.policy.office.director or "dispatcher",)
    for week_on, week in sorted(weeks_of(ledger.store).owed.items()):
        yield RoutingAlert(
            derived_uuid(EPOCH, "routing-week", week_on.isoformat()), week, recipients
        )
