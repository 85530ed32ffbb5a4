"""Releases of one office at two times: of a log that grew, of one that was rewritten, and of another office."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ledger.evidence.signing.notes import Checkpoint
from tests.ledgers import place_in
from tests.releases.offices import Office, selection_of


@dataclass(frozen=True)
class Histories:
    """An earlier release, and what comes later: rightly, without proof of how it grew, and rewritten."""

    earlier: bytes
    size: int
    """How many entries the log had then."""
    grown: bytes
    unproved: bytes
    rewritten: bytes
    key: str
    foreign: bytes
    foreign_key: str


def histories_in(folder: Path) -> Histories:
    """A log of one case goes on after a release of it; a copy of it from before went on otherwise."""
    place = place_in(folder / "office")
    with place.office() as ledger:
        office = Office(ledger, place)
        stream = office.case("First")
        office.sign()
    shutil.copytree(folder / "office", folder / "copied")
    with place.open() as ledger:
        office = Office(ledger, place)
        office.note(stream, "What really happened")
        office.sign()
        earlier, size, key = _whole(office, stream), _size_of(office), office.key
        office.note(stream, "And more")
        office.sign()
        grown, unproved = _whole(office, stream, size), _whole(office, stream)
    copied = replace(place_in(folder / "copied"), clock=place.clock)
    with copied.open() as ledger:
        office = Office(ledger, copied)
        office.note(stream, "What would have been nicer")
        office.note(stream, "And more")
        office.sign()
        rewritten = _whole(office, stream, size)
    other = place_in(folder / "other")
    with other.office_of_its_own() as ledger:
        office = Office(ledger, other)
        stream = office.case("First")
        office.sign()
        foreign, foreign_key = _whole(office, stream), office.key
    return Histories(earlier, size, grown, unproved, rewritten, key, foreign, foreign_key)


def _whole(office: Office, stream: str, *earlier: int) -> bytes:
    return office.bundle(selection_of(office.whole(stream), languages=("en",)), earlier=earlier)


def _size_of(office: Office) -> int:
    with office.proofs() as proofs:
        checkpoint: Checkpoint = proofs.checkpoint
    return checkpoint.size
