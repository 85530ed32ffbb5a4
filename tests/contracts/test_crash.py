"""A process killed in the middle of its work loses nothing it acknowledged and leaves nothing half done."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from ledger.entry import Receipt
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from ledger.store import Location
from tests.benchmarks.office import publication
from tests.contracts.recorded import cases_opened_by_half, is_there
from tests.contracts.served import CALLERS, Acknowledged, loaded, nth_request

LEDGERS, LEDGERS_OF_A_SOAK = 5, 10
KILLS_ON_SQLITE, KILLS_ON_POSTGRESQL = 10, 3
"""Of each ledger: sixty-five in all, twice as many in a soak. Each is verified whole after each, so the logs are kept
short."""
MOST_RECEIPTS_BEFORE_THE_KILL = 20
LONGEST_WORK_AFTER_THEM_SECONDS = 0.004


@pytest.mark.parametrize(
    "seed",
    [
        *range(LEDGERS),
        *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(LEDGERS, LEDGERS_OF_A_SOAK)),
    ],
)
def test_killed_in_the_middle_of_a_load_again_and_again_it_keeps_every_acknowledged_entry_whole(
    location: Location, tmp_path: Path, seed: int
) -> None:
    master_key, chance = tmp_path / "master.key", Random(seed)
    with Ledger.create(location, master_key=master_key) as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
    acknowledged: list[Acknowledged] = []
    for _ in range(KILLS_ON_SQLITE if isinstance(location, Path) else KILLS_ON_POSTGRESQL):
        fresh = killed_at_some_instant(location, master_key, acknowledged, chance)
        acknowledged += fresh
        with Ledger.open(location, master_key=master_key) as ledger:
            assert verify(ledger.store, ledger.vault).findings == []
            assert [each for each in fresh if not is_there(ledger, each.receipt)] == []
    with Ledger.open(location, master_key=master_key) as ledger:
        assert [each for each in acknowledged if not is_there(ledger, each.receipt)] == []
        assert [each for each in acknowledged if not is_answered_again(ledger, each)] == []
        assert cases_opened_by_half(ledger) == set()
        assert verify(ledger.store, ledger.vault).findings == []


def killed_at_some_instant(
    location: Location, master_key: Path, acknowledged: list[Acknowledged], chance: Random
) -> list[Acknowledged]:
    """Everything that a process acknowledged, from where the ones before it stopped, until it was killed."""
    with loaded(location, master_key, starts_after(acknowledged)) as loading:
        coming = loading.acknowledged()
        found = [next(coming) for _ in range(chance.randint(1, MOST_RECEIPTS_BEFORE_THE_KILL))]
        loading.goes_on(seconds=chance.uniform(0, LONGEST_WORK_AFTER_THEM_SECONDS))
        loading.kill()
        return [*found, *coming]


def starts_after(acknowledged: list[Acknowledged]) -> list[int]:
    """Each caller goes on with the first command to which it has no answer, as it would after a broken line."""
    starts = [0] * CALLERS
    for each in acknowledged:
        starts[each.caller] = max(starts[each.caller], each.nth + 1)
    return starts


def is_answered_again(ledger: Ledger, acknowledged: Acknowledged) -> bool:
    """Whether the command, asked again, gets the receipt it got before."""
    (again,) = ledger.handle_all([nth_request(acknowledged.caller, acknowledged.nth)])
    return isinstance(again, Receipt) and again == acknowledged.receipt and not again.fresh
