"""The entries of a backup are restored without their keys, for whoever audits them: read, verified, and not opened."""

from __future__ import annotations

from typing import Any

from tests.api.backed_up import NAME, WORDS, Office, at_work, erase, in_a_database
from tests.api.command_line import CommandLine
from tests.evidence.altered import without_triggers

__all__ = ["at_work", "in_a_database"]


def works_and_erases(office: Office) -> tuple[str, dict[str, Any]]:
    """The office erases somebody and signs; its trail of another case, and what it verifies."""
    office.works()
    erase(office.line, office.requesters[-1])
    office.line.done("checkpoint")
    return office.line.done("trail", office.references[0]).out, office.line.asked("verify")


def assert_audited(
    office: Office, auditor: CommandLine, before: tuple[str, dict[str, Any]]
) -> None:
    """An auditor reads and verifies what the office does, erasures included, and opens nothing."""
    trail, verified = before
    assert auditor.done("trail", office.references[0]).out == trail
    assert auditor.asked("verify") == verified | {"sealed_parts_opened": False}
    assert (verified["erased_parts"] > 0, verified["checkpoints"]) == (True, 1)
    refused = auditor("case", office.references[0], "--open", "--purpose", "a look", "--as", "I-02")
    assert (refused.code, "The master key is missing" in refused.err) == (2, True)


def test_an_auditor_reads_and_verifies_the_entries_of_a_home_folder(at_work: Office) -> None:
    before = works_and_erases(at_work)
    entries, _ = at_work.backs_up()
    auditor = at_work.elsewhere
    told = auditor.done("restore", entries).out
    assert "The entries alone are here: what is sealed stays so, and nothing is recorded." in told
    assert_audited(at_work, auditor, before)
    assert not any(
        each.encode() in file.read_bytes()
        for each in (NAME, WORDS)
        for file in auditor.home.rglob("*")
        if file.is_file()
    )


def test_an_auditor_reads_and_verifies_the_entries_of_a_database(
    in_a_database: tuple[Office, str],
) -> None:
    office, other = in_a_database
    before = works_and_erases(office)
    entries, _ = office.backs_up()
    auditor = office.elsewhere
    office.environment.setenv("CASELEDGER_DATABASE_URL", other)
    auditor.done("restore", entries)
    assert_audited(office, auditor, before)
    refused = auditor("backup", *(str(office.folder / each) for each in ("again", "again.keys")))
    assert (refused.code, "The vault of this ledger is not here" in refused.err) == (2, True)


def test_what_was_altered_is_found_without_keys(at_work: Office) -> None:
    entries, _ = at_work.backs_up()
    auditor = at_work.elsewhere
    auditor.done("restore", entries)
    with without_triggers(auditor.home / "ledger.db") as connection:
        connection.execute("UPDATE sealed SET blob = zeroblob(length(blob))")
    found = auditor("verify", "--json")
    assert found.code == 1
    assert {each["code"] for each in found.json["findings"]} == {"sealed-altered"}
    with without_triggers(auditor.home / "ledger.db") as connection:
        connection.execute("DELETE FROM sealed")
    found = auditor("verify", "--json")
    assert {each["code"] for each in found.json["findings"]} == {"sealed-lost"}


def test_entries_alone_are_not_put_beside_a_master_key_nor_backed_up_as_if_keys_were_there(
    at_work: Office,
) -> None:
    entries, _ = at_work.backs_up()
    new = at_work.brings_the_keys()
    refused = new("restore", entries)
    assert (refused.code, "give the file with the keys too" in refused.err) == (2, True)
    (new.home / "master.key").unlink()
    new.done("restore", entries)
    refused = new("backup", *(str(at_work.folder / each) for each in ("again", "again.keys")))
    assert (refused.code, "The vault of this ledger is not here" in refused.err) == (2, True)
    assert not (at_work.folder / "again").exists()
