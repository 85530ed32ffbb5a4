"""Signed notes: those of a real log are read and checked, and whatever is not quite one is refused."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.verifier.notes import read_checkpoint, read_key
from api.verifier.notes import signers_of as verified_signers
from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.signing.notes import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Note,
    Signature,
    SignerKey,
    VerifierKey,
    cosigned_text,
    read_note,
    signers_of,
)
from ledger.evidence.trees.log_tiles import node_of
from ledger.evidence.trees.merkle import EMPTY_ROOT, consistency, proves_growth, root_at
from tests.channels.logs import real
from tests.evidence import trees_by_the_book as book
from tests.evidence.kept_trees import Tiles

TESSERA = ("conformance", "tessera-log", "testdata", "log")
TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
KEY = SignerKey.from_secret("ledger.example.org/2027", ED25519, bytes(range(32)))
WITNESS = SignerKey.from_secret("witness.example.org", COSIGNATURE, bytes(range(1, 33)))
HEAD = Checkpoint("ledger.example.org/2027", 7, sha256(b"root").digest())


def tessera_leaves(folder: Path) -> list[bytes]:
    """The leaves of the real log, from its entries."""
    raw = (folder / "tile" / "entries" / "000.p" / "15").read_bytes()
    found: list[bytes] = []
    while raw:
        length = int.from_bytes(raw[:2], "big")
        found.append(sha256(b"\x00" + raw[2 : 2 + length]).digest())
        raw = raw[2 + length :]
    return found


def test_all_checkpoints_of_a_real_log_are_signed_and_grow_out_of_each_other() -> None:
    folder = real(*TESSERA)
    leaves = tessera_leaves(folder)
    tiles = Tiles()
    tiles.grow(leaves)
    nodes = partial(node_of, tiles=tiles)
    key = VerifierKey.read(TESSERA_KEY)
    heads: list[Checkpoint] = []
    for path in sorted(folder.glob("checkpoint*")):
        note = read_note(path.read_text(encoding="utf-8"))
        assert signers_of(note, [key]) == [key]
        heads.append(Checkpoint.read(note.text))
        assert str(note) == path.read_text(encoding="utf-8")
    assert len(heads) == 17
    assert {head.size for head in heads} == set(range(16))
    for head in heads:
        expected = root_at(head.size, nodes) if head.size else EMPTY_ROOT
        assert head.root == expected == book.log_root(leaves[: head.size])
        for later in heads:
            if 0 < head.size <= later.size:
                path = consistency(head.size, later.size, nodes)
                assert proves_growth(head.size, head.root, later.size, root=later.root, path=path)


def test_a_tile_of_ours_begins_as_the_tile_of_a_real_log() -> None:
    folder = real(*TESSERA)
    for path in (folder / "tile" / "0" / "000.p").iterdir():
        tiles = Tiles()
        tiles.grow(tessera_leaves(folder)[: int(path.name)])
        assert tiles(0, 0)[: 32 * int(path.name)] == path.read_bytes()


@pytest.mark.parametrize(("key", "kind"), [(KEY, b"\x01"), (WITNESS, b"\x04")])
def test_the_key_of_a_name_is_written_as_c2sp_writes_it(key: SignerKey, kind: bytes) -> None:
    name, public = key.verifier.name, key.verifier.public
    key_id = sha256(name.encode() + b"\n" + kind + public).digest()[:4]
    written = f"{name}+{key_id.hex()}+{b64encode(kind + public).decode()}"
    assert str(key.verifier) == written
    assert VerifierKey.read(written) == key.verifier


def test_a_cosignature_is_over_the_time_and_the_checkpoint() -> None:
    assert (
        cosigned_text(HEAD.text(), 1679315147) == f"cosignature/v1\ntime 1679315147\n{HEAD.text()}"
    )
    note = Note(HEAD.text(), (WITNESS.cosign(HEAD.text(), 1679315147),))
    assert WITNESS.verifier.cosigned_at(read_note(str(note))) == 1679315147
    (signature,) = note.signatures
    later = signature._replace(raw=(1679315148).to_bytes(8, "big") + signature.raw[8:])
    with pytest.raises(IntegrityFailure, match="did not make"):
        WITNESS.verifier.cosigned_at(Note(HEAD.text(), (later,)))
    assert KEY.verifier.cosigned_at(note) is None


def test_a_witness_has_seen_a_checkpoint_when_its_own_key_last_cosigned_it() -> None:
    other = SignerKey.from_secret("other.example.org", COSIGNATURE, bytes(32))
    given = ((WITNESS, 9), (WITNESS, 7), (other, 11))
    note = Note(HEAD.text(), tuple(key.cosign(HEAD.text(), at) for key, at in given))
    assert WITNESS.verifier.cosigned_at(note) == 9


def test_a_note_that_many_have_signed_for_a_long_time_to_come_is_read() -> None:
    """C2SP signed-note: at least sixteen signatures are taken, and one may have nearly 5 kB; twelve were too long."""
    unknown = [
        Signature(f"witness{each}.example.org", bytes(4), bytes(4_900)) for each in range(15)
    ]
    note = Note(HEAD.text(), (*unknown, KEY.sign(HEAD.text())))
    assert signers_of(read_note(str(note)), [KEY.verifier]) == [KEY.verifier]
    key = read_key(str(KEY.verifier))
    assert len(verified_signers(read_checkpoint(str(note).encode()), [key])) == 1


def test_of_what_a_key_signed_more_than_once_a_note_has_the_last() -> None:
    """Before, who was asked by two ways had cosigned it twice, and whoever verified it refused it."""
    first, last = (WITNESS.cosign(HEAD.text(), at) for at in (5, 6))
    note = Note(HEAD.text(), (KEY.sign(HEAD.text()), first)).with_signatures((last,))
    assert note.signatures == (KEY.sign(HEAD.text()), last)


def test_a_note_counts_for_the_keys_that_signed_it_and_passes_over_unknown_ones() -> None:
    signed = Note(HEAD.text(), (WITNESS.cosign(HEAD.text(), 5), KEY.sign(HEAD.text())))
    assert signers_of(signed, [KEY.verifier]) == [KEY.verifier]
    other = SignerKey.from_secret(KEY.verifier.name, ED25519, bytes(32)).verifier
    assert signers_of(signed, [other]) == []


def test_a_known_key_that_fails_refuses_the_note_whatever_else_has_signed_it() -> None:
    other = SignerKey.from_secret("other.example.org", ED25519, bytes(32))
    forged = other.sign(HEAD.text())._replace(raw=bytes(64))
    note = Note(HEAD.text(), (KEY.sign(HEAD.text()), forged))
    with pytest.raises(IntegrityFailure, match=r"other\.example\.org"):
        signers_of(note, [KEY.verifier, other.verifier])


@given(st.data())
def test_a_note_with_any_byte_flipped_is_refused_or_signed_by_nobody(data: st.DataObject) -> None:
    raw = bytearray(str(Note(HEAD.text(), (KEY.sign(HEAD.text()),))).encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        note = read_note(raw.decode())
        signed = signers_of(note, [KEY.verifier])
    except (InvalidCommand, IntegrityFailure, UnicodeDecodeError):
        return
    assert not signed


NOT_NOTES = (
    "",
    "\n\n",
    "text\n",
    "text\n\n",
    "text\n\n\u2014 name AAAAAAE",
    "text\n\n\u2014 name !!!!\n",
    "text\n\n- name AAAAAAE=\n",
    "text\n\n\u2014 name AAAA\n",
    "text\n\n\u2014 na+me AAAAAAE=\n",
    "te\x00xt\n\n\u2014 name AAAAAAE=\n",
    "te\rxt\n\n\u2014 name AAAAAAE=\n",
    "x\n\n" + "\u2014 name AAAAAAE=\n" * 101,
    "x" * 140_000 + "\n\n\u2014 name AAAAAAE=\n",
)


@pytest.mark.parametrize("given", NOT_NOTES)
def test_what_is_not_quite_a_note_is_none(given: str) -> None:
    with pytest.raises(InvalidCommand, match="no signed note"):
        read_note(given)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n1\n",
        f"origin\n01\n{'A' * 43}=\n",
        f"origin\n-1\n{'A' * 43}=\n",
        f"origin\n1\n{'A' * 42}B=\n",
        f"origin\n1\n{'A' * 43}=\nextension\n",
        f"\n1\n{'A' * 43}=\n",
        f"origin\n1\n{'A' * 43}\n",
    ],
)
def test_what_is_not_quite_a_checkpoint_is_none(text: str) -> None:
    with pytest.raises(InvalidCommand, match="no checkpoint"):
        Checkpoint.read(text)


NOT_KEYS = (
    "",
    "name",
    "name+00000000+AQ==",
    f"{KEY.verifier}x",
    "a b+1+2",
    str(KEY.verifier).replace(KEY.verifier.key_id.hex(), "00000000"),
    str(VerifierKey(KEY.verifier.name, 2, KEY.verifier.public)),
)


@pytest.mark.parametrize("written", NOT_KEYS)
def test_what_is_not_quite_a_key_is_none(written: str) -> None:
    with pytest.raises(InvalidCommand, match="no public key"):
        VerifierKey.read(written)


def test_a_key_cannot_be_named_with_white_space_or_a_plus_sign() -> None:
    for name in ("", "a b", "a+b", "a\u00a0b"):
        with pytest.raises(InvalidCommand, match="cannot name a key"):
            SignerKey.from_secret(name, ED25519, bytes(32))
