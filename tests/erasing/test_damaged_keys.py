"""An erasure while a key of somebody else is damaged: nothing is begun, and what was begun keeps nobody out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest

from ledger.errors import KeysDamaged
from ledger.evidence.verifying.recovering import go_on_without_keys
from ledger.evidence.verifying.verify import verify
from ledger.personal.erasing import beginning_of, erasure_of
from ledger.registers.people.parties import GiveContact, RecordParty
from ledger.service import Ledger
from tests.erasing.house import (
    BOB,
    FIRST,
    SECOND,
    approve,
    carry_out,
    opened,
    proposed,
    two_people,
)
from tests.ledgers import INTAKE, Place, place_in
from tests.writer.office_work import assert_clean, note, on_the_vault, open_case

PUT = "UPDATE keys SET wrapped = ? WHERE key_id = ?"


class Damaged(NamedTuple):
    """An office in which an erasure is approved and a key of somebody else is damaged, which was `whole`."""

    place: Place
    erasure_id: UUID
    vault: Path
    whole: tuple[bytes, bytes]


@pytest.fixture
def damaged(tmp_path: Path) -> Damaged:
    place = place_in(tmp_path)
    with place.office() as ledger:
        people = two_people(ledger)
        erasure_id = proposed(ledger, people)
        approve(ledger, erasure_id, actor=SECOND)
        (his, *_) = ledger.vault.keys_of(f"party/{people.bob}")
    vault = tmp_path / "home" / "vault.db"
    with closing(sqlite3.connect(vault, isolation_level=None)) as file:
        (whole,) = file.execute("SELECT wrapped FROM keys WHERE key_id = ?", (his,)).fetchone()
        file.execute(PUT, (bytes(len(whole)), his))
    return Damaged(place, erasure_id, vault, (whole, his))


def test_nothing_is_erased_while_another_key_is_damaged_and_all_work_on(damaged: Damaged) -> None:
    """Before, it was begun, could not be finished, and nobody could open the ledger any more."""
    place, erasure_id, vault, whole = damaged
    with place.open() as ledger:
        with pytest.raises(KeysDamaged, match="1 are damaged"):
            carry_out(ledger, erasure_id, actor=FIRST)
        assert stands(ledger, erasure_id) == (False, False)
        ledger.handle(beginning_of(ledger, erasure_id), actor=FIRST)  # as it was begun before
    with place.open() as ledger:
        ledger.handle(note(ledger, open_case(ledger)), actor=INTAKE)
        assert stands(ledger, erasure_id) == (True, False)
    with closing(sqlite3.connect(vault, isolation_level=None)) as file:
        file.execute(PUT, whole)
    with place.open() as ledger:
        assert stands(ledger, erasure_id) == (True, True)
        assert_clean(ledger)


def test_without_a_damaged_key_that_no_backup_has_it_is_erased_and_what_is_lost_stays_named(
    damaged: Damaged,
) -> None:
    place, erasure_id, *_ = damaged
    with place.open() as ledger:
        go_on_without_keys(ledger)
        carry_out(ledger, erasure_id, actor=FIRST)
        assert stands(ledger, erasure_id) == (True, True)
        found = verify(ledger.store, ledger.vault).findings
    assert {each.code for each in found} == {"key-lost"}


def test_no_key_is_destroyed_that_the_vault_gives_to_the_wrong_person(place: Place) -> None:
    """Theirs was, before: whoever was to be erased stayed, was certified to be gone, and somebody else was lost."""
    with place.office() as ledger:
        people = two_people(ledger)
        own = [f"party/{people.ada}", f"party/{people.bob}"]
        hers, his = (key_of(ledger, each) for each in own)
        erasure_id = proposed(ledger, people)
        approve(ledger, erasure_id, actor=SECOND)
        exchange(place, hers, his)
        with pytest.raises(KeysDamaged, match="sealed at position"):
            carry_out(ledger, erasure_id, actor=FIRST)
        assert stands(ledger, erasure_id) == (False, False)
        found = verify(ledger.store, ledger.vault).findings
        assert [(each.code, each.stream) for each in found] == [
            ("key-misassigned", stream) for stream in own
        ]
        assert (
            verify(ledger.store, ledger.vault, location=place.location, cores=2).findings == found
        )
        exchange(place, hers, his)
        (of_nobody,) = ledger.vault._store.unassigned(1)
        exchange(place, hers, of_nobody.key_id)
        with pytest.raises(KeysDamaged, match="does not give its key to them"):
            carry_out(ledger, erasure_id, actor=FIRST)
        exchange(place, hers, of_nobody.key_id)
        carry_out(ledger, erasure_id, actor=FIRST)
        assert stands(ledger, erasure_id) == (True, True)
        assert_clean(ledger)
        assert BOB in opened(ledger, own[1])


def test_nobody_is_erased_while_the_index_of_the_vault_leaves_a_key_of_theirs_out(
    tmp_path: Path,
) -> None:
    """Sought by the index alone it stayed, and all it sealed, while the person was certified to be erased."""
    place = place_in(tmp_path)
    with place.office() as ledger:
        people = two_people(ledger)
        case = f"case/{people.her_case}"
        hers = ledger.vault.keys_of(f"party/{people.ada}")
    (key_id,) = (each for each, stream in hers.items() if stream == case)
    with closing(sqlite3.connect(tmp_path / "home" / "vault.db", isolation_level=None)) as file:
        put = "UPDATE keys SET person_id = ?, stream = ? WHERE key_id = ?"
        read = "SELECT person_id, stream FROM keys WHERE key_id = ?"
        owner = file.execute(read, (key_id,)).fetchone()
        file.execute(put, (None, None, key_id))
        without_index(file, "keys_by_person", put, (*owner, key_id))
    with place.open() as ledger:
        (found,) = verify(ledger.store, ledger.vault).findings
        assert (found.code, found.stream) == ("key-not-found", case)
        erasure_id = proposed(ledger, people)
        approve(ledger, erasure_id, actor=SECOND)
        with pytest.raises(KeysDamaged, match="index by which the vault finds keys is damaged"):
            carry_out(ledger, erasure_id, actor=FIRST)
        with closing(sqlite3.connect(tmp_path / "home" / "vault.db", isolation_level=None)) as file:
            file.execute("REINDEX keys_by_person")
        carry_out(ledger, erasure_id, actor=FIRST)
        assert not ledger.vault.holds(key_id)
        assert_clean(ledger)


def without_index(
    file: sqlite3.Connection, name: str, statement: str, values: tuple[object, ...]
) -> None:
    """Changes a table of which an index is not told."""
    schema = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?"
    index = file.execute(schema, (name,)).fetchone()
    file.execute("PRAGMA writable_schema = ON")
    file.execute("DELETE FROM sqlite_schema WHERE name = ?", (name,))
    file.execute("PRAGMA writable_schema = RESET")
    file.execute(statement, values)
    file.execute("PRAGMA writable_schema = ON")
    file.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index)
    file.execute("PRAGMA writable_schema = RESET")


def test_a_key_that_has_sealed_about_two_people_is_found_where_the_second_begins(
    tmp_path: Path,
) -> None:
    """As after a restore that gave it to the next one: whoever erased one of them would take the other with it."""
    place = place_in(tmp_path)
    with place.office() as ledger:
        first = f"party/{two_people(ledger).ada}"
        hers, third = key_of(ledger, first), ledger.new_id()
        given = ledger.vault._person(f"party/{third}")
    with closing(sqlite3.connect(tmp_path / "home" / "vault.db", isolation_level=None)) as file:
        again = "UPDATE keys SET person_id = ?, stream = ? WHERE key_id = ?"
        file.execute(again, (given, f"party/{third}", hers))
    with place.open() as ledger:
        ledger.handle(RecordParty(party_id=third, name="Cora"), actor=INTAKE)
        ledger.handle(GiveContact(party_id=third, name="Cora Third"), actor=INTAKE)
        found = verify(ledger.store, ledger.vault).findings
        assert [(each.code, each.stream, each.version) for each in found] == [
            ("key-shared", f"party/{third}", 1),
            ("key-misassigned", first, 1),
        ]
        assert (
            verify(ledger.store, ledger.vault, location=place.location, cores=2).findings == found
        )


def key_of(ledger: Ledger, subject: str) -> bytes:
    """The key of a person in their own stream."""
    keys = ledger.vault.keys_of(subject)
    return next(key_id for key_id, stream in keys.items() if stream == subject)


def exchange(place: Place, one: bytes, other: bytes) -> None:
    """Gives each of two keys to whom the vault gave the other."""
    written = "x'{}'" if isinstance(place.location, Path) else r"'\x{}'"
    both = ", ".join(written.format(each.hex()) for each in (one, other))
    on_the_vault(
        place,
        "CREATE TABLE {0}apart AS SELECT key_id, person_id, stream FROM {0}keys "
        f"WHERE key_id IN ({both})",
        "UPDATE {0}keys SET person_id = NULL, stream = NULL WHERE key_id IN (SELECT key_id FROM {0}apart)",
        """
        UPDATE {0}keys
        SET (person_id, stream) = (
            SELECT person_id, stream FROM {0}apart WHERE apart.key_id <> keys.key_id
        )
        WHERE key_id IN (SELECT key_id FROM {0}apart)
        """,
        "DROP TABLE {0}apart",
    )


def stands(ledger: Ledger, erasure_id: UUID) -> tuple[bool, bool]:
    """Whether it was begun, and carried out."""
    found = erasure_of(ledger, erasure_id)
    return bool(found.begun), bool(found.carried_out)
