"""Live, rebuilt, in batches, in shards, as known at an instant: one meaning, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, cycle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.case import CASE, carried
from ledger.policy.load import Load
from projections.fold.temporal import instant_at
from projections.lists.load import standing
from projections.lists.queues import counts, queue
from projections.policies.rehearsal import rehearsed
from projections.policies.replay import replay_policy
from projections.rows.case_rows import CaseRow
from projections.rows.cases import CASES
from projections.views import Views
from tests.laws.asking import all_told, everything, folded, instants_known, known
from tests.laws.histories import steps
from tests.laws.living import database as database
from tests.laws.living import fewer, living
from tests.laws.steps import Step

few = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@few
@given(story=steps, batches=st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_live_is_rebuild_and_neither_batches_nor_shards_matter(
    database: str | None, story: Sequence[Step], batches: list[int]
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        sizes = cycle(batches)
        while views.position() < ledger.store.tip():
            size = next(sizes)
            views.catch_up(ledger.store, batch=size, upto=views.position() + size)
        live = everything(views)
        assert views.rebuild(ledger.store, shards=1) == ledger.store.tip()
        assert everything(views) == live
        views.catch_up(ledger.store)
        assert everything(views) == live


@settings(parent=fewer, max_examples=1)
@given(story=st.lists(steps, min_size=3, max_size=3).map(lambda parts: list(chain(*parts))))
def test_a_rebuild_on_two_cores_is_a_rebuild_on_one(
    database: str | None, story: Sequence[Step]
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        views.rebuild(ledger.store, shards=1)
        alone = everything(views)
        views.rebuild(ledger.store, shards=2)
        assert everything(views) == alone


@few
@given(story=steps)
def test_what_was_known_at_an_instant_is_a_rebuild_of_what_was_known_by_then(
    database: str | None, story: Sequence[Step]
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        rows, told = everything(views), all_told(ledger)
        for at in instants_known(told):
            by_then = [each for each in told if each.known_at <= instant_at(at)]
            assert known(rows, at) == folded(by_then)


@few
@given(story=steps, place=st.integers(0, 10**6))
def test_a_queue_asked_at_an_instant_is_made_of_the_rows_known_then(
    database: str | None, story: Sequence[Step], place: int
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        instants = instants_known(all_told(ledger))
        at = instant_at(instants[place % len(instants)])
        rows = [
            row
            for _, _, row in known(everything(views), instants[place % len(instants)])["cases"]
            if isinstance(row, CaseRow) and row.open
        ]
        teams = {row.team for row in rows}
        counted = counts(views, at=at, known_at=at)
        assert {each.team: each.open for each in counted.teams} == {
            team: sum(row.team == team for row in rows) for team in teams
        }
        for team in teams:
            asked = queue(views, team, at=at, known_at=at)
            mine = [row for row in rows if row.team == team]
            assert sorted(each.row.reference for each in asked.cases) == sorted(
                row.reference for row in mine
            )
            turns = [(each.row.lane, each.row.turn_at) for each in asked.cases]
            assert turns == sorted(turns)


@few
@given(story=steps)
def test_the_load_of_the_views_is_what_every_open_case_carries(
    database: str | None, story: Sequence[Step]
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        states = {}
        for entry in ledger.entries():
            if entry.kind == "case":
                states[entry.stream] = CASE.evolve(states.get(entry.stream, CASE.initial), entry)
        load = Load()
        for state in states.values():
            load = load.taking_on(carried(state))
        assert standing(views) == (ledger.store.tip(), load)


@fewer
@given(story=steps)
def test_what_if_changes_nothing(database: str | None, story: Sequence[Step]) -> None:
    with living(story, database) as (ledger, clock, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        before, tip = everything(views), ledger.store.tip()
        clock.at += timedelta(days=3)
        other = ledger.policies().in_force(clock.at).compiled
        replay_policy(ledger.store, ledger.policies(), against=other)
        list(rehearsed(ledger, views, other, on=clock.at.date()))
        views.catch_up(ledger.store)
        assert (everything(views), ledger.store.tip()) == (before, tip)


@fewer
@given(story=steps)
def test_a_change_of_meaning_lies_beside_the_old_one(
    database: str | None, story: Sequence[Step]
) -> None:
    with living(story, database) as (ledger, _, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        before = everything(views)
        newer = tuple(replace(each, version=each.version + 1) for each in views.projections)
        with Views.open(location, projections=newer) as later:
            later.catch_up(ledger.store)
            assert everything(later) == before
            with later.reading("cases") as reading:
                assert reading.versions == {"cases": CASES.version + 1}
        assert everything(views) == before
