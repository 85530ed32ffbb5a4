"""Verification finds what an attacker with the database's own tools has changed, and says where."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.case.contact import AddNote, LogContact
from ledger.case.history import ImportCase, ImportedStep
from ledger.case.intake import OpenCase
from ledger.case.outcome import ResolveCase
from ledger.case.pulling import PullCase
from ledger.commands import Request
from ledger.evidence.slots import b64u
from ledger.evidence.vault import MasterKey, Vault
from ledger.evidence.verify import Finding, Verification, verify
from ledger.ids import derived_uuid
from ledger.registers.parties import RecordParty
from ledger.service import Ledger
from ledger.store.sqlite import SqliteLedgerStore
from ledger.store.sqlite_vault import SqliteVaultStore
from tests.evidence import by_the_book as book
from tests.evidence import trees_by_the_book as trees
from tests.ledgers import FORM, INTAKE, OPENS_AT, Place, place_in

TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def mixed_history(ledger: Ledger, place: Place) -> None:
    """Cases of our own and of another system, a party, refusals, readings of personal data."""
    requester = ledger.new_id()
    ledger.handle(RecordParty(party_id=requester, name="Élise Doe"), actor=FORM)
    cases = [ledger.new_id() for _ in range(6)]
    for case_id in cases:
        place.clock.pass_by(minutes=7)
        opened = OpenCase(
            case_id=case_id,
            channel="phone",
            request_type="GEN-ENQ",
            requester=requester,
            answers={"name": "Élise Doe", "description": "Il neige encore."},
        )
        ledger.handle(opened, actor=FORM, command_id=derived_uuid(OPENS_AT, str(case_id)))
        note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="called back, no answer")
        ledger.handle_all([Request(note, INTAKE)])
    pull = PullCase(case_ids=tuple(cases), team="INT", owner="I-02")
    ledger.handle_all([Request(pull, INTAKE)] * 20)
    for case_id in cases[:2]:
        place.clock.pass_by(hours=1)
        contact = LogContact(
            case_id=case_id,
            contact_id=ledger.new_id(),
            direction="outbound",
            channel="phone",
            kinds=("chase",),
            words="All is well.",
        )
        ledger.handle(contact, actor=INTAKE)
        ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=INTAKE)
    ledger.handle(imported_case(ledger), actor=FORM)
    ledger.read_opened(f"case/{cases[0]}", actor=INTAKE, purpose="complaint")


def imported_case(ledger: Ledger) -> ImportCase:
    """A case of another system, of years ago."""
    began = OPENS_AT - timedelta(days=4000)
    return ImportCase(
        case_id=derived_uuid(began, "import", "old", "17"),
        batch=derived_uuid(began, "batch"),
        source="old",
        external_id="17",
        channel="Balie",
        channel_family="walk_in",
        received_at=began,
        deadline_at=began + timedelta(days=10),
        ended_at=began + timedelta(days=12),
        team="Groep 1",
        steps=tuple(
            ImportedStep(
                at=began + timedelta(days=number),
                activity=f"stap {number}",
                actor=ledger.pseudonym("old", f"Resource{number}"),
                takes_over=True,
                rows=(number,),
            )
            for number in range(1, 4)
        ),
    )


@dataclass(frozen=True)
class Copy:
    """A copy of the office's home that an attacker may do anything with."""

    home: Path
    master: MasterKey

    def attack(self, *statements: tuple[str, tuple[Any, ...]], file: str = "ledger.db") -> None:
        """Changes the file behind the ledger's back: triggers dropped before, put back after."""
        with closing(sqlite3.connect(self.home / file, isolation_level=None)) as connection:
            triggers = connection.execute(TRIGGERS).fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement, values in statements:
                changed = connection.execute(statement, values).rowcount
                assert changed > 0, statement
            for _, trigger in triggers:
                connection.execute(trigger)

    def row(self, topic: str, *, last: bool = False) -> tuple[int, str, int, bytes]:
        """Position, stream, version and state of the first entry of a topic, or the last."""
        order = "DESC" if last else "ASC"
        statement = f"""
        SELECT rowid, originator_id, originator_version, state
        FROM entries WHERE topic = ? ORDER BY rowid {order} LIMIT 1
        """
        with closing(sqlite3.connect(self.home / "ledger.db")) as connection:
            return connection.execute(statement, (topic,)).fetchone()

    def put_state(self, position: int, state: bytes) -> None:
        """Puts another state in an entry's place."""
        self.attack(("UPDATE entries SET state = ? WHERE rowid = ?", (state, position)))

    def verified(self) -> Verification:
        """What verification says of the copy."""
        with (
            closing(SqliteLedgerStore(self.home)) as store,
            closing(Vault(SqliteVaultStore(self.home), self.master, store.ledger_id)) as vault,
        ):
            return verify(store, vault)

    def found(self) -> list[tuple[str, int | None]]:
        """The code and position of each finding; each has its sentence."""
        findings = self.verified().findings
        for finding in findings:
            assert finding.sentence.endswith("."), finding
            assert str(finding.position) in finding.sentence
            assert len(finding.sentence) > 20
        return [(finding.code, finding.position) for finding in findings]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = place_in(tmp_path_factory.mktemp("office"))
    with place.office() as ledger:
        mixed_history(ledger, place)
        assert verify(ledger.store, ledger.vault).findings == []
    return place


