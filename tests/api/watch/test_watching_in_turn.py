"""Several watches on one ledger: one passes, the others stand by and take over, and none is ended by an outage."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.store import turn_at
from tests.contracts.recorded import end_sessions
from tests.ledgers import Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger

STANDS_BY = "Another process watches: this one stands by.\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An office in a home folder, then in a database."""
    database = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    found = place_in(tmp_path, database=database)
    with found.office():
        return found


@contextmanager
def watching(place: Place, folder: Path, *, every: int = 3600) -> Generator[subprocess.Popen[str]]:
    """A watch in a loop, in a process of its own, killed at the end."""
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CASELEDGER_")},
        "PYTHONUNBUFFERED": "1",
        "CASELEDGER_MASTER_KEY": str(place.master_key),
        "CASELEDGER_HOME": str(folder / "home"),
    }
    if isinstance(place.location, str):
        given["CASELEDGER_DATABASE_URL"] = place.location
    watch = Caseledger("watch", "--loop", "--every", str(every), env=given)
    with watch:
        try:
            yield watch
        finally:
            watch.kill()


def passes(watch: subprocess.Popen[str]) -> bool:
    """Whether it says that a pass was made, once it says anything."""
    assert watch.stdout is not None
    assert watch.stdout.readline().startswith("Recorded:"), watch.communicate()
    return watch.stdout.readline().startswith("Outbox:")


def complains(watch: subprocess.Popen[str]) -> str:
    """What it says on stderr next."""
    assert watch.stderr is not None
    return watch.stderr.readline()


def test_a_watch_that_has_nothing_to_record_looks_all_the_same_whether_keys_were_destroyed_elsewhere(
    place: Place, tmp_path: Path
) -> None:
    """Before, it held them until it recorded something; with a copy of the master key it can be seen to look."""
    copied = tmp_path / "copied.key"
    shutil.copy(place.master_key, copied)
    with watching(replace(place, master_key=copied), tmp_path, every=1) as watch:
        assert passes(watch)
        with place.open() as ledger:
            ledger.change_master_key()
        assert complains(watch).startswith("The vault is wrapped under the master key of epoch 2")


def test_of_two_watches_one_passes_and_the_other_takes_over_when_it_is_killed(
    place: Place, tmp_path: Path
) -> None:
    with watching(place, tmp_path) as first:
        assert passes(first)
        with watching(place, tmp_path) as second:
            assert complains(second) == STANDS_BY
            first.kill()
            assert passes(second)


def test_who_stands_by_is_stopped_at_once(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office(), turn_at(place.location, "watcher") as turn:
        assert turn.take()
        with watching(place, tmp_path) as watch:
            assert complains(watch) == STANDS_BY
            watch.send_signal(signal.SIGINT)
            assert watch.wait(timeout=WITHIN_SECONDS) == 130


def test_a_watch_whose_sessions_end_says_so_once_and_goes_on(
    postgresql_url: str, tmp_path: Path
) -> None:
    place = place_in(tmp_path, database=postgresql_url)
    with place.office(), watching(place, tmp_path, every=1) as watch:
        assert passes(watch)
        end_sessions(postgresql_url)
        assert complains(watch).endswith("The watch goes on once it can.\n")
        assert passes(watch)


def test_a_watch_of_a_ledger_that_is_not_there_ends_with_one_sentence(tmp_path: Path) -> None:
    with watching(place_in(tmp_path), tmp_path) as watch:
        assert "run `caseledger init`" in complains(watch)
        assert watch.wait(timeout=WITHIN_SECONDS) == 2
