"""A process killed in the middle of an erasure leaves nothing half erased: it is whole before, or gone after."""

from __future__ import annotations

import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from uuid import UUID

from ledger.evidence.verifying.verify import verify
from ledger.personal.erasing import erasure_of
from ledger.service import Ledger
from tests.erasing.house import (
    FIRST,
    SECOND,
    approve,
    carry_out,
    gone,
    opened,
    proposed,
    two_people,
)
from tests.forked import PROCESSES
from tests.ledgers import place_in

KILLS = 20


def _carry_out(home: Path, key: Path, erasure_id: UUID, told: Connection) -> None:
    """Says that it is about to carry the erasure out, and begins when it hears that it may."""
    with Ledger.open(home, master_key=key) as ledger:
        told.send("ready")
        told.recv()
        carry_out(ledger, erasure_id, actor=FIRST)


def test_killed_at_any_instant_an_erasure_is_not_begun_or_is_brought_to_its_end(
    tmp_path: Path,
) -> None:
    with place_in(tmp_path).office() as ledger:
        people = two_people(ledger)
        erasure_id = proposed(ledger, people, cases=(people.her_case,))
        approve(ledger, erasure_id, actor=SECOND)
    chance, finished, whole_seconds = Random(4), set[bool](), 0.0
    for turn in range(KILLS):
        home, key = tmp_path / f"home-{turn}", tmp_path / f"master-{turn}.key"
        shutil.copytree(tmp_path / "home", home)
        shutil.copy(tmp_path / "keys" / "master.key", key)
        ours, its = PROCESSES.Pipe()
        worker = PROCESSES.Process(target=_carry_out, args=(home, key, erasure_id, its))
        worker.start()
        its.close()
        assert ours.recv() == "ready"
        match turn:
            case 0:  # killed before it has begun
                pass
            case 1:  # not killed, to know how long it takes
                began_at = time.monotonic()
                ours.send("go")
                worker.join()
                whole_seconds = time.monotonic() - began_at
            case _:
                ours.send("go")
                worker.join(chance.uniform(0, whole_seconds))
        worker.kill()
        worker.join()
        ours.close()
        with Ledger.open(home, master_key=key) as ledger:
            erasure = erasure_of(ledger, erasure_id)
            assert erasure.begun == erasure.carried_out
            values = opened(ledger, f"case/{people.her_case}")
            assert gone(values) == erasure.carried_out
            assert gone(opened(ledger, f"party/{people.ada}")) == erasure.carried_out
            assert verify(ledger.store, ledger.vault).findings == []
            finished.add(erasure.carried_out)
        shutil.rmtree(home)
    assert finished == {False, True}
