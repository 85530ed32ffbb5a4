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

from ledger.evidence.signing.notes import Checkpoint
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import place_in

SIGNING = ("checkpoints.py", "durable_files.py", "signer.py")
TREES = ("trees.py", "map_tiles.py", "log_tiles.py")
"""The modules whose lines are the steps of making a checkpoint, and of what lies under it."""
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


def dying_at(step: int, act: Callable[[], object], modules: tuple[str, ...]) -> bool:
    """Runs something in a process that dies before one of its steps; whether it came to its end instead."""
    child = os.fork()
    if child == 0:
        seen = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal seen
            if not frame.f_code.co_filename.endswith(modules):
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


def steps_of(office: SigningOffice, modules: tuple[str, ...]) -> int:
    """How many steps a checkpoint takes."""
    seen = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal seen
        if not frame.f_code.co_filename.endswith(modules):
            return None
        seen += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        office.signs()
    finally:
        sys.settrace(before)
    return seen


@pytest.mark.parametrize(
    ("modules", "tries"),
    [
        (SIGNING, 25),
        (TREES, 8),
        pytest.param(SIGNING, 240, marks=pytest.mark.soak),
        pytest.param(TREES, 120, marks=pytest.mark.soak),
    ],
)
def test_killed_at_any_step_the_next_run_signs_and_nothing_was_signed_twice(
    office: SigningOffice, tmp_path: Path, modules: tuple[str, ...], tries: int
) -> None:
    home, before = office.place.location, office.signer.signed_so_far()
    assert isinstance(home, Path)
    assert before is not None
    steps = steps_of(office.copied_to(tmp_path / "counted"), modules)
    tries = min(tries, steps)
    signed = 0
    for number in range(1, tries + 1):
        folder = tmp_path / str(number)
        copy = office.copied_to(folder)
        assert not dying_at(number * steps // tries, copy.signs, modules)
        so_far = copy.signer.signed_so_far()
        assert so_far is not None
        note = Checkpoint.read(copy.signs().text)
        assert note.size >= so_far.size > 0
        assert copy.found() == []
        if so_far.size > before.size:  # it had decided to sign: for this history, and for no other
            signed += 1
            with copy.proofs(size=so_far.size) as proofs:
                assert proofs.checkpoint.root == so_far.root
            shutil.rmtree(folder / "home")
            shutil.copytree(home, folder / "home")
            with copy.opened() as (ledger, _):
                assert ledger.read_only is not None
    assert signed > 0
