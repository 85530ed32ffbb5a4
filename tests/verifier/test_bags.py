"""The reader of bags on the conformance suite of the Library of Congress, every bag of it."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from api.verifier.bags import check_bag
from api.verifier.failures import NotProven
from api.verifier.folders import Folder

SUITE = Path(
    os.environ.get("CASELEDGER_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"),
    "conformance",
    "bagit",
)
BAGS = sorted(path for path in SUITE.glob("v*/*/*") if path.is_dir())
LOST = {
    "duplicate-file-with-different-case": ("data/HELLO.txt", b"hello\n"),
    "special-system-files": ("data/.DS_Store", b""),
}
"""Files that a copy of the suite loses on its way through some systems, and what they hold."""

pytestmark = pytest.mark.skipif(not BAGS, reason=f"there is no bagit suite at {SUITE}")


def named(path: Path) -> str:
    return path.relative_to(SUITE).as_posix()


@pytest.mark.parametrize("bag", BAGS, ids=named)
def test_every_bag_gets_the_verdict_of_the_suite(bag: Path, tmp_path: Path) -> None:
    if bag.name in LOST:
        bag = _restored(bag, tmp_path)
    if bag.parent.name in ("valid", "warning") or bag.is_relative_to(tmp_path):
        assert check_bag(Folder(bag)).version
    else:
        with pytest.raises(NotProven):
            check_bag(Folder(bag))


def _restored(bag: Path, folder: Path) -> Path:
    """A copy of the bag with the file that was lost, whose digest its manifest still has."""
    copy = folder / bag.name
    shutil.copytree(bag, copy)
    name, content = LOST[bag.name]
    manifest = (bag / "manifest-sha512.txt").read_text(encoding="utf-8")
    assert f"{hashlib.sha512(content).hexdigest()}  {name}" in manifest
    if not (copy / name).exists():
        with pytest.raises(NotProven, match=r"missing"):
            check_bag(Folder(copy))
        copy.joinpath("data").chmod(0o755)
        (copy / name).write_bytes(content)
    return copy


def test_all_sixty_bags_are_there() -> None:
    assert len(BAGS) == 60


def test_the_bag_that_others_accept_is_refused_for_its_white_space() -> None:
    with pytest.raises(NotProven, match="does not declare a bag"):
        check_bag(Folder(SUITE / "v1.0" / "invalid" / "bagit-with-invalid-whitespace"))


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "passwords").symlink_to("/etc/passwd")
    with pytest.raises(NotProven, match="link"):
        Folder(tmp_path)
