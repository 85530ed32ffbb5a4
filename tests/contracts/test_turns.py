"""One process at a time has the turn; when it dies another takes over, and who lost it knows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event

import pytest

from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.store import LedgerStore, Location, turn_at
from ledger.store.turns import ASKED_EVERY_SECONDS
from tests.contracts.recorded import end_sessions
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS


def stand_by(location: Location, name: str, pipe: Connection) -> None:
    """Says "standing by" if another has the turn, "mine" once it is this process's, and keeps it."""
    with turn_at(location, name) as turn:
        turn.wait(Event().wait, standing_by=lambda: pipe.send("standing by"))
        pipe.send("mine")
        pipe.recv()


@contextmanager
def standing_by(location: Location, name: str) -> Generator[tuple[BaseProcess, Connection]]:
    """Another process that wants the turn, and what it says."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=stand_by, args=(location, name, there), daemon=True)
    process.start()
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join()
        here.close()


def heard(pipe: Connection) -> str:
    assert pipe.poll(WITHIN_SECONDS), "the other process says nothing"
    said: str = pipe.recv()
    return said


def test_a_turn_is_had_by_one_at_a_time_and_each_work_has_its_own(
    ledger: LedgerStore, location: Location
) -> None:
    with turn_at(location, "watcher") as mine, turn_at(location, "watcher") as other:
        assert mine.take()
        assert mine.take(), "what is ours stays ours"
        assert not other.take()
        assert (mine.held, other.held) == (True, False)
        with turn_at(location, "projector") as projecting:
            assert projecting.take()
        mine.let_go()
        assert not mine.held
        assert other.take()
    with turn_at(location, "watcher") as next_one:
        assert next_one.take(), "whoever leaves it in order lets it go"
    assert (other.held, next_one.held) == (False, False)


def test_of_three_processes_one_takes_over_from_the_other_as_they_are_killed(
    ledger: LedgerStore, location: Location
) -> None:
    with (
        standing_by(location, "watcher") as (first, from_first),
        standing_by(location, "projector") as (_, from_projector),
    ):
        assert (heard(from_first), heard(from_projector)) == ("mine", "mine")
        with (
            standing_by(location, "watcher") as (second, from_second),
            standing_by(location, "watcher") as (third, from_third),
        ):
            assert (heard(from_second), heard(from_third)) == ("standing by", "standing by")
            first.kill()
            (heir,) = wait([from_second, from_third], timeout=WITHIN_SECONDS)
            died, pipe = (second, from_third) if heir is from_second else (third, from_second)
            assert not pipe.poll(2 * ASKED_EVERY_SECONDS), "one alone has it"
            died.kill()
            assert heard(pipe) == "mine"


def test_who_lost_the_connection_lost_the_turn_and_hears_it(
    ledger: LedgerStore, postgresql_url: str
) -> None:
    with turn_at(postgresql_url, "watcher") as mine, turn_at(postgresql_url, "watcher") as other:
        assert mine.take()
        mine.refuse_lost()
        end_sessions(postgresql_url)
        assert other.take()
        assert not mine.held
        with pytest.raises(LedgerUnavailable, match="turn of the watcher was lost"):
            mine.refuse_lost()
        other.let_go()
        assert mine.take(), "it may be had again"


def test_a_home_that_was_moved_away_takes_the_turn_with_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with turn_at(home, "watcher") as turn:
        assert turn.take()
        home.rename(tmp_path / "away")
        assert not turn.held
        with pytest.raises(LedgerUnavailable, match="run `caseledger init`"):
            turn.take()


def test_where_no_server_answers_nobody_has_a_turn() -> None:
    with (
        turn_at("postgresql://clerk@127.0.0.1:1/cases", "watcher") as turn,
        pytest.raises(LedgerUnavailable, match="does not answer"),
    ):
        turn.take()


def test_who_stands_by_may_stop_waiting(ledger: LedgerStore, location: Location) -> None:
    said: list[str] = []

    def stop(seconds: float) -> None:
        assert seconds == ASKED_EVERY_SECONDS
        raise KeyboardInterrupt

    with turn_at(location, "watcher") as mine, turn_at(location, "watcher") as other:
        assert mine.take()
        with pytest.raises(KeyboardInterrupt):
            other.wait(stop, standing_by=lambda: said.append("standing by"))
        assert said == ["standing by"]


def test_a_name_that_could_be_a_path_is_refused(location: Location) -> None:
    with pytest.raises(InvalidCommand, match="no name of a turn"):
        turn_at(location, "../watcher")
