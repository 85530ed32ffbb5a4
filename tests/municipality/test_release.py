"""A release of twenty cases of a real municipality: made, verified by both verifiers, and not to be tampered with."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from api.channels.importing import import_log
from api.channels.mapping_files import find_mapping
from api.verifier import Trusted, trusted_keys, verify_bundle
from ledger.entry import Actor
from ledger.evidence.signing.notes import ED25519, SignerKey
from projections.releases.selection import EntrySelection, Ground, IndexLine, StreamSelection
from tests.browser.chromium import opened, started
from tests.channels.logs import real
from tests.ledgers import place_in
from tests.releases.offices import Office, selection_of
from tests.verifier.tampering import Forger, byte_tamperings

CASES = 20
SHARDS, BYTES_A_SHARD, FORGED_A_SHARD = 4, 2_400, 160
PRIVACY, ADVICE = Ground(1, "s.20"), Ground(2, "s.14")
INDEX = [
    IndexLine(1, "s.20", {"what": "Numbers of applicants' files", "harm": "unjustified invasion"}),
    IndexLine(2, "s.14", {"what": "Steps of internal advice", "harm": "candour"}),
]


@dataclass(frozen=True)
class Release:
    """The bundle, its key, and the day on which its checkpoint was signed."""

    made: bytes
    key: str
    signed_on: date
    lines_withheld: int


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    log = real("receipt", "receipt.xes.gz")
    place = place_in(tmp_path_factory.mktemp("municipality"))
    with place.create() as ledger:
        importer = Actor("machine", "import", version="1")
        import_log(ledger, log, find_mapping("receipt"), actor=importer)
        office = Office(ledger, place)
        office.sign()
        chosen = [_selected(office, stream) for stream in ledger.store.streams("case")[:CASES]]
        made = office.bundle(selection_of(*chosen, languages=("en",)), INDEX)
        withheld = sum(each.line is not None for stream in chosen for each in stream.entries)
        yield Release(made, office.key, place.clock.at.date(), withheld)


def _selected(office: Office, stream: str) -> StreamSelection:
    """A case without its number at the source, and without every fifth step of its activities."""
    rows = office.ledger.store.stream(stream)
    entries = [
        EntrySelection(row.version, line=ADVICE)
        if row.topic == "ActivityRecorded" and row.version % 5 == 0
        else EntrySelection(
            row.version, slots={"external_id": PRIVACY} if row.topic == "CaseImported" else {}
        )
        for row in rows
    ]
    return StreamSelection(stream, len(rows), tuple(entries))


def test_it_is_confirmed_by_the_verifier_and_says_how_much_is_withheld(
    release: Release, tmp_path: Path
) -> None:
    file = tmp_path / "release.zip"
    file.write_bytes(release.made)
    verdict = verify_bundle(file, Trusted(trusted_keys(release.key)))
    assert (verdict.word, verdict.failure) == ("confirmed", None)
    counted = verdict.counted
    assert (counted.streams, counted.slots_withheld) == (CASES, CASES)
    assert counted.lines_withheld == release.lines_withheld > 0
    assert counted.by_exemption == {"s.20": CASES, "s.14": release.lines_withheld}


def test_it_is_confirmed_by_the_page_in_a_chromium_without_a_network(
    release: Release, tmp_path: Path
) -> None:
    with started() as browser, opened(browser, tmp_path) as page:
        assert page.verifies(release.made, key=release.key) == "confirmed"
        assert page.page.locator("#record option").count() == CASES
        raw = bytearray(release.made)
        raw[len(raw) // 3] ^= 1
        assert page.verifies(bytes(raw), key=release.key) == "failed"


@pytest.mark.parametrize(
    "shard", [0, *(pytest.param(shard, marks=pytest.mark.soak) for shard in range(1, SHARDS))]
)
def test_ten_thousand_tamperings_with_it_are_all_refused(
    release: Release, tmp_path: Path, shard: int
) -> None:
    draw = random.Random(shard)
    origin = release.key.partition("+")[0]
    stranger = SignerKey.from_secret(origin, ED25519, bytes(32))
    forger = Forger(release.made, bagged_on=release.signed_on, stranger=stranger)
    trusted, file, passed, tried = Trusted(trusted_keys(release.key)), tmp_path / "r.zip", set(), 0
    for source in (
        byte_tamperings(release.made, draw, BYTES_A_SHARD),
        forger.forged(draw, FORGED_A_SHARD),
    ):
        for each in source:
            if each.made == release.made:
                continue
            tried += 1
            file.write_bytes(each.made)
            if verify_bundle(file, trusted).word != "failed":
                passed.add(each.what)
    assert passed == set()
    assert tried * SHARDS >= 10_000
