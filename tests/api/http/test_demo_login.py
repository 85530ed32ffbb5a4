"""The demo login is for whoever sits at this machine, and is refused at start anywhere else."""

from __future__ import annotations

import asyncio
from socket import create_connection
from urllib.parse import urlsplit

import httpx
import pytest

from api.cli import main
from api.http import create_app
from api.http.identity.demo_login import DemoLogin
from tests.api.http.identities import issuer, office
from tests.api.http.served import SECRET, Served
from tests.patience import WITHIN_SECONDS

__all__ = ["issuer", "office"]


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {"Host": "localhost:8420"}, 200),
        ("127.0.0.1", {"Host": "[::1]:8420"}, 200),
        ("203.0.113.7", {}, 404),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("203.0.113.7", {"Forwarded": "for=127.0.0.1"}, 404),
        ("203.0.113.7", {"X-Real-IP": "127.0.0.1"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 404),
        ("127.0.0.1", {"Host": "rebound.example:8420"}, 404),
    ],
)
def test_the_demo_login_is_for_whoever_sits_at_this_machine(
    office: Served, address: str, headers: dict[str, str], status: int
) -> None:
    async def asked() -> int:
        transport = httpx.ASGITransport(create_app(office.service), client=(address, 50_000))
        url = "http://127.0.0.1:8420"
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            said = await client.post("/demo/login", json={"member": "R-02"}, headers=headers)
        return said.status_code

    assert asyncio.run(asked()) == status


def test_a_forwarded_address_does_not_help_at_the_real_server(office: Served) -> None:
    said = httpx.post(
        f"{office.url}/demo/login",
        json={"member": "R-02"},
        headers={"X-Forwarded-For": "127.0.0.1"},
        timeout=WITHIN_SECONDS,
    )
    assert said.status_code == 404


def test_what_asks_as_a_proxy_that_says_nothing_of_itself_is_nobody_at_this_machine(
    office: Served,
) -> None:
    """It asks from here and names us as Host, and whoever got through it became anybody and read the metrics."""
    at = urlsplit(office.url)
    head, body = f"HTTP/1.0\r\nHost: {at.netloc}\r\nConnection: close\r\n", '{"member": "R-02"}'
    login = f"POST /demo/login {head}Content-Length: {len(body)}\r\n\r\n{body}"
    for asked in (login, f"GET /metrics {head}\r\n"):
        with create_connection((at.hostname or "", at.port or 0), WITHIN_SECONDS) as proxy:
            proxy.sendall(asked.encode())
            assert proxy.makefile("rb").readline().split()[1] == b"404", asked


def test_a_demo_login_of_another_secret_opens_nothing(office: Served) -> None:
    forged = DemoLogin("another secret, and long enough for HMAC").token("D-01")
    assert office.with_token(forged).get("/v1/board").status_code == 401


@pytest.mark.parametrize("given", ["option", "secret"])
def test_the_demo_login_is_refused_at_start_on_another_host(
    given: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if given == "secret":
        monkeypatch.setenv("CASELEDGER_HTTP_DEMO_SECRET", SECRET)
    option = ["--demo-login"] if given == "option" else []
    assert main(["serve", "--host", "0.0.0.0", "--port", "0", *option]) == 2
    assert "loopback" in capsys.readouterr().err


def test_the_demo_login_is_refused_at_start_where_others_ask_from_outside(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_HTTP_PUBLIC_URL", "https://ledger.office.example")
    assert main(["serve", "--port", "0", "--demo-login"]) == 2
    assert "CASELEDGER_HTTP_PUBLIC_URL" in capsys.readouterr().err


def test_a_short_secret_of_the_demo_login_is_refused_at_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_HTTP_DEMO_SECRET", "guessed")
    assert main(["serve", "--port", "0"]) == 2
    said = capsys.readouterr().err
    assert "CASELEDGER_HTTP_DEMO_SECRET" in said
    assert "guessed" not in said
