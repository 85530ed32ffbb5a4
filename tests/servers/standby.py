"""A synchronous standby of a PostgreSQL server, streamed to over the primary's socket."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.postgresql import SUPERUSER, PostgresqlServer


class StandbyServer(PostgresqlServer):
    """A copy of a primary that follows it."""

    def __init__(self, folder: Path, primary: PostgresqlServer) -> None:
        self._primary = primary
        super().__init__(folder, fsync=False)

    def _initialise(self) -> None:
        command = [self._bin / "pg_basebackup", "-D", self.folder / "data", "-U", SUPERUSER]
        command += ["-h", self._primary.folder, "-R", "-X", "stream", "-c", "fast", "--no-sync"]
        with self.log.open("ab") as log:
            if self._spawn(command, output=log.fileno()).wait() != 0:
                raise RuntimeError(f"pg_basebackup failed: {self.log.read_text()}")

    def promote(self) -> None:
        """Makes it a primary of its own; returns once it takes writes, of which none waits for a standby."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")
        configure(self, "''")


@contextmanager
def synchronous_standby(primary: PostgresqlServer) -> Iterator[StandbyServer]:
    """A standby without which the primary's commits wait; afterwards the primary needs none."""
    with tempfile.TemporaryDirectory(prefix="caseledger-") as folder:
        standby = StandbyServer(Path(folder), primary)
        try:
            standby.start()
            configure(primary, "'*'")
            yield standby
        finally:
            if primary.runs:
                configure(primary, "''")
            standby.stop()


def configure(primary: PostgresqlServer, names: str) -> None:
    """Says for which standbys the commits of a primary wait."""
    with psycopg.connect(primary.url(), autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = {names}".encode())
        connection.execute("SELECT pg_reload_conf()")
