"""What is given out signed: as of which checkpoint, that of just now or what the witnesses cosigned, and receipts."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from api.environment import from_environment
from api.machines import machine
from api.webhooks.settings import WebhookSettings
from api.witnesses.asking import ask_witnesses
from ledger.errors import InvalidCommand, Refusal
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.proving.receipts import receipt_of
from ledger.evidence.signing.checkpoints import make_checkpoint, newest
from ledger.evidence.signing.notes import Checkpoint, Note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_keys import introduce_first_keys, keys_that_sign
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger

_WAITS_SECONDS = 3.0
"""For an answer of a witness, while somebody waits for what is given out: `watch` asks it again."""


@contextmanager
def proofs_to_give_out(ledger: Ledger, trees: Trees, signer: Signer) -> Generator[Proofs]:
    """What a release cites, within one block: witnesses that have an address are asked, and waited for a moment.

    Refusal where witnesses must cosign and no checkpoint came back from them yet; what was recorded
    after the newest that did is not proved by it.
    """
    if signer.is_here or not ledger.store.newest_checkpoint():
        make_checkpoint(ledger, trees, signer, actor=machine("signer"))
        ask_witnesses(ledger, trees, signer, _for_a_moment())
    with proving(ledger.store, trees, size=_cosigned(ledger)) as proofs:
        yield proofs


def receipt_to_give_out(ledger: Ledger, signer: Signer, stream: str, version: int) -> Note:
    """The signed receipt of an entry, for its requester to keep; InvalidCommand where the stream has no such entry."""
    rows = ledger.store.stream(stream, after_version=version - 1, upto_version=version)
    if not rows:
        raise InvalidCommand(f"{stream} has no entry {version}: give one that it has.")
    ledger.store.settled()
    signing = introduce_first_keys(ledger, signer, actor=machine("signer"))
    return receipt_of(rows[0], keys_that_sign(signing, signer, "receipt"))


def _for_a_moment() -> WebhookSettings:
    settings = from_environment(WebhookSettings)
    return settings.model_copy(
        update={"answer_seconds": min(settings.answer_seconds, _WAITS_SECONDS)}
    )


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
