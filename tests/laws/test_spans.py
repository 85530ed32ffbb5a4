"""Responsibility has neither gap nor overlap, and what flows in and out of a team is what it is left with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.policy.calendars.zones import LocalDays
from projections.flow.by_day import DayFlow, flow
from projections.flow.measured import measured, quiet_windows, timed
from projections.fold.temporal import instant_at
from projections.fold.told import Told, told
from projections.rows.cases import CASES
from projections.rows.spans import SPANS, SpanRow
from projections.views import Views
from tests.laws.asking import all_told, everything, instants_known
from tests.laws.histories import lived, steps
from tests.laws.steps import Step

some = settings(max_examples=10)
DAYS = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))


def by_case(told: Sequence[Told]) -> dict[str, list[Told]]:
    """What is told of each case, in the order of its stream."""
    found: dict[str, list[Told]] = {}
    for each in told:
        if each.stream.startswith("case/"):
            found.setdefault(each.stream, []).append(each)
    return found


@some
@given(story=steps)
def test_the_spans_of_a_case_are_a_partition_of_its_time(story: Sequence[Step]) -> None:
    with lived(story) as (ledger, _, clock):
        for entries in by_case(all_told(ledger)).values():
            (case,) = CASES.after(entries)
            for known in range(1, len(entries) + 1):
                spans = SPANS.after(entries[:known])
                assert spans[0].from_at == case.received_at
                assert spans[-1].to_at is None
                for one, two in pairwise(spans):
                    assert one.from_at <= (one.to_at or clock.at) == two.from_at
            spans = SPANS.after(entries)
            assert spans[-1].resolved == (not case.open)
            assert (spans[-1].team, spans[-1].owner) == (case.team, case.owner)
            seconds = sum(each.seconds for each in timed(spans, clock.at))
            assert seconds == (clock.at - case.received_at) // timedelta(seconds=1)


@some
@given(story=steps)
def test_both_splits_of_the_spans_add_up_to_the_second(story: Sequence[Step]) -> None:
    with lived(story) as (ledger, _, clock):
        version = ledger.policies().in_force(clock.at)
        hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
        entries = [entry for entry in ledger.entries() if entry.stream.startswith("case/")]
        for stream in {entry.stream for entry in entries}:
            own = [entry for entry in entries if entry.stream == stream]
            said = [told(entry) for entry in own]
            spans, quiet = SPANS.after(said), quiet_windows(said)
            acts = [(entry.actor.id, entry.context.effective_at) for entry in own]
            found = measured(spans, at=clock.at, days=DAYS, hours=hours, acts=acts, quiet=quiet)
            elapsed = (clock.at - spans[0].from_at) // timedelta(seconds=1)
            assert sum(each.seconds for each in found) == elapsed
            for each in found:
                if each.open_seconds is not None and each.closed_seconds is not None:
                    assert each.open_seconds + each.closed_seconds == each.seconds
                    assert min(each.open_seconds, each.closed_seconds) >= 0
                owned = each.seconds if each.span.kind == "with_owner" else 0
                assert each.acted_seconds + each.idle_seconds == owned
                assert min(each.acted_seconds, each.idle_seconds) >= 0


@some
@given(story=steps, place=st.integers(0, 10**6))
def test_what_waits_is_what_waited_and_what_came_less_what_went(
    story: Sequence[Step], place: int
) -> None:
    with lived(story) as (ledger, where, clock), Views.open(where.location) as views:
        views.catch_up(ledger.store)
        told = all_told(ledger)
        instants = instants_known(told)
        known_at = instant_at(instants[place % len(instants)])
        spans = [
            version.row
            for version in everything(views)["spans"]
            if isinstance(version.row, SpanRow)
        ]
        if not spans:
            return
        first_on = DAYS.date_of(min(span.from_at for span in spans))
        last_on = DAYS.date_of(clock.at)
        for asked in (None, known_at):
            found = flow(views, days=DAYS, first_on=first_on, last_on=last_on, known_at=asked)
            assert all(day.adds_up for day in found.days)
            _follow_each_other(found.days)
            _is_one_body(found.days)
            closing = [day for day in found.days if day.on == last_on]
            if asked is None:
                open_cases = sum(
                    row.open for entries in by_case(told).values() for row in CASES.after(entries)
                )
                assert sum(day.waiting_end for day in closing) == open_cases


def _follow_each_other(days: Sequence[DayFlow]) -> None:
    for one, two in pairwise(days):
        if one.team == two.team:
            assert one.waiting_end == two.waiting_start
        else:
            assert two.waiting_start == 0


def _is_one_body(days: Sequence[DayFlow]) -> None:
    """What one team hands over another receives, on the same day."""
    for on in {day.on for day in days}:
        of_day = [day for day in days if day.on == on]
        assert sum(day.transferred_in for day in of_day) == sum(
            day.transferred_out for day in of_day
        )
