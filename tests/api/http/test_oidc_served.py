"""Whoever comes with a token of the issuer is a member, or a stranger, or nobody; a slow issuer holds up nobody."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.http.identity import issuer_keys
from ledger.registers.keeping.accesses import ActRefused
from tests.api.http.issuer import AUDIENCE, Issuer
from tests.api.http.metrics import counted, samples
from tests.api.http.processes import wait_until
from tests.api.http.served import Served, serving
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS


@pytest.fixture(scope="module")
def served(shared: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = place_in(tmp_path_factory.mktemp("oidc"))
    with serving(place, oidc_issuer=shared.url, oidc_audience=AUDIENCE) as found:
        yield found


def test_a_member_works_with_a_token_of_the_issuer_in_the_roles_of_the_policy(
    shared: Issuer, served: Served
) -> None:
    shared.down = False
    shared.rotate("RS256")
    desk = served.with_token(shared.token("I-02", roles=["director"]))
    reference = desk.opened()
    assert desk.get(f"/v1/cases/{reference}").status_code == 200
    refused = desk.get("/v1/board", Acting_Role="director")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")


@pytest.mark.parametrize("kind", ["nothing", "not a token", "nested", "long", "stranger"])
def test_whoever_cannot_be_told_is_answered_401_and_a_stranger_403(
    shared: Issuer, served: Served, kind: str
) -> None:
    shared.down = False
    if not shared.keys:
        shared.new_key()
    deep = base64.urlsafe_b64encode(b"[" * 3_000).decode().rstrip("=")
    token = {
        "nothing": None,
        "not a token": "hello",
        "nested": f"{deep}.{deep}.x",
        "long": "x" * 9_000,
        "stranger": shared.token("somebody@else.example"),
    }[kind]
    answer = served.with_token(token).get("/v1/board")
    assert answer.status_code == (403 if kind == "stranger" else 401)
    if kind != "stranger":
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        return
    (last,) = served.service.ledger.entries(after=served.service.ledger.store.tip() - 1)
    assert isinstance(last.fact, ActRefused)
    assert last.fact.ground == "not-a-member"
    assert "else.example" not in last.actor.id


def test_a_write_that_waits_for_a_slow_issuer_holds_up_nobody(
    shared: Issuer, tmp_path: Path
) -> None:
    shared.down = False
    place = place_in(tmp_path)
    with (
        serving(place, oidc_issuer=shared.url, oidc_audience=AUDIENCE) as served,
        ThreadPoolExecutor(1) as aside,
        shared.slow() as asked,
    ):
        shared.rotate()
        waiting = aside.submit(served.with_token(shared.token("I-02")).opened)
        assert asked.wait(WITHIN_SECONDS)
        assert served.as_member("I-03").opened()
        assert not waiting.done()
        shared.go_on.set()
        assert waiting.result(timeout=WITHIN_SECONDS)


def test_an_issuer_that_is_away_is_told_before_anybody_signs_in(
    shared: Issuer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The service was said to be ready, and nobody could sign in."""
    monkeypatch.setattr(issuer_keys, "_AGAIN_SECONDS", 0.01)
    shared.rotate()
    shared.down = True
    with serving(place_in(tmp_path), oidc_issuer=shared.url, oidc_audience=AUDIENCE) as served:
        for away in (True, False):
            shared.down = away
            wait_until(
                lambda answers=not away: (
                    served.nobody().get("/health").json()["issuer_answers"] == answers
                )
            )
            assert served.nobody().get("/health").status_code == 200
            assert samples(served)[counted("issuer_answers")] == (not away)
    assert "answered with 503" in capsys.readouterr().out, "why is logged"
