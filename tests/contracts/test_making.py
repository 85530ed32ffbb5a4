"""Several who make a ledger at once: one does, the others hear one sentence, and no master key is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.service import Ledger
from ledger.store import Location
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS
from tests.writer.office_work import assert_clean

AT_ONCE = 4
MADE = "made"


def made_at_once(places: Sequence[tuple[Location, Path]]) -> list[str]:
    """What each of several processes is told that make a ledger at the same instant, each at its place."""
    barrier, told = PROCESSES.Barrier(len(places)), PROCESSES.Queue()
    processes = [
        PROCESSES.Process(target=_make, args=(*place, barrier, told), daemon=True)
        for place in places
    ]
    for each in processes:
        each.start()
    found = [told.get(timeout=WITHIN_SECONDS) for _ in processes]
    for each in processes:
        each.join()
    return found


def _make(location: Location, master_key: Path, barrier: Any, told: Any) -> None:
    barrier.wait(WITHIN_SECONDS)
    try:
        Ledger.create(location, master_key=master_key).close()
    except LedgerError as error:
        told.put(str(error))
    else:
        told.put(MADE)


def opens(location: Location, master_key: Path) -> bool:
    """Whether there is a whole ledger that this key opens."""
    try:
        with Ledger.open(location, master_key=master_key) as ledger:
            assert_clean(ledger)
    except LedgerUnavailable:
        return False
    return True


def test_one_of_several_makes_it_and_its_master_key_opens_it(
    location: Location, tmp_path: Path
) -> None:
    key = tmp_path / "keys" / "master.key"
    told = made_at_once([(location, key)] * AT_ONCE)
    assert told.count(MADE) == 1
    for sentence in set(told) - {MADE}:
        assert "use that one, or choose another" in sentence or "already" in sentence
        assert sentence.endswith(".")
    assert opens(location, key)
    assert [each.name for each in key.parent.iterdir()] == ["master.key"]


def test_of_several_master_keys_there_is_only_the_one_that_opens_it(
    location: Location, tmp_path: Path
) -> None:
    keys = [tmp_path / f"{number}.key" for number in range(AT_ONCE)]
    assert made_at_once([(location, key) for key in keys]).count(MADE) == 1
    (key,) = [each for each in keys if each.exists()]
    assert opens(location, key)


def test_of_ledgers_made_at_once_at_several_places_one_has_the_master_key_and_the_others_another(
    tmp_path: Path,
) -> None:
    key, homes = tmp_path / "master.key", [tmp_path / str(number) for number in range(AT_ONCE)]
    assert made_at_once([(home, key) for home in homes]).count(MADE) == 1
    own = [tmp_path / f"{home.name}.key" for home in homes]
    again = [told for place in zip(homes, own, strict=True) for told in made_at_once([place])]
    assert again.count(MADE) == AT_ONCE - 1
    keys = [one if one.exists() else key for one in own]
    assert all(opens(home, one) for home, one in zip(homes, keys, strict=True))


def test_what_was_interrupted_before_its_key_was_written_is_finished_by_asking_again(
    location: Location, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Ledger.create(location, master_key=tmp_path / "file" / "master.key")
    key = tmp_path / "master.key"
    Ledger.create(location, master_key=key).close()
    assert opens(location, key)
