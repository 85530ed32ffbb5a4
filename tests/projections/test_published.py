"""What is told of a month outside the office: the same for good, with small counts hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ledger.case.intake.opening import OpenCase
from ledger.errors import InvalidCommand
from projections.figures.figure import Window
from projections.public.published import PublishedMonth, month_of, published
from tests.ledgers import INTAKE
from tests.projections.offices import DAYS, Office
from tests.projections.offices import office as office
from tests.projections.offices import place as place

MARCH = Window(date(2026, 3, 1), date(2026, 4, 1))


def of(office: Office, month: Window = MARCH) -> PublishedMonth:
    return published(office.ledger.store, office.ledger.policies(), DAYS, month)


def total(found: PublishedMonth, table: str) -> int | None:
    (counts,) = (each.counts for each in found.tables if each.table == table)
    return counts[-1][-1]


def test_a_months_tables_count_what_came_and_what_ended_in_it_by_programme(office: Office) -> None:
    roads = [office.opened() for _ in range(7)]
    for _ in range(6):
        office.opened(channel="desk", request_type="INC-APP", answers={})
    office.on(1)
    for case_id in roads[:6]:
        office.resolved(case_id)
    office.resolved(roads[6], "withdrawn")
    received, ended = of(office).tables
    roads_row, income_row = received.rows.index("RDW"), received.rows.index("INC")
    phone, walk_in = received.columns.index("phone"), received.columns.index("walk_in")
    assert received.counts[roads_row][phone] == received.counts[roads_row][-1] == 7
    assert received.counts[income_row][walk_in] == received.counts[income_row][-1] == 6
    assert received.counts[-1][-1] == 13
    of_roads = dict(zip(ended.columns, ended.counts[ended.rows.index("RDW")], strict=False))
    assert (of_roads["resolved"], of_roads["withdrawn"]) == (None, None), "one was withdrawn"
    assert ended.counts[-1][-1] == 7
    assert all(
        count == 0
        for count in of(office, Window(date(2026, 2, 1), MARCH.first_on)).tables[0].counts[-1]
    )


def test_what_is_recorded_once_a_month_was_told_changes_nothing_of_it(office: Office) -> None:
    for _ in range(5):
        office.opened()

    def comes_late() -> None:
        office.ledger.handle(
            OpenCase(
                case_id=office.ledger.new_id(),
                channel="phone",
                request_type="RDW-POT",
                reached_body_at=datetime(2026, 3, 20, 12, tzinfo=UTC),
            ),
            actor=INTAKE,
        )

    office.place.clock.at = datetime(2026, 4, 30, 12, tzinfo=UTC)
    comes_late()
    told = of(office)
    assert total(told, "received") == 6
    office.place.clock.at = datetime(
        2026, 5, 1, 3, 1, tzinfo=UTC
    )  # midnight is at three in Halifax
    comes_late()
    assert of(office) == told


def test_a_month_is_published_once_the_one_after_it_is_over() -> None:
    before, after = (
        datetime(2026, 5, day, 3, minute, tzinfo=UTC) for day, minute in ((1, 0), (2, 0))
    )
    assert month_of(None, DAYS, now=after) == month_of("2026-03", DAYS, now=after) == MARCH
    assert month_of("2025-12", DAYS, now=before) == Window(date(2025, 12, 1), date(2026, 1, 1))
    with pytest.raises(InvalidCommand, match="the last that is there is 2026-02"):
        month_of("2026-03", DAYS, now=datetime(2026, 5, 1, 2, 59, tzinfo=UTC))
    for wrong in ("march", "2026-13", "2026", "2026-03-01", "", "2026-3"):
        with pytest.raises(InvalidCommand, match="is no month: give one as 2026-03"):
            month_of(wrong, DAYS, now=after)
