"""Step 7: an earlier release beside a later one shows whether anything was rewritten in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle
from tests.verifier.histories import Histories, histories_in


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Histories:
    return histories_in(tmp_path_factory.mktemp("told"))


def verdict(earlier: bytes, later: bytes, folder: Path, key: str) -> Verdict:
    for name, made in (("earlier.zip", earlier), ("later.zip", later)):
        (folder / name).write_bytes(made)
    trusted = Trusted(trusted_keys(key))
    return verify_bundle(folder / "later.zip", trusted, since=folder / "earlier.zip")


def refused(found: Verdict) -> tuple[int, str]:
    assert found.failure is not None
    return found.failure.step, found.failure.sentence


def test_a_log_that_only_grew_is_shown_to_have_grown(told: Histories, tmp_path: Path) -> None:
    found = verdict(told.earlier, told.grown, tmp_path, told.key)
    assert (found.word, found.failure, found.since) == ("confirmed", None, told.size)
    assert verdict(told.grown, told.grown, tmp_path, told.key).word == "confirmed"
    step, said = refused(verdict(told.earlier, told.unproved, tmp_path, told.key))
    assert (step, "how the log grew" in said) == (7, True)
    damaged = verdict(told.earlier[:-1], told.grown, tmp_path, told.key)
    assert damaged.failure is not None
    assert damaged.failure.where.startswith("the earlier release")


def test_a_history_that_was_rewritten_in_between_is_found(told: Histories, tmp_path: Path) -> None:
    alone = tmp_path / "alone.zip"
    alone.write_bytes(told.rewritten)
    assert verify_bundle(alone, Trusted(trusted_keys(told.key))).word == "confirmed"
    step, said = refused(verdict(told.earlier, told.rewritten, tmp_path, told.key))
    assert (step, "rewritten" in said) == (7, True)


def test_a_release_of_another_ledger_is_no_earlier_one(told: Histories, tmp_path: Path) -> None:
    keys = f"{told.key}\n{told.foreign_key}"
    step, said = refused(verdict(told.foreign, told.grown, tmp_path, keys))
    assert (step, "another ledger" in said) == (7, True)
