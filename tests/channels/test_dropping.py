"""A drop folder: whole files are imported once and moved, a report beside each; one dropped again adds nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.channels.dropping import DropFolder, Dropped
from ledger.entry import Actor
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.service import Ledger
from tests.channels.logs import ROW, csv, event, mapping, trace, xes

CLERK = Actor("machine", "import", version="test")
START = {"start": "2024-03-04T08:00:00Z"}
ONE = xes(trace("A-1", event(), **START))
LONGER = xes(trace("A-1", event(), event("2024-03-05T09:00:00Z", "decide"), **START))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.create(tmp_path / "home", master_key=tmp_path / "key" / "master.key") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder into which another system puts its files."""
    made = tmp_path / "drop"
    made.mkdir()
    return made


def nothing_moves(_seconds: float) -> None:
    """Between the two looks nothing happens."""


def taken(
    ledger: Ledger, folder: Path, meanwhile: Callable[[float], object] = nothing_moves
) -> list[Dropped]:
    found = DropFolder(folder, mapping())
    return list(found.take(ledger, actor=CLERK, settle_seconds=2, rest=meanwhile))


def lying_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def report(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / f"{name}.report.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "content"), [("march.xes", ONE), ("march.csv", csv(ROW))])
def test_a_whole_file_is_imported_and_lies_in_done_with_its_report(
    ledger: Ledger, folder: Path, name: str, content: str
) -> None:
    (folder / name).write_text(content)
    (dropped,) = taken(ledger, folder)
    assert (dropped.became, dropped.lies_in) == ("imported", f"done/{name}")
    assert lying_in(folder) == [f"done/{name}", f"done/{name}.report.json"]
    said = report(folder, f"done/{name}")
    assert said["report"]["cases"]["added_now"] == 1
    assert [entry.topic for entry in ledger.entries()].count("CaseImported") == 1


def test_a_file_dropped_again_adds_no_case_and_replaces_nothing(
    ledger: Ledger, folder: Path
) -> None:
    for _ in range(3):
        (folder / "march.xes.txt").write_text(ONE)
        taken(ledger, folder)
    names = ["march.xes.txt", "march-2.xes.txt", "march-3.xes.txt"]
    assert {f"done/{name}" for name in names} < set(lying_in(folder))
    assert [report(folder, f"done/{name}")["report"]["cases"]["added_now"] for name in names] == [
        1,
        0,
        0,
    ]
    assert [entry.topic for entry in ledger.entries()].count("CaseImported") == 1


def test_a_longer_export_of_the_same_system_adds_what_is_new(ledger: Ledger, folder: Path) -> None:
    (folder / "march.xes").write_text(ONE)
    taken(ledger, folder)
    (folder / "april.xes").write_text(LONGER)
    (dropped,) = taken(ledger, folder)
    assert dropped.report is not None
    assert dropped.report.cases_continued == 1


def test_files_are_taken_in_the_order_in_which_they_were_written(
    ledger: Ledger, folder: Path
) -> None:
    for age, name in enumerate(("c.xes", "a.xes", "b.xes")):
        (folder / name).write_text(ONE)
        os.utime(folder / name, (1_000 + age, 1_000 + age))
    assert [each.name for each in taken(ledger, folder)] == ["c.xes", "a.xes", "b.xes"]


def test_what_cannot_be_read_is_set_aside_with_the_reason(ledger: Ledger, folder: Path) -> None:
    (folder / "note.txt").write_text("see you on Monday")
    (dropped,) = taken(ledger, folder)
    assert (dropped.became, dropped.lies_in) == ("refused", "set-aside/note.txt")
    assert report(folder, "set-aside/note.txt")["reason"] == dropped.reason
    assert lying_in(folder) == ["set-aside/note.txt", "set-aside/note.txt.report.json"]


def test_a_file_of_which_some_rows_cannot_be_recorded_is_set_aside_and_the_others_are_recorded(
    ledger: Ledger, folder: Path
) -> None:
    (folder / "mixed.xes").write_text(
        xes(trace("A-1", event(), event("never")), trace("A-2", event()))
    )
    (dropped,) = taken(ledger, folder)
    assert (dropped.became, dropped.lies_in) == ("in_part", "set-aside/mixed.xes")
    said = report(folder, "set-aside/mixed.xes")
    assert said["report"]["rows"]["set_aside"] == 1
    assert said["report"]["rows"]["recorded"] == 2


def test_a_file_that_is_still_written_to_stays_until_it_stands_still(
    ledger: Ledger, folder: Path
) -> None:
    path = folder / "slow.xes"
    path.write_text(ONE[:100])
    (moving,) = taken(ledger, folder, lambda _: path.write_text(ONE))
    assert (moving.became, lying_in(folder)) == ("moving", ["slow.xes"])
    (dropped,) = taken(ledger, folder)
    assert dropped.became == "imported"


def test_a_file_that_comes_or_goes_between_the_looks_is_left_to_the_next_time(
    ledger: Ledger, folder: Path
) -> None:
    (folder / "goes.xes").write_text(ONE)

    def meanwhile(_seconds: float) -> None:
        (folder / "goes.xes").unlink()
        (folder / "comes.xes").write_text(ONE)

    assert taken(ledger, folder, meanwhile) == []
    assert lying_in(folder) == ["comes.xes"]


@pytest.mark.parametrize("name", [".hidden.xes", "a.xes.part", "b.xes.TMP", "c.xes~"])
def test_what_is_hidden_or_named_as_unfinished_is_not_touched(
    ledger: Ledger, folder: Path, name: str
) -> None:
    (folder / name).write_text(ONE)
    assert taken(ledger, folder) == []
    (folder / name).rename(folder / "whole.xes")
    assert [each.became for each in taken(ledger, folder)] == ["imported"]


def test_links_pipes_and_folders_are_no_files(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.xes").write_text(ONE)
    (folder / "link.xes").symlink_to(tmp_path / "elsewhere.xes")
    os.mkfifo(folder / "pipe.xes")
    (folder / "done").mkdir()
    assert taken(ledger, folder) == []


def test_a_folder_that_is_none_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InvalidCommand, match="There is no folder"):
        DropFolder(tmp_path / "nowhere", mapping())


def test_a_file_that_cannot_be_moved_is_imported_once_and_stays_until_it_can(
    ledger: Ledger, folder: Path
) -> None:
    (folder / "march.xes").write_text(ONE)
    (folder / "done").write_text("a file where the folder should be")
    with pytest.raises(LedgerUnavailable, match="again adds nothing"):
        taken(ledger, folder)
    (folder / "done").unlink()
    (dropped,) = taken(ledger, folder)
    assert dropped.report is not None
    assert (dropped.became, dropped.report.cases_added_now) == ("imported", 0)
