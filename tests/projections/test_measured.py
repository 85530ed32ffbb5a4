"""Measured spans: office open and closed, days with and without an act, and waits that overlapped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ledger.case.outcome.settling import CaseSettled
from ledger.policy.calendars.counting import OfficeHours
from ledger.policy.calendars.zones import LocalDays
from projections.flow.measured import (
    Overlap,
    OwnerDays,
    measured,
    overlaps,
    owner_days,
    quiet_windows,
)
from projections.rows.spans import SPANS
from tests.deciding import office
from tests.projections.telling import (
    MONDAY,
    Story,
    at,
    opened,
    pulled,
    reopened,
    resolved,
    routed,
    waits,
    waits_no_more,
)

DAYS = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))
VERSION = office().versions[0]
HOURS: OfficeHours = VERSION.compiled.calendars.hours[VERSION.policy.office.office_calendar]
"""Half past eight to half past four, Halifax time; Monday at ten is the story's beginning."""


def owned() -> Story:
    return Story().then(0, opened()).then(0, routed("RDW")).then(2, pulled("RDW", "R-02"))


def test_each_span_is_split_into_the_office_open_and_closed() -> None:
    rows = SPANS.after(owned().told)
    queued, with_owner = measured(rows, at=at(26), days=DAYS, hours=HOURS)
    assert (queued.seconds, queued.open_seconds, queued.closed_seconds) == (7200, 7200, 0)
    assert with_owner.seconds == 24 * 3600
    assert with_owner.open_seconds == 8 * 3600
    assert with_owner.closed_seconds == 16 * 3600


def test_with_the_owner_is_not_worked_on_by_the_owner() -> None:
    rows = SPANS.after(owned().told)
    acts = [("R-02", at(3)), ("R-02", at(4)), ("I-02", at(30)), ("R-02", at(50))]
    _, with_owner = measured(rows, at=at(74), days=DAYS, hours=HOURS, acts=acts)
    assert with_owner.acted_seconds == (12 + 24) * 3600
    assert with_owner.acted_seconds + with_owner.idle_seconds == with_owner.seconds
    assert owner_days(rows, at=at(74), days=DAYS, acts=acts) == OwnerDays(days=4, acted=2)


def test_a_resolution_is_provisional_until_it_settles_or_the_case_comes_back() -> None:
    """It stood as resolved, and nobody saw from the spans how long an answer had not stood yet."""
    quiet = resolved().model_copy(update={"settles_at": at(60)})
    story = owned().then(10, quiet)

    def told(hours: float) -> list[tuple[str, bool, int]]:
        rows, windows = SPANS.after(story.told), quiet_windows(story.told)
        found = measured(rows, at=at(hours), days=DAYS, hours=HOURS, quiet=windows)
        return [(each.span.kind, each.provisional, each.seconds // 3600) for each in found[2:]]

    assert told(50) == [("resolved", True, 40)]
    settled = CaseSettled(
        resolution=1, resolved_at=at(10), resolved_by=None, resolver=None, window_ended_at=at(60)
    )
    story.then(60, settled)
    assert told(100) == [("resolved", True, 50), ("resolved", False, 40)]
    story.then(120, reopened()).then(130, quiet)
    assert told(140) == [
        ("resolved", True, 50), ("resolved", False, 60), ("queued", False, 10), ("resolved", True, 10),
    ]  # fmt: skip


def test_where_the_office_calendar_does_not_reach_open_and_closed_are_not_known() -> None:
    rows = SPANS.after(owned().told)
    far = datetime(2100, 1, 1, tzinfo=UTC)
    _, last = measured(rows, at=far, days=DAYS, hours=HOURS)
    assert (last.open_seconds, last.closed_seconds) == (None, None)
    assert measured(rows, at=far, days=DAYS, hours=None)[0].open_seconds is None


def test_of_two_waits_the_one_that_began_first_names_the_span_however_late_it_was_recorded() -> (
    None
):
    story = owned().then(10, waits(1, "weather")).then(8, waits(2, "fee"), known=12)
    rows = SPANS.after(story.told)
    assert [row.kind for row in rows[2:]] == ["waiting:fee", "waiting:fee"]
    story.then(20, waits_no_more(2))
    rows = SPANS.after(story.told)
    assert rows[-1].kind == "waiting:weather"
    (overlap,) = overlaps(rows)
    assert overlap == Overlap(at(10), at(20), rows[3].waits)
    assert [wait.reason for wait in overlap.waits] == ["fee", "weather"]


_hours = st.floats(0, 200, allow_nan=False)


@given(
    st.lists(_hours, min_size=4, max_size=4).map(sorted),
    st.lists(_hours, max_size=8),
    st.integers(0, 10**6),
)
def test_the_parts_of_each_span_add_up_to_it_and_the_spans_to_the_elapsed_time(
    moments: list[float], acted: list[float], offset: int
) -> None:
    pull, wait, go_on, end = moments
    story = Story().then(0, opened()).then(0, routed("RDW")).then(pull, pulled("RDW", "R-02"))
    story.then(wait, waits(1)).then(go_on, waits_no_more(1)).then(end, resolved())
    until = at(end) + timedelta(microseconds=offset)
    acts = [("R-02", at(hour)) for hour in acted]
    found = measured(SPANS.after(story.told), at=until, days=DAYS, hours=HOURS, acts=acts)
    assert sum(each.seconds for each in found) == (until - MONDAY) // timedelta(seconds=1)
    for each in found:
        assert each.open_seconds is not None
        assert each.closed_seconds is not None
        assert min(each.open_seconds, each.closed_seconds) >= 0
        assert each.open_seconds + each.closed_seconds == each.seconds
        assert min(each.acted_seconds, each.idle_seconds) >= 0
        expected = each.seconds if each.span.kind == "with_owner" else 0
        assert each.acted_seconds + each.idle_seconds == expected


@given(st.integers(0, 8_000), st.integers(0, 3_000))
def test_the_time_that_the_office_is_open_is_that_of_counting_minute_by_minute(
    start: int, minutes: int
) -> None:
    first = MONDAY + timedelta(minutes=start)
    last = first + timedelta(minutes=minutes)
    counted = sum(HOURS.is_open(first + timedelta(minutes=each)) for each in range(minutes))
    opened_for = sum((end - begin for begin, end in HOURS.open_between(first, last)), timedelta())
    assert opened_for == timedelta(minutes=counted)
