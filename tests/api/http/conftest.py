"""A served office for each test module: tests arrive at states through the interface, each with cases of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.http.issuer import Issuer, issuing
from tests.api.http.served import Served, serving
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office served from embedded stores."""
    folder: Path = tmp_path_factory.mktemp("served")
    with serving(place_in(folder)) as served:
        yield served


@pytest.fixture(scope="module")
def shared() -> Iterator[Issuer]:
    """The issuer of tokens that all tests of a module share."""
    with issuing() as found:
        yield found
