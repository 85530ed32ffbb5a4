"""A release for each claim of completeness, as tests of both verifiers need them."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.evidence.signing.notes import ED25519, SignerKey
from projections.releases.selection import (
    Claim,
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    StreamSelection,
)
from tests.evidence import by_the_book as book
from tests.ledgers import place_in
from tests.releases.offices import Office, selection_of
from tests.verifier.packing import packed, unpacked

CLAIMS: tuple[Claim, ...] = ("whole_stream", "stated_scope", "none")
PRIVACY, ADVICE = Ground(1, "s.20"), Ground(2, "s.14")
INDEX = [IndexLine(1, "s.20", {"what": "names"}), IndexLine(2, "s.14", {"what": "advice"})]


@dataclass(frozen=True)
class Released:
    """A release for each claim, the key to confirm it, and a key that nobody trusts."""

    made: dict[Claim, bytes]
    key: str
    signed_on: date
    stranger: SignerKey
    entries: int
    """How many entries its first stream has."""


@contextmanager
def released_in(folder: Path) -> Generator[Released]:
    """An office with four cases, of which lines, values and words are withheld on two grounds."""
    place = place_in(folder)
    with place.office() as ledger:
        office = Office(ledger, place)
        streams = [office.case(f"Note {number}", "Advice for Mrs Doe") for number in range(4)]
        for stream in streams:
            office.note(stream, "Called Mrs Élise Doe back")
        office.sign()
        chosen: list[StreamSelection] = []
        for stream in streams:
            count = len(ledger.store.stream(stream))
            entries = [
                EntrySelection(1, slots={"answers.name": PRIVACY}),
                *(EntrySelection(version) for version in range(2, count - 1)),
                EntrySelection(count - 1, line=ADVICE),
                EntrySelection(count, pieces={"text": (PieceRange(1, 4, PRIVACY),)}),
            ]
            chosen.append(StreamSelection(stream, count, tuple(entries)))
        made: dict[Claim, bytes] = {
            claim: office.bundle(selection_of(*chosen, claim=claim, languages=("en",)), INDEX)
            for claim in CLAIMS
        }
        stranger = SignerKey.from_secret(office.key.partition("+")[0], ED25519, bytes(32))
        yield Released(made, office.key, place.clock.at.date(), stranger, len(chosen[0].entries))


def ending_withheld(released: Released) -> bytes:
    """A release of a stated scope of which the line that is shown last is left out, so that one withheld ends it."""
    files = unpacked(released.made["stated_scope"])
    for name in [name for name in files if name.startswith("data/entries/")]:
        for kind in ("entries", "proofs", "said"):
            place = name.replace("entries", kind)
            said = json.loads(files.get(place, b"null"))
            if said is not None and name != max(each for each in files if "data/entries/" in each):
                said["entries"].pop()
                files[place] = book.canonical(said)
    return packed(files, bagged_on=released.signed_on)
