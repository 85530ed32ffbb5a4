"""`caseledger serve` as a process: it answers, drains when it is told to stop, and somebody projects whoever dies."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from psycopg.conninfo import conninfo_to_dict
from starlette.types import Receive, Scope, Send

from api.cli import main
from api.http import HttpSettings
from api.http.serving.listening import listening_on
from api.http.serving.metrics import Metrics
from api.http.serving.middleware import Outermost
from tests.api.command_line import COMMAND
from tests.api.http.processes import running, wait_until
from tests.contracts.recorded import run
from tests.ledgers import OFFICE, Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.servers.postgresql import PostgresqlServer


@pytest.fixture
def on_a_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names a new ledger."""
    place = place_in(tmp_path)
    place.create().close()
    monkeypatch.setenv("CASELEDGER_HOME", str(place.location))
    monkeypatch.setenv("CASELEDGER_MASTER_KEY", str(place.master_key))


def opened(client: httpx.Client, key: str) -> httpx.Response:
    """What opening a case is answered with."""
    token = client.post("/demo/login", json={"member": "I-02"}).json()["token"]
    said = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return client.post("/v1/cases", json=said, headers=headers)


def children(pid: int) -> list[int]:
    """The processes that a process started and that answer or project for it."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return [int(each[0]) for each in lines if "resource_tracker" not in each[1]]


def is_taken(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_told_to_stop_the_service_ends_well_and_what_it_acknowledged_is_there(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    with running(place) as (process, client):
        with socket.create_connection(("127.0.0.1", client.base_url.port or 0)) as nonsense:
            nonsense.sendall(b"Ada Lind lives here\r\n\r\n")
            assert nonsense.recv(100).startswith(b"HTTP/1.1 400")
        receipt = opened(client, "before the end").json()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=WITHIN_SECONDS) == 0
        assert process.stderr is not None
        log = [json.loads(line) for line in process.stderr.read().splitlines()]
    (told,) = [each for each in log if each["event"] == "library"]
    assert (told["library"], told["said"]) == ("uvicorn.error", "Invalid HTTP request received.")
    with place.open() as ledger:
        assert ledger.store.tip() == receipt["position"]


def test_who_is_answered_to_no_end_when_the_service_has_to_end_hears_what_to_ask_then() -> None:
    """The server cancels what outlasts its end, and said of it that a defect had happened."""

    async def asked() -> httpx.Response:
        begun = asyncio.Event()

        async def takes_long(_scope: Scope, _receive: Receive, _send: Send) -> None:
            begun.set()
            await asyncio.Event().wait()

        app: Any = Outermost(takes_long, HttpSettings(), Metrics())
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            asking = asyncio.create_task(client.post("/v1/cases"))
            await begun.wait()
            asking.cancel()
            return await asking

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.json()["code"]) == (503, "timed-out")
    assert answer.headers["Retry-After"]


def test_told_to_stop_while_it_starts_the_service_ends(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.create().close()
    environment = {
        **os.environ, "CASELEDGER_HOME": str(place.location), "CASELEDGER_MASTER_KEY": str(place.master_key),
    }  # fmt: skip
    for rest in (0.0, 1.0):
        with subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            env=environment, cwd=OFFICE.parents[2], stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                assert process.stderr is not None
                assert process.stderr.readline().startswith("Serving")
                Event().wait(rest)
                process.terminate()
                assert process.wait(timeout=WITHIN_SECONDS) in (0, -signal.SIGTERM)
            finally:
                process.kill()


def test_when_the_projecting_process_is_killed_a_worker_projects(tmp_path: Path) -> None:
    with running(place_in(tmp_path)) as (process, client):
        (projecting,) = children(process.pid)
        os.kill(projecting, signal.SIGKILL)
        position = opened(client, "after the kill").json()["position"]
        wait_until(lambda: client.get("/health/ready").json()["views_position"] >= position)
        process.send_signal(
            signal.SIGHUP
        )  # as when the terminal is closed: it ends as well as by SIGTERM
        assert process.wait(timeout=WITHIN_SECONDS) == 0


def test_a_machine_that_stalls_for_seconds_ends_neither_a_connection_nor_a_worker() -> None:
    config = listening_on("nothing:to_serve", host="127.0.0.1", port=0, workers=2)
    assert config.timeout_keep_alive > 60, "callers and proxies end an idle one before"
    assert config.timeout_worker_healthcheck > 30, "to start takes seconds, on a busy machine many"


def test_several_workers_share_a_ledger_and_answer_the_same_key_alike(place: Place) -> None:
    with running(place, "--workers", "2") as (_, client):
        receipts = [opened(client, "the same").json() for _ in range(6)]
    assert len({each["position"] for each in receipts}) == 1


def test_workers_end_when_whatever_started_them_is_killed(tmp_path: Path) -> None:
    """Before, they went on answering, nobody's, and whoever started the service again heard that something listens."""
    with running(place_in(tmp_path), "--workers", "2") as (process, client):
        port = client.base_url.port or 0
        assert is_taken(port)
        process.kill()
        wait_until(lambda: not is_taken(port))


def test_a_worker_that_cannot_begin_says_why_in_a_line_and_another_begins_once_it_can(
    tmp_path: Path, postgresql_url: str, server: PostgresqlServer
) -> None:
    """Before, each of those that were started one after another left a page of its inner workings."""
    place = place_in(tmp_path, database=postgresql_url)
    takes = f"ALTER DATABASE {conninfo_to_dict(postgresql_url)['dbname']} ALLOW_CONNECTIONS {{}}"
    with running(place, "--workers", "2") as (process, client):
        run(server.url(), takes.format("false"))
        for each in children(process.pid):
            os.kill(each, signal.SIGKILL)
        assert process.stderr is not None
        log = map(json.loads, process.stderr)
        told = next(each for each in log if each["event"] == "worker")
        assert "does not let this account in" in told["why"]
        run(server.url(), takes.format("true"))
        wait_until(lambda: client.get("/health/ready").status_code == 200)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--workers", "0"), "must be from 1"),
        (("--host", "0.0.0.0", "--demo-login"), "for the loopback alone"),
        (("--port", "65536"), "--port must be from 0 to 65535"),
        (("--host", "203.0.113.7", "--port", "0"), "is no address of this machine"),
        (("--host", "not.a.name.invalid", "--port", "0"), "is no address of this machine"),
    ],
)
@pytest.mark.usefixtures("on_a_ledger")
def test_what_cannot_be_served_is_refused_in_a_sentence(
    options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (main(["serve", *options]), sentence in capsys.readouterr().err) == (2, True)


@pytest.mark.usefixtures("on_a_ledger")
def test_where_too_few_files_may_be_open_nothing_is_served() -> None:
    """Before, it began and answered nobody."""
    served = subprocess.run(
        [*COMMAND, "serve", "--port", "0"],
        cwd=OFFICE.parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_SECONDS,
    )
    assert (served.returncode, "raise `ulimit -n`" in served.stderr) == (2, True)


@pytest.mark.usefixtures("on_a_ledger")
def test_where_something_listens_already_nothing_else_is_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listens:
        port = listens.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
        with socket.create_connection(("127.0.0.1", port)), listens.accept()[0]:
            pass  # who comes still comes to whoever was there
    sentence = f"Something listens at 127.0.0.1:{port} already: end that, or give another --port.\n"
    assert capsys.readouterr().err == sentence
