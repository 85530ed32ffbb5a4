"""The simulated office's desk: everything its people do goes to the ledger from here, and through nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from api.department.agenda import Agenda, SimulatedClock
from api.department.arrivals import Matter
from ledger.commands import Command
from ledger.entry import Actor, Receipt
from ledger.errors import NotAuthorised, Refusal
from ledger.ids import derived_uuid
from ledger.policy.compiled import CompiledPolicy
from ledger.service import Ledger
from projections.views import Views

FORM = Actor("machine", "form", version="1")
"""The web form, which opens cases by itself."""


class Desk:
    """The ledger as the office's people use it: commands under ids drawn from the seed, refusals counted."""

    def __init__(self, ledger: Ledger, views: Views, clock: SimulatedClock, *, seed: int) -> None:
        self.ledger = ledger
        self.views = views
        self.clock = clock
        self.agenda = Agenda(clock)
        self.chance = Random(seed)
        self.ids = _ids(clock, seed)
        self.matters: dict[UUID, Matter] = {}
        self.asked: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._policy: CompiledPolicy | None = None

    @property
    def policy(self) -> CompiledPolicy:
        """The policy that the office works by, once it is published."""
        if self._policy is None:
            self._policy = self.ledger.policies().in_force(self.clock()).compiled
        return self._policy

    def policy_changed(self) -> None:
        """Another policy is in force from now on."""
        self._policy = None

    def ask(self, command: Command, actor: Actor) -> Receipt | None:
        """Asks one command; None if a rule forbids it, as people find out in any office."""
        name = type(command).__name__
        self.asked[name] += 1
        try:
            return self.ledger.handle(command, actor=actor, command_id=next(self.ids))
        except (Refusal, NotAuthorised) as refused:
            self.refused[f"{name}: {getattr(refused, 'rule', '') or refused.code}"] += 1
            return None

    def member(self, code: str, *, team: str | None = None) -> Actor:
        """A member as an actor; leaders decide by delegation, others as caseworkers."""
        document = self.policy.policy
        found = document.members[code]
        acted_for = team or found.teams[0]
        leads = document.teams[acted_for].leader == code
        role = "team_leader" if leads else "intake" if acted_for == "INT" else "caseworker"
        return Actor(found.kind, code, role=role, team=acted_for, version=found.version)

    def working(self, hours: float) -> datetime:
        """The instant by which the office will have been open for so many more hours."""
        office = self.policy.policy.office
        return self.policy.calendars.hours[office.office_calendar].after(
            self.clock(), timedelta(hours=hours)
        )


def _ids(clock: SimulatedClock, seed: int) -> Iterator[UUID]:
    number = 0
    while True:
        number += 1
        yield derived_uuid(clock(), "simulated-office", str(seed), str(number))
