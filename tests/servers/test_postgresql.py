"""The server that the tests start is a real one, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import psycopg
import pytest

from tests.patience import WITHIN_SECONDS
from tests.servers.postgresql import BIN_SETTING, PostgresqlServer, running


def test_every_test_gets_an_empty_database_of_its_own(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE entries (position bigint PRIMARY KEY)")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("entries",)]


def test_two_databases_share_nothing(server: PostgresqlServer) -> None:
    with server.database() as one, server.database() as other:
        with psycopg.connect(one) as connection:
            connection.execute("CREATE TABLE entries (position bigint PRIMARY KEY)")
        with psycopg.connect(other) as connection:
            found = connection.execute("SELECT to_regclass('entries')").fetchone()
        assert found == (None,)


def test_a_database_is_dropped_even_while_somebody_is_connected(server: PostgresqlServer) -> None:
    with server.database() as url:
        lingering = psycopg.connect(url)
    with pytest.raises(psycopg.OperationalError):
        lingering.execute("SELECT 1")
    lingering.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_commits_are_fsynced_unless_said_otherwise(server: PostgresqlServer) -> None:
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with running(fsync=False) as careless, psycopg.connect(careless.url()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_the_server_listens_on_its_socket_alone(server: PostgresqlServer) -> None:
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_what_was_committed_outlives_a_restart() -> None:
    with running() as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE entries AS SELECT 7 AS position")
        server.stop()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url())
        server.start()
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT position FROM entries").fetchone() == (7,)


def test_a_stopped_server_leaves_neither_folder_nor_process() -> None:
    with running() as server, psycopg.connect(server.url()) as connection:
        folder = server.folder
        postmaster = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        connection.execute("SELECT 1")
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)


def test_a_killed_test_run_takes_its_server_along() -> None:
    program = (
        "from tests.servers.postgresql import running\n"
        "with running() as server:\n"
        "    print(server.url(), flush=True)\n"
        "    input()\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdin=PIPE, stdout=PIPE, text=True)
    assert run.stdout is not None
    with run, psycopg.connect(run.stdout.readline().strip(), autocommit=True) as connection:
        folder = Path(connection.info.host)
        run.kill()
        with pytest.raises(psycopg.OperationalError):
            list(connection.notifies(timeout=WITHIN_SECONDS))
    shutil.rmtree(folder, ignore_errors=True)


def test_a_bin_folder_without_binaries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BIN_SETTING, str(tmp_path))
    with pytest.raises(RuntimeError, match="holds no initdb"), running():
        pass
