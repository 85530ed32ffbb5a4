"""The worker: deliveries go on as entries come, whatever went wrong before, and end when the service does."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import NoReturn

import pytest
import structlog
from structlog.testing import LogCapture
from structlog.typing import EventDict, WrappedLogger

from api.feed import Feed
from api.webhooks.worker import TURN, delivering
from ledger.store import arrivals_at, turn_at
from tests.api.webhooks.office import Told, telling
from tests.api.webhooks.receiving import Receiver, certified
from tests.ledgers import Place, place_in
from tests.patience import WITHIN_SECONDS


class Heard(LogCapture):
    """The lines of the log, as they come."""

    def __init__(self) -> None:
        super().__init__()
        self._came = Condition()

    def __call__(self, _: WrappedLogger, method_name: str, event_dict: EventDict) -> NoReturn:
        with self._came:
            self._came.notify_all()
            super().__call__(_, method_name, event_dict)

    def wait_for(self, count: int) -> list[str]:
        """The outcomes of the first so many lines, once they were said."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.entries) >= count, WITHIN_SECONDS)
            return [str(each.get("outcome", each.get("errors"))) for each in self.entries]


@pytest.fixture
def heard() -> Iterator[Heard]:
    processors, lines = structlog.get_config()["processors"], Heard()
    before = processors.copy()
    processors[:] = [lines]
    yield lines
    processors[:] = before


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """In a home folder: what is tried of its files is not in a database."""
    return place_in(tmp_path)


@pytest.fixture
def told(place: Place) -> Iterator[Told]:
    with telling(place) as office:
        yield office


@contextmanager
def working(told: Told, place: Place) -> Generator[None]:
    """While the block runs a service delivers."""
    store = told.ledger.store
    with (
        arrivals_at(place.location, store) as arrivals,
        delivering(place.location, told.ledger, Feed(told.ledger), arrivals, told.settings),
    ):
        yield


def test_each_entry_is_told_as_it_comes_and_nothing_goes_wrong(
    told: Told, place: Place, receiver: Receiver, heard: Heard
) -> None:
    told.subscribed(receiver.url)
    with working(told, place):
        for _ in range(3):
            told.opened()
            receiver.wait_for(len(told.positions()))
    assert receiver.positions() == told.positions()
    assert heard.entries == []


def test_what_goes_wrong_with_a_subscription_is_said_once_and_again_once_it_is_right(
    told: Told, place: Place, receiver: Receiver, heard: Heard, tmp_path: Path
) -> None:
    authorities = tmp_path / "authorities.pem"
    told.settings = told.settings.model_copy(update={"ca_file": authorities})
    webhook_id = told.subscribed(receiver.url)
    with working(told, place):
        heard.wait_for(1)
        certified(tmp_path, "hooks.example")[1].rename(authorities)
        for _ in range(2):
            told.opened()
            receiver.wait_for(len(told.positions()))
    assert heard.wait_for(2) == [str({str(webhook_id): "invalid-command"}), "{}"]


def test_while_its_file_is_damaged_that_is_said_and_deliveries_go_on_once_it_is_away(
    told: Told, place: Place, receiver: Receiver, heard: Heard
) -> None:
    assert isinstance(place.location, Path)
    told.subscribed(receiver.url)
    told.opened()
    file = place.location / "webhooks.db"
    file.write_bytes(b"no database at all" * 100)
    with working(told, place):
        assert heard.wait_for(1) == ["ledger-unavailable"]
        file.unlink()
        receiver.wait_for(len(told.positions()))
    assert receiver.positions() == told.positions()


def test_a_turn_that_was_lost_is_had_again_before_anything_more_goes_out(
    told: Told, place: Place, receiver: Receiver, heard: Heard
) -> None:
    assert isinstance(place.location, Path)
    told.subscribed(receiver.url)
    told.opened()
    with working(told, place):
        receiver.wait_for(before := len(told.positions()))
        (place.location / f"turn.{TURN}").unlink()
        with turn_at(place.location, TURN) as other:
            assert other.take()
            told.opened()
            heard.wait_for(1)
            assert len(receiver.received) == before
        receiver.wait_for(len(told.positions()))
    assert receiver.positions() == told.positions()


def test_whoever_stops_sends_nothing_twice_and_leaves_nothing_out(
    told: Told, place: Place, receiver: Receiver
) -> None:
    told.subscribed(receiver.url)
    for _ in range(20):
        told.opened()
    for upto in (1, 20, len(told.positions())):
        with working(told, place):
            receiver.wait_for(upto)
    assert sorted(receiver.positions()) == told.positions()
