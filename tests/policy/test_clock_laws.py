"""Laws of the clock engine, held against a counter that walks day by day and knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.policy.calendars.counting import compile_calendars
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Extended, Waiting
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.clocks import ClockDefinition
from tests.policy.law import clock, counting
from tests.policy.zones import BY_ZONE, FIRST, HOLIDAYS, LAST, ONE_DAY, ZONES, is_open, works

instants = st.datetimes(datetime(2017, 1, 1), datetime(2018, 4, 30), timezones=st.just(UTC))
zones = st.sampled_from(ZONES)


@st.composite
def waits(draw: st.DrawFn, *, longest_days: int = 12) -> list[tuple[timedelta, timedelta]]:
    """A few waits, each as its distance from the start and its length."""
    hours = st.integers(0, 60 * 24)
    return [
        (timedelta(hours=draw(hours)), timedelta(hours=draw(st.integers(0, longest_days * 24))))
        for _ in range(draw(st.integers(0, 4)))
    ]


def history_of(start_at: datetime, gaps: list[tuple[timedelta, timedelta]]) -> ClockHistory:
    return ClockHistory(
        start_at,
        tuple(Waiting("particulars", start_at + a, start_at + a + length) for a, length in gaps),
    )


def naive_due(
    start_on: date,
    amount: int,
    *,
    counts: Callable[[date], bool],
    rolls: Callable[[date], bool],
    gone: list[tuple[date, date]],
) -> date:
    """Walks the days, one by one; a wait that begins on an idle day before the rolled date keeps what was left."""

    def disregarded(day: date, until: date) -> bool:
        return any(first <= day <= last for first, last in gone if first <= until)

    day, left = start_on, amount
    while True:
        while left:
            day += ONE_DAY
            left -= counts(day) and not disregarded(day, day)
        raw = day
        rolled = raw
        while not rolls(rolled):
            rolled += ONE_DAY
        late = [first for first, _ in gone if raw < first <= rolled]
        if not late:
            return rolled
        left = (rolled - min(late)).days + 1
        day = min(late) - ONE_DAY


def local_dates(history: ClockHistory, zone: str) -> list[tuple[date, date]]:
    def local(at: datetime) -> date:
        return at.astimezone(ZoneInfo(zone)).date()

    return [(local(each.from_at), local(each.to_at or each.from_at)) for each in history.waits]


def day_clock(zone: str, amount: int, unit: str) -> ClockDefinition:
    working = {"counting_calendar": "WORK"} if unit == "working_days" else {}
    rolling = {"roll": "forward", "roll_over": "WORK"} if unit == "calendar_days" else {}
    return clock(
        "ANY", unit=unit, amount=amount, zone=zone, effects={"particulars": "pause"},
        **working, **rolling,
    )  # fmt: skip


@given(
    instants, zones, st.integers(1, 40), st.sampled_from(["working_days", "calendar_days"]), waits()
)
@example(
    datetime(2017, 10, 14, 20, tzinfo=UTC), "America/Sao_Paulo", 1, "calendar_days",
    [(timedelta(hours=6), timedelta(hours=1))],
)  # fmt: skip
def test_a_clock_is_due_when_somebody_counting_on_their_fingers_says_so(
    start_at: datetime,
    zone: str,
    amount: int,
    unit: str,
    gaps: list[tuple[timedelta, timedelta]],
) -> None:
    history = history_of(start_at, gaps)
    answer = reckon(day_clock(zone, amount, unit), BY_ZONE[zone], history)
    working = unit == "working_days"
    expected = naive_due(
        start_at.astimezone(ZoneInfo(zone)).date(),
        amount,
        counts=works if working else lambda _day: True,
        rolls=works if not working else lambda _day: True,
        gone=local_dates(history, zone),
    )
    assert answer.due_on == expected
    assert answer.due_at is not None
    assert answer.due_at.astimezone(ZoneInfo(zone)).date() == expected + ONE_DAY
    assert (answer.due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() == expected
    assert recheck(answer.certificate, BY_ZONE[zone].counting["WORK"])


half_hours = st.integers(0, 48 * 200).map(
    lambda n: datetime(2017, 8, 1, tzinfo=UTC) + timedelta(minutes=30 * n)
)


@given(
    half_hours,
    zones,
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 200)), max_size=3),
)
def test_business_hours_are_those_of_somebody_who_sits_there_and_counts_the_half_hours(
    start_at: datetime, zone: str, amount: int, gaps: list[tuple[int, int]]
) -> None:
    half = timedelta(minutes=30)
    history = history_of(start_at, [(half * a, half * length) for a, length in gaps])
    hours = clock(
        "H", unit="business_hours", amount=amount, zone=zone, office_calendar="OFFICE",
        effects={"particulars": "pause"},
    )  # fmt: skip
    answer = reckon(hours, BY_ZONE[zone], history)
    at, left = start_at, amount * 2
    while left:
        waits_now = any(wait.from_at <= at < (wait.to_at or at) for wait in history.waits)
        left -= is_open(at, zone) and not waits_now
        at += half
    assert answer.due_at == at
    assert recheck(answer.certificate, BY_ZONE[zone].hours["OFFICE"])


@given(instants, zones, st.integers(1, 30), waits())
def test_pauses_given_twice_or_in_pieces_are_the_same_pause(
    start_at: datetime, zone: str, amount: int, gaps: list[tuple[timedelta, timedelta]]
) -> None:
    definition = day_clock(zone, amount, "working_days")
    whole = history_of(start_at, gaps)
    pieces = [
        piece
        for wait in whole.waits
        for middle in [wait.from_at + ((wait.to_at or wait.from_at) - wait.from_at) / 2]
        for piece in (
            Waiting(wait.reason, wait.from_at, middle),
            Waiting(wait.reason, middle, wait.to_at),
        )
    ]
    doubled = replace(whole, waits=(*whole.waits, *pieces))
    one = reckon(definition, BY_ZONE[zone], whole)
    other = reckon(definition, BY_ZONE[zone], doubled)
    assert (one.due_at, one.state) == (other.due_at, other.state)


@given(instants, zones, st.integers(1, 40), waits(), st.dates(date(2017, 1, 1), date(2018, 12, 31)))
def test_adding_a_holiday_never_makes_a_working_day_due_earlier(
    start_at: datetime,
    zone: str,
    amount: int,
    gaps: list[tuple[timedelta, timedelta]],
    holiday: date,
) -> None:
    definition, history = day_clock(zone, amount, "working_days"), history_of(start_at, gaps)
    more = counting(
        {*HOLIDAYS, holiday.isoformat()}, begins_on=FIRST.isoformat(), ends_on=LAST.isoformat()
    )
    before = reckon(definition, BY_ZONE[zone], history).due_at
    after = reckon(definition, compile_calendars({"WORK": more}, zone), history).due_at
    assert before is not None
    assert after is not None
    assert after >= before


@given(instants, zones, st.integers(1, 30), waits(), st.sampled_from(["start", "due"]))
def test_extending_by_nothing_changes_nothing(
    start_at: datetime,
    zone: str,
    amount: int,
    gaps: list[tuple[timedelta, timedelta]],
    base: str,
) -> None:
    definition = day_clock(zone, amount, "working_days")
    history = history_of(start_at, gaps)
    nothing = Extended(0, start_at, "due" if base == "due" else "start")
    extended = replace(history, extensions=(nothing,))
    assert reckon(definition, BY_ZONE[zone], history) == reckon(definition, BY_ZONE[zone], extended)


@given(instants, zones, st.integers(1, 20), waits(), st.integers(0, 40))
def test_elapsed_and_left_are_the_days_counted_by_hand(
    start_at: datetime,
    zone: str,
    amount: int,
    gaps: list[tuple[timedelta, timedelta]],
    later_days: int,
) -> None:
    history = history_of(start_at, gaps)
    at = max(history.instants()) + timedelta(days=later_days)
    answer = reckon(day_clock(zone, amount, "working_days"), BY_ZONE[zone], history, at=at)
    assert answer.due_on is not None
    today = at.astimezone(ZoneInfo(zone)).date()
    start_on = start_at.astimezone(ZoneInfo(zone)).date()
    gone = [(a, b) for a, b in local_dates(history, zone) if a <= answer.due_on]
    run = [start_on + ONE_DAY * n for n in range(1, (today - start_on).days + 1)]
    counted = [d for d in run if works(d) and not any(a <= d <= b for a, b in gone)]
    assert answer.elapsed == sum(each < today for each in counted)
    assert answer.remaining == max(0, amount - len(counted))


@given(instants, zones, st.integers(1, 40), waits(), st.integers(1, 100))
def test_a_percent_rung_is_reached_on_the_first_day_that_uses_that_share(
    start_at: datetime,
    zone: str,
    amount: int,
    gaps: list[tuple[timedelta, timedelta]],
    percent: int,
) -> None:
    rung = {"code": "share", "percent": percent, "party": "owner"}
    definition = day_clock(zone, amount, "working_days").model_copy(
        update={"rungs": clock("X", unit="weeks", amount=1, zone=zone, rungs=[rung]).rungs}
    )
    history = history_of(start_at, gaps)
    reached = reckon(definition, BY_ZONE[zone], history).rungs
    share = -(-percent * amount // 100)
    expected = naive_due(
        start_at.astimezone(ZoneInfo(zone)).date(), share,
        counts=works, rolls=lambda _day: True, gone=local_dates(history, zone),
    )  # fmt: skip
    in_wait = [
        w.to_at for w in history.waits if w.from_at <= reached[0].at <= (w.to_at or w.from_at)
    ]
    if not in_wait:
        assert reached[0].at == BY_ZONE[zone].days_of(zone).begin(expected)


@given(
    st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([*ZONES, "America/Havana", "Pacific/Apia", "Africa/Casablanca"]),
)
@example(datetime(2017, 10, 15, 3, 0, tzinfo=UTC), "America/Sao_Paulo")
@example(datetime(2006, 10, 29, 2, 31, tzinfo=UTC), "America/St_Johns")
@example(datetime(2006, 10, 29, 2, 30, 30, tzinfo=UTC), "America/St_Johns")
@example(datetime(2011, 12, 30, 10, 0, tzinfo=UTC), "Pacific/Apia")
@example(datetime(2012, 11, 4, 4, 30, tzinfo=UTC), "America/Havana")
def test_local_dates_tile_time(at: datetime, zone: str) -> None:
    days = LocalDays(zone, ZoneInfo(zone))
    on = days.date_of(at)
    assert days.begin(on) <= at < days.end(on)


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("America/Sao_Paulo", date(2017, 10, 15), datetime(2017, 10, 15, 3, tzinfo=UTC)),
        ("Asia/Beirut", date(2018, 3, 25), datetime(2018, 3, 24, 22, tzinfo=UTC)),
        ("America/St_Johns", date(2006, 10, 29), datetime(2006, 10, 29, 3, 30, tzinfo=UTC)),
        ("America/Toronto", date(1919, 3, 31), datetime(1919, 3, 31, 4, 30, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 31), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
    ids=["skipped", "skipped-too", "comes-twice", "skipped-before-midnight", "no-such-day", "next"],
)
def test_a_day_begins_where_its_midnight_was_skipped_or_came_twice(
    zone: str, day: date, begins: datetime
) -> None:
    assert LocalDays(zone, ZoneInfo(zone)).begin(day) == begins
