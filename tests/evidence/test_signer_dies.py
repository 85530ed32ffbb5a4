"""The signer dies at every step: the next run finishes, and no size is ever signed for two histories."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from ledger.evidence.notes import Checkpoint
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import place_in

STEPS = (
    "checkpoints.py",
    "durable_files.py",
    "signer.py",
    "signing_keys.py",
    "trees.py",
)
"""The modules whose lines are the steps of making a checkpoint."""
_DIED, _DONE = 9, 0


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> SigningOffice:
    """An office that has signed once and has something new to sign."""
    found = SigningOffice(place_in(tmp_path_factory.mktemp("office")))
    with found.place.office():
        pass
    found.works(2)
    found.signs()
    found.works(1)
    return found


def dying_at(step: int, act: Callable[[], object]) -> bool:
    """Runs something in a process that dies before one of its steps; whether it came to its end instead."""
    child = os.fork()
    if child == 0:
        seen = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal seen
            if not frame.f_code.co_filename.endswith(STEPS):
                return None
            if event == "line":
                seen += 1
                if seen == step:
                    os._exit(_DIED)
            return trace

        try:
            sys.settrace(trace)
            act()
            os._exit(_DONE)
        except BaseException:  # noqa: BLE001 - the parent hears of it by the exit code
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (_DIED, _DONE)
    return code == _DONE


def steps_of(office: SigningOffice, folder: Path) -> int:
    """How many steps a checkpoint takes."""
    low, high = 1, 2
    for number in range(1, 20):
        copy = office.copied_to(folder / f"until-{number}")
        if dying_at(high, copy.signs):
            break
        low, high = high, high * 2
    while low + 1 < high:
        middle = (low + high) // 2
        copy = office.copied_to(folder / f"at-{middle}")
        low, high = (low, middle) if dying_at(middle, copy.signs) else (middle, high)
    return low


def test_killed_at_any_step_the_next_run_signs_and_nothing_was_signed_twice(
    office: SigningOffice, tmp_path: Path
) -> None:
    home = office.place.location
    assert isinstance(home, Path)
    before = office.signer.signed_so_far()
    assert before is not None
    steps = steps_of(office, tmp_path)
    assert steps > 100
    signed = 0
    for step in range(1, steps + 1, 3):
        copy = office.copied_to(tmp_path / str(step))
        assert not dying_at(step, copy.signs)
        so_far = copy.signer.signed_so_far()
        assert so_far is not None
        note = Checkpoint.read(copy.signs().text)
        assert copy.found() == []
        if so_far.size > before.size:
            signed += 1
            with copy.proofs(size=so_far.size) as proofs:
                assert proofs.checkpoint.root == so_far.root
            back = SigningOffice(copy.place)
            shutil.rmtree(tmp_path / str(step) / "home")
            shutil.copytree(home, tmp_path / str(step) / "home")
            with back.opened() as (ledger, _):
                assert ledger.read_only is not None
        assert note.size >= so_far.size
    assert signed > 0
