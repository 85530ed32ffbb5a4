"""The drop folder from the command line: what was dropped is told, and the exit code says whether to look."""

from __future__ import annotations

import signal
from pathlib import Path

from api.channels.dropping import DropFolder
from api.channels.mapping_files import find_mapping
from api.cli.keeping import dropping
from tests.api.command_line import GIVEN, CommandLine
from tests.channels.logs import MAPPING, event, trace, xes
from tests.ledgers import Place
from tests.prepared import Caseledger


def test_what_lies_in_a_folder_is_imported_and_told(office: CommandLine, tmp_path: Path) -> None:
    folder, by = tmp_path / "drop", tmp_path / "permits.toml"
    folder.mkdir()
    by.write_text(MAPPING)
    asked = ("drop", str(folder), "--mapping", str(by), "--settle", "0")
    assert "Nothing lies there." in office.done(*asked).out
    (folder / "march.xes").write_text(xes(trace("A-1", event(), start="2024-03-04T08:00:00Z")))
    assert "done/march.xes" in office.done(*asked).out
    (folder / "note.txt").write_text("see you on Monday")
    found = office(*asked, "--json")
    assert found.code == 1
    assert [(each["file"], each["became"]) for each in found.json] == [("note.txt", "refused")]


def test_a_folder_or_a_pause_that_cannot_be_is_refused_in_a_sentence(
    office: CommandLine, tmp_path: Path
) -> None:
    nowhere = office("drop", str(tmp_path / "nowhere"), "--mapping", "receipt")
    assert (nowhere.code, len(nowhere.sentences)) == (2, 1)
    assert office("drop", str(tmp_path), "--mapping", "receipt", "--settle", "-1").code == 2


def test_a_look_at_which_nothing_was_dropped_lets_go_of_keys_that_were_destroyed_elsewhere(
    place: Place, tmp_path: Path
) -> None:
    """Before, a loop held them until something was dropped."""
    with place.office(), place.open() as looking, place.open() as elsewhere:
        epoch = elsewhere.change_master_key()
        assert dropping._pass(looking, DropFolder(tmp_path, find_mapping("receipt")), 0.0) == []
        assert looking.vault.epoch == epoch


def test_in_a_loop_it_takes_what_comes_until_it_is_stopped(
    office: CommandLine, tmp_path: Path
) -> None:
    folder, by = tmp_path / "drop", tmp_path / "permits.toml"
    folder.mkdir()
    by.write_text(MAPPING)
    (folder / "march.xes").write_text(xes(trace("A-1", event(), start="2024-03-04T08:00:00Z")))
    words = ["drop", str(folder), "--mapping", str(by), "--settle", "0", "--loop", "--json"]
    given = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    with Caseledger(*words, "--every", "3600", env=given) as looking:
        assert looking.stdout is not None
        assert looking.stderr is not None
        assert looking.stdout.readline() == "[\n"
        looking.send_signal(signal.SIGINT)
        assert '"lies_in": "done/march.xes"' in looking.stdout.read()
        assert looking.stderr.read() == "Stopped; what was acknowledged is recorded.\n"
    assert looking.returncode == 130
