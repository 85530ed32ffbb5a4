"""The command line as a person uses it: words in, what is said and the exit code out."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from ledger.evidence.signing.signing_state import signing_of
from ledger.service import Ledger
from projections.views import Views
from tests.ledgers import OFFICE
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, as a program reads it."""
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        """What was said on stderr, line by line."""
        return self.err.splitlines()


@dataclass(frozen=True)
class CommandLine:
    """`caseledger` on a home of its own."""

    home: Path
    heard: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> Said:
        """Runs one command."""
        self.heard.readouterr()
        code = main(words)
        out, err = self.heard.readouterr()
        return Said(code, out, err)

    def done(self, *words: str) -> Said:
        """Runs one command, which must succeed."""
        said = self(*words)
        assert said.code == 0, said
        return said

    def asked(self, *words: str) -> Any:
        """Runs one command with --json, and gives its answer."""
        return self.done(*words, "--json").json

    @contextmanager
    def ledger(self) -> Generator[Ledger]:
        """The ledger itself."""
        with Ledger.open(self.home, master_key=self.home / "master.key") as ledger:
            yield ledger

    def published_key(self) -> str:
        """The key under which checkpoints are signed, as the office publishes it."""
        with self.ledger() as ledger:
            (key,) = signing_of(ledger.store).in_force("checkpoint")
        return key

    @contextmanager
    def ledger_and_views(self) -> Generator[tuple[Ledger, Views]]:
        """The ledger and its views."""
        with self.ledger() as ledger, Views.open(self.home) as views:
            yield ledger, views


COMMAND = (sys.executable, "-c", "import sys; from api.cli import main; sys.exit(main())")
"""The command in a process of its own."""
GIVEN = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
"""The environment of one that is heard line by line."""


def in_a_process(*words: str) -> Said:
    """Runs one command in a process of its own, on the home that the environment names."""
    with Caseledger(*words) as process:
        out, err = process.communicate(timeout=WITHIN_SECONDS)
    return Said(process.returncode, out, err)


@pytest.fixture
def bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line, and no ledger yet."""
    home = tmp_path / "home"
    for name in ("DATABASE_URL", "MASTER_KEY", "ACTOR", "LANGUAGE", "LOG"):
        monkeypatch.delenv(f"CASELEDGER_{name}", raising=False)
    monkeypatch.setenv("CASELEDGER_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return CommandLine(home, capsys)


@pytest.fixture
def empty(bare: CommandLine, made_before: Path) -> CommandLine:
    """The command line on a new ledger."""
    if not copied(made_before / "empty", bare.home):
        bare.done("init")
        copied(bare.home, made_before / "empty")
    return bare


@pytest.fixture
def office(bare: CommandLine, made_before: Path) -> CommandLine:
    """The command line on a ledger in which the office's policy is published, its views made."""
    if not copied(made_before / "office", bare.home):
        bare.done("init")
        bare.done("policy", "publish", str(OFFICE), "--as", "D-01")
        bare.done("board")
        copied(bare.home, made_before / "office")
    return bare


def copied(home: Path, to: Path) -> bool:
    """Whether a home that nobody has open is there, and now lies here too."""
    if home.exists():
        shutil.copytree(home, to)
    return home.exists()


def tampered(home: Path, *statements: str) -> None:
    """Changes stored bytes behind the ledger's back, and puts the triggers back as if nothing had been."""
    with closing(sqlite3.connect(home / "ledger.db", isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def refuses(said: Said, *says: str) -> None:
    """One sentence, exit code 2, nothing on standard output, no traceback."""
    assert said.code == 2, said
    assert said.out == ""
    assert len(said.sentences) == 1, said.err
    assert said.err.rstrip().endswith((".", "?", "`")), said.err
    assert "Traceback" not in said.err
    for each in says:
        assert each in said.err, said.err
