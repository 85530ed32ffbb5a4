"""A database is backed up by PostgreSQL's own programs, and restored with its guards and its home."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.backups import restoring
from tests.api.backed_up import NAME, WORDS, Office, at_work, in_a_database, members

__all__ = ["at_work", "in_a_database"]


class Killed(BaseException):
    """The process ends."""


def _killed(*_: object, **__: object) -> None:
    raise Killed


def test_a_database_is_backed_up_and_restored_with_its_guards_and_its_home(
    in_a_database: tuple[Office, str],
) -> None:
    office, other = in_a_database
    (office.home / "originals").mkdir()
    (office.home / "originals" / "one").write_bytes(b"sealed")
    office.line.done("checkpoint")
    files = office.backs_up()
    entries, keys = (members(each) for each in files)
    assert {*entries} == {"ledger.sql", "originals/one", "manifest.json"}
    assert {*keys} == {"vault.sql", "manifest.json"}
    assert not any(NAME.encode() in each for each in entries.values())
    new = office.brings_the_keys()
    refused = new("restore", *files)
    assert (refused.code, "already holds a schema" in refused.err) == (2, True)
    office.environment.setenv("CASELEDGER_DATABASE_URL", other)
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(restoring, "_move", _killed)
        with pytest.raises(Killed):
            new("restore", *files)
    for asked in (("verify",), ("case", office.references[0])):
        said = new(*asked)
        assert (said.code, "is half restored" in said.err) == (2, True), said
        assert "ask for `caseledger restore` again" in said.err, "and not for `init`"
    new.done("restore", *files)  # the database is filled last, so that asking again finishes
    assert (new.home / "originals" / "one").read_bytes() == b"sealed"
    assert new("verify").code == 0
    opened = new.done("case", office.references[0], "--open", "--purpose", "a look", "--as", "I-02")
    assert WORDS in opened.out
    new.done("checkpoint")
    assert new("verify").code == 0


def test_a_backup_of_a_database_is_not_put_into_a_folder_nor_the_other_way_round(
    in_a_database: tuple[Office, str], at_work: Office
) -> None:
    office, other = in_a_database
    files = office.backs_up("of the database")
    office.environment.delenv("CASELEDGER_DATABASE_URL")
    new = office.elsewhere
    assert "name an empty database" in new("restore", *files).err
    office.environment.setenv("CASELEDGER_HOME", str(at_work.home))
    files = at_work.backs_up("of the folder")
    office.environment.setenv("CASELEDGER_DATABASE_URL", other)
    assert "leave CASELEDGER_DATABASE_URL out" in office.elsewhere("restore", *files).err


def test_where_postgresql_s_programs_are_not_the_sentence_says_so(
    in_a_database: tuple[Office, str], tmp_path: Path
) -> None:
    office, _ = in_a_database
    office.environment.setenv("PATH", str(tmp_path))
    said = office.line("backup", str(tmp_path / "e"), str(tmp_path / "k"))
    assert (said.code, "pg_dump is not here" in said.err) == (2, True)
    assert not (tmp_path / "e").exists()
