"""What every ledger store promises."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.store import Batch, LedgerStore, Location, StoredRow, open_ledger_store
from ledger.store.postgres.ledger import PostgresLedgerStore
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.contracts.recorded import (
    ADA,
    BOB,
    RULES,
    all_rows,
    append_when_its_turn_comes,
    batch,
    end_sessions,
    race,
    row,
    run,
    sealed,
)
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS

REFUSED = (sqlite3.IntegrityError, psycopg.DatabaseError)


def test_a_new_ledger_is_empty_and_has_an_id_it_keeps(
    ledger: LedgerStore, location: Location
) -> None:
    assert (ledger.tip(), all_rows(ledger), list(ledger.scan())) == (0, [], [])
    assert len(ledger.ledger_id) == 16
    again = open_ledger_store(location)
    assert again.ledger_id == ledger.ledger_id
    again.close()


def test_what_is_appended_is_read_the_same_by_every_way_of_reading(ledger: LedgerStore) -> None:
    rows = (row(1), row(2, BOB), row(3, version=2), row(4, RULES), row(5, BOB, version=3))
    assert ledger.append(Batch(rows[:2]), expected_tip=0)
    assert ledger.append(Batch(rows[2:]), expected_tip=2)
    assert ledger.tip() == 5
    assert all_rows(ledger) == list(rows)
    assert ledger.entries(after=1, limit=2) == list(rows[1:3])
    assert ledger.entries(after=1, limit=9, upto=4) == list(rows[1:4])
    assert [StoredRow(*each) for chunk in ledger.scan(chunk=2) for each in chunk] == list(rows)
    assert [len(chunk) for chunk in ledger.scan(chunk=2)] == [2, 2, 1]
    assert [each[0] for chunk in ledger.scan(after=1, upto=4) for each in chunk] == [2, 3, 4]
    assert ledger.stream(ADA) == [rows[0], rows[2]]
    assert ledger.stream(BOB, after_version=2) == [rows[4]]
    assert ledger.stream(ADA, upto_version=1) == [rows[0]]
    assert ledger.stream("case/nobody") == []
    some = ledger.entries_of([BOB, "case/nobody", ADA])
    assert [each for each in some if each.stream == ADA] == [rows[0], rows[2]]
    assert [each for each in some if each.stream == BOB] == [rows[1], rows[4]]
    assert len(some) == 4
    assert ledger.entries_of([]) == []


def test_a_range_of_streams_is_read_stream_by_stream(ledger: LedgerStore) -> None:
    rows = (row(1, BOB), row(2, RULES), row(3, version=1), row(4, BOB), row(5, version=2))
    assert ledger.append(Batch(rows), expected_tip=0)
    of_ada, of_bob = [rows[2], rows[4]], [rows[0], rows[3]]
    assert ledger.of_streams("case/", "case0", upto=5) == of_ada + of_bob
    assert ledger.of_streams(ADA, BOB, upto=5) == of_ada
    assert ledger.of_streams(BOB, "case0", upto=5) == of_bob
    assert ledger.of_streams("case/", "case0", upto=3) == [rows[2], rows[0]]


def test_streams_of_a_kind_come_in_the_order_they_began(ledger: LedgerStore) -> None:
    rows = (row(1, BOB), row(2, RULES), row(3, ADA, version=1), row(4, "cases/x", version=1))
    ledger.append(Batch(rows), expected_tip=0)
    assert ledger.streams("case") == [BOB, ADA]
    assert ledger.streams("policy") == [RULES]
    assert ledger.streams("party") == []


def test_the_latest_streams_of_a_kind_come_a_few_at_a_time(ledger: LedgerStore) -> None:
    names = [f"party/{place}" for place in range(5)]
    rows = [row(place, name, version=1) for place, name in enumerate((BOB, *names), start=1)]
    ledger.append(Batch((*rows, row(7, names[3], version=2))), expected_tip=0)
    assert ledger.latest_streams("party", limit=2) == ["party/4", "party/3"]
    assert ledger.latest_streams("party", before="party/3", limit=2) == ["party/2", "party/1"]
    assert ledger.latest_streams("party", before="party/1", limit=2) == ["party/0"]
    assert ledger.latest_streams("case", limit=9) == [BOB]
    assert ledger.latest_streams("policy", limit=9) == []


def test_a_batch_meant_for_another_tip_is_not_written(ledger: LedgerStore) -> None:
    assert ledger.append(batch(1), expected_tip=0)
    assert not ledger.append(batch(1, stream=BOB), expected_tip=0)
    assert not ledger.append(batch(3, stream=BOB), expected_tip=2)
    assert all_rows(ledger) == [row(1)]


def test_a_batch_that_leaves_a_gap_is_refused(ledger: LedgerStore) -> None:
    with pytest.raises(IntegrityFailure, match="gap"):
        ledger.append(Batch((row(1), row(3))), expected_tip=0)
    assert ledger.tip() == 0


def test_a_version_that_is_taken_fails_the_whole_batch(ledger: LedgerStore) -> None:
    ledger.append(batch(1), expected_tip=0)
    taken = Batch((row(2, BOB), row(3, version=1)), (sealed(2),), ((b"key", 2),))
    with pytest.raises(IntegrityFailure):
        ledger.append(taken, expected_tip=1)
    assert all_rows(ledger) == [row(1)]
    assert ledger.sealed([2]) == []
    assert ledger.reserved([b"key"]) == {}
    assert ledger.append(batch(2), expected_tip=1)


def test_a_reservation_is_taken_once(ledger: LedgerStore) -> None:
    first = Batch((row(1),), reserved=((b"one", 1), (b"two", 1)))
    assert ledger.append(first, expected_tip=0)
    with pytest.raises(IntegrityFailure):
        ledger.append(Batch((row(2),), reserved=((b"three", 2), (b"two", 2))), expected_tip=1)
    assert ledger.tip() == 1
    assert ledger.reserved([b"two", b"three", b"one"]) == {b"one": 1, b"two": 1}
    assert list(ledger.reservations()) == [(b"one", 1), (b"two", 1)]
    assert ledger.reserved([]) == {}


def test_sealed_parts_lie_beside_their_entries(ledger: LedgerStore) -> None:
    parts = (sealed(1), sealed(1, key=2), sealed(2))
    ledger.append(Batch((row(1), row(2)), parts), expected_tip=0)
    assert ledger.sealed([1, 2, 3]) == list(parts)
    assert ledger.sealed([2]) == [parts[2]]
    assert ledger.sealed([]) == []


def test_of_each_stream_is_told_how_many_entries_are_found_by_it(ledger: LedgerStore) -> None:
    rows = (row(1), row(2, BOB, version=1), row(3, version=2), row(4, version=3))
    ledger.append(Batch(rows), expected_tip=0)
    assert sorted(ledger.by_stream(upto=4)) == sorted([(ADA, 3, 3, 6), (BOB, 1, 1, 1)])
    assert sorted(ledger.by_stream(upto=3)) == sorted([(ADA, 2, 2, 3), (BOB, 1, 1, 1)])


def test_where_sealed_parts_lie_is_told_whether_an_entry_is_there_or_not(
    ledger: LedgerStore,
) -> None:
    parts = (sealed(1), sealed(1, key=2), sealed(3))
    ledger.append(Batch((row(1), row(2), row(3)), parts), expected_tip=0)
    assert ledger.sealed_positions(after=0) == [1, 3]
    assert ledger.sealed_positions(after=1) == [3]
    assert ledger.sealed_positions(after=-(2**63), upto=2) == [1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET topic = 'other'",
        "UPDATE entries SET state = state",
        "DELETE FROM entries",
        "UPDATE reservations SET position = 2",
        "DELETE FROM reservations",
        "UPDATE sealed SET blob = blob",
        "UPDATE meta SET value = '00' WHERE name = 'ledger_id'",
        "DELETE FROM meta WHERE name = 'ledger_id'",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_recorded(
    ledger: LedgerStore, location: Location, statement: str
) -> None:
    recorded = Batch((row(1),), (sealed(1),), ((b"key", 1),))
    ledger.append(recorded, expected_tip=0)
    with pytest.raises(REFUSED, match="never"):
        run(location, statement)
    assert all_rows(ledger) == [row(1)]
    assert ledger.reserved([b"key"]) == {b"key": 1}
    assert ledger.sealed([1]) == [sealed(1)]


@pytest.mark.parametrize("table", ["entries", "sealed", "reservations"])
def test_postgresql_refuses_to_truncate_what_is_recorded(postgresql_url: str, table: str) -> None:
    PostgresLedgerStore.create(postgresql_url).close()
    with pytest.raises(psycopg.DatabaseError, match="never"):
        run(postgresql_url, f"TRUNCATE ledger.{table}")


def test_postgresql_refuses_in_replica_mode_too(postgresql_url: str) -> None:
    store = PostgresLedgerStore.create(postgresql_url)
    store.append(batch(1), expected_tip=0)
    with pytest.raises(psycopg.DatabaseError, match="never"):
        run(postgresql_url, "SET session_replication_role = replica; DELETE FROM ledger.entries")
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        f"REPLACE INTO entries VALUES (1, '{BOB}', 9, 'forged', x'00')",
        f"REPLACE INTO entries VALUES (2, '{ADA}', 1, 'forged', x'00')",
        f"INSERT INTO entries VALUES (3, '{ADA}', 3, 'forged', x'00')",
        "REPLACE INTO reservations VALUES (x'6b6579', 7)",
        "REPLACE INTO sealed VALUES (1, x'01010101010101010101010101010101', x'00')",
    ],
)
def test_sqlite_refuses_to_replace_what_is_recorded_or_to_leave_a_gap(
    tmp_path: Path, statement: str
) -> None:
    store = SqliteLedgerStore.create(tmp_path)
    recorded = Batch((row(1),), (sealed(1),), ((b"key", 1),))
    store.append(recorded, expected_tip=0)
    with pytest.raises(sqlite3.IntegrityError):
        run(tmp_path, statement)
    assert all_rows(store) == [row(1)]
    assert store.reserved([b"key"]) == {b"key": 1}
    assert store.sealed([1]) == [sealed(1)]
    store.close()


def test_a_sealed_part_can_be_removed_and_its_entry_stays(
    ledger: LedgerStore, location: Location
) -> None:
    ledger.append(Batch((row(1),), (sealed(1), sealed(1, key=2))), expected_tip=0)
    run(location, "DELETE FROM sealed WHERE position = 1")
    assert ledger.sealed([1]) == []
    assert all_rows(ledger) == [row(1)]


def test_two_processes_that_race_leave_no_gap_and_lose_nothing(
    ledger: LedgerStore, location: Location
) -> None:
    turns = 60
    with ProcessPoolExecutor(2, mp_context=PROCESSES) as processes:
        racing = [processes.submit(race, location, who, turns=turns) for who in (ADA, BOB)]
        for each in racing:
            each.result()
    assert [each.position for each in all_rows(ledger)] == list(range(1, 2 * turns + 1))
    for stream in (ADA, BOB):
        versions = [each.version for each in ledger.stream(stream)]
        assert versions == list(range(1, turns + 1))


def test_exclusive_keeps_another_process_out_until_it_ends(
    ledger: LedgerStore, location: Location
) -> None:
    ours, theirs = PROCESSES.Pipe()
    other = PROCESSES.Process(target=append_when_its_turn_comes, args=(location, theirs))
    with ledger.exclusive():
        other.start()
        assert ours.recv() == "asking"
        for position in range(1, 41):
            assert ledger.append(batch(position), expected_tip=position - 1)
            assert not ours.poll()
    assert ours.recv() is True
    other.join()
    assert [each.position for each in ledger.stream(BOB)] == [41]


def test_exclusive_may_be_entered_again_and_is_let_go_once(
    ledger: LedgerStore, location: Location
) -> None:
    other = open_ledger_store(location)
    with ledger.exclusive(), ledger.exclusive():
        assert ledger.append(batch(1), expected_tip=0)
    with other.exclusive():
        assert other.append(batch(2), expected_tip=1)
    with pytest.raises(ZeroDivisionError), ledger.exclusive():
        raise ZeroDivisionError
    with other.exclusive():
        assert other.append(batch(3), expected_tip=2)
    other.close()


def test_threads_append_one_after_the_other_and_read_meanwhile(ledger: LedgerStore) -> None:

    def write(stream: str) -> None:
        for version in range(1, 31):
            with ledger.exclusive():
                tip = ledger.tip()
                only = Batch((row(tip + 1, stream, version=version),))
                assert ledger.append(only, expected_tip=tip)
            assert len(ledger.stream(stream)) == version

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(write, f"case/{name}") for name in "abcd"]:
            done.result()
    assert [each.position for each in all_rows(ledger)] == list(range(1, 121))


def test_readers_do_not_wait_for_the_writer(ledger: LedgerStore) -> None:
    ledger.append(batch(1), expected_tip=0)
    seen: list[int] = []
    with ledger.exclusive():
        reader = Thread(target=lambda: seen.append(ledger.tip()))
        reader.start()
        reader.join(WITHIN_SECONDS)
    assert seen == [1]


def test_a_scan_goes_on_into_what_is_appended_meanwhile(ledger: LedgerStore) -> None:
    ledger.append(batch(1, 2), expected_tip=0)
    scan = ledger.scan(chunk=2)
    first = next(scan)
    ledger.append(batch(3), expected_tip=2)
    assert [each[0] for each in (*first, *next(scan))] == [1, 2, 3]
    assert next(scan, None) is None


def test_a_full_disk_leaves_nothing_half_written_and_says_what_to_do(tmp_path: Path) -> None:
    store = SqliteLedgerStore.create(tmp_path)
    store.append(batch(1), expected_tip=0)
    writer = store._writer
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages + 3}")
    large = StoredRow(2, ADA, 2, "noted", b"x" * 20_000)
    with pytest.raises(LedgerUnavailable, match="disk is full, and nothing was recorded"):
        store.append(Batch((large,), (sealed(2),), ((b"key", 2),)), expected_tip=1)
    assert all_rows(store) == [row(1)]
    assert (store.sealed([2]), store.reserved([b"key"])) == ([], {})
    writer.execute("PRAGMA max_page_count = 1000000")
    assert store.append(Batch((large,)), expected_tip=1)
    store.close()


def test_a_database_held_by_another_program_is_said_to_be_held(tmp_path: Path) -> None:
    store = SqliteLedgerStore.create(tmp_path)
    store._writer.execute("PRAGMA busy_timeout = 1")
    foreign = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnavailable, match="Another program holds"):
        store.append(batch(1), expected_tip=0)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert store.append(batch(1), expected_tip=0)
    store.close()


def test_a_file_replaced_under_an_open_ledger_is_not_written_to(tmp_path: Path) -> None:
    store = SqliteLedgerStore.create(tmp_path)
    file = tmp_path / "ledger.db"
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)
    with pytest.raises(LedgerUnavailable, match="replaced while it was open"):
        store.append(batch(1), expected_tip=0)
    store.close()


def test_connections_that_were_lost_while_they_were_idle_are_made_anew(postgresql_url: str) -> None:
    store = PostgresLedgerStore.create(postgresql_url)
    with store.exclusive() as first:
        assert store.append(batch(1), expected_tip=0)
    assert store.tip() == 1
    end_sessions(postgresql_url)
    assert store.tip() == 1
    with store.exclusive() as second:
        assert store.append(batch(2), expected_tip=1)
    assert second != first, "whoever holds what was read before must hear of it"
    store.close()


def test_a_session_lost_inside_exclusive_lets_the_next_writer_in(postgresql_url: str) -> None:
    store = PostgresLedgerStore.create(postgresql_url)
    with store.exclusive():
        end_sessions(postgresql_url)
        for _ in range(2):
            with pytest.raises(LedgerUnavailable, match="does not answer"):
                store.append(batch(1), expected_tip=0)
    with store.exclusive():
        assert store.append(batch(1), expected_tip=0)
    store.close()


def test_postgresql_commits_durably_where_that_is_not_the_default(postgresql_url: str) -> None:
    name = conninfo_to_dict(postgresql_url)["dbname"]
    run(postgresql_url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    store = PostgresLedgerStore.create(postgresql_url)
    answer = store._writing.connection().execute("SHOW synchronous_commit").fetchone()
    assert answer == ("on",)
    store.close()


def test_a_closed_ledger_says_so(ledger: LedgerStore) -> None:
    ledger.close()
    with pytest.raises(LedgerUnavailable, match="closed"):
        ledger.tip()
    with pytest.raises(LedgerUnavailable, match="closed"):
        ledger.append(batch(1), expected_tip=0)
    ledger.close()
