"""Intake over HTTP: ours durable and sealed, beside an endpoint that does nothing and a naive insert a request.

Each server is a process of its own, run the same way; one driver in this process keeps so many
connections busy, and reads each answer whole before it sends again. The naive one parses the same body
into a model and inserts it into a table, a transaction a request, with the same durability.

What comes in is either a case, opened with its clocks and its route, or a call about a case, of one entry.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count, islice
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import orjson
import psycopg
import uvicorn
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http import HttpSettings, create_app
from api.http.addresses import ADDRESSES
from api.http.bodies import body_of
from api.http.identity.keys import new_key
from api.http.serving.listening import Workers, listening_on, shared_at
from api.http.worker import FACTORY, working_service
from api.projecting.beside import projecting_beside
from api.verbs import VERBS
from ledger.commands import Command
from ledger.entry import Actor
from ledger.ids import reference_of
from ledger.registers.integrations.api_keys import IssueApiKey
from ledger.service import Ledger
from ledger.settings import Settings
from tests.benchmarks.measuring import Measured, ratio_of, short, taking_turns
from tests.benchmarks.office import DESK, TEAMS, members_of, publication
from tests.benchmarks.places import Place
from tests.benchmarks.work import case_number, contact, opening, team_of

CONNECTIONS = (1, 16, 64)
BUDGETED = 16
WORKERS = 2
ROUNDS = 5
A_ROUND = {1: 200, 16: 800, 64: 1_600}
CALLED_ABOUT = 400
_NUMBERS = count(1)
_ABOUT = tuple(islice((each for each in count() if team_of(each) == TEAMS[0]), CALLED_ABOUT))
"""The cases that are called about, all of which came from whoever asks."""
_ISSUER = Actor("person", members_of("INT")[0], role="director")


@dataclass(frozen=True, slots=True)
class Target:
    """A server that is measured: where it listens, what it is sent, and which process it is."""

    port: int
    key: str = ""
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Intake:
    """What comes in: its name, the verb that takes it, and the next of its kind as a path and a body."""

    name: str
    verb: str
    connections: tuple[int, ...]
    following: Callable[[int], tuple[str, Command]]


def _case(number: int) -> tuple[str, Command]:
    return "/v1/cases", opening(number).command


def _call(number: int) -> tuple[str, Command]:
    about = _ABOUT[number % CALLED_ABOUT]
    command = contact(about, number // CALLED_ABOUT).command
    return f"/v1/cases/{reference_of(case_number(about))}/contact", command


CALLS = Intake("a call noted over HTTP", "contact", (BUDGETED,), _call)
INTAKES = (Intake("intake over HTTP", "open", CONNECTIONS, _case), CALLS)


def measure(place: Place) -> list[Measured]:
    """Ours by one worker and by several, the empty one and the naive one in turns, for each number of connections."""
    with (
        ours_at(place) as ours,
        ours_at(place, workers=WORKERS) as together,
        _empty() as empty,
        _naive(place) as naive,
    ):
        alone = {"ours": ours, "empty": empty, "naive": naive}
        return [
            row
            for intake in INTAKES
            for connections in intake.connections
            for row in _at(
                place,
                intake,
                connections,
                alone | {"together": together} if connections == BUDGETED else alone,
            )
        ]


def _at(
    place: Place, intake: Intake, connections: int, targets: dict[str, Target]
) -> list[Measured]:
    waits: dict[str, list[float]] = {name: [] for name in targets}

    def round_of(name: str) -> Any:
        def act(_number: int) -> float:
            took, each = asyncio.run(
                _drive(targets[name], intake, connections=connections, total=A_ROUND[connections])
            )
            waits[name] += each
            return took / A_ROUND[connections]

        return act

    took = taking_turns({name: round_of(name) for name in targets}, rounds=ROUNDS)
    name = f"{place.name}: {intake.name}, {connections} connections"
    budgets = (">= 0.5 x", ">= 3 x") if connections == BUDGETED else ("-", "-")
    rows: list[Measured] = []
    for whose, said in (("ours", name), ("together", f"{name}, {WORKERS} workers")):
        if whose not in targets:
            continue
        spread = quantiles(waits[whose], n=100, method="inclusive")
        shown = (
            f"{1 / median(took[whose]):,.0f} a second; half within {short(spread[49])}, "
            f"95 % {short(spread[94])}, 99 % {short(spread[98])}"
        )
        rows += [
            Measured(
                f"{said}: requests a second, of those of an endpoint that does nothing",
                shown,
                f"{1 / median(took['empty']):,.0f} a second",
                ratio_of(took["empty"], took[whose]),
                budgets[0],
            ),
            Measured(
                f"{said}: the same, of those of a naive insert a request",
                "",
                f"{1 / median(took['naive']):,.0f} a second",
                ratio_of(took["naive"], took[whose]),
                budgets[1],
            ),
        ]
    return rows


def request_of(target: Target, intake: Intake) -> bytes:
    """The next of its kind, as it is sent."""
    number = next(_NUMBERS)
    path, command = intake.following(number)
    told = {"case_id", VERBS[intake.verb].own or ""}
    body = orjson.dumps(command.model_dump(exclude=told, exclude_defaults=True))
    return (
        b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %s\r\nIdempotency-Key: %d\r\nContent-Length: %d\r\n\r\n"
        % (path.encode(), target.key.encode(), number, len(body))
    ) + body


async def _drive(
    target: Target, intake: Intake, *, connections: int, total: int
) -> tuple[float, list[float]]:
    """The seconds that all requests took, and what each waited."""
    each_asks = total // connections
    shares = [[request_of(target, intake) for _ in range(each_asks)] for _ in range(connections)]
    opened = [await asyncio.open_connection("127.0.0.1", target.port) for _ in shares]
    waits: list[float] = []

    async def caller(
        share: Sequence[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        for request in share:
            sent = perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status, length = read_head(head)
            body = await reader.readexactly(length)
            waits.append(perf_counter() - sent)
            if status != 201:
                raise AssertionError(f"{status}: {body[:300]!r}")

    started = perf_counter()
    await asyncio.gather(
        *(caller(share, *ends) for share, ends in zip(shares, opened, strict=True))
    )
    took = perf_counter() - started
    for _, writer in opened:
        writer.close()
    return took, waits


def read_head(head: bytes) -> tuple[int, int]:
    """The status of an answer, and how long its content is."""
    lower = head.lower()
    at = lower.index(b"content-length:") + 15
    return int(head[9:12]), int(lower[at : lower.index(b"\r\n", at)])


@contextmanager
def _served(serve: Any, *arguments: object) -> Iterator[Target]:
    """A server in a process of its own, ended after the block."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, *arguments))
    process.start()
    theirs.close()  # one that cannot begin is not waited for
    try:
        yield Target(ours.recv(), pid=process.pid or 0)
    finally:
        process.terminate()
        process.join()


