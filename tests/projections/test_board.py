"""The board of a day: each team once, by what it has and what moved, and the intake desk after all of them."""

from __future__ import annotations

from dataclasses import replace

from ledger.case.history.imported import ImportCase
from projections.flow.board import BoardLine, board
from projections.views import Views
from tests.ledgers import INCOME, INTAKE, ROADS, Place
from tests.projections.offices import DAYS, Office
from tests.projections.rated import RatedOffice
from tests.projections.rated import office as office


def lines_of(office: Office, views: Views) -> dict[str | None, BoardLine]:
    """The lines of the board now, in its order."""
    views.catch_up(office.ledger.store)
    told = board(views, at=office.place.clock.at, days=DAYS)
    return {each.team: each for each in told.teams}


def imported(office: Office) -> None:
    """A case of another system, which no team has."""
    asked = ImportCase(
        case_id=office.ledger.new_id(),
        batch=office.ledger.new_id(),
        source="old",
        external_id="1",
        channel="web",
        channel_family="web",
        received_at=office.place.clock(),
    )
    office.ask(asked, INTAKE)


def test_every_team_stands_on_the_board_in_order_and_the_intake_desk_last(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        office = Office(place, ledger)
        office.opened()
        office.opened(request_type=None, answers={})
        imported(office)
        office.opened(request_type="INC-CHG", answers={})
        lines = lines_of(office, views)
    assert list(lines) == ["INC", "INT", "RDW", None]
    assert {(each.incoming, each.waiting) for each in lines.values()} == {(1, 1)}


def test_what_is_handed_on_moves_both_sides_and_is_nobody_s_work_done(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        office = Office(place, ledger)
        moved, done = office.opened(), office.opened()
        office.pulled(moved)
        office.pulled(done)
        office.on(0, hour=2)
        office.handed(moved, "INC", ROADS, INCOME)
        office.resolved(done)
        lines = lines_of(office, views)
    roads, income = lines["RDW"], lines["INC"]
    assert (roads.transferred_out, income.transferred_in, income.waiting) == (1, 1, 1)
    assert (roads.processed, roads.processed_net, income.processed) == (1, 1, 0)
    assert roads.waiting == roads.incoming - roads.processed - roads.transferred_out


def test_a_team_that_has_nothing_but_a_rate_stands_on_the_board(office: RatedOffice) -> None:
    office.on(8)
    day = replace(office.day(), team="INT")
    told = board(office.views, at=office.place.clock.at, days=DAYS, rates=[day])
    assert (told.at, told.on) == (office.place.clock.at, DAYS.date_of(office.place.clock.at))
    lines = {each.team: each for each in told.teams}
    assert (lines["INT"].waiting, lines["INT"].incoming, lines["INT"].rate) == (0, 0, day)
    assert (lines["RDW"].waiting, lines["RDW"].rate) == (10, None)
