"""A witness of an office: what it is asked, and how many have cosigned."""

from __future__ import annotations

from pathlib import Path

from ledger.evidence.proving.cosigning import asking, take_in
from ledger.evidence.signing.asked import Asked
from ledger.evidence.signing.notes import Note
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.signing.witness import Witness
from ledger.registers.signing import IntroduceKey, signing_id
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import DIRECTOR


def watching(office: SigningOffice, folder: Path) -> Witness:
    """A witness that watches the office's log, and that the office has named."""
    witness = Witness(folder)
    key = witness.make("witness.example.org")
    with office.opened() as (ledger, _):
        witness.trust(signing_of(ledger.store).in_force("checkpoint")[0])
        signing = signing_id(ledger.store.ledger_id)
        named = IntroduceKey(signing_id=signing, purpose="witness", key=str(key))
        ledger.handle(named, actor=DIRECTOR)
    return witness


def asked(office: SigningOffice, since: int) -> Asked:
    """What the office asks, as it comes out of a file."""
    with office.proofs() as proofs:
        return Asked.read(str(asking(proofs, since=since)))


def taken_in(office: SigningOffice, note: Note) -> int:
    """How many witnesses have cosigned, by the office's own count."""
    with office.opened() as (ledger, _):
        return take_in(ledger.store, office.signer, note).cosignatures
