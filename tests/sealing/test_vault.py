"""The vault: keys are dealt ahead, given once, destroyed for good, and found again after a loss of power."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.case.contact.contacts import NoteAdded
from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.facts import Concealed
from ledger.sealing.master_key import MasterKey
from ledger.sealing.reading import sealed_names
from ledger.sealing.vault import Vault
from tests.sealing.sealed_entries import (
    ADA,
    BOB,
    CASE,
    LEDGER,
    MeetingHeldInATest,
    SealingDesk,
    vault_in,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SealingDesk]:
    made = SealingDesk(tmp_path / "vault")
    yield made
    made.vault.close()


def key_count(vault: Vault) -> int:
    return sum(1 for _ in vault._store.all_keys())


def test_keys_are_dealt_a_thousand_at_a_time(desk: SealingDesk) -> None:
    assert key_count(desk.vault) == 0
    for number in range(1000):
        desk.vault.key_for(f"party/{number}", CASE)
    assert key_count(desk.vault) == 1000
    desk.vault.key_for("party/1000", CASE)
    assert key_count(desk.vault) == 2000


def behind(desk: SealingDesk, statement: str) -> None:
    """Changes the file of the vault behind its back."""
    with closing(sqlite3.connect(desk.folder / "vault.db", isolation_level=None)) as file:
        assert file.execute(statement).rowcount


@pytest.mark.parametrize("damage", ["wrapped = zeroblob(60)", "epoch = 9", "epoch = 0"])
def test_a_key_that_was_dealt_and_is_damaged_is_given_to_nobody_and_in_nobody_s_way(
    desk: SealingDesk, damage: str
) -> None:
    """Before, whoever was next in turn for it could not be recorded, as no case could be opened."""
    first = desk.vault.key_for(f"party/{ADA}", CASE)
    desk.vault.keep_assignments(tip=0)
    behind(desk, f"UPDATE keys SET {damage} WHERE person_id IS NULL")
    with closing(desk.reopened()) as again:
        given = again.key_for(f"party/{BOB}", CASE)
        again.keep_assignments(tip=0)
        again.destroy(frozenset({first.key_id}), successor=MasterKey.new(epoch=2))
        assert again.cipher(given.key_id) is not None
        assert again.damaged() == frozenset()


def test_a_vault_that_lacks_the_secret_by_which_it_knows_people_makes_no_other(
    desk: SealingDesk,
) -> None:
    """By another one nobody would be found again there, and an erasure would reach nothing of what is."""
    desk.note("kept")
    behind(desk, "DELETE FROM secrets WHERE name = 'person'")
    with pytest.raises(IntegrityFailure, match="lacks its secret person"):
        desk.reopened()


def test_a_person_keeps_the_one_key_of_a_stream(desk: SealingDesk) -> None:
    first = desk.vault.key_for(f"party/{ADA}", CASE)
    desk.vault.keep_assignments(tip=0)
    with closing(desk.reopened()) as again:
        assert again.key_for(f"party/{ADA}", CASE).key_id == first.key_id
    assert desk.vault.key_for(f"party/{BOB}", CASE).key_id != first.key_id


def test_a_key_given_for_what_was_not_recorded_is_given_to_nobody(desk: SealingDesk) -> None:
    desk.vault.key_for(f"party/{ADA}", CASE)
    desk.vault.abandon()
    desk.vault.begin()
    second = desk.vault.key_for(f"party/{BOB}", CASE)
    desk.vault.keep_assignments(tip=0)
    with closing(desk.reopened()) as again:
        assert again.key_for(f"party/{BOB}", CASE).key_id == second.key_id
        assert again.key_for(f"party/{ADA}", CASE).key_id != second.key_id


def test_a_destroyed_key_leaves_a_marker_and_the_parts_of_others_stay_readable(
    desk: SealingDesk,
) -> None:
    row = desk.seal(
        MeetingHeldInATest(
            first=ADA, second=BOB, words_of_first="mine", words_of_second="yours", minutes="ours"
        )
    )
    before = desk.read(row)
    ada = desk.vault.key_for(f"party/{ADA}", CASE).key_id
    desk.vault.destroy(frozenset({ada}), successor=MasterKey.new(epoch=2))
    after = desk.read(row)
    assert after.erased == {"words_of_first"}
    assert after.digest == before.digest
    assert after.entry.fact == before.entry.fact.model_copy(
        update={"words_of_first": Concealed.ERASED}
    )
    blobs = [blob for blob in desk.blobs[row.position] if desk.key_of(blob) != ada]
    assert desk.read(row, blobs) == after, "the blob itself may be deleted with its key"


def test_a_flipped_byte_is_found_without_keys_even_in_an_erased_part(desk: SealingDesk) -> None:
    row = desk.note("gone soon")
    (blob,) = desk.blobs[row.position]
    key_id = desk.key_of(blob)
    desk.vault.destroy(frozenset({key_id}), successor=MasterKey.new(epoch=2))
    assert desk.read(row).erased == {"text"}
    with pytest.raises(IntegrityFailure, match="is not the one that was recorded"):
        desk.read(row, [blob[:-1] + bytes([blob[-1] ^ 1])])


def test_destroying_wraps_the_survivors_anew_and_the_old_master_key_opens_nothing(
    desk: SealingDesk,
) -> None:
    kept, gone = desk.note("kept"), desk.note("gone", stream=f"party/{ADA}")
    digest = desk.vault.command_digest(b"body")
    destroyed = desk.key_of(desk.blobs[gone.position][0])
    successor = MasterKey.new(epoch=2)
    desk.vault.destroy(frozenset({destroyed}), successor=successor)
    assert {epoch for _, epoch, _ in desk.vault._store.all_keys()} == {2}
    with pytest.raises(LedgerUnavailable, match="master key"):
        desk.reopened()
    desk.vault.close()
    desk.vault = desk.reopened(successor)
    found = desk.read(kept).entry.fact
    assert isinstance(found, NoteAdded)
    assert found.text == "kept"
    assert desk.vault.command_digest(b"body") == digest
    assert desk.vault.destroyed() == {destroyed}
    assert not desk.vault.holds(destroyed)
    assert sealed_names(desk.blobs[gone.position][0], gone, LEDGER, desk.vault).names == []


def test_after_an_erasure_the_person_gets_another_key(desk: SealingDesk) -> None:
    before = desk.vault.key_for(CASE, CASE).key_id
    desk.vault.keep_assignments(tip=0)
    desk.vault.destroy(frozenset({before}), successor=MasterKey.new(epoch=2))
    after = desk.vault.key_for(CASE, CASE).key_id
    assert after != before
    assert key_count(desk.vault) == 999


def test_an_older_copy_of_the_vault_is_refused_by_its_epoch(
    desk: SealingDesk, tmp_path: Path
) -> None:
    desk.note("gone")
    copy = tmp_path / "older"
    copy.mkdir()
    desk.vault._store.close()
    (copy / "vault.db").write_bytes((desk.folder / "vault.db").read_bytes())
    desk.vault = desk.reopened()
    (blob,) = desk.blobs[1]
    successor = MasterKey.new(epoch=2)
    desk.vault.destroy(frozenset({desk.key_of(blob)}), successor=successor)
    with pytest.raises(LedgerUnavailable, match="master key"):
        vault_in(copy, successor, LEDGER)


def test_the_vault_of_another_ledger_does_not_open(desk: SealingDesk) -> None:
    with pytest.raises(
        LedgerUnavailable, match=r"^This master key does not open this vault: .*\.$"
    ):
        vault_in(desk.folder, desk.master, bytes(16))


def test_a_master_key_of_another_ledger_is_refused_in_one_sentence(desk: SealingDesk) -> None:
    with pytest.raises(
        LedgerUnavailable, match=r"^This master key does not open this vault: .*\.$"
    ):
        desk.reopened(MasterKey.new())


def test_a_master_key_file_is_for_its_owner_alone_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    for epoch in (1, 2):
        key = MasterKey.new(epoch)
        key.write(path)
        assert MasterKey.read(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["master.key"]


def test_the_former_master_key_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    """Whoever kept the file by another name, as an undelete does, finds no key in it after an erasure."""
    path = tmp_path / "master.key"
    key = MasterKey.new()
    key.write(path)
    (tmp_path / "kept").hardlink_to(path)
    key.successor().write(path)
    assert set((tmp_path / "kept").read_bytes()) == {0}


def test_of_several_who_make_a_master_key_one_does_and_nothing_else_is_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "master.key"
    first = MasterKey.new()
    assert [each.write_new(path) for each in (first, MasterKey.new())] == [True, False]
    assert MasterKey.read(path) == first
    assert [each.name for each in tmp_path.iterdir()] == ["master.key"]


def test_a_key_that_was_left_beside_is_taken_only_if_it_is_of_the_next_epoch(
    tmp_path: Path,
) -> None:
    path = tmp_path / "master.key"
    key = MasterKey.new(7)
    key.write(path)
    key.write_next(path)
    following = MasterKey.next_beside(path)
    assert following.epoch == 8
    assert MasterKey.next_beside(path) == following
    following.write(path)
    assert MasterKey.read(path) == following


def test_a_key_is_read_and_put_in_its_place_whatever_was_left_beside(tmp_path: Path) -> None:
    path, beside = tmp_path / "master.key", tmp_path / "master.key.next"
    key = MasterKey.new()
    key.write(path)
    beside.write_bytes(b"{")
    assert MasterKey.read_for(path, 1) == key
    MasterKey.new(2).write_next(path)
    following = key.successor()
    following.write(path)
    assert MasterKey.read_for(path, 2) == MasterKey.read(path) == following
    assert not beside.exists()


class Killed(Exception):
    """Somebody ends the process when a file is there and nothing stands in it yet."""


def _killed(*_: object) -> None:
    raise Killed


def test_the_key_of_the_next_epoch_is_written_once_since_it_may_be_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "master.key"
    key = MasterKey.new()
    key.write(path)
    following = key.successor()
    following.write_next(path)
    assert MasterKey.read_for(path, 1) == key
    assert MasterKey.read_for(path, 2) == following
    assert MasterKey.read(path) == key, (
        "whoever only reads leaves to the writer what the writer does"
    )
    monkeypatch.setattr("os.fdopen", _killed)
    following.write(path)
    assert MasterKey.read(path) == following


def test_whoever_is_killed_while_a_key_is_written_leaves_none_that_is_half_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "master.key"
    key = MasterKey.new()
    key.write(path)
    monkeypatch.setattr("os.fdopen", _killed)
    with pytest.raises(Killed):
        key.successor().write_next(path)
    assert not (tmp_path / "master.key.next").exists()
    assert MasterKey.read_for(path, 2) == key


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b'{"epoch":1}', b"\xff", b'{"epoch":1,"key":7}', b'{"epoch":1,"key":[]}',
        b'{"epoch":1,"key":"' + b"A" * 42 + b'"}', b'{"epoch":"1","key":"' + b"A" * 43 + b'"}',
    ],
)  # fmt: skip
def test_a_master_key_file_that_holds_none_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    with pytest.raises(LedgerUnavailable, match=r"master key cannot be read: .*\.$"):
        MasterKey.read(path)


def test_a_missing_master_key_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match=r"master key is missing: .*\.$"):
        MasterKey.read(tmp_path / "master.key")


@pytest.mark.parametrize("name", ["f3" * 32, '{"epoch":1,"key":"SECRET"}', "SECRET" * 60])
def test_a_key_that_is_given_as_its_own_file_is_not_told_on(tmp_path: Path, name: str) -> None:
    with pytest.raises(LedgerUnavailable) as refused:
        MasterKey.read(tmp_path / name)
    assert name not in str(refused.value)


def test_assignments_lost_with_the_power_are_read_again_from_the_entries(
    desk: SealingDesk,
) -> None:
    desk.vault.key_for(f"party/{ADA}", CASE)
    desk.vault.keep_assignments(tip=0)
    lost = desk.vault.key_for(f"party/{BOB}", CASE).key_id
    desk.vault.close()
    with closing(desk.reopened()) as again:
        again.assignments.recover(3, lambda after: [(lost, f"party/{BOB}", CASE)] * (after < 3))
        assert again.key_for(f"party/{BOB}", CASE).key_id == lost
        assert again._store.assigned_upto() == 3
    desk.vault = desk.reopened()
    desk.vault.assignments.recover(3, lambda _after: pytest.fail("all up to 3 is here"))
