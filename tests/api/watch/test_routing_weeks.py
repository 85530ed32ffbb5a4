"""Weeks of routing: a default that is used too much and rules that could not be tried are told of, once a week."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.watch import watch_once
from ledger.case.intake.opening import OpenCase
from ledger.errors import Refusal, UnlawfulTransition
from ledger.policy.values import Language
from ledger.registers.flow.routing_weeks import (
    ROUTING,
    CloseRoutingWeek,
    RecordRoutingAlertDelivered,
    RoutingWeekClosed,
    routing_id,
)
from ledger.service import Ledger
from projections.sentences.wording import Wording
from projections.views import Views
from tests.deciding import MONDAY, WATCH, given, number
from tests.ledgers import INTAKE, Place, place_in

LAST_WEEK = date(2026, 2, 23)
CLOSE = CloseRoutingWeek(routing_id=number(1), week_on=LAST_WEEK, routed=100, by_default=3)


def opened(ledger: Ledger, **said: Any) -> None:
    opening = {"channel": "phone", "answers": {"danger_now": False}, **said}
    ledger.handle(OpenCase(case_id=ledger.new_id(), **opening), actor=INTAKE)


def closed(ledger: Ledger) -> list[RoutingWeekClosed]:
    facts = (each.fact for each in ledger.entries())
    return [fact for fact in facts if isinstance(fact, RoutingWeekClosed)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def test_a_week_is_counted_after_its_end_and_its_troubles_are_told_once(
    place: Place, tmp_path: Path
) -> None:
    sink = OutboxFolder(tmp_path / "outbox")
    with place.office() as ledger, Views.open(place.location) as views:
        for answers in ({"danger_now": False}, {"danger_now": False}, {}):
            opened(ledger, request_type="RDW-POT", answers=answers)
        opened(ledger, request_type=None, answers={})
        assert watch_once(ledger, views).counts["routing_weeks"] == 0, "the week goes on"
        place.clock.pass_by(days=7)
        opened(ledger, request_type=None, answers={})
        assert watch_once(ledger, views).counts["routing_weeks"] == 1
        assert watch_once(ledger, views).counts["routing_weeks"] == 0
        (week,) = closed(ledger)
        assert (week.week_on, week.routed, week.by_default) == (date(2026, 3, 2), 4, 1)
        assert week.not_tried == {"danger": 1}, "whether anybody was in danger nobody had asked"
        assert week.troubles == ("default_overused", "rules_not_tried")
        (alert,) = deliver_owed(ledger, views, sink).office
        said = orjson.loads((sink.folder / f"{alert.name}.json").read_bytes())
        assert said["recipients"] == ["D-01"]
        assert "the default took 1 of 4 cases" in said["text"]["en"]
        assert "rules that could not be tried" in said["text"]["en"]
        assert "la règle par défaut a pris 1 dossier sur 4" in said["text"]["fr"]
        assert deliver_owed(ledger, views, sink).office == []


def test_a_week_in_which_every_case_had_its_rule_owes_nobody_an_alert(
    place: Place, tmp_path: Path
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        opened(ledger, request_type="RDW-POT")
        place.clock.pass_by(days=7)
        watch_once(ledger, views)
        (week,) = closed(ledger)
        assert (week.routed, week.troubles) == (1, ())
        ends: dict[Language, str] = {"en": "are foreseen.", "fr": "prévu pour 20 %."}
        for language, last in ends.items():
            said = Wording(language).sentence(week)
            assert said.endswith(last), "it ended with: could not be tried: ; to be told of: ."
        assert deliver_owed(ledger, views, OutboxFolder(tmp_path / "outbox")).office == []


def test_a_share_at_the_limit_is_not_above_it() -> None:
    before = given(of=ROUTING, stream="routing/x")
    limit = before.policies.versions[0].policy.routing[-1].alarm_above_percent
    assert limit is not None
    at_it = CLOSE.model_copy(update={"by_default": limit})
    (told,) = before.when(at_it, actor=WATCH).happened
    assert told.fact == RoutingWeekClosed(
        week_on=LAST_WEEK, routed=100, by_default=limit, above_percent=limit, not_tried={},
        troubles=(),
    )  # fmt: skip
    above = CLOSE.model_copy(update={"by_default": limit + 1})
    (told,) = before.when(above, actor=WATCH).happened
    assert isinstance(told.fact, RoutingWeekClosed)
    assert told.fact.troubles == ("default_overused",)


@pytest.mark.parametrize("week_on", [date(2026, 2, 24), date(2026, 3, 2)])
def test_only_a_week_that_has_ended_is_closed_and_once(week_on: date) -> None:
    before = given(of=ROUTING, stream="routing/x")
    before.when(CLOSE.model_copy(update={"week_on": week_on}), actor=WATCH).refused(
        Refusal, saying="name a Monday", rule="week-has-ended"
    )
    before.asked(CLOSE).when(CLOSE, actor=WATCH).nothing()


def test_an_alert_about_a_week_counts_as_delivered_once_and_not_before_it_is_closed() -> None:
    delivered = RecordRoutingAlertDelivered(
        routing_id=number(1), week_on=LAST_WEEK, method="outbox"
    )
    before = given(of=ROUTING, stream="routing/x")
    before.when(delivered, actor=WATCH).refused(UnlawfulTransition, saying="close it first")
    overused = before.asked(CLOSE.model_copy(update={"by_default": 99}))
    overused.when(delivered, actor=WATCH).after.when(delivered, actor=WATCH).nothing()


def test_the_stream_of_a_ledger_s_routings_is_its_own() -> None:
    assert routing_id(b"a" * 16) != routing_id(b"b" * 16)
    assert datetime(2026, 3, 2).date() == MONDAY.date(), "a Monday"
