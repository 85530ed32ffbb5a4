"""A desk at which entries are sealed, for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sealing.sealed_entries import SealingDesk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SealingDesk]:
    """It seals under a vault of its own."""
    made = SealingDesk(tmp_path_factory.mktemp("vault"))
    yield made
    made.vault.close()
