"""One office for the tests of releases, signed once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ledgers import place_in
from tests.releases.offices import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with its policy, in which each test makes the cases that it needs."""
    place = place_in(tmp_path_factory.mktemp("office"))
    with place.office() as ledger:
        yield Office(ledger, place)
