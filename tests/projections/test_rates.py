"""What a rate asks of a day and what was done of it, told from a ledger in which an office worked."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import orjson

from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.outbox.rates import RateAlert
from api.verbs.flow_verbs import FLOW_VERBS
from api.watch import watch_once
from ledger.registers.flow.countermeasures import (
    CloseCountermeasure,
    RateDayClosed,
    RateNotWorked,
    RecordCountermeasure,
)
from ledger.registers.flow.rates import DropRate, rate_id
from projections.flow.board import board
from projections.flow.rates import counted, day_rate, earliest_on, plan, rate_of
from tests.deciding import INCOME, ROADS
from tests.projections.offices import DAYS
from tests.projections.rated import LEADER, TARGET_ON, RatedOffice
from tests.projections.rated import office as office


def test_ten_waiting_and_two_a_day_make_a_rate_until_the_target_date(office: RatedOffice) -> None:
    office.on(8)
    day = office.day()
    assert (day.waiting_start, day.arrivals) == (10, Fraction(10, 6))
    assert day.per_day == day.arrivals + Fraction(10, 27)
    assert (day.needed, day.needed_by_now) == (3, 1)
    assert [mark.needed for mark in day.by_hour] == [1, 1, 2, 2, 2, 3, 3, 3]


def test_what_is_done_counts_net_of_what_came_back(office: RatedOffice) -> None:
    office.on(8)
    office.resolved(office.cases[0])
    office.resolved(office.cases[1])
    office.back(office.cases[0])
    office.handed(office.cases[2], "INC", ROADS, INCOME)  # somebody else's work now, and none done
    day = office.day()
    assert (day.processed, day.returned, day.net) == (2, 1, 1)


def test_the_day_s_number_is_not_moved_by_what_is_recorded_later(office: RatedOffice) -> None:
    office.on(8)
    then = office.place.clock.at
    morning = office.day()
    office.on(9)
    office.opened(reached_body_at=then - timedelta(days=3))
    office.resolved(office.cases[0])
    office.set(target=5)
    again = office.day(known_at=then)
    assert again == morning


def test_days_on_which_nothing_came_in_count_for_what_comes_in_a_day(office: RatedOffice) -> None:
    office.on(37)
    office.opened()
    office.on(38)
    assert office.day().arrivals == Fraction(1, 20)
    found = counted(office.views, office.ledger.store, "INC", office.version, office.place.clock.at)
    assert (found.waiting, found.arrivals, found.arrivals_days) == (0, 0, 1)


def test_a_team_that_had_nothing_for_a_month_is_not_taken_for_a_new_one(
    office: RatedOffice,
) -> None:
    """One case a day was reckoned from one in twenty, since nothing waited before it."""
    office.on(8)
    for case_id in office.cases:
        office.resolved(case_id)
    office.on(45)
    office.opened()
    office.on(46)
    assert office.day().arrivals == Fraction(1, 20)


def test_of_the_day_on_which_a_rate_is_set_nothing_is_asked_but_by_the_rate_before_it(
    office: RatedOffice,
) -> None:
    first, state = office.day(), rate_of(office.ledger.store, "RDW")
    assert (first.needed, first.by_hour, first.begins_on) == (0, (), date(2026, 3, 10))
    assert state.rate is not None
    ahead = plan(first, state.rate, office.version, upto=TARGET_ON)
    assert ahead[0].on == date(2026, 3, 10)
    assert sum(each.needed for each in ahead) == -(-(first.per_day * 27) // 1)
    office.on(8)
    before = office.day()
    office.set(target=10)
    again = office.day()
    assert (again.needed, again.by_hour) == (before.needed, before.by_hour)
    assert (before.target, again.target, again.begins_on) == (0, 10, date(2026, 3, 11))


def test_without_a_rate_nothing_is_asked_of_a_day(office: RatedOffice) -> None:
    office.ask(DropRate(rate_id=rate_id(office.ledger.store.ledger_id, "RDW"), team="RDW"), LEADER)
    at, state = office.place.clock.at, rate_of(office.ledger.store, "RDW")
    assert day_rate(office.views, state, office.version, on=DAYS.date_of(at), at=at) is None


def test_the_plan_starts_today_and_adds_up(office: RatedOffice) -> None:
    office.on(8)
    day, state = office.day(), rate_of(office.ledger.store, "RDW")
    assert state.rate is not None
    ahead = plan(day, state.rate, office.version, upto=TARGET_ON)
    assert (len(ahead), ahead[0].needed) == (27, day.needed)
    assert sum(each.needed for each in ahead) == -(-(day.per_day * 27) // 1)
    assert earliest_on(None, state.rate, office.version) is None
    assert earliest_on(3, state.rate, office.version) == date(2026, 3, 12)


def test_a_day_short_of_its_number_is_missed_once_and_alarms_if_nobody_answers(
    office: RatedOffice,
) -> None:
    office.on(8, hour=10)
    assert office.watched()["rate_days"] == 1
    assert office.watched()["rate_days"] == 0
    (missed,) = office.day().missed
    assert (missed.on, missed.alarmed) == (date(2026, 3, 10), False)
    office.on(9, hour=4)
    assert office.watched()["rates_not_worked"] == 1
    assert office.watched()["rates_not_worked"] == 0
    assert office.day().missed[0].alarmed
    said = [each.fact for each in office.ledger.entries()]
    assert sum(isinstance(fact, RateNotWorked) for fact in said) == 1


def test_a_rate_that_nobody_works_is_told_to_the_leader_once_by_the_outbox(
    office: RatedOffice, tmp_path: Path
) -> None:
    sink = OutboxFolder(tmp_path / "outbox")
    office.on(8, hour=10)
    office.watched()
    assert deliver_owed(office.ledger, office.views, sink).office == []
    office.on(9, hour=4)
    office.watched()
    (alert,) = deliver_owed(office.ledger, office.views, sink).office
    assert isinstance(alert, RateAlert)
    assert (alert.team, alert.missed_on, alert.recipients) == ("RDW", date(2026, 3, 10), ("L-02",))
    said = orjson.loads((sink.folder / f"{alert.name}.json").read_bytes())
    assert said["text"]["en"].startswith("Team RDW: the rate of 2026-03-10 was missed")
    assert said["text"]["fr"].startswith("Équipe RDW : la cadence du 2026-03-10")
    assert deliver_owed(office.ledger, office.views, sink).office == []


def test_an_alert_about_a_rate_waits_for_the_office_to_open(
    office: RatedOffice, tmp_path: Path
) -> None:
    sink = OutboxFolder(tmp_path / "outbox")
    office.on(8, hour=10)
    office.watched()
    office.on(9, hour=14)
    office.watched()
    by_night = deliver_owed(office.ledger, office.views, sink)
    assert (by_night.office, by_night.held > 0) == ([], True)


def test_days_that_nobody_watched_are_closed_afterwards_as_they_were_known_then(
    office: RatedOffice,
) -> None:
    office.on(8)
    for case_id in office.cases[:4]:
        office.resolved(case_id)
    office.on(11)
    assert office.watched()["rate_days"] == 3
    closed = [each.fact for each in office.ledger.entries() if isinstance(each.fact, RateDayClosed)]
    assert [(each.on.day, each.processed) for each in closed] == [(10, 4), (11, 0), (12, 0)]
    assert closed[1].waiting == 6


def test_an_answered_miss_shows_who_sees_to_it_until_it_is_closed(office: RatedOffice) -> None:
    office.on(8, hour=10)
    office.watched()
    office.on(9)
    answer = RecordCountermeasure(
        rate_id=rate_id(office.ledger.store.ledger_id, "RDW"),
        team="RDW",
        countermeasure_id=office.ledger.new_id(),
        missed_on=date(2026, 3, 10),
        cause="absence",
        action="Intake helps.",
        owner="R-03",
    )
    office.ask(answer, LEADER)
    day = office.day()
    assert day.missed == ()
    assert [each.owner for each in day.countermeasures] == ["R-03"]
    joining = {"team": "RDW", "cause": answer.cause, "action": None}
    named = FLOW_VERBS["rate-answer"].record_id(office.ledger, LEADER, joining)
    assert named == answer.countermeasure_id, "another day that joins it was told a new id"
    known = {
        "rate_id": answer.rate_id,
        "team": "RDW",
        "countermeasure_id": answer.countermeasure_id,
    }
    office.ask(CloseCountermeasure(**known, worked=True), LEADER)
    assert office.day().countermeasures == ()
    office.on(9, hour=6)
    assert office.watched()["rates_not_worked"] == 0


def test_after_the_target_date_nothing_is_asked_any_more(office: RatedOffice) -> None:
    office.set(target=0, target_on=date(2026, 3, 10))
    office.on(8)
    last = office.day()
    assert (last.over, last.needed) == (False, 12), "all that wait, and what comes in"
    office.on(9)
    day = office.day()
    assert (day.over, day.needed, day.by_hour[-1].needed) == (True, 0, 0)
    office.on(12)
    watched = watch_once(office.ledger, office.views)
    assert (watched.counts["rate_days"], watched.refused) == (1, [])


def test_the_board_shows_the_rate_beside_the_day(office: RatedOffice) -> None:
    office.on(8)
    day = office.day()
    told = board(office.views, at=office.place.clock.at, days=DAYS, rates=[day])
    lines = {line.team: line for line in told.teams}
    assert lines["RDW"].rate == day
    assert all(line.rate is None for team, line in lines.items() if team != "RDW")


def test_capacity_is_measured_from_ten_days_on(office: RatedOffice) -> None:
    office.views.catch_up(office.ledger.store)
    at = office.place.clock.at
    assert counted(office.views, office.ledger.store, "RDW", office.version, at).capacity is None
    office.on(15)
    for case_id in office.cases[:3]:
        office.pulled(case_id)
        office.resolved(case_id)
    office.on(18)
    office.views.catch_up(office.ledger.store)
    later = counted(office.views, office.ledger.store, "RDW", office.version, office.place.clock.at)
    assert later.capacity == (0, 1), "three on one day of fourteen: the 90th percentile is none"
    assert (later.waiting, later.median_days) == (7, (0, 1))
