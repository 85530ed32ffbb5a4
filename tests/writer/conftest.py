"""An office's ledger for each test, on every store there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.service import Ledger
from tests.ledgers import Place, place_in


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for a ledger: a home folder, then a database."""
    if request.param == "sqlite":
        return place_in(tmp_path)
    return place_in(tmp_path, database=request.getfixturevalue("postgresql_url"))


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """The office's ledger, its policy published."""
    with place.office() as office:
        yield office
