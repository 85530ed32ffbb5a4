"""Faults while it is served: the right problem in time, what was acknowledged is there, and asking again goes on."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from api.http.serving import health
from ledger.sealing.heads import decode_line
from ledger.store.postgres import connection as postgres_connection
from ledger.store.postgres.schema import WRITER_LOCK
from tests.api.http.served import Caller, Served, serving
from tests.contracts.recorded import end_sessions, run
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS
from tests.servers.impatient import given_up_soon
from tests.servers.postgresql import PostgresqlServer
from tests.writer.no_room import no_room_for_entries
from tests.writer.office_work import assert_clean

OPENING = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """An office served from each store."""
    database = request.param == "postgresql"
    url = request.getfixturevalue("postgresql_url") if database else None
    with serving(place_in(tmp_path, database=url)) as served:
        served.as_member("I-02").opened()
        yield served


@pytest.fixture
def of_a_database(postgresql_url: str, tmp_path: Path) -> Iterator[Served]:
    """An office served from a database."""
    with serving(place_in(tmp_path, database=postgresql_url)) as served:
        served.as_member("I-02").opened()
        yield served


def test_what_no_database_stores_is_refused_in_an_address_too(office: Served) -> None:
    auditor, desk = office.as_member("A-01"), office.as_member("I-02")
    desk.opened()
    tip = office.service.ledger.store.tip()
    for path in ("/v1/cases", "/v1/queues/RDW"):
        following = auditor.get(f"{path}?limit=1&min_position={tip}").links["next"]["url"]
        cursor = following.rpartition("cursor=")[2]
        mark = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        for name, value in mark.items():
            if isinstance(value, str) and name != "of":
                broken = json.dumps({**mark, name: "\0"}).encode()
                refused = auditor.get(f"{path}?limit=1&cursor={urlsafe_b64encode(broken).decode()}")
                assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command")
    answers: dict[str, int] = {}
    for path, methods in auditor.get("/openapi.json").json()["paths"].items():
        said = methods.get("get", {}).get("parameters", []) if "/feed/events" not in path else []
        names = [each["name"] for each in said if each["in"] == "query"]
        if "{" in path:
            address = re.sub(r"\{\w+\}", "a%00", path)
            answers[address] = auditor.get(address, Audit_Reason="To see it").status_code
        for name in [] if "{" in path else names:
            address = f"{path}?{name}=a%00"
            answers[address] = auditor.get(address, Audit_Reason="To see it").status_code
    assert len(answers) > 150
    assert {address: told for address, told in answers.items() if told >= 500} == {}


def asked(caller: Caller, key: str) -> httpx.Response:
    return caller.post("/v1/cases", OPENING, key=key)


def assert_refused(answer: httpx.Response) -> None:
    """It was not done just now, or nobody knows: whoever asks is told to ask again, and in which seconds."""
    assert answer.status_code == 503, answer.text
    assert answer.json()["code"] in ("ledger-unavailable", "outcome-unknown")
    assert answer.json()["detail"].endswith(".")
    assert int(answer.headers["Retry-After"]) > 0


def recorded(caller: Caller, key: str) -> int:
    """The position of what is asked under a key, asked until it is on record."""
    give_up_at = monotonic() + WITHIN_SECONDS
    while monotonic() < give_up_at:
        answer = asked(caller, key)
        if answer.status_code in (200, 201):
            return int(answer.json()["position"])
        assert_refused(answer)
        Event().wait(0.05)
    raise AssertionError(f"{key} was never recorded")


def test_a_full_disk_is_told_and_what_was_refused_is_recorded_once_there_is_room(
    office: Served,
) -> None:
    caller, ledger = office.as_member("I-02"), office.service.ledger
    with no_room_for_entries(office.place, ledger):
        answers = [asked(caller, f"full {number}") for number in range(60)]
        refused = [each for each in answers if each.status_code != 201]
        assert refused
        for each in refused:
            assert_refused(each)
            assert "disk is full, and nothing was recorded" in each.json()["detail"]
        red = office.nobody().get("/health/ready")
    assert (red.status_code, red.json()["failing"]) == (503, {"writer": "ledger-unavailable"})
    positions = [recorded(caller, f"full {number}") for number in range(60)]
    acknowledged = {each.json()["position"] for each in answers if each.status_code == 201}
    assert acknowledged <= set(positions)
    assert len(set(positions)) == 60
    assert office.nobody().get("/health/ready").status_code == 200
    assert_clean(ledger)


def test_a_server_that_restarts_under_load_costs_nobody_what_was_acknowledged(
    of_a_database: Served, server: PostgresqlServer
) -> None:
    caller, ledger = of_a_database.as_member("I-02"), of_a_database.service.ledger
    with ThreadPoolExecutor(8) as callers:
        asking = [callers.submit(recorded, caller, f"restart {each}") for each in range(40)]
        server.stop()
        try:
            assert_refused(asked(caller, "while it is down"))
        finally:
            server.start()
        positions = {each.result() for each in asking}
    assert len(positions) == 40
    position = recorded(caller, "while it is down")
    assert caller.get(f"/v1/cases?limit=1&min_position={position}").status_code == 200
    assert_clean(ledger)


def test_a_server_that_stalls_is_told_in_time_for_reads_and_writes(
    of_a_database: Served, server: PostgresqlServer
) -> None:
    caller = of_a_database.as_member("I-02")
    with given_up_soon(), server.stalled():
        assert_refused(asked(caller, "stalled"))
        assert_refused(caller.get("/v1/board"))
    recorded(caller, "stalled")
    assert caller.get("/v1/board").status_code == 200


def test_while_a_database_stalls_health_is_red_in_time_and_whether_the_process_lives_is_told(
    of_a_database: Served, server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, either waited as long as the database did, and on a frozen disk for ever."""
    monkeypatch.setattr(health, "_TURN_SECONDS", 0.1)
    caller, nobody = of_a_database.as_member("I-02"), of_a_database.nobody()
    threads = of_a_database.service.settings.threads
    with ThreadPoolExecutor(threads) as reading, given_up_soon(seconds=WITHIN_SECONDS):
        with server.stalled():
            read = [reading.submit(caller.get, "/v1/board") for _ in range(threads)]
            red = [nobody.get("/health") for _ in range(2)]
            assert nobody.get("/health/live").status_code == 200
        assert {each.result().status_code for each in read} == {200}
    assert [each.status_code for each in red] == [503, 503]
    assert red[0].json()["failing"] == {"writer": "stalled", "ledger": "stalled"}
    assert nobody.get("/health").status_code == 200


