"""After a restore deliveries go on from where they were: nothing is lost, and no other entry has a known webhook-id."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.command_line import CommandLine, bare
from tests.api.webhooks.receiving import Delivery, Receiver, receiving
from tests.ledgers import OFFICE
from tests.servers.postgresql import PostgresqlServer

__all__ = ["bare"]


@dataclass
class Office:
    """An office on one store, whose receiver listens, and an empty place to restore it into."""

    line: CommandLine
    receiver: Receiver
    elsewhere: str | None
    environment: pytest.MonkeyPatch

    def opens(self) -> int:
        """Another case; how many entries there are then."""
        said = ("--request-type", "RDW-POT", "--region", "HAL", "--as", "watch")
        return int(self.line.asked("open", "web", *said)["position"])

    def delivers(self) -> list[Delivery]:
        """What the receiver accepts of what is due."""
        before = len(self.receiver.accepted)
        self.line.done("webhook", "deliver", "--once")
        return self.receiver.accepted[before:]

    def backs_up(self) -> list[str]:
        """The two files of a backup."""
        files = [str(self.line.home.parent / f"monday.{each}") for each in ("entries", "keys")]
        self.line.done("backup", *files)
        return files

    def is_lost_and_restored(self, files: list[str]) -> None:
        """Goes on elsewhere, from a backup and the master key alone."""
        home = self.line.home.parent / "new home"
        home.mkdir()
        shutil.copy(self.line.home / "master.key", home)
        self.environment.setenv("CASELEDGER_HOME", str(home))
        if self.elsewhere is not None:
            self.environment.setenv("CASELEDGER_DATABASE_URL", self.elsewhere)
        self.line = CommandLine(home, self.line.heard)
        self.line.done("restore", *files)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, bare: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office with a subscription, on each store."""
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "1")
    with receiving() as receiver:
        if request.param == "sqlite":
            yield working(Office(bare, receiver, None, monkeypatch))
            return
        server: PostgresqlServer = request.getfixturevalue("server")
        monkeypatch.setenv("PATH", os.pathsep.join((str(server.programs), os.environ["PATH"])))
        with server.database() as url, server.database() as other:
            monkeypatch.setenv("CASELEDGER_DATABASE_URL", url)
            yield working(Office(bare, receiver, other, monkeypatch))


def working(office: Office) -> Office:
    office.line.done("init")
    office.line.done("policy", "publish", str(OFFICE), "--as", "D-01")
    office.line.done("webhook", "make", "watch", office.receiver.url, "--as", "D-01")
    return office


def ids(told: list[Delivery]) -> list[str]:
    return [each.headers["webhook-id"] for each in told]


def test_what_was_delivered_before_a_backup_is_not_delivered_again_and_the_rest_is(
    office: Office,
) -> None:
    office.opens()
    assert office.delivers()
    last = office.opens()
    files = office.backs_up()
    first_time = [each for each in office.delivers() if each.position <= last]
    assert first_time
    office.is_lost_and_restored(files)
    assert ids(office.delivers()) == ids(first_time)
    office.opens()
    assert {each.position > last for each in office.delivers()} == {True}


def test_another_entry_at_a_position_that_was_lost_has_a_webhook_id_of_its_own(
    office: Office,
) -> None:
    files = office.backs_up()
    office.opens()
    lost = office.delivers()
    office.is_lost_and_restored(files)
    office.opens()
    told = office.delivers()
    assert [each.position for each in told] == [each.position for each in lost]
    assert not set(ids(told)) & set(ids(lost))


def test_a_backup_holds_of_deliveries_no_more_than_it_holds_entries(office: Office) -> None:
    last = office.opens()
    office.delivers()
    files = office.backs_up()
    assert [Path(each).exists() for each in files] == [True, True]
    office.is_lost_and_restored(files)
    (shown,) = office.line.asked("webhook")
    assert shown["settled_upto"] == last
    assert office.delivers() == []
