"""Views can be thrown away, damaged, cancelled and stopped: nothing is lost, and nothing is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from ledger.case.custody.pulling import PullCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.errors import LedgerError, LedgerUnavailable
from ledger.service import Ledger
from projections.lists.queues import counts
from projections.rows.case_rows import CaseRow
from projections.rows.cases import CASES
from projections.store import sqlite_views
from projections.store.progress import Progress
from projections.views import Views
from tests.laws.asking import everything
from tests.ledgers import INTAKE, ROADS, Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.projections.failing import open_next, stops_at


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with place.office() as ledger:
        for number in range(12):
            open_next(ledger, place, number)
        yield ledger


def open_cases(views: Views, place: Place) -> int:
    return sum(each.open for each in counts(views, at=place.clock.at).teams)


def test_every_entry_moves_the_checkpoint_handled_or_not(place: Place, ledger: Ledger) -> None:
    with Views.open(place.location) as views:
        assert views.position() == 0
        assert views.catch_up(ledger.store, batch=5) == ledger.store.tip()
        assert set(views.positions().values()) == {ledger.store.tip()}
        assert views.catch_up(ledger.store) == ledger.store.tip()


def test_views_come_to_the_end_of_a_log_that_ends_with_what_is_lost(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a recovery that was cut off: before, whoever asked for a list then waited for ever."""
    monkeypatch.setattr("projections.store.rebuilding.A_RANGE", 1)
    ledger.store.lose([bytes(32)] * 2)
    with Views.open(place.location) as views:
        tip = ledger.store.tip()
        assert views.catch_up(ledger.store, batch=5) == views.position() == tip
        assert views.rebuild(ledger.store) == views.position() == tip
        assert open_cases(views, place) == 12


def test_progress_is_told_as_it_is_made(place: Place, ledger: Ledger) -> None:
    told: list[Progress] = []
    with Views.open(place.location) as views:
        views.catch_up(ledger.store, batch=7, progress=told.append)
        assert [each.done for each in told] == sorted({each.done for each in told})
        assert told[-1] == Progress(ledger.store.tip(), ledger.store.tip())


def test_a_failing_projection_stops_loudly_and_nothing_is_skipped(
    place: Place, ledger: Ledger
) -> None:
    with Views.open(place.location, projections=stops_at(20)) as views:
        for _ in range(2):
            with pytest.raises(
                LedgerError, match=r"cases .* stopped at entry 20 .*no such meaning"
            ):
                views.catch_up(ledger.store)
            assert set(views.positions().values()) == {19}
        open_next(ledger, place, 99)
    with Views.open(place.location) as views:
        assert views.catch_up(ledger.store) == ledger.store.tip()
        assert open_cases(views, place) == 13


def test_a_rebuild_that_fails_leaves_the_views_before_in_use(place: Place, ledger: Ledger) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
    with Views.open(place.location, projections=stops_at(20)) as views:
        with pytest.raises(LedgerError, match="stopped at entry 20"):
            views.rebuild(ledger.store)
        assert open_cases(views, place) == 12


def test_a_rebuild_can_be_cancelled_and_answers_stay_available_meanwhile(
    place: Place, ledger: Ledger
) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        answered: list[int] = []

        def enough() -> bool:
            answered.append(open_cases(views, place))
            return len(answered) > 2

        with pytest.raises(LedgerUnavailable, match="cancelled"):
            views.rebuild(ledger.store, cancelled=enough)
        assert set(answered) == {12}
        assert views.rebuild(ledger.store) == ledger.store.tip()
        assert open_cases(views, place) == 12


def test_after_a_rebuild_an_index_alone_answers(tmp_path: Path, postgresql_url: str) -> None:
    """PostgreSQL looks into the table too for whatever no VACUUM has seen."""
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger, Views.open(place.location) as views:
        open_next(ledger, place, 1)
        views.rebuild(ledger.store)
    with psycopg.connect(postgresql_url) as connection:
        ((pages, seen),) = connection.execute(
            "SELECT relpages, relallvisible FROM pg_class WHERE relname ~ '^cases_[0-9]+_[0-9]+$'"
        ).fetchall()
    assert pages == seen > 0


