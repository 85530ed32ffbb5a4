"""Tests lie in memory where there is room, and where whoever runs them has not said otherwise."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.in_memory import ROOM_BYTES, SETTING, use_memory


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())


def test_a_place_of_ones_own_is_kept(tmp_path: Path) -> None:
    environment = {SETTING: "/elsewhere"}
    assert not use_memory(environment, where=tmp_path)
    assert environment == {SETTING: "/elsewhere"}


def test_without_such_a_place_they_lie_where_they_always_did(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    assert not use_memory(environment, where=tmp_path / "nowhere")
    assert environment == {}


def test_they_lie_there_exactly_if_it_has_room_and_lets_programs_run(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    there = os.statvfs(tmp_path)
    fits = there.f_bavail * there.f_frsize >= ROOM_BYTES and not there.f_flag & os.ST_NOEXEC
    assert use_memory(environment, where=tmp_path) == fits
    assert environment == ({SETTING: str(tmp_path)} if fits else {})
