"""The department's months, lived once for all of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.department.living import Lived, lived


@pytest.fixture(scope="session")
def quarter(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Lived]:
    """A quarter of winter and spring."""
    base = tmp_path_factory.getbasetemp()
    folder: Path = base if worker_id == "master" else base.parent
    with lived(folder / "department" / "home", months=3, cases=150) as found:
        yield found
