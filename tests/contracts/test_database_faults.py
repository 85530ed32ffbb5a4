"""A database that stalls, refuses, restarts, takes no writes or is held: one sentence in time, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from threading import Event

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerUnavailable, OutcomeUnknown
from ledger.service import Ledger
from ledger.store.postgres import connection as postgres_connection
from ledger.store.postgres.schema import WRITER_LOCK
from ledger.store.postgres.sessions import Database
from ledger.store.readers import Readers
from projections.views import Views
from tests.contracts.recorded import end_sessions, run
from tests.ledgers import INTAKE, Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.servers.impatient import given_up_soon
from tests.servers.postgresql import PostgresqlServer
from tests.writer.office_work import assert_clean, note, open_case


@pytest.fixture
def place(postgresql_url: str, tmp_path: Path) -> Place:
    return place_in(tmp_path, database=postgresql_url)


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """An office's ledger."""
    with place.office() as office:
        yield office


@pytest.fixture
def asked(ledger: Ledger) -> Request:
    """A command under an id of its own."""
    return Request(note(ledger, open_case(ledger)), INTAKE, ledger.new_id())


def refused(ledger: Ledger, asked: Request) -> LedgerUnavailable:
    """What a caller hears who asks in vain: one sentence or two that say what to do."""
    with pytest.raises(LedgerUnavailable) as told:
        ledger.handle_all([asked])
    assert str(told.value).endswith(".")
    return told.value


def recorded(ledger: Ledger, asked: Request) -> Receipt:
    """The receipt, however the command came to be recorded."""
    (outcome,) = ledger.handle_all([asked])
    assert isinstance(outcome, Receipt)
    assert_clean(ledger)
    return outcome


def test_a_server_that_stalls_is_said_not_to_answer_and_nothing_is_lost(
    server: PostgresqlServer, ledger: Ledger, asked: Request
) -> None:
    tip = ledger.store.tip()
    with given_up_soon(), server.stalled():
        assert "does not answer" in str(refused(ledger, asked))
        with pytest.raises(LedgerUnavailable, match="does not answer"):
            ledger.store.tip()
    assert recorded(ledger, asked).position == tip + 1


def test_a_server_that_restarts_is_written_to_and_read_again_by_itself(
    server: PostgresqlServer, place: Place, ledger: Ledger, asked: Request
) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        server.stop()
        try:
            assert "does not answer" in str(refused(ledger, asked))
            with pytest.raises(LedgerUnavailable, match="does not answer"):
                ledger.store.tip()
            with pytest.raises(LedgerUnavailable, match="does not answer"):
                views.position()
        finally:
            server.start()
        receipt = recorded(ledger, asked)
        assert views.catch_up(ledger.store) == receipt.position


def test_sessions_that_ended_while_nobody_used_them_are_no_failure(
    place: Place, ledger: Ledger, asked: Request
) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        end_sessions(str(place.location))
        assert ledger.store.tip() == views.position()
        assert recorded(ledger, asked).fresh
        end_sessions(str(place.location))
        assert views.catch_up(ledger.store) == ledger.store.tip()


