"""Any history, reckoned by the engine and by a clerk who crosses out days on a wall calendar: always the same date.

A few thousand histories in the ordinary suite, a hundred thousand in `make soak`; each is told by its number.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from ledger.case.clocks.restating import CorrectStart
from ledger.case.contact.filing import AddRecordItem
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Extended, Waiting
from ledger.policy.clocks.reckoning import reckon
from tests.case.cases import POTHOLE
from tests.deciding import CASE_ID, INTAKE, MONDAY, by, given_commands, number
from tests.policy.clerk import Promise, Span, begins_again, ends_at
from tests.policy.law import clock
from tests.policy.zones import BY_ZONE, ZONES, works

UNITS = ("working_days", "calendar_days", "weeks", "months", "business_hours")
MINUTES_OF_TWO_YEARS = 2 * 365 * 48
FEW, MANY = 3_000, 100_000


@dataclass(frozen=True)
class Told:
    """A history for both: the engine's words and the clerk's."""

    definition: Any
    history: ClockHistory
    promise: Promise
    waits: tuple[Span, ...]
    resets: tuple[Span, ...]


def told(seed: int) -> Told:
    """The history of this number."""
    chance = random.Random(seed)
    zone = chance.choice(ZONES)
    unit = chance.choice(UNITS)
    start_at = datetime(2016, 9, 1, tzinfo=UTC) + timedelta(
        minutes=30 * chance.randrange(MINUTES_OF_TWO_YEARS)
    )
    most = {"weeks": 6, "months": 4, "business_hours": 16}.get(unit, 40)
    amount, more = chance.randint(1, most), 0
    in_dates = unit in ("calendar_days", "weeks", "months")
    rolls = in_dates and chance.random() < 0.6
    included = unit != "business_hours" and not rolls and chance.random() < 0.2
    counts_ends = chance.random() < 0.3 and unit != "business_hours"
    spans: list[tuple[str, Span]] = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 4))):
        begins = start_at + timedelta(minutes=30 * chance.randrange(48 * 50))
        length = timedelta(minutes=30 * chance.choice((0, 1, 20, 48, 240, 700)))
        reason = chance.choice(("fee", "fee", "weather", "court", "toll", "answer"))
        ends = counts_ends and reason == "weather"
        spans.append((reason, Span(begins, begins + length, ends, ends)))
    spans.sort(key=lambda each: each[1].begins_at)
    resets = tuple(span for reason, span in spans if reason == "answer")
    if not resets and chance.random() < 0.3:
        more = chance.randint(1, 10)
    tolls = [span for reason, span in spans if reason == "toll"]
    pauses = [span for reason, span in spans if reason in ("fee", "weather")] + tolls[:1]
    both = {"effect": "pause", "start_day_counts": counts_ends, "end_day_counts": counts_ends}
    definition = clock(
        "ANY", unit=unit, amount=amount, zone=zone, office_calendar="OFFICE",
        counting_calendar="WORK" if unit == "working_days" else None,
        roll="forward" if rolls else "none", roll_over="WORK" if rolls else None,
        first_day="included" if included else "excluded",
        effects={"fee": "pause", "weather": both, "toll": {"effect": "toll", "limit": 1},
                 "answer": "reset"},
    )  # fmt: skip
    history = ClockHistory(
        start_at,
        tuple(Waiting(reason, span.begins_at, span.ends_at) for reason, span in spans),
        (Extended(more, start_at),) if more else (),
    )
    promise = Promise(unit, amount + more, ZoneInfo(zone), works, rolls, included)
    return Told(definition, history, promise, tuple(pauses), resets)


def agree(seed: int) -> None:
    """Engine and clerk give this history the same due instant and the same generation."""
    each = told(seed)
    calendars = BY_ZONE[each.definition.zone]
    answer = reckon(each.definition, calendars, each.history)
    began_at, generation = begins_again(
        each.promise, each.history.start_at, each.waits, each.resets
    )
    since = [span for span in each.waits if span.ends_at > began_at]
    assert answer.generation == generation, f"history {seed}"
    assert answer.due_at == ends_at(each.promise, began_at, since), f"history {seed}"
    assert recheck(answer.certificate, *_cited(answer.certificate, calendars)), f"history {seed}"


def _cited(certificate: Any, calendars: Any) -> list[Any]:
    """The calendars that a certificate names, and no other."""
    names = {"counting_calendar", "roll_over", "office_calendar"} & certificate.keys()
    codes = {certificate[name]["code"] for name in names}
    every = {**calendars.counting, **calendars.hours}
    return [every[code] for code in codes]


@pytest.mark.parametrize("part", range(6))
def test_engine_and_clerk_agree_on_a_few_thousand_histories(part: int) -> None:
    for seed in range(part, FEW, 6):
        agree(seed)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_engine_and_clerk_agree_on_a_hundred_thousand_histories(part: int) -> None:
    for seed in range(FEW + part, FEW + MANY, 20):
        agree(seed)


@pytest.mark.parametrize("seed", [11_780, 24_546, 28_289])
def test_a_wait_whose_first_day_counts_does_not_hide_one_that_takes_that_day(seed: int) -> None:
    """Two waits that began on one day, of which one lets that day count: the other still takes it."""
    agree(seed)


def test_the_histories_are_of_every_kind() -> None:
    drawn = [told(seed) for seed in range(400)]
    assert {each.definition.unit for each in drawn} == set(UNITS)
    assert {each.definition.zone for each in drawn} == set(ZONES)
    assert {wait.reason for each in drawn for wait in each.history.waits} == {
        "fee", "weather", "court", "toll", "answer",
    }  # fmt: skip
    assert any(each.history.extensions for each in drawn)
    assert any(each.resets for each in drawn)


def test_a_certificate_is_rechecked_by_its_own_calendars_and_by_nothing_else() -> None:
    for seed in range(200):
        each = told(seed)
        calendars = BY_ZONE[each.definition.zone]
        certificate = reckon(each.definition, calendars, each.history).certificate
        assert recheck(certificate, *_cited(certificate, calendars))
        if _cited(certificate, calendars):
            assert not recheck(certificate)


@pytest.mark.parametrize("days_back", [1, 2, 5, 9])
def test_correcting_a_start_and_undoing_it_restores_the_certificate_byte_for_byte(
    days_back: int,
) -> None:
    def corrected(at: datetime) -> CorrectStart:
        return CorrectStart(
            case_id=CASE_ID, moment="reached_body", started_at=at, evidence=(number(8),),
            reason="The stamp.",
        )  # fmt: skip

    item = AddRecordItem(
        case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="text/plain",
        size_bytes=1, custodian="Intake", place_kept="Archive",
    )  # fmt: skip
    later = MONDAY + timedelta(hours=3)
    there = given_commands(
        POTHOLE, item,
        by(INTAKE, corrected(MONDAY - timedelta(days=days_back)), at=later),
        by(INTAKE, corrected(MONDAY), at=later),
    )  # fmt: skip
    said = [each.fact for each in there.happened if hasattr(each.fact, "certificate")]
    first, last = (orjson.dumps(getattr(said[place], "certificate")) for place in (0, -1))  # noqa: B009
    assert first == last
    assert len(said) == 3
