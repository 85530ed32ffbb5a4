"""A ledger on a medium that cannot be written, such as a disc: read as ever, and nothing is recorded in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.api.command_line import CommandLine, Said
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger
from tests.unwritable import left_behind, minds_permissions, no_longer_written

REFUSED = (
    "This ledger lies where nothing can be written, so nothing is recorded, and nothing is shown or given out of "
    "which it has to be recorded who got it: copy its folder to where it can be written, and ask there.\n"
)


def there(home: Path, *words: str) -> Said:
    """Runs one command on a home, in a process of its own that may write nothing there."""
    given = {**os.environ, "CASELEDGER_HOME": str(home)}
    with Caseledger(*words, first=minds_permissions, env=given) as process:
        out, err = process.communicate(timeout=WITHIN_SECONDS)
    return Said(process.returncode, out, err)


def asked(home: Path, *words: str) -> Any:
    said = there(home, *words, "--json")
    assert said.code == 0, said
    return said.json


def opened(office: CommandLine, *, words: str = "Who mends the bridge?") -> str:
    """A case of the office, by its reference."""
    wanted = ("--request-type", "GEN-ENQ", "--answer", f"description={words}", "--as", "I-02")
    return str(office.asked("open", "phone", *wanted)["reference"])


def _timeless(answer: Any) -> Any:
    """An answer without when it was asked for."""
    return {**answer, "at": None} if isinstance(answer, dict) else answer


READ = (
    ("board",),
    ("cases",),
    ("sla",),
    ("escalations",),
    ("webhook",),
    ("verify",),
    ("policy", "replay"),
)


def test_what_only_reads_answers_as_where_it_can_be_written(office: CommandLine) -> None:
    reference = opened(office)
    office.done("checkpoint")
    before = [_timeless(office.asked(*each)) for each in READ]
    entries = office.asked("trail", reference)["trail"]
    with no_longer_written(office.home):
        assert [_timeless(asked(office.home, *each)) for each in READ] == before
        assert asked(office.home, "trail", reference)["trail"] == entries
        assert reference in there(office.home, "case", reference).out
        assert there(office.home, "status", reference).code == 0


def test_views_that_are_not_there_are_made_for_the_one_question(office: CommandLine) -> None:
    reference = opened(office)
    for each in office.home.glob("views.db*"):
        each.unlink()
    with no_longer_written(office.home):
        assert reference in there(office.home, "cases").out


def test_what_was_acknowledged_last_is_read_where_a_process_died(
    office: CommandLine, tmp_path: Path
) -> None:
    with office.ledger():
        reference = opened(office)
        left = left_behind(office.home, tmp_path / "left", index=True)
    assert (left / "ledger.db-wal").stat().st_size > 0
    with no_longer_written(left):
        assert reference in there(left, "case", reference).out
        assert asked(left, "verify")["findings"] == []


def test_a_log_that_cannot_be_read_is_not_passed_over(office: CommandLine, tmp_path: Path) -> None:
    with office.ledger():
        reference = opened(office)
        left = left_behind(office.home, tmp_path / "left", index=False)
    with no_longer_written(left):
        said = there(left, "case", reference)
    assert said.code == 2
    assert said.err == (
        "ledger.db was cut off while it was written, and what was recorded last is read only where it can be "
        "written: copy its folder there, with ledger.db-wal, and ask again.\n"
    )


def test_what_others_record_meanwhile_is_read(office: CommandLine) -> None:
    with office.ledger():
        opened(office)
        office.home.chmod(0o500)
        try:
            assert len(asked(office.home, "cases")["cases"]) == 1
            opened(office)
            assert len(asked(office.home, "cases")["cases"]) == 2
        finally:
            office.home.chmod(0o700)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "REF", "Called back.", "--as", "I-02"),
        ("case", "REF", "--open", "--purpose", "complaint 17", "--as", "I-02"),
        ("find", "Ada", "--as", "I-02"),
        (
            "bundle",
            "REF",
            "--out",
            "case.zip",
            "--open",
            "--purpose",
            "complaint 17",
            "--as",
            "I-02",
        ),
        ("watch",),
        ("checkpoint",),
        ("rebuild",),
        ("rekey",),
        ("serve", "--port", "0"),
        ("webhook", "deliver"),
    ],
    ids=lambda words: words[0],
)
def test_what_has_to_be_recorded_is_refused_in_one_sentence(
    office: CommandLine, words: tuple[str, ...]
) -> None:
    reference = opened(office)
    with no_longer_written(office.home):
        said = there(office.home, *(reference if each == "REF" else each for each in words))
    assert (said.code, said.out, said.err) == (2, "", REFUSED)


def test_a_backup_is_taken_of_it_and_worked_on_where_it_is_restored(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = opened(office)
    files = (str(tmp_path / "it.entries"), str(tmp_path / "it.keys"))
    with no_longer_written(office.home):
        assert there(office.home, "backup", *files).code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "master.key").write_bytes((office.home / "master.key").read_bytes())
    (elsewhere / "master.key").chmod(0o600)
    monkeypatch.setenv("CASELEDGER_HOME", str(elsewhere))
    office.done("restore", *files)
    office.done("note", reference, "Called back.", "--as", "I-02")


@pytest.mark.parametrize(
    ("file", "asked"),
    [("master.key", "verify"), ("signer/head.json", "verify"), ("views.db", "board")],
)
def test_what_belongs_to_another_account_is_said_to_and_neither_damaged_nor_a_finding(
    office: CommandLine, file: str, asked: str
) -> None:
    """Whoever ran it as another account was told to restore the key from a backup, or of a finding.

    Of views that root had made the office's own account was told to look whether they are there.
    """
    office.done("checkpoint")
    office.done("board")
    (office.home / file).chmod(0)
    said = there(office.home, asked)
    assert (said.code, said.out) == (2, "")
    assert "may not be read or written by the account that runs this" in said.err
    assert "`sudo -u ACCOUNT`" in said.err
