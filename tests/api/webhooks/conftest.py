"""An office that tells, and somebody who receives, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.webhooks.office import Told, telling
from tests.api.webhooks.receiving import Receiver, receiving
from tests.ledgers import place_in


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with telling(place_in(tmp_path)) as office:
        yield office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