@pytest.fixture
def copy(office: Place, tmp_path: Path) -> Copy:
    assert isinstance(office.location, Path)
    shutil.copytree(office.location, tmp_path / "home")
    return Copy(tmp_path / "home", MasterKey.read(office.master_key))


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


def store_tip(copy: Copy) -> int:
    with closing(SqliteLedgerStore(copy.home)) as store:
        return store.tip()


def test_on_postgresql_a_ledger_of_all_kinds_of_entries_is_clean(
    postgresql_url: str, tmp_path: Path
) -> None:
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger:
        mixed_history(ledger, place)
        found = verify(ledger.store, ledger.vault)
        assert found.findings == []
        assert found.entries == ledger.store.tip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
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


class AlteredStore(SqliteLedgerStore):
    """The store of a home in whose file some states are other bytes."""

    states: dict[int, bytes]

    def scan(
        self, *, after: int = 0, upto: int | None = None, chunk: int = 10_000
    ) -> Iterator[list[tuple[int, str, int, str, bytes]]]:
        for rows in super().scan(after=after, upto=upto, chunk=chunk):
            yield [(*row[:4], self.states.get(row[0], row[4])) for row in rows]


def altered_office(state: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The state with its office part changed, canonical again."""
    line, office = book.split_state(state)
    change(office)
    return line + b"\n" + book.canonical(office)


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


def test_a_flipped_byte_of_a_sealed_part_is_found_without_opening_it(copy: Copy) -> None:
    position, *_ = copy.row("NoteAdded")
    statement = """
    UPDATE sealed SET blob = CAST(substr(blob, 1, 40) || x'00' || substr(blob, 42) AS BLOB)
    WHERE position = ?
    """
    copy.attack((statement, (position,)))
    assert copy.found() == [("sealed-altered", position)]


def test_a_deleted_sealed_part_whose_key_lives_is_a_loss(copy: Copy) -> None:
    position, *_ = copy.row("NoteAdded")
    copy.attack(("DELETE FROM sealed WHERE position = ?", (position,)))
    assert copy.found() == [("sealed-lost", position)]


def test_a_sealed_part_that_no_entry_names_is_found(copy: Copy) -> None:
    position, *_ = copy.row("CaseRouted")
    copy.attack(("INSERT INTO sealed VALUES (?, ?, ?)", (position, bytes(16), b"\x01")))
    assert copy.found() == [("sealed-unclaimed", position)]


def test_a_deleted_key_without_a_recorded_erasure_is_a_loss(copy: Copy) -> None:
    position, *_ = copy.row("PartyRecorded")
    key_id = sealed_key(copy, position)
    copy.attack(("DELETE FROM keys WHERE key_id = ?", (key_id,)), file="vault.db")
    found = copy.found()
    assert ("key-lost", position) in found
    assert {code for code, _ in found} == {"key-lost"}


def test_a_destroyed_key_is_told_from_a_lost_one_and_asks_for_the_entry_that_says_why(
    copy: Copy,
) -> None:
    position, *_ = copy.row("PartyRecorded")
    key_id = sealed_key(copy, position)
    successor = MasterKey.new(epoch=copy.master.epoch + 1)
    with (
        closing(SqliteLedgerStore(copy.home)) as store,
        closing(Vault(SqliteVaultStore(copy.home), copy.master, store.ledger_id)) as vault,
    ):
        vault.destroy(frozenset({key_id}), successor=successor)
    for attack in ((), (("DELETE FROM sealed WHERE key_id = ?", (key_id,)),)):
        copy.attack(*attack)
        after = Copy(copy.home, successor).verified()
        assert ([each.code for each in after.findings], after.erased_parts) == (
            ["erasure-unrecorded"], 1
        )  # fmt: skip


def sealed_key(copy: Copy, position: int) -> bytes:
    with closing(SqliteLedgerStore(copy.home)) as store:
        (sealed,) = store.sealed([position])
    return sealed.key_id


def test_a_removed_reservation_is_found(copy: Copy) -> None:
    position, *_ = copy.row("NoteAdded")
    copy.attack(("DELETE FROM reservations WHERE position = ?", (position,)))
    assert copy.found() == [("reservation-lost", position)]


def test_a_removed_reference_is_found(copy: Copy) -> None:
    """Somebody else could be given the reference, and the case is found by it no more."""
    position, *_ = copy.row("CaseRouted")
    statement = "DELETE FROM reservations WHERE position = ? AND substr(key, 1, 1) = x'72'"
    copy.attack((statement, (position,)))
    assert copy.found() == [("reservation-lost", position)]


def test_a_reservation_that_names_another_entry_is_found(copy: Copy) -> None:
    position, *_ = copy.row("NoteAdded")
    copy.attack(("UPDATE reservations SET position = 1 WHERE position = ?", (position,)))
    assert copy.found() == [("command-misplaced", position)]


def test_a_reservation_that_no_entry_made_is_found(copy: Copy) -> None:
    tip = store_tip(copy)
    copy.attack(("INSERT INTO reservations VALUES (?, 1)", (b"c" + bytes(16),)))
    assert copy.found() == [("reservation-unclaimed", tip)]


def test_a_cited_policy_that_was_never_published_is_found(copy: Copy, tmp_path: Path) -> None:
    """The attacker swaps the published policy for another: every decision after it cites one that is not there."""
    position, _, _, state = copy.row("PolicyPublished")
    copy.put_state(
        position, altered_office(state, lambda office: office["values"].update(digest="0" * 64))
    )
    found = copy.found()
    assert ("content-altered", position) in found
    routed, *_ = copy.row("CaseRouted")
    assert ("policy-unknown", routed) in found


def test_an_entry_of_another_ledger_is_found(copy: Copy, tmp_path: Path) -> None:
    with place_in(tmp_path / "other").office() as other:
        foreign = other.store.entries(after=0, limit=1)[0]
    position, stream, _, _ = copy.row("PolicyPublished")
    copy.attack(
        ("UPDATE entries SET state = ? WHERE rowid = ?", (foreign.state, position)),
    )
    assert ("other-ledger", position) in copy.found()
    assert stream != foreign.stream


def test_progress_is_told_up_to_the_end(office: Place) -> None:
    told: list[tuple[int, int]] = []
    with office.open() as ledger:
        verify(ledger.store, ledger.vault, progress=lambda done, total: told.append((done, total)))
        assert told[-1] == (ledger.store.tip(), ledger.store.tip())
