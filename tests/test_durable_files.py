"""What is relied upon is on the disk first: also the folder in which the first of its kind is put."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from api.channels.mail.folders import AsideFolder
from ledger.durable_files import write_durably
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.merkle import Tree
from ledger.sealing.heads import leaf_digest
from ledger.times import EPOCH


def test_no_loss_of_power_takes_away_the_folder_of_the_first_mail_set_aside_or_of_the_first_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable, to_the_disk = set[Path](), os.fsync

    def noted(descriptor: int) -> None:
        to_the_disk(descriptor)
        for folder in [tmp_path, *filter(Path.is_dir, tmp_path.rglob("*"))]:
            if os.path.samestat(os.fstat(descriptor), folder.stat()):
                durable.update(folder.iterdir())

    monkeypatch.setattr("os.fsync", noted)
    AsideFolder(tmp_path / "home").put(uuid4(), b"Dear all", reason="why", source="stdin", at=EPOCH)
    Signer.beside(tmp_path / "keys" / "master.key").new_key("office.example/log")
    assert durable >= set(tmp_path.rglob("*"))
    assert len(durable) >= 7


def test_no_head_is_remembered_before_the_leaves_that_it_is_over_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the other order a loss of power would leave a signer that knows what it signed for and cannot sign again."""
    signer = Signer.beside(tmp_path / "master.key")
    key = signer.new_key("office.example/log")
    leaves = [leaf_digest(bytes([each])) for each in range(3)]
    tree = Tree()
    tree.extend(leaves)
    written, to_the_disk = list[tuple[str, int]](), os.fsync

    def noted(descriptor: int) -> None:
        to_the_disk(descriptor)
        for path in filter(Path.is_file, tmp_path.rglob("*")):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                written.append((path.name, path.stat().st_size))

    monkeypatch.setattr("os.fsync", noted)
    checkpoint = Checkpoint("office.example/log", tree.size, tree.root())
    signer.sign(checkpoint, [key], more=leaves)
    assert written[0] == ("leaves", len(b"".join(leaves)))
    assert [name for name, _ in written] == ["leaves", "head.json.next"]


def test_of_many_who_write_a_file_at_once_each_writes_it_whole_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    path, contents = tmp_path / "head", [bytes([each]) * (each + 1) * 10_000 for each in range(16)]
    path.with_name("head.next").write_bytes(b"left by somebody who died" * 100_000)

    def writes(content: bytes) -> bool:
        write_durably(path, content)
        return path.read_bytes() in contents

    with ThreadPoolExecutor(len(contents)) as threads:
        assert all(threads.map(writes, contents * 4))
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_former_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "head"
    write_durably(path, b"former")

    def full(_descriptor: int) -> None:
        raise OSError("no room")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no room"):
            write_durably(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"former", [path])
