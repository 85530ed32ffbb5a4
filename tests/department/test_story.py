"""The reference story: what lies there grows while it is pushed, falls while it is pulled, and grows again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.cli.running.plot import plotted
from api.department import STORY_BEGINS_AT, SimulatedClock, tell_story
from api.department.story import office
from api.department.story.days import Phase, StoryTold
from api.department.story.policies import story_policy
from api.department.story.rate import TEAM
from api.outbox.alert import OutboxFolder
from ledger.evidence.verifying.verify import verify
from ledger.policy.document.stored import digest_policy
from ledger.policy.reading.references import wrong_references
from ledger.service import Ledger
from projections.views import Views

BEGINNING: dict[Phase, int] = {"push": 1, "pull": 2, "dropped": 1}


@contextmanager
def lived(home: Path) -> Generator[tuple[StoryTold, Ledger, Views]]:
    """The story, told on a new ledger."""
    clock = SimulatedClock(STORY_BEGINS_AT)
    with (
        Ledger.create(home, master_key=home / "master.key", clock=clock) as ledger,
        Views.open(home) as views,
    ):
        sink = OutboxFolder(home / "outbox")
        yield tell_story(ledger, views, clock=clock, sink=sink), ledger, views


def test_the_story_s_policies_are_sound_and_differ_in_how_much_one_may_have_in_hand() -> None:
    pushed, pulled = story_policy(pulling=False), story_policy(pulling=True)
    assert [*wrong_references(pushed)] == [*wrong_references(pulled)] == []
    assert digest_policy(pushed) != digest_policy(pulled)
    assert pulled.teams[TEAM].wip.active == 3


def test_about_320_pass_about_92_and_come_to_about_20_in_three_months_and_fill_up_again_when_that_is_dropped(
    tmp_path: Path,
) -> None:
    with lived(tmp_path / "home") as (told, ledger, _):
        before, pulled, dropped = (
            [day for day in told.days if day.phase == phase]
            for phase in ("push", "pull", "dropped")
        )
        assert 305 <= before[-1].waiting <= 335
        assert (pulled[-1].on - before[-1].on).days <= 93
        assert any(85 <= day.waiting <= 99 for day in pulled)
        assert 12 <= pulled[-1].waiting <= 28
        assert dropped[-1].waiting >= 1.5 * pulled[-1].waiting
        assert before[-1].calls > 3 * pulled[-1].calls
        happened = Counter(entry.topic for entry in ledger.entries())
        assert happened["MissRecorded"] > 0
        answered = happened["CountermeasureRecorded"] + happened["MissJoined"]
        assert answered == happened["MissRecorded"]
        assert happened["RateSet"] == happened["RateDropped"] == 1
        assert verify(ledger.store, ledger.vault).findings == []


def test_the_same_seed_tells_the_same_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "DAYS", BEGINNING)
    monkeypatch.setattr(office, "WAITING_BEFORE", 40)
    with lived(tmp_path / "one") as (one, *_), lived(tmp_path / "two") as (two, *_):
        assert one == two


def test_a_plot_rises_and_falls_with_its_values_and_names_its_phases() -> None:
    lines = plotted([0, 10, 20, 40, 20, 0], ["up"] * 4 + ["down"] * 2)
    assert lines[0].startswith("40 ┤")
    assert lines[-2].startswith(" 0 └")
    assert "│up" in lines[-1]
    assert "│down" in lines[-1]
    heights = [line.count("⣿") for line in lines[:12]]
    assert heights == sorted(heights)


def test_nothing_to_plot_is_an_empty_plot() -> None:
    assert len(plotted([], [])) == 14
