"""Offices that do as they are told, day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ledger.case.contact.contacts import LogContact
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.commands import Command
from ledger.entry import Actor
from ledger.policy.calendars.zones import LocalDays
from ledger.service import Ledger
from projections.figures.figure import Window
from projections.flow.lives import lives
from projections.flow.office_days import office_days_of
from projections.measures import Asking, Filters, Report, report
from tests.ledgers import INTAKE, OPENS_AT, ROADS, Place, place_in

DAYS = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))
MONDAY = date(2026, 3, 2)
MARCH = Window(MONDAY, date(2026, 4, 1))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


class Office:
    """An office that does as it is told, day by day."""

    def __init__(self, place: Place, ledger: Ledger) -> None:
        self.place = place
        self.ledger = ledger

    def on(self, day: int, hour: float = 0.5) -> None:
        self.place.clock.at = OPENS_AT + timedelta(days=day, hours=hour)

    def ask(self, command: Command, actor: Actor = ROADS) -> None:
        self.ledger.handle(command, actor=actor)

    def opened(self, **said: Any) -> UUID:
        case_id = self.ledger.new_id()
        given: dict[str, Any] = {
            "channel": "phone", "request_type": "RDW-POT", "answers": {"danger_now": False},
        }  # fmt: skip
        self.ask(OpenCase(case_id=case_id, **{**given, **said}), INTAKE)
        return case_id

    def pulled(self, case_id: UUID) -> None:
        self.ask(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"))

    def resolved(self, case_id: UUID, outcome: str = "done") -> None:
        self.ask(ResolveCase(case_id=case_id, outcome=outcome))

    def back(self, case_id: UUID) -> None:
        self.ask(ReopenCase(case_id=case_id, reason="returned", clock_policy="continue"))

    def contact(
        self, case_id: UUID, *kinds: str, inbound: bool = True, channel: str = "phone"
    ) -> None:
        self.ask(
            LogContact(
                case_id=case_id,
                contact_id=self.ledger.new_id(),
                direction="inbound" if inbound else "outbound",
                channel=channel,
                kinds=kinds,
            )
        )

    def handed(self, case_id: UUID, to_team: str, by: Actor, to: Actor) -> None:
        transfer_id = self.ledger.new_id()
        moved = TransferCase(
            case_id=case_id, transfer_id=transfer_id, to_team=to_team, reason="wrong-team"
        )
        self.ask(moved, by)
        self.ask(AcceptTransfer(case_id=case_id, transfer_id=transfer_id), to)

    def figures(
        self, window: Window = MARCH, *, known_at: datetime | None = None, **said: Any
    ) -> Report:
        effort = said.pop("effort", None)
        asking = self.asking(Filters(**said), window, known_at=known_at, effort=effort)
        return report(lives(self.ledger.store, known_at=known_at), asking)

    def asking(self, filters: Filters, window: Window = MARCH, **said: Any) -> Asking:
        policies = self.ledger.policies()
        return Asking(window, filters, DAYS, office_days_of(policies), policies, **said)


@pytest.fixture
def office(place: Place, ledger: Ledger) -> Office:
    return Office(place, ledger)
