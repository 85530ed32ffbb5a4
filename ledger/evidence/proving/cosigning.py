"""Cosignatures: what witnesses are asked for, and their notes taken in again and held against our own."""

from __future__ import annotations

from ledger.errors import IntegrityFailure, InvalidCommand, Refusal
from ledger.evidence.proving.proofs import Proofs
from ledger.evidence.signing.asked import Asked
from ledger.evidence.signing.checkpoints import newest
from ledger.evidence.signing.notes import Checkpoint, Note, VerifierKey, read_note, signers_of
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.input.quoting import in_entries
from ledger.registers.signing import Signing
from ledger.store import LedgerStore, SignedHead


def asking(proofs: Proofs, *, since: int) -> Asked:
    """What to ask a witness that last saw so many entries (0 if none): to cosign this checkpoint."""
    if since == 0:
        return Asked(0, (), proofs.note)
    return Asked(since, proofs.consistency(since), proofs.note)


def last_cosigned(store: LedgerStore) -> int:
    """The size of the newest checkpoint that any witness has cosigned; 0 if none has."""
    note = newest(store, cosignatures=1)
    return Checkpoint.read(note.text).size if note else 0


def take_in(store: LedgerStore, signer: Signer, note: Note) -> SignedHead:
    """Keeps what witnesses added to a checkpoint of ours; how many of our witnesses have cosigned it now.

    IntegrityFailure if it bears our signature and is not of our history: then this ledger is behind or
    beside what was signed, and is read-only until it is recovered.
    """
    signing, checkpoint = signing_of(store), Checkpoint.read(note.text)
    if checkpoint.origin != signing.origin:
        raise InvalidCommand(f"This checkpoint is of {checkpoint.origin}, and not of this ledger.")
    ours = [VerifierKey.read(key) for key in signing.ever("checkpoint")]
    if not signers_of(note, ours):
        raise InvalidCommand("No key of this ledger has signed this checkpoint: give another file.")
    kept = [
        each
        for each in store.checkpoints(after=checkpoint.size - 1)
        if each.size == checkpoint.size
    ]
    known = read_note(kept[-1].note) if kept else None
    if known is None or known.text != note.text:
        signer.claim(note)
        raise IntegrityFailure(
            f"This checkpoint of {in_entries(checkpoint.size)} was signed by this office and is not one of this "
            "ledger: it is behind what was signed, or beside it, and records nothing more until it is brought in "
            "order by `caseledger recover`."
        )
    merged = known.with_signatures(note.signatures)
    count = len(cosigners(merged, signing))
    if count <= kept[-1].cosignatures:
        if count == 0:
            raise Refusal(
                "None of the witnesses that this ledger knows has cosigned this checkpoint: introduce them with "
                "`caseledger keys witness`.",
                rule="known-witness",
            )
        return kept[-1]
    signed = SignedHead(checkpoint.size, count, str(merged))
    store.keep_checkpoint(signed)
    return signed


def cosigners(note: Note, signing: Signing) -> list[tuple[VerifierKey, int]]:
    """The witnesses in force that have cosigned a note, and when each saw it."""
    keys = [VerifierKey.read(key) for key in signing.in_force("witness")]
    return [(key, at) for key in keys if (at := key.cosigned_at(note)) is not None]
