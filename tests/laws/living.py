"""A ledger that lives through any history, on each database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from ledger.service import Ledger
from ledger.store import Location
from tests.laws.histories import lived
from tests.laws.steps import Step
from tests.ledgers import HandClock

fewer = settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql")])
def database(request: pytest.FixtureRequest) -> str | None:
    """None for a home folder, else the URL of a database that each example empties."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgresql_url")
    return url


@contextmanager
def living(
    story: Sequence[Step], database: str | None
) -> Iterator[tuple[Ledger, HandClock, Location]]:
    """A ledger with this history, and where its views may lie."""
    if database is not None:
        with psycopg.connect(database, autocommit=True) as session:
            for schema in ("ledger", "vault", "views"):
                session.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
    with lived(story, database=database) as (ledger, place, clock):
        yield ledger, clock, place.location
