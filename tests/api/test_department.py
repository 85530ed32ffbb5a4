"""The simulated office: the same seed gives the same facts, through real commands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from api.department import BEGINS_AT, SimulatedClock, run_office
from api.outbox import OutboxFolder
from ledger.evidence.verify import verify
from ledger.service import Ledger
from projections.replay import replay_policy
from projections.views import Views
from tests.api.command_line import CommandLine


@contextmanager
def worked(home: Path, *, seed: int, cases: int = 8, days: int = 8) -> Generator[Ledger]:
    """A ledger in which a small office has worked for some days."""
    clock, sink = SimulatedClock(BEGINS_AT), OutboxFolder(home / "outbox")
    with (
        Ledger.create(home, master_key=home / "master.key", clock=clock) as ledger,
        Views.open(home) as views,
    ):
        run_office(ledger, views, clock=clock, sink=sink, seed=seed, cases=cases, days=days)
        yield ledger


def facts(ledger: Ledger) -> list[tuple[object, ...]]:
    """What happened, to what, when, by whom and by which command; what differs by ledger left out."""
    return [
        (
            entry.stream if entry.kind in ("case", "party") else entry.kind,
            entry.fact.model_dump_json(),
            entry.context.effective_at,
            entry.context.known_at,
            entry.context.command_id,
            entry.actor,
        )
        for entry in ledger.entries()
        if entry.kind != "policy"
    ]


def test_the_same_seed_gives_the_same_facts_and_another_seed_others(tmp_path: Path) -> None:
    with (
        worked(tmp_path / "one", seed=7) as one,
        worked(tmp_path / "same", seed=7) as same,
        worked(tmp_path / "other", seed=8) as other,
    ):
        assert facts(one) == facts(same)
        assert facts(one) != facts(other)


def test_an_office_at_work_leaves_a_sound_ledger_that_replays(tmp_path: Path) -> None:
    with worked(tmp_path / "home", seed=7, cases=40, days=12) as ledger:
        told = Counter(entry.topic for entry in ledger.entries())
        assert verify(ledger.store, ledger.vault).findings == []
        assert replay_policy(ledger.store, ledger.policies()).holds
    wanted = {
        "PartyRecorded", "CaseOpened", "CaseRouted", "CasePulled", "InformationRequested",
        "InformationReceived", "WaitingBegan", "WaitingEnded", "CaseTransferred", "ContactLogged",
        "RungReached", "AlertDelivered", "MilestoneReached", "CaseResolved",
    }  # fmt: skip
    assert wanted <= told.keys()


def test_the_demo_shows_board_sla_and_a_trail_in_both_languages(bare: CommandLine) -> None:
    said = bare.done("demo", "--no-serve", "--cases", "20", "--days", "10").out
    for each in ("Board of", "How the clocks stand", "What happened on", "in French", "Verified:"):
        assert each in said
    assert not bare.home.exists()


def test_the_demo_can_be_kept_and_asked(bare: CommandLine) -> None:
    home = str(bare.home)
    answer = bare.asked("demo", "--home", home, "--cases", "12", "--days", "8", "--seed", "3")
    assert (answer["run"]["cases"], answer["verified"]["findings"]) == (12, [])
    at = answer["run"]["ended_at"]
    assert bare.asked("board", "--known-at", at)["teams"] == answer["board"]["teams"]
