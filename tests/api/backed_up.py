"""An office at work, whose ledger is backed up and restored."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE
from tests.servers.postgresql import PostgresqlServer

NAME, WORDS = "Ada Lovelace-Example", "The lamp before my window hums"
MAIL = b"From: robin@mail.example\nSubject: Everything\nMessage-ID: <1@mail.example>\n\nSecret words.\n"
FIRST, SECOND = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")


def erase(line: CommandLine, party: str) -> str:
    """They are erased by two officers; what was said of it."""
    asked = ("--party", party, "--authority", "order", *FIRST)
    erasure = line.asked("erasure", "propose", *asked)["stream"].partition("/")[2]
    line.done("erasure", "approve", erasure, *SECOND)
    return line.done("erasure", "carry-out", erasure, *FIRST).out


@dataclass
class Office:
    """An office that takes backups, and the empty home that they are restored into."""

    line: CommandLine
    folder: Path
    environment: pytest.MonkeyPatch
    references: list[str] = field(default_factory=list[str])
    requesters: list[str] = field(default_factory=list[str])

    @property
    def home(self) -> Path:
        return self.line.home

    @property
    def elsewhere(self) -> CommandLine:
        """The command line on the new home, from now on."""
        home = self.folder / "new home"
        self.environment.setenv("CASELEDGER_HOME", str(home))
        return CommandLine(home, self.line.heard)

    def works(self) -> None:
        """Another case, about somebody with a name."""
        party = self.line.asked("party", "--name", NAME, "--as", "I-02")["stream"].removeprefix(
            "party/"
        )
        said = ("--requester", party, "--answer", f"description={WORDS}", "--as", "I-02")
        opened = self.line.asked("open", "phone", "--request-type", "GEN-ENQ", *said)
        self.references.append(opened["reference"])
        self.requesters.append(party)

    def backs_up(self, name: str = "monday") -> tuple[str, str]:
        """A backup's two files."""
        files = (str(self.folder / f"{name}.entries"), str(self.folder / f"{name}.keys"))
        self.line.done("backup", *files)
        return files

    def brings_the_keys(self) -> CommandLine:
        """Master key and signer are put back in the new home."""
        new = self.elsewhere
        new.home.mkdir(exist_ok=True)
        shutil.copy(self.home / "master.key", new.home)
        if (self.home / "signer").exists():
            shutil.copytree(self.home / "signer", new.home / "signer", dirs_exist_ok=True)
        return new


@pytest.fixture
def at_work(office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with two cases."""
    working = Office(office, tmp_path, monkeypatch)
    working.works()
    working.works()
    return working


@pytest.fixture
def in_a_database(
    at_work: Office, server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, str]]:
    """Another office on PostgreSQL, and a database with nothing in it."""
    monkeypatch.setenv("PATH", os.pathsep.join((str(server.programs), os.environ["PATH"])))
    with server.database() as url, server.database() as other:
        monkeypatch.setenv("CASELEDGER_DATABASE_URL", url)
        monkeypatch.setenv("CASELEDGER_HOME", str(at_work.folder / "of the database"))
        line = CommandLine(at_work.folder / "of the database", at_work.line.heard)
        line.done("init")
        line.done("policy", "publish", str(OFFICE), "--as", "D-01")
        office = Office(line, at_work.folder, monkeypatch)
        office.works()
        yield office, other


def members(file: str) -> dict[str, bytes]:
    """What lies in a file of a backup."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
