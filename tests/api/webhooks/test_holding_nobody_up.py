"""A receiver that is slow, away, without an end or elsewhere holds up nobody but itself."""

from __future__ import annotations

import os

import pytest

from tests.api.webhooks.office import Told
from tests.api.webhooks.receiving import Answer, Delivery, Receiver, receiving
from tests.patience import WITHIN_SECONDS

AWAY = Answer(503)


def test_a_receiver_that_is_not_itself_is_tried_again_now_and_then_for_as_long_as_it_takes(
    told: Told, receiver: Receiver
) -> None:
    receiver.answers = lambda _delivery: AWAY
    told.subscribed(receiver.url)
    told.opened()
    told.deliver_for(hours=96)
    assert 96 < len(receiver.received) <= 4 * 96 + 10
    receiver.answers = lambda _delivery: Answer()
    told.deliver_for(hours=1)
    assert receiver.positions() == told.positions()


def test_redirects_lead_nowhere(told: Told, receiver: Receiver) -> None:
    with receiving() as inside:
        receiver.answers = lambda _delivery: Answer(307, {"Location": inside.url})
        told.subscribed(receiver.url)
        told.opened()
        told.deliver_for(hours=1)
        assert receiver.received != []
        assert inside.received == []


def test_an_answer_without_an_end_holds_nobody_up(told: Told, receiver: Receiver) -> None:
    receiver.answers = lambda _delivery: Answer(200, lasts=True)
    told.subscribed(receiver.url, topics=("CaseOpened",))
    told.opened()
    assert told.deliver().delivered == 1


def test_a_receiver_that_asks_to_be_left_alone_is(told: Told, receiver: Receiver) -> None:
    receiver.answers = lambda _delivery: Answer(429, {"Retry-After": "1800"})
    told.subscribed(receiver.url)
    told.opened()
    told.deliver_for(hours=0.4, every_minutes=1)
    assert len(receiver.received) == 1
    told.deliver_for(hours=0.2, every_minutes=1)
    assert len(receiver.received) == 2


@pytest.mark.parametrize(
    "said",
    [
        "soon", "-5", "1.5", "Mon, 01 Jan 2024 00:00:00 -0000",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
    ],
)  # fmt: skip
def test_a_receiver_that_asks_for_no_time_there_is_holds_no_other_up(
    told: Told, receiver: Receiver, said: str
) -> None:
    with receiving() as away:
        away.answers = lambda _delivery: Answer(503, {"Retry-After": said})
        told.subscribed(away.url)
        told.subscribed(receiver.url)
        told.opened()
        tally = told.deliver()
        assert (tally.delivered, tally.failed) == (len(told.positions()), 1)


@pytest.mark.parametrize("asks", ["86400", "9" * 30, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_receiver_that_asks_to_be_left_alone_for_longer_than_an_hour_is_for_one(
    told: Told, receiver: Receiver, asks: str
) -> None:
    receiver.answers = lambda _delivery: Answer(429, {"Retry-After": asks})
    told.subscribed(receiver.url)
    told.opened()
    told.deliver_for(hours=0.9)
    assert len(receiver.received) == 1
    told.deliver_for(hours=0.25)
    assert len(receiver.received) == 2


def test_a_clock_that_was_set_back_holds_nothing_up(told: Told, receiver: Receiver) -> None:
    receiver.answers = lambda _delivery: AWAY
    told.subscribed(receiver.url)
    told.opened()
    told.deliver()
    told.clock.pass_by(days=-3)
    receiver.answers = lambda _delivery: Answer()
    told.deliver()
    assert receiver.positions() == told.positions()


def test_one_receiver_that_is_away_holds_no_other_up(told: Told, receiver: Receiver) -> None:
    with receiving() as away:
        away.answers = lambda _delivery: AWAY
        told.subscribed(away.url)
        told.subscribed(receiver.url)
        told.opened()
        tally = told.deliver()
        assert (tally.delivered, tally.failed) == (len(told.positions()), 1)


def test_names_that_resolve_slowly_hold_no_other_up(told: Told, receiver: Receiver) -> None:
    """As many as the threads for all else, at most: what is kept of another is read, and it is told, meanwhile."""
    port = receiver.url.rpartition(":")[2].strip("/")

    def resolve(name: str, _port: int) -> list[str]:
        if name.startswith("slow"):
            receiver.wait_for(1)
        return ["127.0.0.1"]

    told.resolve = resolve
    told.settings = told.settings.model_copy(update={"answer_seconds": WITHIN_SECONDS})
    for number in range(min(32, (os.cpu_count() or 1) + 4)):
        told.subscribed(f"http://slow-{number}.example:{port}/")
    told.subscribed(receiver.url)
    told.opened()
    tally = told.deliver()
    assert (tally.failed, len(receiver.accepted)) == (0, tally.delivered)


def test_one_receiver_that_is_slow_holds_no_other_up(told: Told, receiver: Receiver) -> None:
    came: list[int] = []

    def answers_once_the_other_knows_what_came_later(_delivery: Delivery) -> Answer:
        if not came:
            told.opened()
            came.extend(told.positions())
            receiver.wait_for(len(came))
        return Answer()

    with receiving() as slow:
        slow.answers = answers_once_the_other_knows_what_came_later
        told.subscribed(slow.url)
        told.subscribed(receiver.url)
        told.opened()
        assert told.deliver().failed == 0
        assert sorted(receiver.positions()) == came
        told.deliver()
        assert sorted(slow.positions()) == came
