"""What every store keeps beside its log: signed heads, places of lost entries, and parts that an erasure takes."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from ledger.store import Batch, LedgerStore, Location
from ledger.store.interface import SignedHead
from tests.contracts.recorded import BOB, all_rows, batch, row, run, sealed

REFUSED = (sqlite3.IntegrityError, psycopg.DatabaseError)
DIGESTS = [b"\x01" * 32, b"\x02" * 32]


def kept(ledger: LedgerStore, *heads: tuple[int, int]) -> None:
    """Keeps notes over so many entries that so many witnesses have cosigned."""
    for size, cosignatures in heads:
        ledger.keep_checkpoint(SignedHead(size, cosignatures, f"{size} by {cosignatures}"))


def test_signed_heads_are_told_by_size_and_as_signed_before_as_cosigned(
    ledger: LedgerStore,
) -> None:
    assert list(ledger.checkpoints()) == []
    kept(ledger, (7, 0), (1, 2), (7, 1), (1, 0))
    told = [(each.size, each.cosignatures) for each in ledger.checkpoints()]
    assert told == [(1, 0), (1, 2), (7, 0), (7, 1)]
    assert [each.note for each in ledger.checkpoints(after=1)] == ["7 by 0", "7 by 1"]
    assert list(ledger.checkpoints(after=7)) == []


def test_the_newest_signed_head_is_the_largest_that_enough_witnesses_have_cosigned(
    ledger: LedgerStore,
) -> None:
    assert ledger.newest_checkpoint() is None
    kept(ledger, (3, 2), (5, 1), (7, 0), (5, 0))
    newest = [ledger.newest_checkpoint(cosignatures=so_many) for so_many in range(4)]
    assert [each and each.note for each in newest] == ["7 by 0", "5 by 1", "3 by 2", None]
    kept(ledger, (7, 2))
    assert ledger.newest_checkpoint() == SignedHead(7, 2, "7 by 2")


def test_a_signed_head_that_is_kept_is_never_another_one(
    ledger: LedgerStore, location: Location
) -> None:
    kept(ledger, (3, 0))
    ledger.keep_checkpoint(SignedHead(3, 0, "another"))
    for statement in ("UPDATE checkpoints SET note = 'another'", "DELETE FROM checkpoints"):
        with pytest.raises(REFUSED, match="never"):
            run(location, statement)
    assert list(ledger.checkpoints()) == [SignedHead(3, 0, "3 by 0")]


def test_after_what_is_lost_the_log_goes_on_at_the_next_position(
    ledger: LedgerStore, location: Location
) -> None:
    ledger.append(batch(1), expected_tip=0)
    ledger.lose(DIGESTS)
    assert (ledger.tip(), ledger.lost()) == (3, [(2, DIGESTS[0]), (3, DIGESTS[1])])
    assert (ledger.lost(after=2), ledger.lost(upto=2)) == ([(3, DIGESTS[1])], [(2, DIGESTS[0])])
    assert not ledger.append(batch(2, stream=BOB), expected_tip=1)
    assert ledger.append(batch(4, stream=BOB), expected_tip=3)
    ledger.lose(DIGESTS[:1])
    assert (ledger.tip(), [place for place, _ in ledger.lost()]) == (5, [2, 3, 5])
    for statement in ("UPDATE lost SET digest = digest", "DELETE FROM lost"):
        with pytest.raises(REFUSED, match="never"):
            run(location, statement)
    assert all_rows(ledger) == [row(1), row(4, BOB)]


def test_an_erasure_takes_the_parts_it_names_and_no_other(ledger: LedgerStore) -> None:
    parts = (sealed(1), sealed(1, key=2), sealed(2), sealed(2, key=2))
    ledger.append(Batch((row(1), row(2)), parts), expected_tip=0)
    ledger.erase_sealed([(1, parts[0].key_id), (2, parts[3].key_id), (9, parts[0].key_id)])
    assert ledger.sealed([1, 2]) == [parts[1], parts[2]]
    ledger.erase_sealed([(1, parts[0].key_id)])
    assert ledger.sealed([1, 2]) == [parts[1], parts[2]]
