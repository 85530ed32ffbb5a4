"""The feed as it comes: events by position, a heartbeat when it is quiet, on after a break, ended by a drain."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from api.http.identity.keys import new_key
from ledger.registers.integrations.api_keys import IssueApiKey, RevokeApiKey
from tests.api.http.served import Caller, Served, serving
from tests.ledgers import DIRECTOR, place_in
from tests.patience import WITHIN_SECONDS

AUDITOR, SYSTEM = "A-01", "watch"


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office that says soon that it is still there."""
    folder: Path = tmp_path_factory.mktemp("lively")
    with serving(place_in(folder), heartbeat_seconds=0.05) as served:
        yield served


class Heard(NamedTuple):
    """One block of a stream."""

    id: str | None
    data: Any
    comment: str | None


def position_of(heard: Heard) -> int:
    """The position of the entry that an event tells of."""
    return int(heard.data["sequence"])


def blocks(answer: httpx.Response) -> Iterator[Heard]:
    """A stream, block by block, as the standard reads it."""
    said: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(":")
            said[name] = value.removeprefix(" ")
        elif said:
            data = said.get("data")
            yield Heard(said.get("id"), data and json.loads(data), said.get(""))
            said = {}


@contextmanager
def listening_to(
    caller: Caller, path: str = "/v1/feed/events", **headers: str
) -> Generator[Iterator[Heard]]:
    """A stream, heard by this caller until the block ends."""
    said = {"Authorization": f"Bearer {caller.token}", **headers}
    with (
        httpx.Client(base_url=caller.client.base_url, timeout=WITHIN_SECONDS) as client,
        client.stream("GET", path, headers=said) as answer,
    ):
        assert answer.status_code == 200, answer.read()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert "Content-Encoding" not in answer.headers
        yield blocks(answer)


def events(heard: Iterator[Heard], count: int) -> list[Heard]:
    """The next so many events."""
    found = (each for each in heard if each.data is not None)
    return [next(found) for _ in range(count)]


def test_what_is_there_is_heard_in_order_and_then_what_comes(lively: Served) -> None:
    system = lively.as_member(SYSTEM)
    first = system.opened(channel="web")
    with listening_to(system) as heard:
        while (got := events(heard, 1)[0]).data["data"]["reference"] != first:
            pass
        assert got.id == got.data["id"]
        lively.as_member("I-02").opened()
        second = system.opened(channel="web")
        while (came := events(heard, 1)[0]).data["data"]["reference"] == first:
            pass
        assert came.data["data"]["reference"] == second
        assert position_of(came) > position_of(got)


def test_whoever_comes_back_misses_nothing_and_hears_nothing_twice(lively: Served) -> None:
    auditor = lively.as_member(AUDITOR)
    lively.as_member("I-02").opened()
    total = len(auditor.get("/v1/feed?after=0&limit=1000").json())
    with listening_to(auditor, **{"Last-Event-ID": ""}) as heard:  # as who heard none yet may say
        before = events(heard, 2)
    with listening_to(auditor, **{"Last-Event-ID": before[-1].id or ""}) as heard:
        after = events(heard, total - 2)
    positions = [position_of(each) for each in (*before, *after)]
    assert positions == sorted(set(positions))
    assert positions[:2] == [position_of(each) for each in before]


def test_on_a_quiet_stream_a_heartbeat_says_up_to_where_it_was_looked(lively: Served) -> None:
    lively.as_member("I-02").opened()
    tip = lively.service.ledger.store.tip()
    with listening_to(lively.as_member(SYSTEM), f"/v1/feed/events?after={tip - 1}") as heard:
        beat = next(each for each in heard if each.comment == "quiet")
    assert (beat.id, beat.data) == (str(tip), None)


def test_the_page_becomes_a_stream_for_whoever_accepts_one(lively: Served) -> None:
    auditor = lively.as_member(AUDITOR)
    with listening_to(auditor, "/v1/feed?after=0", Accept="text/event-stream") as heard:
        assert events(heard, 1)[0].data["type"] == "caseledger.PolicyPublished"


def test_whoever_may_not_follow_gets_no_stream(lively: Served) -> None:
    refused = lively.as_member("R-02").get("/v1/feed/events")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")


def test_one_stream_too_many_is_told_to_read_pages(tmp_path: Path) -> None:
    with serving(place_in(tmp_path), heartbeat_seconds=0.05, streams=2) as served:
        auditor = served.as_member(AUDITOR)
        with listening_to(auditor) as first, listening_to(auditor) as second:
            next(first)
            next(second)
            third = auditor.get("/v1/feed/events")
        assert (third.status_code, third.json()["code"]) == (429, "too-many-requests")
        assert int(third.headers["Retry-After"]) > 0


def test_a_stream_ends_whole_when_the_server_is_told_to_stop(tmp_path: Path) -> None:
    with ExitStack() as reader:
        with serving(place_in(tmp_path)) as served:
            heard = reader.enter_context(listening_to(served.as_member(AUDITOR)))
            events(heard, 1)
        assert [each.data for each in heard] == []


def test_a_stream_ends_once_whoever_follows_may_no_longer(lively: Served) -> None:
    ledger = lively.service.ledger
    key_id = ledger.new_id()
    key, digest = new_key(key_id)
    until = ledger.clock() + timedelta(days=1)
    issued = IssueApiKey(
        key_id=key_id, member=SYSTEM, scopes=("*",), expires_at=until, digest=digest
    )
    ledger.handle(issued, actor=DIRECTOR)
    lively.as_member(SYSTEM).opened(channel="web")
    with listening_to(Caller(lively.client, key)) as heard:
        events(heard, 1)
        ledger.handle(RevokeApiKey(key_id=key_id), actor=DIRECTOR)
        assert [each.comment for each in heard][-1] == "ended: unauthenticated"
