"""Keeping a ledger from the command line: made, filled from elsewhere, written out, verified, rebuilt."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from ledger.ids import case_stream
from ledger.sealing.slots import from_b64u
from tests.api.command_line import CommandLine, refuses, tampered
from tests.ledgers import OFFICE

LOG = """case,activity,time,actor,way
A-1,Received,2026-03-02T09:30:00+00:00,Ada,Internet
A-1,Checked,2026-03-03T09:30:00+00:00,Bo,Internet
A-2,Received,2026-03-02T10:00:00+00:00,Ada,Desk
"""
_NO_ROOM_BYTES = 65_536
"""A file may grow no larger: the ledger is not written to, and views of their own do not fit."""


@pytest.fixture
def worked(office: CommandLine) -> CommandLine:
    """An office with two cases, on one of which something happened."""
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    office.done("open", "web", "--request-type", "RDW-WIN", "--as", "I-02")
    office.done("note", ref, "Called.", "--as", "I-02")
    office.done("board")
    return office


def altered(said: str, instead: str) -> str:
    """The statement that replaces some stored bytes by others."""
    return (
        "UPDATE entries SET state = "
        f"CAST(replace(CAST(state AS TEXT), '{said}', '{instead}') AS BLOB)"
    )


def codes(said: object) -> set[str]:
    assert isinstance(said, dict)
    return {finding["code"] for finding in said["findings"]}


def test_a_new_ledger_says_where_its_key_is_and_what_comes_next(bare: CommandLine) -> None:
    said = bare.done("init").out
    assert str(bare.home / "master.key") in said
    assert "caseledger policy publish" in said


def test_no_ledger_is_made_beside_a_signer_that_has_signed_another_log(worked: CommandLine) -> None:
    """It was made, and the first checkpoint told to stop and keep the files: the log was not what was signed before."""
    worked.done("checkpoint")
    for each in worked.home.iterdir():
        if each.is_file():
            each.unlink()
    refuses(worked("init"), "`signer` beside the master key has signed another log", "elsewhere")
    assert [each.name for each in worked.home.iterdir() if each.suffix == ".db"] == []


def test_a_sound_ledger_is_clean_and_tells_its_root(worked: CommandLine) -> None:
    answer = worked.asked("verify")
    assert (answer["findings"], answer["views_compared"]) == ([], True)
    assert len(answer["root"]) == 43
    told = worked.done("verify").out
    assert from_b64u(answer["root"]).hex() in told
    assert "whether entries were cut off its end" in told, (
        "no checkpoint was signed, and it was clean"
    )


def test_what_has_no_room_to_be_compared_is_no_finding(worked: CommandLine) -> None:
    """That the disk was full was told as a finding about the views, with exit code 1: keep the files as they are."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_NO_ROOM_BYTES, before[1]))
    try:
        said = worked("verify")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert said.code == 2, said
    assert "The views were not held against a rebuild, which could not be done now." in said.out
    assert "finding" not in said.out
    assert said.err.startswith("Not all was verified, since the views were not held")
    assert "--no-views" in said.err


@pytest.mark.parametrize(
    ("what", "statements"),
    [
        ("a flipped byte", (altered("GEN-ENQ", "GEN-ENR"),)),
        ("a dropped middle entry", ("DELETE FROM entries WHERE rowid = 4",)),
        (
            "a swapped pair",
            (
                "UPDATE entries SET rowid = -3 WHERE rowid = 3",
                "UPDATE entries SET rowid = 3 WHERE rowid = 4",
                "UPDATE entries SET rowid = 4 WHERE rowid = -3",
            ),
        ),
        ("a policy changed", (altered("HAL", "HAX"),)),
    ],
)
def test_what_was_done_to_the_bytes_is_found(
    worked: CommandLine, what: str, statements: tuple[str, ...]
) -> None:
    tampered(worked.home, *statements)
    said = worked("verify", "--json")
    assert said.code == 1, what
    assert said.json["findings"] != []
    assert all(finding["position"] for finding in said.json["findings"])