def test_who_waits_while_tables_are_swapped_reads_those_that_took_their_place(
    tmp_path: Path, postgresql_url: str
) -> None:
    """Before, they looked for the tables that had answered, were told that these are not there, and 503 over HTTP."""
    place = place_in(tmp_path, database=postgresql_url)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'advisory'"
    with (
        ThreadPoolExecutor(1) as beside,
        place.office() as ledger,
        psycopg.connect(postgresql_url, autocommit=True) as looking,
        Views.open(place.location) as views,
    ):
        open_next(ledger, place, 1)
        views.catch_up(ledger.store)
        with views.database.writing() as connection:
            table = views.control.begin(connection, CASES, building=True)
            views.control.swap(connection, CASES, table)
            reading = beside.submit(open_cases, views, place)
            while not reading.done() and looking.execute(waiting).fetchone() != (1,):
                pass
        assert reading.result(timeout=WITHIN_SECONDS) == 0, "of tables that know of nothing yet"


def test_views_that_were_thrown_away_are_made_again(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger:
        open_next(ledger, place, 1)
        with Views.open(place.location) as views:
            views.catch_up(ledger.store)
        (tmp_path / "home" / "views.db").unlink()
        with Views.open(place.location) as views:
            assert views.notices == []
            views.catch_up(ledger.store)
            assert open_cases(views, place) == 1


def test_the_files_of_the_views_are_for_their_owner_alone(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger, Views.open(place.location) as views:
        views.catch_up(ledger.store)
        found = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("views.db*")}
    assert "views.db" in found
    assert set(found.values()) == {0o600}


def test_what_a_rebuild_wrote_ahead_is_cut_again_while_the_views_stay_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, the log kept the longest that it ever was for as long as somebody had the views open."""
    monkeypatch.setattr(sqlite_views, "_LOG_PAGES", 4)
    place = place_in(tmp_path)
    log = tmp_path / "home" / "views.db-wal"
    with place.office() as ledger, Views.open(place.location) as views:
        open_next(ledger, place, 0)
        views.rebuild(ledger.store)
        rebuilt = log.stat().st_size
        for number in range(1, 4):
            open_next(ledger, place, number)
            views.catch_up(ledger.store)
        assert log.stat().st_size < rebuilt / 2


@pytest.mark.parametrize("damage", [b"", b"this was never a database, but a long text " * 500])
def test_damaged_views_are_made_again_and_it_is_said(tmp_path: Path, damage: bytes) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger:
        open_next(ledger, place, 1)
        (tmp_path / "home" / "views.db").write_bytes(damage)
        with Views.open(place.location) as views:
            assert len(views.notices) == (1 if damage else 0)
            views.catch_up(ledger.store)
            assert open_cases(views, place) == 1


def test_views_that_are_deleted_or_overwritten_while_they_are_open_are_made_again_for_all(
    tmp_path: Path,
) -> None:
    place, file = place_in(tmp_path), tmp_path / "home" / "views.db"
    with (
        place.office() as ledger,
        Views.open(place.location) as views,
        Views.open(place.location) as others,
    ):
        for number, harm in enumerate((_delete, _overwrite, _delete), 1):
            open_next(ledger, place, number)
            assert views.catch_up(ledger.store) == others.position()
            harm(file)
            assert views.catch_up(ledger.store) == ledger.store.tip()
            with others.reading("cases") as first, others.reading("cases") as second:
                assert first.position == second.position == ledger.store.tip()
            assert open_cases(others, place) == number


def _delete(file: Path) -> None:
    for each in file.parent.glob("views.db*"):
        each.unlink()


def _overwrite(file: Path) -> None:
    _delete(file)
    file.write_bytes(b"this was never a database, but a long text " * 500)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {at}meta SET value = '99' WHERE name = 'schema'", "DELETE FROM {at}magnitudes"],
)
def test_views_made_by_a_newer_version_or_without_what_they_are_read_by_are_made_again_and_it_is_said(
    place: Place, ledger: Ledger, statement: str
) -> None:
    """Lists as they were then are read by magnitudes: without one of them, rows were left out."""
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        with views.database.writing() as connection:
            at = "views." if isinstance(place.location, str) else ""
            connection.exec_driver_sql(statement.format(at=at))
    with Views.open(place.location) as views:
        assert "another version" in views.notices[0]
        views.catch_up(ledger.store)
        assert open_cases(views, place) == 12


def test_a_view_whose_table_is_gone_is_made_again_and_it_is_said(
    place: Place, ledger: Ledger
) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        with views.database.writing() as connection:
            table = views.control.in_use(connection)["spans"].table
            connection.exec_driver_sql(f"DROP TABLE {table.fullname}")
    with Views.open(place.location) as views:
        assert "view spans" in views.notices[0]
        assert views.catch_up(ledger.store) == ledger.store.tip()


def test_views_of_another_ledger_are_made_again_and_it_is_said(tmp_path: Path) -> None:
    one, other = place_in(tmp_path / "one"), place_in(tmp_path / "other")
    with one.office() as ledger, Views.open(one.location) as views:
        open_next(ledger, one, 1)
        views.catch_up(ledger.store)
    with other.office() as ledger:
        (tmp_path / "one" / "home" / "views.db").rename(tmp_path / "other" / "home" / "views.db")
        with Views.open(other.location) as views:
            views.catch_up(ledger.store)
            assert "another ledger" in views.notices[0]
            assert open_cases(views, other) == 0


def test_two_who_catch_up_at_once_take_each_entry_in_once(place: Place, ledger: Ledger) -> None:
    with Views.open(place.location) as one, Views.open(place.location) as two:
        while one.position() < ledger.store.tip():
            one.catch_up(ledger.store, batch=3, upto=one.position() + 3)
            two.catch_up(ledger.store, batch=4, upto=two.position() + 4)
        assert open_cases(two, place) == 12


def test_ranges_of_one_stream_each_are_rebuilt_as_one_range_of_all(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="web", request_type="RDW-POT", region="HAL")
    ledger.handle(opening, actor=INTAKE)
    ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
    ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=ROADS)
    place.clock.pass_by(days=1)
    back = ReopenCase(case_id=case_id, reason="returned", clock_policy="continue")
    ledger.handle(back, actor=ROADS)
    monkeypatch.setattr("projections.store.rebuilding.A_RANGE", 1)
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        live = everything(views)
        views.rebuild(ledger.store)
        assert everything(views) == live
    stood = [each.row for each in live["cases"] if each.key == str(case_id)]
    assert [row.open for row in stood if isinstance(row, CaseRow)] == [False, True]


def test_what_other_processes_fill_is_what_this_one_would(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.store.rebuilding.A_RANGE", 1)
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        live = everything(views)

        filled: list[int] = []

        def left_to_the_other() -> bool:
            for child in active_children():
                child.join()
            filled.append(_cases_being_filled(views))
            return False

        views.rebuild(ledger.store, shards=2, cancelled=left_to_the_other)
        assert filled[0] == 12
        assert everything(views) == live


def _cases_being_filled(views: Views) -> int:
    schema = "" if views.database.schema is None else f"{views.database.schema}."
    with views.database.reading() as connection:
        generation = connection.exec_driver_sql(
            f"SELECT generation FROM {schema}checkpoints WHERE name = 'cases' AND building = 1"
        ).scalar_one()
        table = views.control.table(CASES, generation).fullname
        return connection.exec_driver_sql(f"SELECT count(DISTINCT key) FROM {table}").scalar_one()


def test_a_process_of_a_rebuild_that_dies_is_told_of_and_the_views_before_stay(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.store.rebuilding.A_RANGE", 1)
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)

        def killed() -> bool:
            for child in active_children():
                child.kill()
                child.join()
            return False

        assert "process of the rebuild died" in _what_is_said(views, ledger, killed)
        assert open_cases(views, place) == 12


def _what_is_said(views: Views, ledger: Ledger, killed: Callable[[], bool]) -> str:
    """What a rebuild says whose other process is killed; one that had ended before is begun once more."""
    for _ in range(20):
        try:
            views.rebuild(ledger.store, shards=2, cancelled=killed)
        except LedgerUnavailable as told:
            return str(told)
    raise AssertionError("the other process always ended before")


def test_views_without_a_home_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="caseledger init"):
        Views.open(tmp_path / "nowhere")


def test_a_database_that_is_not_there_is_said_in_one_sentence(postgresql_url: str) -> None:
    elsewhere = make_conninfo(postgresql_url, dbname="nowhere")
    with pytest.raises(LedgerUnavailable, match="and that the database is there"):
        Views.open(elsewhere)
