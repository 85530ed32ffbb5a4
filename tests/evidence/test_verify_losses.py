"""Verification finds what was taken away, doubled or put elsewhere: sealed parts, keys, reservations, references."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ledger.evidence.verifying.verify import verify
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.store.sqlite.ledger import SqliteLedgerStore
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence.altered import Copy, altered_office, copy, office, store_tip
from tests.ledgers import Place, place_in

__all__ = ["copy", "office"]


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


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM keys",
        "UPDATE keys SET wrapped = zeroblob(60)",
        "UPDATE keys SET epoch = 0",
        "UPDATE keys SET epoch = 9",
        "UPDATE keys SET wrapped = x''",
    ],
)
def test_a_key_that_is_gone_or_does_not_open_without_a_recorded_erasure_is_a_loss(
    copy: Copy, damage: str
) -> None:
    position, *_ = copy.row("PartyRecorded")
    key_id = sealed_key(copy, position)
    copy.attack((f"{damage} WHERE key_id = ?", (key_id,)), file="vault.db")
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
    with place_in(tmp_path / "other").office_of_its_own() as other:
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
