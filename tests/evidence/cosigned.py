"""What an office asks its witnesses, and how many have cosigned."""

from __future__ import annotations

from ledger.evidence.proving.cosigning import asking, take_in
from ledger.evidence.signing.notes import Note
from ledger.evidence.signing.witness import Asked
from tests.evidence.signing_office import SigningOffice


def asked(office: SigningOffice, since: int) -> Asked:
    """What the office asks, as it comes out of a file."""
    with office.proofs() as proofs:
        return Asked.read(str(asking(proofs, since=since)))


def taken_in(office: SigningOffice, note: Note) -> int:
    """How many witnesses have cosigned, by the office's own count."""
    with office.opened() as (ledger, _):
        return take_in(ledger.store, office.signer, note).cosignatures
