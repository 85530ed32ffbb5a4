"""The process that projects beside the service: it works on, whoever waited for it to begin."""

from __future__ import annotations

from multiprocessing import Pipe
from pathlib import Path

import psycopg
import pytest

from api.projecting import beside
from api.projecting.beside import projecting_beside, tell_begun
from projections.views import Views
from tests.api.http.processes import wait_until
from tests.ledgers import place_in
from tests.patience import LIMIT_SECONDS, WITHIN_SECONDS


def test_who_began_after_nobody_waited_any_more_works_on() -> None:
    """Views that are made anew take longer than is waited: in a fresh process that ended it, with a broken pipe."""
    waits, begun = Pipe(duplex=False)
    waits.close()
    tell_begun(begun)
    assert begun.closed


def test_who_waits_for_it_is_told() -> None:
    waits, begun = Pipe(duplex=False)
    tell_begun(begun)
    with waits:
        assert waits.poll(0)
        assert waits.recv() is None


def test_nobody_waits_until_the_views_are_made(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, a service whose views were gone answered nobody for half a minute, not even whether it lives."""
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger, Views.open(postgresql_url) as views:
        tip = ledger.store.tip()
        monkeypatch.setenv("CASELEDGER_DATABASE_URL", postgresql_url)
        monkeypatch.setattr(beside, "_BEGINS_WITHIN_SECONDS", WITHIN_SECONDS)
        with psycopg.connect(postgresql_url) as holding:
            # Whoever waits for the views waits until the server ends this session, and with it what holds them up.
            holding.execute(
                f"SET idle_in_transaction_session_timeout = '{LIMIT_SECONDS}s'".encode()
            )
            holding.execute("LOCK TABLE views.checkpoints IN EXCLUSIVE MODE")
            with projecting_beside():
                assert views.position() == 0
                holding.rollback()
                wait_until(lambda: views.position() == tip)
