"""A ledger and a vault of their own for each test, on every store there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store import (
    LedgerStore,
    Location,
    VaultStore,
    create_ledger_store,
    create_vault_store,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """An empty place for a ledger: a home folder, then a database."""
    if request.param == "sqlite":
        return tmp_path / "home"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def ledger(location: Location) -> Iterator[LedgerStore]:
    """A new, empty ledger at `location`."""
    store = create_ledger_store(location)
    yield store
    store.close()


@pytest.fixture
def vault(location: Location) -> Iterator[VaultStore]:
    """A new vault without keys at `location`."""
    store = create_vault_store(location)
    yield store
    store.close()
