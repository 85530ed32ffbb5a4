"""Whose signatures count under a checkpoint: those of the keys that were given, each once, and no other's."""

from __future__ import annotations

import pytest

from api.verifier.failures import NotProven
from api.verifier.notes import Checkpoint, cosigned_by, read_checkpoint, read_key, signers_of
from ledger.evidence.signing.notes import COSIGNATURE, ED25519, Signature, SignerKey

TEXT = "office.example/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
OFFICE = SignerKey.from_secret("office.example/log", ED25519, bytes([1] * 32))
FORMER = SignerKey.from_secret("office.example/log", ED25519, bytes([2] * 32))
WITNESS = SignerKey.from_secret("witness.example", COSIGNATURE, bytes([3] * 32))


def signed(*signatures: Signature) -> Checkpoint:
    lines = "".join(each.line() for each in signatures)
    return read_checkpoint(f"{TEXT}\n{lines}".encode())


def key(signer: SignerKey) -> str:
    return str(signer.verifier)


def test_whoever_is_unknown_may_sign_as_often_as_they_like() -> None:
    """C2SP signed-note: signatures from unknown keys are ignored, and so are two of one."""
    seen = [WITNESS.cosign(TEXT, at) for at in (1_700_000_000, 1_700_000_060)]
    checkpoint = signed(OFFICE.sign(TEXT), *seen)
    assert signers_of(checkpoint, [read_key(key(OFFICE))]) == [
        f"office.example/log+{OFFICE.verifier.key_id.hex()}"
    ]


def test_a_key_that_was_given_signs_once() -> None:
    twice = signed(OFFICE.sign(TEXT), OFFICE.sign(TEXT))
    with pytest.raises(NotProven, match="signed twice"):
        signers_of(twice, [read_key(key(OFFICE))])
    seen = [WITNESS.cosign(TEXT, at) for at in (1_700_000_000, 1_700_000_060)]
    with pytest.raises(NotProven, match="signed twice"):
        cosigned_by(signed(OFFICE.sign(TEXT), *seen), [read_key(key(WITNESS))], quorum=1)


def test_what_was_signed_before_the_office_changed_its_key_says_what_to_ask_for() -> None:
    with pytest.raises(
        NotProven, match=r"another key, before or since, ask it for the one of then"
    ):
        signers_of(signed(FORMER.sign(TEXT)), [read_key(key(OFFICE))])


def test_what_was_signed_before_there_was_a_witness_says_what_to_leave_out() -> None:
    checkpoint = signed(OFFICE.sign(TEXT))
    with pytest.raises(NotProven, match="leave out the key of one who was named later"):
        cosigned_by(checkpoint, [read_key(key(WITNESS))], quorum=1)
    assert cosigned_by(checkpoint, [read_key(key(WITNESS))], quorum=0) == []
