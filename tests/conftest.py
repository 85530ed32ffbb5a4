"""What every test may ask for: a PostgreSQL database of its own, and laws tried the same way, all of it in memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ledger.service import Ledger
from tests.in_memory import use_memory
from tests.ledgers import Place, place_in
from tests.patience import be_patient
from tests.servers.postgresql import PostgresqlServer, running

use_memory(os.environ)
be_patient()
UNHURRIED = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same", UNHURRIED, derandomize=True)
settings.register_profile("anew", UNHURRIED)
settings.register_profile("soak", UNHURRIED, max_examples=2_000)
settings.load_profile("the same")
_MADE_BEFORE_RUBBISH_IS_SOUGHT = 10_000


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The tests themselves stay until all of them are over: looking for rubbish among them was a tenth of the run.

    Nor is it looked for after every few hundred objects, which was a twentieth: a test ends within seconds.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_MADE_BEFORE_RUBBISH_IS_SOUGHT)
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


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for a ledger: a home folder, then a database."""
    if request.param == "sqlite":
        return place_in(tmp_path)
    return place_in(tmp_path, database=request.getfixturevalue("postgresql_url"))


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """The office's ledger at a place, its policy published."""
    with place.office() as office:
        yield office
