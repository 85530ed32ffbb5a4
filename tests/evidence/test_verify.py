"""Verification finds what an attacker with the database's own tools has changed, and says where."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.evidence.verifying.examining import Finding
from ledger.evidence.verifying.verify import verify
from ledger.sealing.master_key import MasterKey
from ledger.sealing.slots import b64u
from ledger.sealing.vault import Vault
from ledger.sealing.wrapping import Wrapping
from ledger.store.sqlite.ledger import SqliteLedgerStore
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.contracts.recorded import run
from tests.evidence import by_the_book as book
from tests.evidence import trees_by_the_book as trees
from tests.evidence.altered import (
    AlteredStore,
    Copy,
    altered_office,
    copy,
    mixed_history,
    office,
    store_tip,
    without_triggers,
)
from tests.ledgers import Place, place_in
from tests.writer.office_work import add_note, open_case

__all__ = ["copy", "office"]


def test_a_ledger_of_all_kinds_of_entries_is_clean(copy: Copy) -> None:
    found = copy.verified()
    assert found.findings == []
    with closing(SqliteLedgerStore(copy.home)) as store:
        rows = store.entries(after=0, limit=10_000)
        sealed = store.sealed([row.position for row in rows])
    assert found.entries == len(rows) == store_tip(copy)
    assert found.streams == len({row.stream for row in rows})
    assert (found.sealed_parts, found.erased_parts) == (len(sealed), 0)
    leaves = [book.leaf(row.state.partition(b"\n")[0]) for row in rows]
    assert found.root == book.b64u(trees.log_root(leaves))
    topics = {row.topic for row in rows}
    assert {"CaseOpened", "CaseImported", "PersonalValuesRead", "CaseResolved"} <= topics


def test_on_postgresql_a_ledger_of_all_kinds_of_entries_is_clean(
    postgresql_url: str, tmp_path: Path
) -> None:
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger:
        mixed_history(ledger, place)
        found = verify(ledger.store, ledger.vault)
        assert found.findings == []
        assert found.entries == ledger.store.tip()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data(), st.integers(1, 255))
def test_a_flipped_byte_in_any_live_entry_is_found_at_its_place(
    office: Place, data: st.DataObject, change: int
) -> None:
    """Of an entry that another follows in its stream, or whose time is in its slots too: all but imported tails."""
    assert isinstance(office.location, Path)
    with closing(AlteredStore(office.location)) as store:
        rows = store.entries(after=0, limit=10_000)
        row = data.draw(st.sampled_from(rows))
        place = data.draw(st.integers(0, len(row.state) - 1))
        altered = row.state[:place] + bytes([row.state[place] ^ change]) + row.state[place + 1 :]
        key = MasterKey.read(office.master_key)
        with closing(Vault(SqliteVaultStore(office.location), key, store.ledger_id)) as vault:
            store.states = {row.position: altered}
            findings = verify(store, vault).findings
    last = max(each.position for each in rows if each.stream == row.stream)
    imported_tail = row.position == last and b'"batch"' in row.state
    if not (imported_tail and b'"recorded_at"' in row.state[max(0, place - 60) : place]):
        assert any(finding.position is not None for finding in findings), place
        assert min(each.position or 0 for each in findings) >= row.position - 1


def test_a_flipped_byte_of_a_line_is_found(copy: Copy) -> None:
    position, stream, version, state = copy.row("CaseOpened")
    at = state.index(b'"recorded_at":"20') + 17
    copy.put_state(position, state[:at] + b"9" + state[at + 1 :])
    assert ("time-altered", position) in copy.found()
    first = copy.verified().findings[0]
    assert (first.stream, first.version) == (stream, version)


def test_another_office_value_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("CaseRouted")
    copy.put_state(
        position, altered_office(state, lambda office: office["values"].update(team="RDW"))
    )
    assert copy.found() == [("content-altered", position)]


def test_an_entry_that_says_it_is_older_than_those_before_it_is_found(copy: Copy) -> None:
    """By its line, than the entry in front of it in the log; by its context, than the one in its stream."""
    position, *_, state = copy.row("CaseResolved")
    copy.put_state(position, state.replace(b'"recorded_at":"2', b'"recorded_at":"1', 1))
    assert ("time-goes-back", position) in copy.found()

    def known_before(office: Any) -> None:
        context = office["values"]["context"]
        context["known_at"] = "1" + context["known_at"][1:]

    copy.put_state(position, altered_office(state, known_before))
    assert ("known-goes-back", position) in copy.found()


def test_a_key_that_the_vault_gives_to_nobody_and_one_that_is_another_are_found(
    copy: Copy,
) -> None:
    """The first would be given to somebody else, and what the second sealed opens no more."""
    position, stream, *_ = copy.row("PartyRecorded")
    freed = "UPDATE keys SET person_id = NULL, stream = NULL WHERE stream = ?"
    copy.attack((freed, (stream,)), file="vault.db")
    assert copy.found() == [("key-misassigned", position)]
    with closing(SqliteLedgerStore(copy.home)) as store:
        (sealed,) = store.sealed([position])
        other = Wrapping(copy.master, store.ledger_id).wrap(sealed.key_id, bytes(32))
    copy.attack(
        ("UPDATE keys SET wrapped = ? WHERE key_id = ?", (other, sealed.key_id)), file="vault.db"
    )
    assert copy.found() == [("key-wrong", position)]


@pytest.mark.parametrize("name", ["actor", "context"])
def test_another_actor_or_context_is_found(copy: Copy, name: str) -> None:
    position, _, _, state = copy.row("CaseResolved")

    def change(office: dict[str, Any]) -> None:
        office["values"][name]["id" if name == "actor" else "basis"] = "somebody-else"

    copy.put_state(position, altered_office(state, change))
    assert copy.found() == [("content-altered", position)]


def test_another_seed_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("NoteAdded")
    copy.put_state(
        position, altered_office(state, lambda office: office.update(seed=b64u(bytes(16))))
    )
    assert copy.found() == [("content-altered", position)]


def test_a_personal_slot_passed_off_as_another_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("NoteAdded")

    def change(office: dict[str, Any]) -> None:
        office["sealed"]["words"] = office["sealed"].pop("text")

    copy.put_state(position, altered_office(state, change))
    assert copy.found() == [("content-altered", position)]


@pytest.mark.parametrize(
    "part", [b"", b"null", b"[]", b"{}", b'{"seed":7,"values":[],"sealed":{}}']
)
def test_an_office_part_that_is_none_is_found(copy: Copy, part: bytes) -> None:
    position, _, _, state = copy.row("NoteAdded")
    copy.put_state(position, state.partition(b"\n")[0] + b"\n" + part)
    assert ("office-unreadable", position) in copy.found()


def test_an_office_part_written_another_way_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("NoteAdded")
    line, office = book.split_state(state)
    copy.put_state(position, line + b"\n" + json.dumps(office).encode())
    assert copy.found() == [("office-not-canonical", position)]


def test_a_dropped_entry_in_the_middle_is_found(copy: Copy) -> None:
    position, *_ = copy.row("NoteAdded")
    copy.attack(("DELETE FROM entries WHERE rowid = ?", (position,)))
    found = copy.found()
    assert ("entry-missing", position + 1) in found
    assert ("sealed-unclaimed", position) in found


def test_a_dropped_entry_whose_neighbours_close_the_gap_is_found(copy: Copy) -> None:
    position, stream, version, _ = copy.row("ClockArmed")
    copy.attack(
        ("DELETE FROM entries WHERE rowid = ?", (position,)),
        ("UPDATE entries SET rowid = -rowid + 1 WHERE rowid > ?", (position,)),
        ("UPDATE entries SET rowid = -rowid WHERE rowid < 0", ()),
    )
    found = copy.verified().findings
    assert (
        Finding(
            "version-missing",
            f"Entry {position}: its stream is broken: version {version} should stand here.",
            position,
            stream,
            version + 1,
        )
        in found
    )


@pytest.mark.parametrize("place", [0, -7, -(2**63)])
def test_an_entry_before_the_first_position_is_found(copy: Copy, place: int) -> None:
    """No scan of the log comes by there, and the case shows it."""
    _, stream, *_ = copy.row("CaseResolved")
    statement = """
    INSERT INTO entries SELECT ?, originator_id, max(originator_version) + 1, topic, state
    FROM entries WHERE originator_id = ?
    """
    copy.attack((statement, (place, stream)))
    (finding,) = copy.verified().findings
    assert (finding.code, finding.stream) == ("stream-disagrees", stream)


def test_an_entry_that_the_index_of_streams_leaves_out_is_found(copy: Copy) -> None:
    """The log has it, and nobody who reads the case is shown it."""
    position, stream, *_ = copy.row("CaseResolved")
    schema = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = 'entries_by_stream'"
    kept = "SELECT * FROM entries WHERE rowid = ?"
    with without_triggers(copy.home / "ledger.db") as file:
        index, row = file.execute(schema).fetchone(), file.execute(kept, (position,)).fetchone()
        file.execute("DELETE FROM entries WHERE rowid = ?", (position,))
        file.execute("PRAGMA writable_schema = ON")
        file.execute("DELETE FROM sqlite_schema WHERE name = 'entries_by_stream'")
        file.execute("PRAGMA writable_schema = RESET")
        file.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row)
        file.execute("PRAGMA writable_schema = ON")
        file.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index)
        file.execute("PRAGMA writable_schema = RESET")
    (finding,) = copy.verified().findings
    assert (finding.code, finding.stream) == ("stream-disagrees", stream)


def test_on_postgresql_an_entry_that_the_index_of_streams_leaves_out_is_found(
    postgresql_url: str, tmp_path: Path
) -> None:
    switch = "UPDATE pg_index SET indisready = {} WHERE indexrelid = 'entries_by_stream'::regclass"
    with place_in(tmp_path, database=postgresql_url).office() as ledger:
        case_id = open_case(ledger)
        run(postgresql_url, switch.format(False))
        add_note(ledger, case_id)
        run(postgresql_url, switch.format(True))
        (finding,) = verify(ledger.store, ledger.vault).findings
    assert (finding.code, finding.stream) == ("stream-disagrees", f"case/{case_id}")


def test_a_dropped_last_entry_is_found_by_what_it_left_behind(copy: Copy) -> None:
    tip = store_tip(copy)
    copy.attack(("DELETE FROM entries WHERE rowid = ?", (tip,)))
    assert copy.found() == [("entry-missing", tip), ("sealed-unclaimed", tip)]


def test_sealed_parts_of_dropped_entries_are_found_where_they_still_lie(copy: Copy) -> None:
    first, *_ = copy.row("NoteAdded")
    last, *_ = copy.row("NoteAdded", last=True)
    tip = store_tip(copy)
    copy.attack(
        ("DELETE FROM entries WHERE rowid IN (?, ?)", (first, last)),
        ("INSERT INTO sealed VALUES (?, ?, ?)", (-3, bytes(16), b"\x01")),
        ("INSERT INTO sealed VALUES (?, ?, ?)", (tip + 9, bytes(16), b"\x01")),
        ("INSERT INTO sealed VALUES (?, ?, ?)", (tip + 10, bytes(16), b"\x01")),
    )
    found = [each for each in copy.verified().findings if each.code == "sealed-unclaimed"]
    assert [each.position for each in found] == [first, last, -3, tip + 9]
    assert found[-1].sentence == (
        f"At positions {tip + 9} to {tip + 10}: sealed parts lie there that no entry names."
    )


def test_states_swapped_between_two_entries_are_found(copy: Copy) -> None:
    one, _, _, first = copy.row("NoteAdded")
    other, _, _, second = copy.row("NoteAdded", last=True)
    copy.attack(
        ("UPDATE entries SET state = ? WHERE rowid = ?", (second, one)),
        ("UPDATE entries SET state = ? WHERE rowid = ?", (first, other)),
    )
    found = copy.found()
    assert ("columns-disagree", one) in found
    assert ("columns-disagree", other) in found


def test_positions_swapped_between_two_streams_are_found(copy: Copy) -> None:
    one, *_ = copy.row("NoteAdded")
    other, *_ = copy.row("NoteAdded", last=True)
    copy.attack(
        ("UPDATE entries SET rowid = -1 WHERE rowid = ?", (one,)),
        ("UPDATE entries SET rowid = ? WHERE rowid = ?", (one, other)),
        ("UPDATE entries SET rowid = ? WHERE rowid = -1", (other,)),
    )
    assert {position for _, position in copy.found()} >= {one, other}


def test_neighbours_of_two_streams_swapped_in_the_log_are_found(copy: Copy) -> None:
    """Both were recorded at one instant and seal nothing: only their command's reservation names the place."""
    with closing(SqliteLedgerStore(copy.home)) as store:
        rows = store.entries(after=0, limit=10_000)
    pulled = [row.position for row in rows if row.topic == "CasePulled"]
    one, other = next(pair for pair in pairwise(pulled) if pair[1] == pair[0] + 1)
    copy.attack(
        ("UPDATE entries SET rowid = -1 WHERE rowid = ?", (one,)),
        ("UPDATE entries SET rowid = ? WHERE rowid = ?", (one, other)),
        ("UPDATE entries SET rowid = ? WHERE rowid = -1", (other,)),
    )
    assert sorted(copy.found()) == [("command-misplaced", one), ("command-misplaced", other)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("topic", "CaseClosed"),
        ("originator_id", f"case/{UUID(int=5)}"),
        ("originator_version", 99),
    ],
)
def test_a_changed_column_is_found(copy: Copy, column: str, value: object) -> None:
    position, *_ = copy.row("CaseRouted")
    copy.attack((f"UPDATE entries SET {column} = ? WHERE rowid = ?", (value, position)))
    assert ("columns-disagree", position) in copy.found()


def test_without_the_master_key_all_is_found_but_what_only_opening_tells(copy: Copy) -> None:
    """An auditor has none; whose a key is, and whether it opens what it sealed, whoever has it finds."""
    position, stream, *_ = copy.row("PartyRecorded")
    copy.attack(
        ("UPDATE keys SET person_id = NULL, stream = NULL WHERE stream = ?", (stream,)),
        file="vault.db",
    )
    assert copy.found() == [("key-misassigned", position)]
    assert copy.found(shut=True) == []
    copy.attack(("UPDATE sealed SET blob = zeroblob(length(blob)) WHERE position = ?", (position,)))
    assert copy.found(shut=True) == [("sealed-altered", position)]