def test_a_view_that_is_not_as_a_rebuild_makes_it_is_found_and_rebuilt(worked: CommandLine) -> None:
    with closing(sqlite3.connect(worked.home / "views.db", isolation_level=None)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'cases%'")
        (table,) = [name for (name,) in tables if name.count("_") == 2 and "cases_" in name]
        connection.execute(f"UPDATE {table} SET owner = 'R-02'")
    said = worked("verify", "--json")
    assert (said.code, codes(said.json)) == (1, {"view-differs"})
    worked.done("rebuild")
    assert worked.asked("verify")["findings"] == []


def test_views_that_are_gone_are_made_again_and_say_the_same(worked: CommandLine) -> None:
    before = worked.asked("board", "--known-at", "2027-01-01")
    for part in worked.home.glob("views.db*"):
        part.unlink()
    assert worked.asked("board", "--known-at", "2027-01-01") == before


def test_an_import_adds_up_and_again_adds_nothing(empty: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    (tmp_path / "map.toml").write_text(
        """
[log]
name = "small"
[case]
id = "case"
[event]
activity = "activity"
time = "time"
actor = "actor"
""",
        "utf-8",
    )
    words = ("import", str(tmp_path / "log.csv"), "--mapping", str(tmp_path / "map.toml"), "--json")
    first, second = empty(*words).json, empty(*words).json
    assert first["rows"]["read"] == 3
    assert (first["cases"]["added_now"], second["cases"]["added_now"]) == (2, 0)
    assert empty.asked("verify")["findings"] == []
    assert "adds" not in empty.done("watch").err


def test_an_export_holds_every_entry_and_no_personal_value(
    worked: CommandLine, tmp_path: Path
) -> None:
    lines = worked.done("export").out.splitlines()
    with worked.ledger() as ledger:
        assert len(lines) == ledger.store.tip()
    assert not any("Called." in line for line in lines)
    worked.done("export", "--format", "csv", "--out", str(tmp_path / "log.csv"))
    assert (tmp_path / "log.csv").read_text("utf-8").startswith("case:concept:name")


def test_a_case_is_written_out_from_the_command_line_in_the_form_of_the_files_name(
    office: CommandLine, tmp_path: Path
) -> None:
    opened = office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--as", "I-02"
    )
    reference = opened["reference"]
    path = tmp_path / "case.provjson"
    office.done("export", "--case", reference, "--out", str(path))
    document = orjson.loads(path.read_bytes())
    streams = {each.get("cl:stream") for each in document["entity"].values()} - {None}
    with office.ledger() as ledger:
        assert streams == {case_stream(ledger.find_case(reference))}
    refused = office("export", "--case", "AAAAA-AAAAA-A", "--out", str(tmp_path / "x.jsonocel"))
    assert refused.code == 2
    assert len(refused.sentences) == 1


def test_routing_replays_to_the_same_answer_every_time(worked: CommandLine) -> None:
    answer = worked.asked("policy", "replay")
    assert (answer["same"], answer["replay"]["differences"]) == (2, [])


def test_another_policy_is_tried_against_history(worked: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    text = OFFICE.read_text("utf-8").replace(
        'when = { programme = "RDW" }\nteam = "RDW"', 'when = { programme = "RDW" }\nteam = "INT"'
    )
    other.write_text(text, "utf-8")
    said = worked("policy", "replay", "--against", str(other), "--json")
    assert said.code == 1
    moved = [(each["recorded_team"], each["team"]) for each in said.json["replay"]["differences"]]
    assert moved == [("RDW", "INT")]


def test_a_second_policy_takes_effect_after_it_is_published(
    office: CommandLine, tmp_path: Path
) -> None:
    second = tmp_path / "second.toml"
    second.write_text(OFFICE.read_text("utf-8").replace("points_a_day = 12", "points_a_day = 11"))
    office.done("policy", "publish", str(second), "--as", "D-01", "--from", "2100-01-01")
    assert office.asked("policy", "show")["number"] == 1
    assert office.asked("policy", "show", "--as-of", "2100-02-01")["number"] == 2
    assert office.asked("policy", "show", "--known-at", "2020-01-01") is None


def test_a_policy_that_is_published_from_a_day_is_in_force_as_that_day_begins(
    office: CommandLine, tmp_path: Path
) -> None:
    """As a law that takes effect on a day does: the policy did so a microsecond before that day was over."""
    second = tmp_path / "second.toml"
    second.write_text(OFFICE.read_text("utf-8").replace("points_a_day = 12", "points_a_day = 11"))
    said = office.done("policy", "publish", str(second), "--as", "D-01", "--from", "2100-04-01").out
    assert "in force from 2100-04-01 00:00 (America/Halifax)" in said


def test_the_first_policy_says_in_words_that_it_holds_for_what_was_before_it(
    empty: CommandLine,
) -> None:
    said = empty.done("policy", "publish", str(OFFICE), "--as", "D-01").out
    shown = empty.done("policy", "show").out
    for words in (said, shown):
        assert "Policy 1 is in force, also for whatever happened before it was published." in words
        assert "1970-01" not in words
    assert empty.asked("policy", "show")["effective_from"] is None
    assert empty.asked("policy", "show", "--as-of", "2001-01-01")["number"] == 1


def test_a_policy_published_without_a_time_is_in_force_at_once_and_asked_again_nothing_is_added(
    office: CommandLine, tmp_path: Path
) -> None:
    second = tmp_path / "second.toml"
    second.write_text(OFFICE.read_text("utf-8").replace("points_a_day = 12", "points_a_day = 11"))
    asked = ("policy", "publish", str(second), "--as", "D-01")
    asked = (*asked, "--command-id", "0190a000-0000-7000-8000-000000000001")
    first, again = office.asked(*asked), office.asked(*asked)
    assert (first.pop("fresh"), again.pop("fresh")) == (True, False)
    assert first == again
    assert office.asked("policy", "show")["number"] == 2
    with office.ledger() as ledger:
        (_, published) = ledger.read(f"policy/{ledger.policy_id}")
        version = ledger.policies().versions[-1]
    assert version.effective_from == published.entry.context.known_at
    assert "Policy 2 is in force from 20" in office.done("policy", "show").out


def test_the_schema_of_a_policy_is_for_editors(bare: CommandLine) -> None:
    assert bare.done("policy", "schema").json["title"] == "Policy"


def test_it_all_works_on_postgresql_too(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch, postgresql_url: str
) -> None:
    monkeypatch.setenv("CASELEDGER_DATABASE_URL", postgresql_url)
    bare.done("init")
    bare.done("policy", "publish", str(OFFICE), "--as", "D-01")
    ref = bare.asked("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")["reference"]
    assert bare.asked("pull", "RDW", "--as", "R-02")["reference"] == ref
    assert [line["team"] for line in bare.asked("board")["teams"]] == ["RDW"]
    bare.done("watch")
    assert bare.asked("verify")["findings"] == []
    assert {each.name for each in bare.home.iterdir()} == {"master.key"}
