"""What is relied upon is on the disk first: also the folder in which the first of its kind is put."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from api.channels.mail.folders import AsideFolder
from ledger.evidence.signer import Signer
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
