"""Another implementation of C2SP transparency logs referees ours, where it runs (Python 3.12 or newer)."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.signing.notes import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Note,
    SignerKey,
    read_note,
)
from ledger.evidence.trees.log_tiles import node_of
from ledger.evidence.trees.merkle import (
    consistency,
    inclusion,
    proves_growth,
    proves_inclusion,
    root_at,
)
from tests.evidence.kept_trees import Tiles

pytest.importorskip("aics_tlog", reason="the other implementation needs Python 3.12")

SECRET = bytes(range(32))
ORIGIN = "ledger.example.org/2027"


def other(module: str) -> Any:
    """A module of the other implementation."""
    return import_module(f"aics_tlog.{module}")


@given(st.integers(1, 600), st.data())
def test_roots_and_proofs_are_the_same_and_each_checks_the_other_s(
    size: int, data: st.DataObject
) -> None:
    lines = [f"line {number}".encode() for number in range(size)]
    tiles, tree = Tiles(), other("tree").MerkleTree(lines)
    tiles.grow([sha256(b"\x00" + line).digest() for line in lines])
    nodes = partial(node_of, tiles=tiles)
    root = root_at(size, nodes)
    assert root == tree.root()
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path, growth = inclusion(index, size, nodes), consistency(first, size, nodes)
    assert list(path) == tree.inclusion_proof(index)
    assert list(growth) == tree.consistency_proof(first)
    leaf, before = node_of(0, index, tiles), root_at(first, nodes)
    assert other("tree").verify_inclusion(leaf, index, size, path, root)
    assert other("tree").verify_consistency(first, size, before, root, growth)
    assert proves_inclusion(leaf, index, size, root=root, path=tree.inclusion_proof(index))
    assert proves_growth(first, before, size, root=root, path=tree.consistency_proof(first))


def test_a_checkpoint_that_we_signed_and_cosigned_is_verified_by_the_other() -> None:
    key = SignerKey.from_secret(ORIGIN, ED25519, SECRET)
    witness = SignerKey.from_secret("witness.example.org", COSIGNATURE, SECRET[::-1])
    text = Checkpoint(ORIGIN, 7, sha256(b"root").digest()).text()
    note = Note(text, (key.sign(text), witness.cosign(text, 1_700_000_000)))
    vkey, witness_vkey = (other("note").parse_vkey(str(each.verifier)) for each in (key, witness))
    found = other("checkpoint").verify_checkpoint(
        other("note").parse_note(str(note)), vkey, [witness_vkey], 1, expected_origin=ORIGIN
    )
    assert (found.ok, found.size, found.cosignature_count) == (True, 7, 1)


def test_a_checkpoint_that_the_other_signed_and_cosigned_is_verified_by_us() -> None:
    private = Ed25519PrivateKey.from_private_bytes(SECRET)
    head = other("checkpoint").Checkpoint(ORIGIN, 7, sha256(b"root").digest())
    signed = other("checkpoint").sign_checkpoint(head, private, ORIGIN)
    _, line = other("cosign").sign_cosignature(
        private, "witness.example.org", 1_700_000_000, ORIGIN, 7, head.root
    )
    both = type(signed)(signed.text, (*signed.signatures, line))
    note = read_note(both.serialise())
    assert Checkpoint.read(note.text) == (ORIGIN, 7, head.root)
    assert SignerKey.from_secret(ORIGIN, ED25519, SECRET).verifier.signed(note)
    witness = SignerKey.from_secret("witness.example.org", COSIGNATURE, SECRET).verifier
    assert witness.cosigned_at(note) == 1_700_000_000