def test_a_database_that_takes_no_writes_says_so_and_is_read_meanwhile(
    place: Place, ledger: Ledger, asked: Request
) -> None:
    url = str(place.location)
    name = conninfo_to_dict(url)["dbname"]
    tip = ledger.store.tip()
    run(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    end_sessions(url)
    assert "cannot be written, and nothing was recorded" in str(refused(ledger, asked))
    assert ledger.store.tip() == tip
    run(url, f"BEGIN READ WRITE; ALTER DATABASE {name} RESET default_transaction_read_only; COMMIT")
    end_sessions(url)
    assert recorded(ledger, asked).position == tip + 1


@pytest.mark.parametrize(
    "limit",
    [
        "statement_timeout",
        "transaction_timeout",
        "idle_in_transaction_session_timeout",
        "idle_session_timeout",
    ],
)
def test_a_limit_that_a_database_carries_for_others_ends_nothing_here(
    place: Place, ledger: Ledger, limit: str
) -> None:
    """Before, the one between two statements was a defect, and what takes long could never be done."""
    url = str(place.location)
    assert ledger.store.tip() == 1
    with psycopg.connect(url) as looks:
        if looks.execute("SELECT 1 FROM pg_settings WHERE name = %s", (limit,)).fetchone() is None:
            pytest.skip("this server is too old to know it")
    carries(url, limit, "'5s'")
    with Database(url).connect() as session:
        assert session.execute(f"SHOW {limit}".encode()).fetchone() == ("0",)


@pytest.mark.parametrize(
    ("setting", "value"), [("standard_conforming_strings", "off"), ("client_encoding", "sql_ascii")]
)
def test_what_is_recorded_is_the_same_however_a_database_takes_words_from_others(
    place: Place, ledger: Ledger, asked: Request, setting: str, value: str
) -> None:
    """Before, bytes went in other than they were sent, or names came back as bytes."""
    carries(str(place.location), setting, value)
    with Views.open(place.location) as views:
        assert recorded(ledger, asked).fresh
        assert views.catch_up(ledger.store) == ledger.store.tip()


def carries(url: str, setting: str, value: str) -> None:
    """Gives a database a setting for every session that comes, and ends those that there are."""
    run(url, f"ALTER DATABASE {conninfo_to_dict(url)['dbname']} SET {setting} = {value}")
    end_sessions(url)


def test_who_waits_in_vain_for_the_writer_s_lock_hears_that_another_holds_it(
    place: Place, ledger: Ledger, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connection, "LOCKS_WITHIN_SECONDS", 0.1)
    with psycopg.connect(str(place.location), autocommit=True) as other, place.open() as waits:
        other.execute("SELECT pg_advisory_lock(%s)", (WRITER_LOCK,))
        assert "Another program holds" in str(refused(waits, asked))
    assert recorded(ledger, asked).fresh


@pytest.mark.parametrize("undone", [False, True], ids=["committed after all", "undone"])
def test_a_write_whose_answer_never_came_is_told_as_unknown_and_asking_again_tells(
    place: Place,
    ledger: Ledger,
    asked: Request,
    monkeypatch: pytest.MonkeyPatch,
    *,
    undone: bool,
) -> None:
    url, tip = str(place.location), ledger.store.tip()
    looks_after_no_client = postgres_connection._SETTINGS.replace("interval = '2s'", "interval = 0")
    monkeypatch.setattr(postgres_connection, "_SETTINGS", looks_after_no_client)
    with psycopg.connect(url) as other, place.open() as gives_up:
        other.execute("LOCK TABLE ledger.reservations IN SHARE MODE")
        with given_up_soon(seconds=3.0):  # what comes before is answered by then
            told = refused(gives_up, asked)
        assert isinstance(told, OutcomeUnknown)
        assert "may be on record or not" in str(told)
        assert "nothing was recorded" not in str(told)
        if undone:
            other.execute(END_APPENDING)
    await_end_of_appending(url)
    assert ledger.store.tip() == tip + (not undone)
    again = recorded(ledger, asked)
    assert (again.position, again.fresh) == (tip + 1, undone)


APPENDING = """
SELECT pid
FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND query LIKE '%SELECT ledger.append(%'
AND pid <> pg_backend_pid()
"""
END_APPENDING = f"SELECT pg_terminate_backend(pid, 10000) FROM ({APPENDING}) AS appending"


def await_end_of_appending(url: str) -> None:
    """Returns once no session is appending any more."""
    with psycopg.connect(url, autocommit=True) as looks:
        for _ in range(WITHIN_SECONDS * 100):
            if looks.execute(APPENDING.encode()).fetchone() is None:
                return
            Event().wait(0.01)
    raise AssertionError("a session goes on appending")


def test_a_store_reads_over_few_sessions_however_many_ask(place: Place, ledger: Ledger) -> None:
    with ThreadPoolExecutor(4 * Readers.AT_MOST) as threads:
        asking = [threads.submit(ledger.store.tip) for _ in range(400)]
        assert len({each.result() for each in asking}) == 1
    with psycopg.connect(str(place.location)) as looks:
        reading = looks.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND query LIKE '%max(position)%' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert reading is not None
    assert 1 <= reading[0] <= Readers.AT_MOST


def test_who_finds_every_reader_taken_hears_so_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Readers, "WAITS_SECONDS", 0.01)
    readers = Readers(BytesIO)
    with ExitStack() as lent:
        for _ in range(Readers.AT_MOST):
            lent.enter_context(readers.lend())
        with pytest.raises(LedgerUnavailable, match="Too much is read at once"), readers.lend():
            raise AssertionError("one too many")
    with readers.lend() as again:
        assert not again.closed
    readers.close()
