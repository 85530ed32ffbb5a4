"""As of which checkpoint something is given out: signed just now, or the newest that the witnesses have cosigned."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from api.machines import machine
from ledger.errors import Refusal
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import make_checkpoint, newest
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger


@contextmanager
def proofs_to_give_out(ledger: Ledger, trees: Trees, signer: Signer) -> Generator[Proofs]:
    """What a release cites, within one block.

    Refusal where witnesses must cosign and no checkpoint came back from them yet; what was recorded
    after the newest that did is not proved by it.
    """
    if signer.is_here or not ledger.store.newest_checkpoint():
        make_checkpoint(ledger, trees, signer, actor=machine("signer"))
    with proving(ledger.store, trees, size=_cosigned(ledger)) as proofs:
        yield proofs


def _cosigned(ledger: Ledger) -> int | None:
    """The size of the newest checkpoint that enough witnesses have cosigned; None where none must."""
    quorum = signing_of(ledger.store).quorum
    if not quorum:
        return None
    note = newest(ledger.store, cosignatures=quorum)
    if note is None:
        raise Refusal(
            f"No checkpoint is cosigned by as many witnesses as must yet ({quorum}): send them one with `caseledger "
            "checkpoint --for-witness`, and take in what comes back with --cosigned.",
            rule="witnessed-before-released",
        )
    return Checkpoint.read(note.text).size
