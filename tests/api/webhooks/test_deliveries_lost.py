"""Whatever is lost of deliveries, by death or by a restore, each entry is still told at least once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.webhooks.deliveries import Deliveries
from tests.api.webhooks.office import Told, telling
from tests.api.webhooks.receiving import Receiver
from tests.ledgers import place_in


def test_who_dies_before_it_is_saved_sends_again_what_the_receiver_knows_by_its_id(
    told: Told, receiver: Receiver, tmp_path: Path
) -> None:
    told.subscribed(receiver.url)
    told.deliver()
    kept = tmp_path / "home" / "webhooks.db"
    shutil.copy(kept, tmp_path / "before")
    stream = told.opened()
    told.deliver()
    shutil.copy(tmp_path / "before", kept)
    told.deliver()
    once = told.positions(stream)
    assert receiver.positions() == once + once
    ids = [each.headers["webhook-id"] for each in receiver.received]
    assert ids[: len(once)] == ids[len(once) :]


def test_without_what_was_kept_deliveries_go_on_from_what_the_ledger_says_of_them(
    told: Told, receiver: Receiver, tmp_path: Path
) -> None:
    webhook_id = told.subscribed(receiver.url)
    told.opened()
    told.clock.pass_by(days=2)
    told.deliver()
    reached = told.stands(webhook_id).reached
    assert reached >= max(told.positions())
    later = told.opened()
    told.deliver()
    told.deliveries.close()
    (tmp_path / "home" / "webhooks.db").unlink()
    with Deliveries.open(tmp_path / "home") as anew:
        told.deliveries = anew
        seen = len(receiver.received)
        told.deliver()
    assert [each.position for each in receiver.received[seen:]] == told.positions(later)


@pytest.mark.parametrize("passes", [0, 1])
def test_after_a_restore_that_lost_entries_those_that_came_instead_are_told(
    tmp_path: Path, receiver: Receiver, passes: int
) -> None:
    """Also where the log was looked at while it was shorter than it had been."""
    place = place_in(tmp_path)
    with telling(place) as office:
        office.subscribed(receiver.url)
    backup = tmp_path / "backup"
    shutil.copytree(tmp_path / "home", backup, ignore=shutil.ignore_patterns("webhooks.db"))
    with place.open() as ledger, Deliveries.open(place.location) as deliveries:
        office = Told(ledger, deliveries, place.clock)
        lost = office.opened()
        office.deliver()
        assert receiver.positions() == office.positions(lost)
    shutil.copytree(backup, tmp_path / "home", dirs_exist_ok=True)
    for name in ("ledger.db", "vault.db"):
        for suffix in ("-wal", "-shm"):
            if not (backup / f"{name}{suffix}").exists():
                (tmp_path / "home" / f"{name}{suffix}").unlink(missing_ok=True)
    with place.open() as ledger, Deliveries.open(place.location) as deliveries:
        office = Told(ledger, deliveries, place.clock)
        assert [office.deliver().delivered for _ in range(passes)] == [0] * passes
        instead = office.opened()
        told_before = len(receiver.received)
        office.deliver()
        assert [each.position for each in receiver.received[told_before:]] == office.positions(
            instead
        )
