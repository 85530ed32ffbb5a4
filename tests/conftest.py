"""What every test may ask for: a PostgreSQL database of its own, and laws tried the same way, all of it in memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.in_memory import use_memory
from tests.servers.postgresql import PostgresqlServer, running

use_memory(os.environ)
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The tests themselves stay until all of them are over: looking for rubbish among them was a tenth of the run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresqlServer]:
    """The PostgreSQL server of this test process."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes are kept as they were made the first time: each test begins with a copy."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture
def postgresql_url(server: PostgresqlServer) -> Iterator[str]:
    """A new, empty database, dropped after the test."""
    with server.database() as url:
        yield url
