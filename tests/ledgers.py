"""Ledgers for tests: new ones in a home or a database, the office's policy published, time told by hand."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tzdata

from ledger.commands import Request
from ledger.entry import Actor
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.policy.reading.toml import read_policy
from ledger.registers.policies import PublishPolicy
from ledger.service import Ledger
from ledger.store import Location
from ledger.times import EPOCH
from projections.views import Views
from tests.made_once import made_once
from tests.patience import be_patient

be_patient()  # other processes import this too

OFFICE = Path(__file__).resolve().parent.parent / "api" / "department" / "office.toml"
OPENS_AT = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
"""A Monday, half past eight in the morning in the office's zone."""

DIRECTOR = Actor("person", "D-01", role="director", team="INT")
INTAKE = Actor("person", "I-02", role="intake", team="INT")
ROADS = Actor("person", "R-02", role="caseworker", team="RDW")
INCOME = Actor("person", "N-02", role="caseworker", team="INC", delegation="DEL-INC-2026")
FORM = Actor("machine", "form", version="1")
WATCH = Actor("machine", "watch", version="1", team="INT")


@dataclass
class HandClock:
    """A clock that stands still until somebody moves it, forwards or back."""

    at: datetime = OPENS_AT

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **timespan: float) -> datetime:
        """Moves on by a timedelta given by its parts, negative ones too, and says what it shows."""
        self.at += timedelta(**timespan)
        return self.at


@dataclass(frozen=True)
class Place:
    """Where a ledger lies: a home folder or the URL of a database, and the file of its master key."""

    location: Location
    master_key: Path
    clock: HandClock = field(default_factory=HandClock)

    def create(self) -> Ledger:
        """A new, empty ledger here."""
        return Ledger.create(self.location, master_key=self.master_key, clock=self.clock)

    def open(self, **given: Any) -> Ledger:
        """The ledger that lies here, opened once more."""
        return Ledger.open(self.location, master_key=self.master_key, clock=self.clock, **given)

    @contextmanager
    def office(self, policy: Policy | None = None) -> Generator[Ledger]:
        """A new ledger here in which a policy is published, the office's if none is given; closed after the block."""
        self.lay(policy or office_policy())
        with self.open() as ledger:
            yield ledger

    @contextmanager
    def office_of_its_own(self) -> Generator[Ledger]:
        """As `office`, and another ledger than any that it gives: those are copies of one."""
        with self.create() as ledger:
            publish_office(ledger)
            yield ledger

    def lay(self, policy: Policy) -> None:
        """A new ledger here in which a policy is published, open to nobody."""

        def make() -> None:
            with self.create() as ledger:
                publish(ledger, policy)
            Views.open(self.location).close()

        made_once(self.location, self.master_key, (digest_policy(policy), self.clock.at), make)


def place_in(folder: Path, *, database: str | None = None) -> Place:
    """A place for a ledger in a temporary folder, or in a database whose master key lies in that folder."""
    return Place(database or folder / "home", folder / "keys" / "master.key")


@cache
def office_policy() -> Policy:
    """The policy of the simulated office."""
    return read_policy(OFFICE.read_text(encoding="utf-8"), file=OFFICE.name)


def publish_office(ledger: Ledger, *, effective_from: datetime = EPOCH) -> str:
    """Publishes the office's policy, in force from the beginning of time; its digest."""
    return publish(ledger, office_policy(), effective_from=effective_from)


def publish(ledger: Ledger, policy: Policy, *, effective_from: datetime = EPOCH) -> str:
    """Publishes a policy as the director; its digest."""
    request = publication(ledger, policy, effective_from=effective_from)
    ledger.handle(request.command, actor=request.actor)
    return digest_policy(policy)


def publication(ledger: Ledger, policy: Policy, *, effective_from: datetime = EPOCH) -> Request:
    """The request that publishes a policy, members' names apart."""
    nameless, names = split_names(policy)
    command = PublishPolicy(
        policy_id=ledger.policy_id,
        digest=digest_policy(policy),
        effective_from=effective_from,
        tz_version=tzdata.IANA_VERSION,
        document=document_of(nameless),
        names=names,
    )
    return Request(command, DIRECTOR)
