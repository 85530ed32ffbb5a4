"""Ten thousand tamperings with a release, every one of them refused; and an honest release is not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from api.verifier import Trusted, trusted_keys, verify_bundle
from ledger.evidence.notes import ED25519, SignerKey
from ledger.evidence.signer import Signer
from projections.releases import EntrySelection, Ground, IndexLine, PieceRange, StreamSelection
from projections.releases.selection import Claim
from tests.ledgers import place_in
from tests.releases.offices import Office, selection_of
from tests.verifier.tampering import Forger, Tampering, byte_tamperings, packed, unpacked

CLAIMS: tuple[Claim, ...] = ("whole_stream", "stated_scope", "none")
SHARDS, BYTES_A_SHARD, FORGED_A_SHARD = 5, 1_000, 1_000
INDEX = [IndexLine(1, "s.20", {"what": "names"}), IndexLine(2, "s.14", {"what": "advice"})]


@dataclass(frozen=True)
class Released:
    """A release for each claim, the key to confirm it, and a key that nobody trusts."""

    made: dict[Claim, bytes]
    key: str
    signed_on: date
    stranger: SignerKey


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    place = place_in(tmp_path_factory.mktemp("tampered"))
    with place.office() as ledger:
        office = Office(ledger, place)
        streams = [office.case(f"Note {number}", "Advice for Mrs Doe") for number in range(4)]
        office.sign()
        privacy, advice = Ground(1, "s.20"), Ground(2, "s.14")
        chosen: list[StreamSelection] = []
        for stream in streams:
            count = len(ledger.store.stream(stream))
            entries = [
                EntrySelection(1, slots={"answers.name": privacy}),
                *(EntrySelection(version) for version in range(2, count - 1)),
                EntrySelection(count - 1, line=advice),
                EntrySelection(count, pieces={"text": (PieceRange(2, 4, privacy),)}),
            ]
            chosen.append(StreamSelection(stream, count, tuple(entries)))
        made: dict[Claim, bytes] = {
            claim: office.bundle(selection_of(*chosen, claim=claim, languages=("en",)), INDEX)
            for claim in CLAIMS
        }
        assert Signer.beside(place.master_key).is_here
        stranger = SignerKey.from_secret(office.key.partition("+")[0], ED25519, bytes(32))
        yield Released(made, office.key, place.clock.at.date(), stranger)


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
