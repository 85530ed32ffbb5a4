"""An erasure while somebody reads for long, as who takes a backup: it is finished later, and meanwhile all work on."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from ledger.errors import NotSwept
from ledger.personal.erasing import erasure_of
from ledger.service import Ledger
from ledger.store.postgres import sessions
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.erasing.house import FIRST, SECOND, approve, carry_out, proposed, two_people
from tests.ledgers import INTAKE, Place, place_in
from tests.writer.no_room import full
from tests.writer.office_work import assert_clean, note, open_case


@contextmanager
def read_for_long(place: Place) -> Generator[None]:
    """While the block runs somebody reads what is sealed, as of its beginning."""
    if isinstance(place.location, Path):
        with closing(sqlite3.connect(place.location / "ledger.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sealed").fetchone()
            yield
    else:
        with psycopg.connect(place.location) as reader:
            reader.execute("LOCK TABLE ledger.sealed IN ACCESS SHARE MODE")
            yield


def test_what_cannot_be_swept_while_somebody_reads_keeps_nobody_from_working_and_is_swept_later(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, nobody could open a ledger meanwhile: each worker of a service ended, and none began again."""
    monkeypatch.setattr(sessions, "SWEPT_WITHIN_SECONDS", 1)
    monkeypatch.setattr("ledger.store.sqlite.files._BUSY_TIMEOUT_SECONDS", 1)
    with place.office() as ledger:
        erasure_id = proposed(ledger, two_people(ledger))
        approve(ledger, erasure_id, actor=SECOND)
    with read_for_long(place):
        with place.open() as ledger, pytest.raises(NotSwept):
            carry_out(ledger, erasure_id, actor=FIRST)
        with place.open() as ledger:
            ledger.handle(note(ledger, open_case(ledger)), actor=INTAKE)
            assert stands(ledger, erasure_id) == (True, False)
    with place.open() as ledger:
        assert stands(ledger, erasure_id) == (True, True)
        assert_clean(ledger)


def test_where_there_is_no_room_to_sweep_it_is_swept_later(tmp_path: Path) -> None:
    """Before, nobody could open a ledger until there was room for all of it once more."""
    place = place_in(tmp_path)
    with place.office() as ledger:
        erasure_id = proposed(ledger, two_people(ledger))
        approve(ledger, erasure_id, actor=SECOND)
    with place.open() as ledger:
        assert isinstance(ledger.store, SqliteLedgerStore)
        writer = ledger.store._writer
        writer.execute("PRAGMA auto_vacuum = FULL")  # written anew it has a page more
        with full(writer), pytest.raises(NotSwept, match=r"no room for ledger\.db"):
            carry_out(ledger, erasure_id, actor=FIRST)
        assert stands(ledger, erasure_id) == (True, False)
    with place.open() as ledger:
        assert stands(ledger, erasure_id) == (True, True)
        assert_clean(ledger)


def stands(ledger: Ledger, erasure_id: UUID) -> tuple[bool, bool]:
    """Whether it was begun, and carried out."""
    found = erasure_of(ledger, erasure_id)
    return bool(found.begun), bool(found.carried_out)
