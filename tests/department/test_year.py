"""The whole year of the department: minutes, run by `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.department.laws import (
    counts_what_waits_by_what_came_and_went,
    has_one_accountable_at_every_second,
    is_as_it_was_recorded,
    is_routed_again_the_same,
)
from tests.department.living import lived


@pytest.mark.soak
def test_a_year_leaves_a_sound_ledger_that_replays_and_adds_up(tmp_path: Path) -> None:
    with lived(tmp_path / "home", months=12, cases=960) as year:
        is_as_it_was_recorded(year)
        assert is_routed_again_the_same(year) > 900
        assert has_one_accountable_at_every_second(year) > 900
        assert counts_what_waits_by_what_came_and_went(year) > 5000
