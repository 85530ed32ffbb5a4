"""A time of another system names one instant, or is refused with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.channels.source_times import SourceTime, TimeRules, UnreadableTime

ISO = TimeRules()
AMSTERDAM = TimeRules(ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    "written",
    [
        "2011-12-06T13:41:31.788+01:00",
        "2011-12-06 13:41:31.788000+01:00",
        "2011-12-06T12:41:31.788Z",
        "20111206T124131.788Z",
    ],
)
def test_an_offset_settles_the_instant(written: str) -> None:
    at = datetime(2011, 12, 6, 12, 41, 31, 788000, tzinfo=UTC)
    assert ISO.read(written) == AMSTERDAM.read(written) == SourceTime(at)


def test_a_naive_time_is_refused_unless_the_mapping_states_the_zone() -> None:
    with pytest.raises(UnreadableTime, match="has no offset from UTC"):
        ISO.read("2011-07-06 13:41:31")
    assert AMSTERDAM.read("2011-07-06 13:41:31").at == datetime(2011, 7, 6, 11, 41, 31, tzinfo=UTC)


def test_a_date_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnreadableTime, match="no existing time"):
        ISO.read("2011-02-30T10:00:00Z")


def test_a_date_alone_is_no_time() -> None:
    with pytest.raises(UnreadableTime, match="no time of day"):
        AMSTERDAM.read("2011-02-03")


def test_a_time_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(UnreadableTime, match="outside the calendar"):
        ISO.read("9999-12-31T23:59:59-02:00")


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(UnreadableTime, match="does not exist in Europe/Amsterdam"):
        AMSTERDAM.read("2011-03-27 02:30:00")


def test_an_hour_that_the_clocks_showed_twice_is_taken_as_the_earlier_and_marked() -> None:
    found = AMSTERDAM.read("2011-10-30 02:30:00")
    assert found == SourceTime(datetime(2011, 10, 30, 0, 30, tzinfo=UTC), ambiguous=True)


def test_another_way_of_writing_is_read_where_the_mapping_states_it() -> None:
    rules = TimeRules(ZoneInfo("Europe/Amsterdam"), ("%d/%m/%Y %H:%M", "%d/%m/%Y"))
    assert rules.read("06/12/2011 13:41").at == datetime(2011, 12, 6, 12, 41, tzinfo=UTC)
    assert rules.read("06/12/2011").at == datetime(2011, 12, 5, 23, 0, tzinfo=UTC)
    with pytest.raises(UnreadableTime, match=r"written as '%d/%m/%Y %H:%M' or"):
        rules.read("2011-12-06 13:41")
