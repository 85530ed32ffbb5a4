"""An office of which a team is given a rate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from api.watch import watch_once
from ledger.entry import Actor
from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.rates import SetRate, rate_id
from ledger.service import Ledger
from projections.flow.rates import DayRate, counted, day_rate, rate_of
from projections.views import Views
from tests.ledgers import Place
from tests.projections.offices import DAYS, Office

LEADER = Actor("person", "L-02", role="caseworker", team="RDW")
TARGET_ON = date(2026, 4, 17)


class RatedOffice(Office):
    """An office of which the roads depot is given a rate on its second Monday, with ten cases waiting."""

    def __init__(self, place: Place, ledger: Ledger, views: Views) -> None:
        super().__init__(place, ledger)
        self.views = views
        self.cases = []
        for day in range(5):
            self.on(day)
            self.cases += [self.opened(), self.opened()]
        self.on(7)
        self.set(target=0)

    @property
    def version(self) -> PolicyVersion:
        return self.ledger.policies().in_force(self.place.clock.at)

    def set(self, *, target: int, target_on: date = TARGET_ON) -> None:
        self.views.catch_up(self.ledger.store)
        found = counted(self.views, self.ledger.store, "RDW", self.version, self.place.clock.at)
        command = SetRate(
            rate_id=rate_id(self.ledger.store.ledger_id, "RDW"),
            team="RDW",
            target=target,
            target_on=target_on,
            counted=found,
        )
        self.ask(command, LEADER)

    def day(self, *, known_at: datetime | None = None) -> DayRate:
        self.views.catch_up(self.ledger.store)
        at = known_at or self.place.clock.at
        found = day_rate(
            self.views,
            rate_of(self.ledger.store, "RDW", known_at=known_at),
            self.version,
            on=DAYS.date_of(at),
            at=at,
            known_at=known_at,
        )
        assert found is not None
        return found

    def watched(self) -> dict[str, int]:
        return watch_once(self.ledger, self.views).counts


@pytest.fixture
def office(place: Place) -> Iterator[RatedOffice]:
    with place.office() as ledger, Views.open(place.location) as views:
        yield RatedOffice(place, ledger, views)
