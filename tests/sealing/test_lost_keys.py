"""Keys that are not here: what they sealed is told as lost, unless it was erased, and opens once they are back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.facts import Concealed
from ledger.sealing.master_key import MasterKey
from ledger.sealing.reading import verified_entry
from ledger.sealing.vault import Vault
from ledger.store import StoredRow
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence.made_up import registry_kept
from tests.sealing.sealed_entries import ADA, BOB, LEDGER, MeetingHeldInATest, SealingDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SealingDesk]:
    made = SealingDesk(tmp_path / "vault")
    yield made
    made.vault.close()


@pytest.fixture
def restored(desk: SealingDesk, tmp_path: Path) -> Iterator[Vault]:
    """The vault as it was before any key was dealt: it came from a backup."""
    (tmp_path / "restored").mkdir()
    store = SqliteVaultStore.create(tmp_path / "restored")
    with closing(Vault(store, desk.master, LEDGER)) as found:
        yield found


@pytest.fixture
def met(desk: SealingDesk) -> StoredRow:
    """An entry of a meeting, with words of each of two people and minutes of their case."""
    return desk.seal(
        MeetingHeldInATest(
            first=ADA, second=BOB, words_of_first="mine", words_of_second="yours", minutes="ours"
        )
    )


def told(desk: SealingDesk, row: StoredRow, vault: Vault) -> list[object]:
    """What is told of the words and of the minutes by what a vault holds."""
    with registry_kept(MeetingHeldInATest):
        found = verified_entry(row, LEDGER, blobs=desk.blobs[row.position], vault=vault)
    fact = found.entry.fact
    assert isinstance(fact, MeetingHeldInATest)
    return [fact.words_of_first, fact.words_of_second, fact.minutes]


def test_what_a_lost_key_sealed_is_not_told_to_be_erased(
    desk: SealingDesk, restored: Vault, met: StoredRow
) -> None:
    """It opens again with the right vault, which is to be put back: what is erased nobody looks for."""
    assert told(desk, met, restored) == [Concealed.LOST] * 3
    assert told(desk, met, desk.vault) == ["mine", "yours", "ours"]


def test_where_one_key_of_an_entry_was_destroyed_no_other_is_told_to_be_lost(
    desk: SealingDesk, restored: Vault, met: StoredRow
) -> None:
    destroyed = frozenset({desk.vault.key_for(f"party/{ADA}", met.stream).key_id})
    restored.destroy(destroyed, successor=MasterKey.new(epoch=2))
    assert told(desk, met, restored) == [Concealed.ERASED] * 3


def test_a_key_that_another_process_dealt_after_the_first_look_is_here(desk: SealingDesk) -> None:
    """Whoever verifies beside a service would otherwise find keys missing that were dealt meanwhile."""
    with closing(desk.reopened()) as beside:
        assert beside.held() == frozenset()
        dealt = desk.vault.key_for(f"party/{ADA}", f"party/{ADA}").key_id
        assert beside.holds(dealt)
        assert not beside.holds(bytes(16))
