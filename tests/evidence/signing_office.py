"""An office that signs: a ledger with its trees and its signer, worked on and copied as tests need it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.trees import Trees
from ledger.evidence.verifying.verify import Verification, verify
from ledger.ids import case_stream
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.service import Ledger
from ledger.store import open_ledger_store, open_vault_store
from tests.evidence import by_the_book as book
from tests.ledgers import INTAKE, WATCH, HandClock, Place, place_in


@dataclass(frozen=True)
class SigningOffice:
    """A ledger at a place, its signer beside its master key."""

    place: Place

    @property
    def signer(self) -> Signer:
        return Signer.beside(self.place.master_key)

    @property
    def clock(self) -> HandClock:
        return self.place.clock

    @contextmanager
    def opened(self) -> Iterator[tuple[Ledger, Trees]]:
        """The ledger and its trees, opened anew."""
        with self.place.open() as ledger, Trees.open(self.place.location, ledger.store) as trees:
            yield ledger, trees

    def works(self, cases: int = 1) -> list[str]:
        """Opens cases with a note on each; their streams."""
        with self.place.open() as ledger:
            return opened_cases(ledger, cases)

    def signs(self) -> Note:
        """A checkpoint over all that is there."""
        with self.opened() as (ledger, trees):
            return make_checkpoint(ledger, trees, self.signer, actor=WATCH).note

    @contextmanager
    def proofs(self, *, size: int | None = None) -> Iterator[Proofs]:
        """What a checkpoint proves."""
        with self.opened() as (ledger, trees), proving(ledger.store, trees, size=size) as found:
            yield found

    def verified(self, *, by_signer: bool = True) -> Verification:
        """What verification says, with the signer's memory or without."""
        location = self.place.location
        with (
            closing(open_ledger_store(location, examining=True)) as store,
            closing(
                Vault(
                    open_vault_store(location),
                    MasterKey.read(self.place.master_key),
                    store.ledger_id,
                )
            ) as vault,
        ):
            return verify(store, vault, signer=self.signer if by_signer else None)

    def found(self, *, by_signer: bool = True) -> list[tuple[str, int | None]]:
        """The code and the position of each finding; each has its sentence."""
        findings = self.verified(by_signer=by_signer).findings
        for finding in findings:
            assert finding.sentence.endswith("."), finding
        return [(finding.code, finding.position) for finding in findings]

    def copied_to(self, folder: Path) -> SigningOffice:
        """A copy of the home and of the signer's folder; the original stays as it is."""
        home, keys = self.place.location, self.place.master_key.parent
        assert isinstance(home, Path)
        shutil.copytree(home, folder / "home")
        shutil.copytree(keys, folder / "keys")
        master_key = folder / "keys" / self.place.master_key.name
        return SigningOffice(Place(folder / "home", master_key, HandClock(self.clock.at)))


def opened_cases(ledger: Ledger, count: int) -> list[str]:
    """New cases with a note on each; their streams."""
    streams: list[str] = []
    for _ in range(count):
        case_id = ledger.new_id()
        opened = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ")
        note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="seen")
        ledger.handle(opened, actor=INTAKE)
        ledger.handle(note, actor=INTAKE)
        streams.append(case_stream(case_id))
    return streams


def leaves_of(ledger: Ledger) -> list[bytes]:
    """The leaf digests, by the book, from the stored lines alone."""
    return [
        book.leaf(state.partition(b"\n")[0]) for chunk in ledger.store.scan() for *_, state in chunk
    ]


def signed_once(folder: Path) -> SigningOffice:
    """An office with two cases, over which it has signed."""
    found = SigningOffice(place_in(folder))
    with found.place.office():
        pass
    found.works(2)
    found.signs()
    return found
