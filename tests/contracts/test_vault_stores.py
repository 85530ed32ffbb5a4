"""What every vault store promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.store import Location, VaultStore, WrappedKey, open_vault_store
from ledger.store.postgres.vault import PostgresVaultStore
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.contracts.recorded import ADA, BOB, end_sessions
from tests.ledgers import Place
from tests.writer.office_work import on_the_vault

ANNA, BEN = b"\xaa" * 16, b"\xbb" * 16


def key(number: int, epoch: int = 1) -> WrappedKey:
    """A wrapped key."""
    wrapped = b"wrapped %d in epoch %d" % (number, epoch)
    return WrappedKey(bytes([number]) * 16, epoch, wrapped)


def key_id(number: int) -> bytes:
    """The id of that key."""
    return key(number).key_id


def key_of(vault: VaultStore, person_id: bytes, stream: str) -> WrappedKey | None:
    """The key of one person in one stream."""
    return vault.keys_for([(person_id, stream)]).get((person_id, stream))


def test_a_new_vault_holds_nothing(vault: VaultStore) -> None:
    assert vault.unassigned(10) == []
    assert list(vault.all_keys()) == []
    assert vault.assigned_upto() == 0
    assert vault.destroyed() == frozenset()
    assert key_of(vault, ANNA, ADA) is None
    assert vault.secret("command") is None


def test_keys_are_dealt_ahead_and_then_assigned(vault: VaultStore, location: Location) -> None:
    vault.deal([key(1), key(2), key(3)])
    assert vault.unassigned(2) == [key(1), key(2)]
    vault.assign([(key_id(1), ANNA, ADA), (key_id(3), ANNA, BOB)], upto_position=7)
    assert vault.unassigned(9) == [key(2)]
    assert key_of(vault, ANNA, ADA) == key(1)
    assert key_of(vault, ANNA, BOB) == key(3)
    assert key_of(vault, BEN, ADA) is None
    asked = [(ANNA, BOB), (BEN, ADA), (ANNA, ADA), (BEN, BOB)]
    assert vault.keys_for(asked) == {(ANNA, ADA): key(1), (ANNA, BOB): key(3)}
    assert vault.keys_for([]) == {}
    assert vault.assigned_upto() == 7
    owned = {key_id(1): (ANNA, ADA), key_id(2): (None, None)}
    assert vault.owners([key_id(1), key_id(2), key_id(9)]) == owned
    assert vault.wrapped([key_id(3), key_id(9)]) == {key_id(3): key(3)[1:]}
    assert list(vault.all_keys()) == [key(1), key(2), key(3)]
    vault.close()
    again = open_vault_store(location)
    assert (key_of(again, ANNA, ADA), again.assigned_upto()) == (key(1), 7)
    again.close()


@pytest.mark.parametrize("damage", ["DELETE FROM", "UPDATE"])
def test_a_vault_that_does_not_say_upto_where_its_keys_are_given_is_refused(
    vault: VaultStore, location: Location, damage: str
) -> None:
    assert vault.assigned_upto() == 0
    said = " SET value = 'many'" if damage == "UPDATE" else ""
    statement = f"{damage} {{}}meta{said} WHERE name = 'assigned_upto'"
    on_the_vault(Place(location, Path()), statement)
    with pytest.raises(IntegrityFailure, match="put it back from the latest backup"):
        vault.assigned_upto()


def test_a_key_that_is_forgotten_is_not_here_and_was_not_destroyed(vault: VaultStore) -> None:
    vault.deal([key(1), key(2), key(3)])
    vault.assign([(key_id(1), ANNA, ADA)], upto_position=1)
    vault.forget([key_id(1)])
    assert key_of(vault, ANNA, ADA) is None
    assert (list(vault.all_keys()), vault.destroyed()) == ([key(2), key(3)], frozenset())
    vault.assign([(key_id(2), ANNA, ADA)], upto_position=2)
    assert key_of(vault, ANNA, ADA) == key(2)


def test_an_assignment_may_be_repeated_and_never_goes_back(vault: VaultStore) -> None:
    vault.deal([key(1)])
    for position in (7, 5):
        vault.assign([(key_id(1), ANNA, ADA)], upto_position=position)
    vault.assign([], upto_position=6)
    assert vault.assigned_upto() == 7
    vault.assign([], upto_position=9)
    assert vault.assigned_upto() == 9


@pytest.mark.parametrize(
    "contradiction",
    [(key_id(1), BEN, ADA), (key_id(1), ANNA, BOB), (key_id(2), ANNA, ADA), (key_id(9), BEN, BOB)],
    ids=["another person", "another stream", "a second key", "a key that was never dealt"],
)
def test_an_assignment_that_contradicts_assigns_nothing(
    vault: VaultStore, contradiction: tuple[bytes, bytes, str]
) -> None:
    vault.deal([key(1), key(2), key(3)])
    vault.assign([(key_id(1), ANNA, ADA)], upto_position=1)
    with pytest.raises(IntegrityFailure):
        vault.assign([(key_id(3), BEN, ADA), contradiction], upto_position=2)
    assert vault.unassigned(9) == [key(2), key(3)]
    assert key_of(vault, ANNA, ADA) == key(1)
    assert vault.assigned_upto() == 1


def test_a_key_is_dealt_once(vault: VaultStore) -> None:
    vault.deal([key(1)])
    with pytest.raises(IntegrityFailure):
        vault.deal([key(2), key(1)])
    assert list(vault.all_keys()) == [key(1)]


def test_a_secret_is_never_put_in_the_place_of_another(vault: VaultStore) -> None:
    vault.keep_secret("command", 1, b"wrapped")
    vault.keep_secret("command", 1, b"wrapped")
    with pytest.raises(IntegrityFailure, match="another secret command"):
        vault.keep_secret("command", 1, b"other")
    assert vault.secret("command") == (1, b"wrapped")


def test_destroying_keys_wraps_the_survivors_anew(vault: VaultStore) -> None:
    vault.deal([key(1), key(2), key(3)])
    vault.assign([(key_id(1), ANNA, ADA), (key_id(2), BEN, ADA)], upto_position=2)
    vault.keep_secret("command", 1, b"old")
    survivors = [(each, wrapped) for each, _, wrapped in (key(2, 2), key(3, 2))]
    vault.rewrap(epoch=2, keys=survivors, secrets=[("command", b"new")], destroyed=[key_id(1)])
    assert list(vault.all_keys()) == [key(2, 2), key(3, 2)]
    assert key_of(vault, BEN, ADA) == key(2, 2)
    assert key_of(vault, ANNA, ADA) is None
    assert vault.wrapped([key_id(1)]) == {}
    assert vault.secret("command") == (2, b"new")
    assert vault.destroyed() == frozenset({key_id(1)})


def test_an_epoch_does_not_end_while_anything_is_wrapped_under_it(vault: VaultStore) -> None:
    vault.deal([key(1), key(2)])
    vault.keep_secret("command", 1, b"old")
    both, secret = [(key_id(1), b"1"), (key_id(2), b"2")], [("command", b"new")]
    with pytest.raises(LedgerUnavailable, match="nothing was changed"):
        vault.rewrap(epoch=2, keys=both[:1], secrets=secret, destroyed=[])
    with pytest.raises(LedgerUnavailable, match="nothing was changed"):
        vault.rewrap(epoch=2, keys=both, secrets=[], destroyed=[])
    with pytest.raises(IntegrityFailure, match="nothing was changed"):
        vault.rewrap(epoch=2, keys=both, secrets=secret, destroyed=[key_id(1)])
    assert list(vault.all_keys()) == [key(1), key(2)]
    assert vault.secret("command") == (1, b"old")
    assert vault.destroyed() == frozenset()


def test_many_survivors_are_wrapped_while_they_are_read(vault: VaultStore) -> None:
    keys = [WrappedKey(number.to_bytes(16, "big"), 1, b"old") for number in range(1, 12_001)]
    vault.deal(keys)
    renewed = ((each, b"new") for each, _, _ in vault.all_keys())
    vault.rewrap(epoch=2, keys=renewed, secrets=[], destroyed=[])
    assert all(each[1:] == (2, b"new") for each in vault.all_keys())


def test_a_vault_in_which_a_destroyed_key_is_back_is_refused(
    vault: VaultStore, location: Location
) -> None:
    vault.deal([key(1)])
    vault.rewrap(epoch=2, keys=[], secrets=[], destroyed=[key_id(1)])
    vault.deal([key(2, 2)])
    open_vault_store(location).close()
    vault.deal([key(1, 2)])
    with pytest.raises(IntegrityFailure, match="destroyed, so it is an older copy"):
        open_vault_store(location)


def test_no_byte_of_a_destroyed_key_stays_in_the_files(tmp_path: Path) -> None:
    vault = SqliteVaultStore.create(tmp_path)
    doomed = b"a wrapped key that shall be gone" * 2
    vault.deal([WrappedKey(key_id(1), 1, doomed), key(2)])
    vault.rewrap(epoch=2, keys=[(key_id(2), b"new")], secrets=[], destroyed=[key_id(1)])
    files = list(tmp_path.glob("vault.db*"))
    assert files
    assert not any(doomed in file.read_bytes() for file in files)
    vault.close()


def test_only_assignments_may_wait_for_their_durability(postgresql_url: str) -> None:
    vault = PostgresVaultStore.create(postgresql_url)
    vault.deal([key(1)])
    writer = vault._writing.connection()
    vault.assign([(key_id(1), ANNA, ADA)], upto_position=1)
    assert writer.execute("SHOW synchronous_commit").fetchone() == ("on",)
    vault.close()


def test_durable_writes_of_the_vault_reach_the_disk_and_assignments_the_file(
    tmp_path: Path,
) -> None:
    vault = SqliteVaultStore.create(tmp_path)
    full, normal = 2, 1
    assert vault._durable.execute("PRAGMA synchronous").fetchone() == (full,)
    assert vault._quick.execute("PRAGMA synchronous").fetchone() == (normal,)
    vault.close()


def test_a_key_that_is_assigned_elsewhere_meanwhile_is_refused(
    vault: VaultStore, location: Location
) -> None:
    vault.deal([key(1)])
    other = open_vault_store(location)
    assert other.unassigned(1) == vault.unassigned(1) == [key(1)]
    other.assign([(key_id(1), BEN, BOB)], upto_position=1)
    with pytest.raises(IntegrityFailure):
        vault.assign([(key_id(1), ANNA, ADA)], upto_position=1)
    assert key_of(vault, BEN, BOB) == key(1)
    other.close()


def test_a_closed_vault_says_so(vault: VaultStore) -> None:
    vault.close()
    with pytest.raises(LedgerUnavailable, match="closed"):
        vault.unassigned(1)
    with pytest.raises(LedgerUnavailable, match="closed"):
        vault.deal([key(1)])
    with pytest.raises(LedgerUnavailable, match="closed"):
        vault.secret("command")
    vault.close()


def test_while_survivors_are_wrapped_anew_on_postgresql_nobody_deals_a_key_that_they_would_lack(
    postgresql_url: str,
) -> None:
    vault = PostgresVaultStore.create(postgresql_url)
    vault.deal([key(1)])

    def survivors() -> Iterator[tuple[bytes, bytes]]:
        with (
            psycopg.connect(postgresql_url) as other,
            pytest.raises(psycopg.errors.LockNotAvailable),
        ):
            other.execute("LOCK TABLE vault.keys IN ROW EXCLUSIVE MODE NOWAIT")
        yield key_id(1), b"new"

    vault.rewrap(epoch=2, keys=survivors(), secrets=[], destroyed=[])
    assert list(vault.all_keys()) == [(key_id(1), 2, b"new")]
    vault.close()


def test_the_vault_on_postgresql_outlives_a_lost_connection(postgresql_url: str) -> None:
    vault = PostgresVaultStore.create(postgresql_url)
    vault.deal([key(1)])
    end_sessions(postgresql_url)
    vault.deal([key(2)])
    end_sessions(postgresql_url)
    assert vault.unassigned(9) == [key(1), key(2)]
    vault.close()
