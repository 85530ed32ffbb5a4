"""The reference story: what lies there grows while it is pushed, falls while it is pulled, and grows again."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from api.department import STORY_BEGINS_AT, SimulatedClock, tell_story
from api.department.story import DAYS, TEAM, Phase, StoryTold, story_policy
from ledger.evidence.verify import verify
from ledger.policy.reading import digest_policy
from ledger.policy.references import wrong_references
from ledger.service import Ledger
from projections.queues import queue
from projections.views import Views


@contextmanager
def lived(home: Path, *, seed: int = 7) -> Generator[tuple[StoryTold, Ledger, Views]]:
    """The beginning of each phase of the story."""
    clock = SimulatedClock(STORY_BEGINS_AT)
    with (
        Ledger.create(home, master_key=home / "master.key", clock=clock) as ledger,
        Views.open(home) as views,
    ):
        days: dict[Phase, int] = {"push": 2, "pull": 6, "dropped": 4}
        yield tell_story(ledger, views, clock=clock, seed=seed, days=days), ledger, views


def test_the_story_s_policies_are_sound_and_differ_in_how_much_one_may_have_in_hand() -> None:
    pushed, pulled = story_policy(pulling=False), story_policy(pulling=True)
    assert [*wrong_references(pushed)] == [*wrong_references(pulled)] == []
    assert digest_policy(pushed) != digest_policy(pulled)
    assert pulled.teams[TEAM].wip.active == 3


def test_the_backlog_falls_while_work_is_pulled_and_grows_when_that_is_dropped(
    tmp_path: Path,
) -> None:
    with lived(tmp_path / "home") as (told, ledger, views):
        before, pulled, after = map(told.ends_of, DAYS)
        assert before.waiting > pulled.waiting
        assert after.waiting > pulled.waiting
        assert pulled.calls < before.calls
        assert pulled.oldest_days < before.oldest_days
        assert told.entries == ledger.store.tip()
        assert verify(ledger.store, ledger.vault).findings == []
        waiting = queue(views, TEAM, at=ledger.clock()).cases
        assert len(waiting) <= after.waiting


def test_the_same_seed_tells_the_same_story(tmp_path: Path) -> None:
    with lived(tmp_path / "one") as (one, *_), lived(tmp_path / "two") as (two, *_):
        assert one == two
