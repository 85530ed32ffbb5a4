"""Views that lack most of a log are made anew, which takes a tenth of the time; told to stop, nobody is waited for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.projecting import projector as projecting
from api.projecting.projector import Projector
from ledger.errors import LedgerUnavailable
from ledger.policy.load import Load
from ledger.service import Ledger
from ledger.store import turn_at
from projections import views as projections_views
from projections.lists.load import standing
from projections.rows.cases import CASES
from projections.store.databases import ViewsUnmade
from projections.store.progress import Progress
from projections.views import Views
from tests.ledgers import INTAKE, Place
from tests.projections.failing import open_next, stops_at
from tests.writer.office_work import note, open_case


@pytest.fixture
def ledger(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """An office with a log that counts as long here."""
    monkeypatch.setattr(projections_views, "FAR_BEHIND", 10)
    with place.office() as ledger:
        for number in range(12):
            open_next(ledger, place, number)
        yield ledger


def generation(views: Views) -> str:
    """Which tables answer: others once they were made anew."""
    with views.database.reading() as connection:
        return views.control.in_use(connection)[CASES.name].table.name


def test_views_that_lack_most_of_the_log_are_made_anew(place: Place, ledger: Ledger) -> None:
    """Before, a million entries were taken in for a quarter of an hour, and are made anew in half a minute."""
    told: list[Progress] = []
    with Views.open(place.location) as views:
        before = generation(views)
        assert views.catch_up(ledger.store, progress=told.append) == ledger.store.tip()
        assert generation(views) != before
        assert told[-1] == Progress(ledger.store.tip(), ledger.store.tip())


def test_views_that_know_nothing_of_a_long_log_are_read_by_nobody_until_they_are_made(
    place: Place, ledger: Ledger
) -> None:
    """Before, whoever asked meanwhile was answered that no case is there."""
    with Views.open(place.location) as views:
        views.read_once_made(ledger.store)
        with pytest.raises(ViewsUnmade, match="being made"), views.reading(CASES.name):
            pytest.fail("nothing is known yet")
        assert standing(views) == (0, Load())
        views.catch_up(ledger.store)
        with views.reading(CASES.name) as reading:
            assert reading.position == ledger.store.tip()


def test_whoever_waits_for_an_entry_that_lies_far_ahead_hears_so_at_once(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "FAR_BEHIND", 10)
    with Views.open(place.location) as views:
        projector = Projector(ledger.store, views, turn_at(place.location, "projector"))
        with pytest.raises(LedgerUnavailable, match="know entry 0 and not yet"):
            projector.catch_up(seconds=float("inf"))


def test_views_that_lack_little_are_brought_on(place: Place, ledger: Ledger) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        before = generation(views)
        case_id = open_case(ledger)
        for _ in range(3):
            ledger.handle(note(ledger, case_id), actor=INTAKE)
        assert views.catch_up(ledger.store) == ledger.store.tip()
        assert generation(views) == before


def test_where_they_cannot_be_made_anew_they_are_brought_on_as_far_as_they_go(
    place: Place, ledger: Ledger
) -> None:
    with Views.open(place.location, projections=stops_at(20)) as views:
        for _ in range(2):
            with pytest.raises(Exception, match="20"):
                views.catch_up(ledger.store)
            assert views.position() == 19


def test_told_to_stop_it_takes_in_what_it_has_under_way_and_no_more(
    place: Place, ledger: Ledger
) -> None:
    """Before, a service that had begun far behind ended minutes after it was told to."""
    asked = iter((False, True))
    with Views.open(place.location) as views:
        tip = ledger.store.tip()
        views.catch_up(ledger.store, upto=4)
        reached = views.catch_up(
            ledger.store, batch=2, upto=tip, cancelled=lambda: next(asked, True)
        )
        assert reached == 6 < tip
        turn = turn_at(place.location, "projector")
        with Projector(ledger.store, views, turn, stopped=lambda: True) as projector:
            assert projector.position == reached
