"""Step 7: an earlier release beside a later one shows whether anything was rewritten in between."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle
from ledger.evidence.notes import Checkpoint
from tests.ledgers import Place, place_in
from tests.releases.offices import Office, selection_of


def whole(office: Office, stream: str, *, earlier: tuple[int, ...] = ()) -> bytes:
    return office.bundle(selection_of(office.whole(stream), languages=("en",)), earlier=earlier)


def size_of(office: Office) -> int:
    with office.proofs() as proofs:
        checkpoint: Checkpoint = proofs.checkpoint
    return checkpoint.size


def verdict(earlier: bytes, later: bytes, folder: Path, key: str) -> Verdict:
    for name, made in (("earlier.zip", earlier), ("later.zip", later)):
        (folder / name).write_bytes(made)
    trusted = Trusted(trusted_keys(key))
    return verify_bundle(folder / "later.zip", trusted, since=folder / "earlier.zip")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path / "office")


def test_a_log_that_only_grew_is_shown_to_have_grown(place: Place, tmp_path: Path) -> None:
    with place.office() as ledger:
        office = Office(ledger, place)
        stream = office.case("First")
        office.sign()
        earlier, size = whole(office, stream), size_of(office)
        office.note(stream, "Second")
        office.sign()
        later = whole(office, stream, earlier=(size,))
        found = verdict(earlier, later, tmp_path, office.key)
        assert (found.word, found.failure, found.since) == ("confirmed", None, size)
        assert verdict(later, later, tmp_path, office.key).word == "confirmed"
        unproved = verdict(earlier, whole(office, stream), tmp_path, office.key)
        assert unproved.failure is not None
        assert (unproved.failure.step, "how the log grew" in unproved.failure.sentence) == (7, True)
        damaged = verdict(earlier[:-1], later, tmp_path, office.key)
        assert damaged.failure is not None
        assert damaged.failure.where.startswith("the earlier release")


def test_a_history_that_was_rewritten_in_between_is_found(place: Place, tmp_path: Path) -> None:
    with place.office() as ledger:
        office = Office(ledger, place)
        stream = office.case("First")
        office.sign()
    copied = tmp_path / "copied"
    shutil.copytree(tmp_path / "office", copied)
    with place.open() as ledger:
        office = Office(ledger, place)
        office.note(stream, "What really happened")
        office.sign()
        earlier, size, key = whole(office, stream), size_of(office), office.key
    fork = replace(place_in(copied), clock=place.clock)
    with fork.open() as ledger:
        office = Office(ledger, fork)
        office.note(stream, "What would have been nicer")
        office.note(stream, "And more")
        office.sign()
        later = whole(office, stream, earlier=(size,))
    (tmp_path / "alone.zip").write_bytes(later)
    assert verify_bundle(tmp_path / "alone.zip", Trusted(trusted_keys(key))).word == "confirmed"
    found = verdict(earlier, later, tmp_path, key)
    assert found.failure is not None
    assert (found.failure.step, "rewritten" in found.failure.sentence) == (7, True)


def test_a_release_of_another_ledger_is_no_earlier_one(place: Place, tmp_path: Path) -> None:
    made: list[tuple[bytes, str]] = []
    for each in (place, place_in(tmp_path / "other")):
        with each.office() as ledger:
            office = Office(ledger, each)
            stream = office.case("First")
            office.sign()
            made.append((whole(office, stream), office.key))
    (one, key), (other, other_key) = made
    found = verdict(one, other, tmp_path, f"{key}\n{other_key}")
    assert found.failure is not None
    assert (found.failure.step, "another ledger" in found.failure.sentence) == (7, True)
