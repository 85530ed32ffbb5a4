"""The process that projects beside the service: it works on, whoever waited for it to begin."""

from __future__ import annotations

import os
from multiprocessing import Pipe, active_children
from pathlib import Path
from signal import SIGKILL

import psycopg
import pytest

from api.projecting import beside
from api.projecting.beside import projecting_beside, tell_begun
from api.projecting.projector import Projector
from ledger.case.intake.opening import OpenCase
from ledger.store import turn_at
from projections.views import Views
from tests.api.http.processes import wait_until
from tests.ledgers import INTAKE, Place, place_in
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


def test_one_that_is_killed_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, it stayed dead for as long as the service ran, and a worker projected in its stead."""
    place = place_in(tmp_path)
    monkeypatch.setenv("CASELEDGER_HOME", str(place.location))
    monkeypatch.setattr(beside, "_AGAIN_AFTER_SECONDS", 0.0)
    with place.office() as ledger, Views.open(place.location) as views, projecting_beside():
        (first,) = projecting()
        os.kill(first, SIGKILL)
        ledger.handle(OpenCase(case_id=ledger.new_id(), channel="phone"), actor=INTAKE)
        wait_until(lambda: views.position() == ledger.store.tip())
        (second,) = projecting()
        assert second != first
    assert projecting() == []


def projecting() -> list[int]:
    return [each.pid for each in active_children() if each.pid and "projector" in each.name]


def test_a_worker_that_projects_meanwhile_leaves_it_to_one_that_does_only_that(
    place: Place,
) -> None:
    with (
        place.office() as ledger,
        Views.open(place.location) as views,
        turn_at(place.location, "projector") as answers_too,
        turn_at(place.location, "projector") as only_projects,
        Projector(ledger.store, views, answers_too, steps_back_after=0.5),
    ):
        assert answers_too.held
        with Projector(ledger.store, views, only_projects, asks_every=0.0):
            wait_until(lambda: only_projects.held)
            assert not answers_too.held
