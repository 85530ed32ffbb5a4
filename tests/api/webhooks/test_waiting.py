"""What waits to be delivered is told by the service's health and metrics: how much, how old, and what was given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from api.webhooks.worker import deliver_once
from tests.api.http.metrics import counted, samples
from tests.api.http.served import Caller, Served, serving
from tests.api.webhooks.managed import SETTINGS, SYSTEM, made
from tests.api.webhooks.receiving import Answer, Receiver
from tests.ledgers import Place
from tests.patience import WITHIN_SECONDS

NAMES = ("waiting", "given_up", "resting", "oldest_seconds")


@pytest.fixture
def office(place: Place, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """An office with a subscription, in which nothing is delivered by itself."""
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "true")
    with serving(place) as served:
        made(served.as_member(SYSTEM), receiver.url, topics=["CaseOpened"])
        deliver(served)
        yield served


def deliver(office: Served) -> None:
    """Passes until nothing may go just now."""
    service = office.service
    deliver_once(service.views.location, service.ledger, service.feed, SETTINGS)


def waits(office: Served) -> tuple[int, int, int, float]:
    """What waits, as health and metrics tell alike; it makes nobody take the service for broken."""
    office.service.projector.catch_up(seconds=WITHIN_SECONDS)
    told, counts = office.nobody().get("/health"), samples(office)
    assert (told.status_code, told.json()["failing"]) == (200, {})
    found = told.json()["webhooks"]
    assert {name: counts[counted(f"webhooks_{name}")] for name in NAMES} == found
    return found["waiting"], found["given_up"], found["resting"], found["oldest_seconds"]


def test_what_nobody_delivers_grows_old(office: Served) -> None:
    office.as_member(SYSTEM).opened()
    office.clock.pass_by(hours=2)
    assert waits(office) == (0, 0, 0, 7_200.0)
    deliver(office)
    assert waits(office) == (0, 0, 0, 0.0)


def test_what_a_receiver_who_is_away_is_owed_waits_for_it(
    office: Served, receiver: Receiver
) -> None:
    receiver.answers = lambda _delivery: Answer(503)
    for _ in range(3):
        office.as_member(SYSTEM).opened()
    office.clock.pass_by(hours=1)
    deliver(office)
    assert waits(office) == (3, 0, 1, 3_600.0)
    receiver.answers = lambda _delivery: Answer()
    office.clock.pass_by(hours=1)
    deliver(office)
    assert waits(office) == (0, 0, 0, 0.0)


def test_what_was_given_up_is_counted_until_it_is_to_be_delivered_after_all(
    office: Served, receiver: Receiver
) -> None:
    receiver.answers = lambda _delivery: Answer(400)
    office.as_member(SYSTEM).opened()
    for _ in range(12):
        office.clock.pass_by(hours=10)
        deliver(office)
    assert waits(office) == (0, 1, 0, 0.0)
    system = office.as_member(SYSTEM)
    (subscription,) = system.get("/v1/webhooks").json()
    address = f"/v1/webhooks/{subscription['webhook_id']}"
    (given_up,) = system.get(f"{address}/given-up").json()
    again = system.post(f"{address}/deliver-again", {"entries": [given_up["entry"]]})
    assert again.status_code < 300, again.text
    receiver.answers = lambda _delivery: Answer()
    deliver(office)
    assert waits(office) == (0, 0, 0, 0.0)


def test_who_paused_waits_for_nothing(office: Served) -> None:
    system = office.as_member(SYSTEM)
    pause(system)
    system.opened()
    office.clock.pass_by(hours=2)
    assert waits(office) == (0, 0, 0, 0.0)


def test_who_ended_waits_for_nothing_and_has_nothing_given_up(
    office: Served, receiver: Receiver
) -> None:
    receiver.answers = lambda _delivery: Answer(400)
    system = office.as_member(SYSTEM)
    system.opened()
    for _ in range(12):
        office.clock.pass_by(hours=10)
        deliver(office)
    assert waits(office) == (0, 1, 0, 0.0)
    end(system)
    assert waits(office) == (0, 0, 0, 0.0)


def pause(system: Caller) -> None:
    """Pauses the one subscription."""
    (subscription,) = system.get("/v1/webhooks").json()
    paused = system.post(f"/v1/webhooks/{subscription['webhook_id']}/pause", {})
    assert paused.status_code == 201


def end(system: Caller) -> None:
    """Ends the one subscription."""
    (subscription,) = system.get("/v1/webhooks").json()
    address = f"/v1/webhooks/{subscription['webhook_id']}"
    assert system.ask("DELETE", address, headers={"Idempotency-Key": "end"}).status_code == 201


@pytest.mark.parametrize("stops", [pause, end])
def test_who_waits_for_nothing_hides_nobody_who_does(
    office: Served, receiver: Receiver, stops: Callable[[Caller], None]
) -> None:
    system = office.as_member(SYSTEM)
    stops(system)
    made(system, receiver.url, topics=["CaseOpened"])
    system.opened()
    office.clock.pass_by(hours=2)
    assert waits(office) == (0, 0, 0, 7_200.0)
