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


SIGNED = f"{TEXT}\n{OFFICE.sign(TEXT).line()}"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (b"\xff" + SIGNED.encode(), "not UTF-8"),
        (SIGNED.replace("log\n", "log\r\n").encode(), "characters that no note has"),
        (TEXT.encode(), "three lines with signatures"),
        (SIGNED.rstrip("\n").encode(), "three lines with signatures"),
        (SIGNED.replace("\n3\n", "\n").encode(), "three lines with signatures"),
        (SIGNED.replace("A=\n", "A=\nmore\n").encode(), "three lines with signatures"),
        (SIGNED.replace("\n3\n", "\n0\n").encode(), "not a number of entries"),
        (SIGNED.replace("\n3\n", "\n03\n").encode(), "not a number of entries"),
        (SIGNED.replace("A=\n", "==\n").encode(), "one form|not a digest"),
        (SIGNED.replace("\n\n\u2014", "\n\n-").encode(), "not of their form"),
        (f"{TEXT}\n\u2014 office.example/log AAAA\n".encode(), "cut off"),
        (SIGNED.encode() + OFFICE.sign(TEXT).line().encode() * 200, "too many signatures"),
        (SIGNED.encode() * 9000, "too long"),
    ],
)
def test_a_checkpoint_is_three_lines_and_their_signatures_and_nothing_else(
    note: bytes, said: str
) -> None:
    assert read_checkpoint(SIGNED.encode()).size == 3
    with pytest.raises(NotProven, match=said):
        read_checkpoint(note)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        (key(OFFICE).replace("+", " "), "not a published key"),
        (key(OFFICE) + "\n", "not a published key"),
        (key(OFFICE)[:-1], "damaged|does not know"),
        (key(OFFICE).replace("office", "another"), "does not fit its own id"),
        (key(OFFICE).rpartition("+")[0] + "+AAAA", "does not know"),
    ],
)
def test_a_key_is_read_as_it_was_published_whole(published: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_key(published)