def test_a_database_that_takes_no_writes_is_read_and_goes_on(of_a_database: Served) -> None:
    caller, url = of_a_database.as_member("I-02"), str(of_a_database.place.location)
    name = conninfo_to_dict(url)["dbname"]
    run(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    end_sessions(url)
    refused = asked(caller, "read-only")
    assert_refused(refused)
    assert "cannot be written, and nothing was recorded" in refused.json()["detail"]
    assert of_a_database.nobody().get("/health").status_code == 503
    run(url, f"BEGIN READ WRITE; ALTER DATABASE {name} RESET default_transaction_read_only; COMMIT")
    end_sessions(url)
    recorded(caller, "read-only")


def test_a_session_that_holds_the_writer_s_lock_is_not_waited_for_without_end(
    of_a_database: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = of_a_database.as_member("I-02")
    url = str(of_a_database.place.location)
    with monkeypatch.context() as limits:
        limits.setattr(postgres_connection, "LOCKS_WITHIN_SECONDS", 1)
        end_sessions(url)  # those that are open wait as long as they were told
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(%s)", (WRITER_LOCK,))
            assert_refused(asked(caller, "held"))
    recorded(caller, "held")


def test_a_clock_that_jumps_ahead_and_back_takes_the_log_with_it_neither_way(
    office: Served,
) -> None:
    caller, ledger = office.as_member("I-02"), office.service.ledger
    before = recorded(caller, "before")
    office.clock.pass_by(hours=5)
    ahead = recorded(caller, "ahead")
    office.clock.pass_by(hours=-8)
    back = recorded(caller, "back")
    assert before < ahead < back
    assert office.nobody().get("/health").json()["clock_behind_seconds"] == 8 * 3600
    assert asked(caller, "ahead").json()["position"] == ahead
    rows = ledger.store.entries(after=0, limit=100)
    times = [decode_line(row.state.partition(b"\n")[0]).recorded_at for row in rows]
    assert times == sorted(times)
    office.clock.pass_by(hours=24)
    assert recorded(caller, "on") > back
    assert_clean(ledger)
