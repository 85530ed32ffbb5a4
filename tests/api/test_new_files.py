"""A new file takes nobody's place, and is on the disk with its name before anybody hears of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.new_files import new_file
from ledger.errors import InvalidCommand


def test_a_file_that_somebody_makes_meanwhile_under_the_same_name_stays(tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"

    def writes_while_somebody_else_does() -> None:
        with new_file(path) as file:
            file.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(InvalidCommand, match="already"):
        writes_while_somebody_else_does()
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_once_it_is_there_no_loss_of_power_takes_its_name_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, durable = tmp_path / "backup.zip", set[str]()
    to_the_disk = os.fsync

    def noted(descriptor: int) -> None:
        to_the_disk(descriptor)
        if os.fstat(descriptor).st_ino == tmp_path.stat().st_ino:
            durable.update(each.name for each in tmp_path.iterdir())

    monkeypatch.setattr("os.fsync", noted)
    with new_file(path) as file:
        file.write(b"ours")
    assert durable == {path.name}
    assert path.read_bytes() == b"ours"
