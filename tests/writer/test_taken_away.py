"""What is taken away under a ledger or put back too old: nothing more is recorded that nobody could read again."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from ledger.errors import LedgerUnavailable, StartAgain
from ledger.evidence.verifying.recovering import go_on_without_keys
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from tests.ledgers import Place, place_in
from tests.writer.office_work import add_note, assert_clean, on_the_vault, open_case

_OF_BEFORE = ("DELETE FROM {0}keys", "UPDATE {0}meta SET value = '0' WHERE name = 'assigned_upto'")
"""What the vault of a ledger without entries is like."""


def take_the_vault_away(place: Place) -> None:
    """The vault of a closed ledger is gone."""
    if isinstance(place.location, Path):
        (place.location / "vault.db").unlink()
        return
    with psycopg.connect(place.location) as connection:
        connection.execute("DROP SCHEMA vault CASCADE")


def test_a_vault_that_is_gone_is_asked_for_and_no_other_is_made_in_its_place(place: Place) -> None:
    with place.office() as ledger:
        open_case(ledger)
    take_the_vault_away(place)
    for ask in (place.open, place.create, place.open):
        with pytest.raises(LedgerUnavailable, match="put it back from the latest backup"):
            ask()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ledger.db-wal", "nothing was recorded: start again"),
        ("ledger.db-shm", "nothing was recorded: start again"),
        ("vault.db-wal", "nothing was recorded: start again"),
        ("vault.db", "check that it is there"),
    ],
)
def test_once_a_file_is_taken_away_nothing_more_is_recorded_and_nothing_before_is_lost(
    tmp_path: Path, name: str, says: str
) -> None:
    place = place_in(tmp_path)
    file = tmp_path / "home" / name
    with place.office() as ledger:
        case_id = open_case(ledger)
        tip = ledger.store.tip()
        file.rename(tmp_path / "aside")
        with pytest.raises(LedgerUnavailable, match=says):
            add_note(ledger, case_id)
        assert ledger.store.tip() == tip
    if name == "vault.db":
        (tmp_path / "aside").rename(file)
    with place.open() as again:
        assert again.store.tip() == tip
        assert add_note(again, case_id).position == tip + 1
        assert_clean(again)


def test_a_ledger_whose_file_is_a_link_looks_for_its_log_where_the_file_lies(
    tmp_path: Path,
) -> None:
    place, disk = place_in(tmp_path), tmp_path / "disk"
    disk.mkdir()
    with place.office() as ledger:
        case_id = open_case(ledger)
    for name in ("ledger.db", "vault.db"):
        file = tmp_path / "home" / name
        file.rename(disk / name)
        file.symlink_to(disk / name)
    with place.open() as ledger:
        add_note(ledger, case_id)
        (disk / "ledger.db-wal").unlink()
        with pytest.raises(StartAgain):
            add_note(ledger, case_id)


def test_a_vault_from_before_the_entries_is_not_written_on_unless_it_is_all_there_is(
    place: Place,
) -> None:
    with place.office() as ledger:
        case_id = open_case(ledger)
        tip = ledger.store.tip()
    on_the_vault(place, *_OF_BEFORE)
    for _ in range(2):  # to have seen it does not mend it
        with place.open() as ledger:
            with pytest.raises(LedgerUnavailable, match="put back, or, if there is none"):
                add_note(ledger, case_id)
            assert [each.entry.version for each in ledger.read(f"case/{case_id}")]
    with place.open() as served, place.open() as ledger:
        go_on_without_keys(ledger)
        assert add_note(ledger, case_id).position == tip + 1
        with pytest.raises(StartAgain, match="is over"):
            add_note(served, case_id)
    with place.open() as ledger:
        assert add_note(ledger, case_id).position == tip + 2
        assert lost(ledger) == {"key-lost"}


def lost(ledger: Ledger) -> set[str]:
    """What verification finds wrong."""
    return {each.code for each in verify(ledger.store, ledger.vault).findings}
