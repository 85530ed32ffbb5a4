"""As many as there are pull one queue at once, from a service in processes of its own: each gets a right answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from api.http.identity.demo_login import DemoLogin
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.ids import reference_of
from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from ledger.service import Ledger
from tests.api.http.processes import SECRET, running
from tests.ledgers import INTAKE, OFFICE, Place, place_in, publish

CONNECTIONS = 64
_ASKED_AT_MOST = 100
_WATCH = 'watch = { kind = "machine", version = "1", teams = ["INT"] }\n'
_MEMBER = '{code} = {{ name = "Somebody", teams = ["INC"], skills = ["income"] }}\n'


def member(place: int) -> str:
    return f"P-{place:04}"


def policy_of(people: int) -> Policy:
    """The office's policy with so many people more who may pull income supports."""
    more = "".join(_MEMBER.format(code=member(each)) for each in range(people))
    text = OFFICE.read_text(encoding="utf-8")
    assert _WATCH in text
    return read_policy(text.replace(_WATCH, _WATCH + more), file=OFFICE.name)


def waiting(ledger: Ledger, *, people: int, cases: int) -> None:
    """An office of so many people, in whose queue so many cases wait."""
    publish(ledger, policy_of(people))
    opening = [
        OpenCase(
            case_id=ledger.new_id(),
            channel="phone",
            request_type="INC-APP",
            language="en",
            region="HAL",
        )
        for _ in range(cases)
    ]
    outcomes = ledger.handle_all([Request(each, INTAKE) for each in opening])
    assert all(isinstance(each, Receipt) for each in outcomes)


async def pulled(client: httpx.AsyncClient, place: int) -> str | None:
    """The case that somebody got, or none once they were told that nothing waits.

    Told that others were quicker, they pull again, as they are told; a connection that was lost they ask again
    under the same key.
    """
    token, pull = DemoLogin(SECRET).token(member(place)), 1
    for _ in range(_ASKED_AT_MOST):
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": f"pull-{pull}",
            "Content-Type": "application/json",
        }
        try:
            answer = await client.post("/v1/queues/INC/pull", content=b"{}", headers=headers)
        except httpx.TransportError:
            continue
        said: dict[str, Any] = answer.json()
        if answer.status_code in (200, 201):
            return str(said["reference"])
        assert answer.status_code == 409, answer.text
        if said["rule"] != "pull-order":
            assert "Nothing waits in the queue of INC" in said["detail"]
            return None
        assert "pull again" in said["detail"]
        pull += 1
    raise AssertionError("always somebody was quicker")


async def all_at_once(url: str, people: int) -> list[str | None]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=None, verify=False) as client:
        return await asyncio.gather(*(pulled(client, each) for each in range(people)))


def each_gets_a_right_answer(place: Place, *options: str, people: int, cases: int) -> None:
    """Every case goes to somebody and none to two; whoever got none was told so when none was left."""

    def prepared(ledger: Ledger) -> None:
        waiting(ledger, people=people, cases=cases)

    with running(place, *options, prepared=prepared) as (process, client):
        assert process.stderr is not None
        Thread(target=process.stderr.read, daemon=True).start()  # a log that nobody reads stops it
        answers = asyncio.run(all_at_once(str(client.base_url), people))
    got = [reference for reference in answers if reference is not None]
    with place.open() as ledger:
        entries = [*ledger.entries()]
    waited = {each.stream for each in entries if getattr(each.fact, "team", None) == "INC"}
    taken = [each for each in entries if each.topic == "CasePulled"]
    assert people > len(waited) > cases // 2, "some go elsewhere, since the rules look at the load"
    assert sorted(each.stream for each in taken) == sorted(waited)
    assert sorted(got) == sorted(reference_of(each.subject_id) for each in taken)
    assert set(Counter(each.actor.id for each in taken).values()) == {1}


def test_a_hundred_who_pull_at_once_share_out_the_queue(tmp_path: Path) -> None:
    each_gets_a_right_answer(place_in(tmp_path), people=100, cases=75)


def test_sixty_do_so_too_from_two_processes(place: Place) -> None:
    each_gets_a_right_answer(place, "--workers", "2", people=60, cases=45)


@pytest.mark.soak
def test_a_thousand_who_pull_at_once_share_out_the_queue(tmp_path: Path) -> None:
    each_gets_a_right_answer(place_in(tmp_path), people=1_000, cases=900)


@pytest.mark.soak
def test_a_thousand_do_so_too_from_two_processes(place: Place) -> None:
    each_gets_a_right_answer(place, "--workers", "2", people=1_000, cases=900)
