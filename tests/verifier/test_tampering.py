"""Tamperings with a release of each claim, every one of them refused; and an honest release is not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.verifier import Trusted, trusted_keys, verify_bundle
from projections.releases.selection import Claim
from tests.verifier.packing import packed, unpacked
from tests.verifier.releases import CLAIMS, Released, released_in
from tests.verifier.tampering import Forger, Tampering, byte_tamperings

SHARDS, BYTES_A_SHARD, FORGED_A_SHARD = 3, 400, 400


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    with released_in(tmp_path_factory.mktemp("tampered")) as found:
        yield found


def refused(tampering: Tampering, released: Released, folder: Path) -> bool:
    file = folder / "tampered.zip"
    file.write_bytes(tampering.made)
    return verify_bundle(file, Trusted(trusted_keys(released.key))).word == "failed"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_honest_release_is_confirmed_and_so_is_one_that_was_packed_again(
    released: Released, tmp_path: Path, claim: Claim
) -> None:
    """So that a refusal of a forgery below is owed to what was forged, and not to how it was packed."""
    made = released.made[claim]
    assert packed(unpacked(made), bagged_on=released.signed_on) == made
    file = tmp_path / "honest.zip"
    file.write_bytes(made)
    assert verify_bundle(file, Trusted(trusted_keys(released.key))).word == "confirmed"


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_is_done_to_its_bytes_it_is_refused(
    released: Released, tmp_path: Path, shard: int
) -> None:
    draw = random.Random(shard)
    made = released.made[CLAIMS[shard % len(CLAIMS)]]
    passed = [
        each.what
        for each in byte_tamperings(made, draw, BYTES_A_SHARD)
        if each.made != made and not refused(each, released, tmp_path)
    ]
    assert passed == []


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_is_forged_in_it_and_packed_anew_it_is_refused(
    released: Released, tmp_path: Path, shard: int
) -> None:
    draw = random.Random(1000 + shard)
    claim = CLAIMS[shard % len(CLAIMS)]
    forger = Forger(released.made[claim], bagged_on=released.signed_on, stranger=released.stranger)
    kinds, passed = Counter[str](), Counter[str]()
    for each in forger.forged(draw, FORGED_A_SHARD):
        kinds[each.what] += 1
        passed[each.what] += not refused(each, released, tmp_path)
    # Who claims no whole stream may leave an entry out, the first or the last of a scope at least.
    allowed = set[str]() if claim == "whole_stream" else {"entry_left_out"}
    assert {what for what, times in passed.items() if times} <= allowed
    assert len(kinds) > 30