@contextmanager
def ours_at(
    place: Place, *, workers: int = 1, set_so: Mapping[str, str] | None = None
) -> Iterator[Target]:
    """Our service over a ledger of its own, its environment set so, and a key for calls and lists."""
    location, master_key = place.location(), place.master_key()
    with Ledger.create(location, master_key=master_key) as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
        ledger.handle_all([replace(opening(number), actor=DESK) for number in _ABOUT])
        key_id = ledger.new_id()
        key, digest = new_key(key_id)
        command = IssueApiKey(
            key_id=key_id,
            member=DESK.id,
            scopes=("case.open", "case.contact", "search.cases"),
            expires_at=ledger.clock().replace(year=ledger.clock().year + 1),
            digest=digest,
        )
        ledger.handle(command, actor=_ISSUER)
    with _served(_serve_ours, location, master_key, workers, set_so or {}) as target:
        yield replace(target, key=key)


@contextmanager
def _empty() -> Iterator[Target]:
    with _served(_serve_empty) as target:
        yield target


@contextmanager
def _naive(place: Place) -> Iterator[Target]:
    with _served(_serve_naive, place.location()) as target:
        yield target


def _serve_ours(
    told: Connection,
    location: Path | str,
    master_key: Path,
    workers: int,
    set_so: Mapping[str, str],
) -> None:
    name = "CASELEDGER_DATABASE_URL" if isinstance(location, str) else "CASELEDGER_HOME"
    os.environ |= {name: str(location), "CASELEDGER_MASTER_KEY": str(master_key), **set_so}
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # its log is written as ever
    if workers == 1:
        with projecting_beside(), working_service(Settings(), HttpSettings()) as service:
            _run(told, create_app(service))
    else:
        at = shared_at("127.0.0.1", 0)
        with projecting_beside(at):
            told.send(at.getsockname()[1])  # who comes before they have begun waits
            Workers(listening_on(FACTORY, host="127.0.0.1", port=0, workers=workers), at).run()


def _serve_empty(told: Connection) -> None:
    app = FastAPI()

    async def nothing(request: HttpRequest) -> Response:
        await request.body()
        return Response(b"{}", 201, media_type="application/json")

    for intake in INTAKES:
        app.add_api_route(_path_of(intake), nothing, methods=["POST"])
    _run(told, app)


def _serve_naive(told: Connection, location: Path | str) -> None:
    insert = (
        _insert_on_postgresql(location)
        if isinstance(location, str)
        else _insert_on_sqlite(location)
    )
    app = FastAPI()
    for intake in INTAKES:
        app.add_api_route(_path_of(intake), _inserting(insert, intake), methods=["POST"])
    _run(told, app)


def _inserting(
    insert: Callable[[bytes], None], intake: Intake
) -> Callable[[HttpRequest], Awaitable[Response]]:
    model = body_of(VERBS[intake.verb], in_path=frozenset())

    async def taken(request: HttpRequest) -> Response:
        body = model.model_validate_json(await request.body())
        await run_in_threadpool(insert, body.model_dump_json().encode())
        return Response(b"{}", 201, media_type="application/json")

    return taken


def _path_of(intake: Intake) -> str:
    return "/v1" + ADDRESSES[intake.verb].path


def _insert_on_sqlite(location: Path) -> Any:
    location.mkdir(parents=True, exist_ok=True)
    path = location / "naive.db"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    connect().execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def insert(body: bytes) -> None:
        connection = connect()
        connection.execute("INSERT INTO cases (body) VALUES (?)", (body,))
        connection.close()

    return insert


def _insert_on_postgresql(url: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE cases (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL)"
        )

    def insert(body: bytes) -> None:
        with psycopg.connect(url) as connection:
            connection.execute("INSERT INTO cases (body) VALUES (%b)", (body,))

    return insert


def _run(told: Connection, app: FastAPI) -> None:
    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            told.send(self.servers[0].sockets[0].getsockname()[1])

    Server(listening_on(app, host="127.0.0.1", port=0)).run()
