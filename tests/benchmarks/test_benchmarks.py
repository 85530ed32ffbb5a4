"""The benchmarks measure the real thing: their log is what the ledger's own writer would have left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ledger.evidence.verifying.verify import verify
from tests.benchmarks.built_log import BEGINS_AT, ENDS_AT, build
from tests.benchmarks.commands import handled_by
from tests.benchmarks.office import TEAMS
from tests.benchmarks.places import OnSqlite
from tests.benchmarks.table import main
from tests.benchmarks.work import opening

ENTRIES = 3_000


def test_a_built_log_verifies_and_the_ledger_goes_on_from_it(tmp_path: Path) -> None:
    log = build(OnSqlite(tmp_path), entries=ENTRIES)
    assert ENTRIES <= log.entries < ENTRIES + 10
    with log.open() as ledger:
        assert verify(ledger.store, ledger.vault).findings == []
        handled_by(ledger)(opening(1_000_000))
        assert verify(ledger.store, ledger.vault).findings == []


def test_a_built_log_is_two_years_of_sixteen_teams_with_about_eight_entries_a_case(
    tmp_path: Path,
) -> None:
    with build(OnSqlite(tmp_path), entries=ENTRIES).open() as ledger:
        cases = [entry for entry in ledger.entries() if entry.kind == "case"]
    lengths = Counter(entry.stream for entry in cases)
    assert 7 < len(cases) / len(lengths) < 10
    known = [entry.context.known_at for entry in cases]
    assert known == sorted(known)
    assert (known[-1] - known[0]) / (ENDS_AT - BEGINS_AT) > 0.9
    routed = {getattr(entry.fact, "team", None) for entry in cases if entry.topic == "CaseRouted"}
    assert routed == set(TEAMS)


def test_bundles_and_checkpoints_are_measured_on_one_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    only = ("--only", "bundles", "--only", "checkpoints")
    assert main(["--entries", "240", "--store", "sqlite", *only]) == 0
    works = [line.split(" | ")[0] for line in capsys.readouterr().out.splitlines()]
    assert any(work.startswith("| SQLite: verify-bundle") for work in works)
    assert any(work.startswith("| SQLite: the proof of an entry") for work in works)


def test_the_table_has_a_row_with_its_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--entries", "2000", "--store", "sqlite", "--only", "verify"]) == 0
    *_, on_all_cores, in_one_process = capsys.readouterr().out.splitlines()
    for row, work in (
        (on_all_cores, "SQLite: verify"),
        (in_one_process, "SQLite: the same in one process"),
    ):
        cells = [cell.strip() for cell in row.strip("| ").split(" | ")]
        assert cells[0].startswith(work)
        assert float(cells[3].partition(" ")[0]) > 0
