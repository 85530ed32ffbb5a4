"""An office that signed three times, and what an insider does to its ledger."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.evidence.altered import without_triggers
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> SigningOffice:
    """An office that signed three times, with work in between and after."""
    found = SigningOffice(place_in(tmp_path_factory.mktemp("office")))
    with found.place.office():
        pass
    for cases in (3, 2, 4):
        found.works(cases)
        found.signs()
        found.clock.pass_by(minutes=3)
    found.works(1)
    return found


@pytest.fixture
def office(signed: SigningOffice, tmp_path: Path) -> SigningOffice:
    """A copy of it that an insider may do anything with."""
    return signed.copied_to(tmp_path)


def attack(office: SigningOffice, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Changes the ledger behind its back."""
    home = office.place.location
    assert isinstance(home, Path)
    with without_triggers(home / "ledger.db") as connection:
        for statement, values in statements:
            connection.execute(statement, values)


def rows_of(office: SigningOffice) -> list[tuple[int, str, int, str, bytes]]:
    """Every entry as it lies in the store."""
    home = office.place.location
    assert isinstance(home, Path)
    with closing(SqliteLedgerStore(home)) as store:
        return [row for chunk in store.scan() for row in chunk]
