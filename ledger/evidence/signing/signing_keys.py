"""Signing keys as the log knows them: introduced, in force and retired by entries, their secrets at the signer's."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.entry import Actor
from ledger.errors import LedgerUnavailable
from ledger.evidence.signing.notes import SignerKey
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.interface import AnyLedger
from ledger.registers.signing import IntroduceKey, Purpose, RetireKey, Signing, signing_id

OWN: tuple[Purpose, ...] = ("checkpoint", "receipt")
"""What the office itself signs, each under keys of its own."""
_RECEIPTS = "/receipts"


def introduce_first_keys(
    ledger: AnyLedger, signer: Signer, *, actor: Actor, origin: str | None = None
) -> Signing:
    """The keys of a ledger, its first ones made and introduced if it has none: one for each thing it signs.

    `origin` names the log for good; left out, it is named by its id.
    """
    signing = signing_of(ledger.store)
    for purpose in OWN:
        if not signing.ever(purpose):
            name = signing.origin or origin or f"caseledger/{ledger.store.ledger_id.hex()}"
            signing = introduce_key(ledger, signer, purpose, origin=name, actor=actor)
    return signing


def introduce_key(
    ledger: AnyLedger, signer: Signer, purpose: Purpose, *, origin: str, actor: Actor
) -> Signing:
    """A new key of the office's own, which signs from now on beside those that do."""
    key = signer.new_key(origin + (_RECEIPTS if purpose == "receipt" else ""))
    command = IntroduceKey(
        signing_id=signing_id(ledger.store.ledger_id), purpose=purpose, key=str(key.verifier)
    )
    ledger.handle(command, actor=actor)
    return signing_of(ledger.store)


def retire_key(
    ledger: AnyLedger, signer: Signer, purpose: Purpose, *, key: str, actor: Actor
) -> Signing:
    """Nothing is signed under a key any more, and its secret half is destroyed."""
    command = RetireKey(signing_id=signing_id(ledger.store.ledger_id), purpose=purpose, key=key)
    ledger.handle(command, actor=actor)
    if purpose in OWN:
        signer.forget_key(key)
    return signing_of(ledger.store)


def keys_that_sign(signing: Signing, signer: Signer, purpose: Purpose) -> Sequence[SignerKey]:
    """Every key in force for a purpose; LedgerUnavailable if one is not here, or none was introduced."""
    keys = [signer.key(written) for written in signing.in_force(purpose)]
    if not keys:
        raise LedgerUnavailable(
            f"No key signs {purpose}s yet: run `caseledger checkpoint` where the signer's folder lies."
        )
    return keys
