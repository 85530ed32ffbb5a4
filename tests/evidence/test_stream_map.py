"""The map of stream heads: kept through changes it is the one of the format, and proves members and absences."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.evidence.trees.map_tiles import MapTiles, every_page
from ledger.evidence.trees.stream_map import (
    EMPTY,
    MapProof,
    Member,
    map_key,
    map_leaf,
    map_node,
    proves_absence,
    proves_head,
    root_of_proof,
)
from tests.evidence import trees_by_the_book as book
from tests.evidence.kept_trees import Members


def keys() -> st.SearchStrategy[bytes]:
    """Keys of which many share their first bits, some nearly all."""
    anywhere = st.integers(0, 400).map(lambda number: sha256(str(number).encode()).digest())
    crowded = st.tuples(st.integers(0, 3), st.integers(0, 5)).map(
        lambda pair: bytes([pair[0] << 6]) + bytes(30) + bytes([pair[1]])
    )
    return anywhere | crowded


def members() -> st.SearchStrategy[list[Member]]:
    heads = st.integers(0, 9).map(lambda number: bytes([number]) * 32)
    each = st.builds(Member, keys(), st.integers(1, 2**62), heads)
    return st.lists(each, max_size=40, unique_by=lambda one: one.key)


def test_the_key_of_a_stream_is_the_one_of_the_format() -> None:
    assert map_key(b"l" * 16, "case/1") == book.map_key(b"l" * 16, "case/1")


@given(st.lists(st.tuples(members(), st.sets(st.integers(0, 60), max_size=6)), max_size=5))
def test_a_map_kept_through_changes_is_the_naive_one(
    changes: list[tuple[list[Member], set[int]]],
) -> None:
    kept = Members()
    for put, gone in changes:
        there = sorted(kept.by_key)
        removed = [there[number] for number in sorted(gone) if number < len(there)]
        found = kept.change(put, [key for key in removed if key not in {one.key for one in put}])
        assert found.root() == book.map_root(kept.by_key.values())


@given(members())
@settings(max_examples=15)  # each goes through every page that there can be
def test_a_map_worked_out_from_every_page_is_the_naive_one(found: list[Member]) -> None:
    kept = Members()
    kept.change(found)
    whole = MapTiles(kept)
    whole.refresh(every_page())
    assert whole.root() == book.map_root(kept.by_key.values())


@given(members(), keys())
def test_the_proof_of_any_key_is_the_one_of_the_format(found: list[Member], key: bytes) -> None:
    kept = Members()
    proof = kept.change(found).prove(key)
    assert (list(proof.siblings), proof.end) == book.map_proof(found, key)
    root = book.map_root(found)
    assert root_of_proof(key, proof) == root == book.root_by_map_proof(key, *proof)
    if key in kept.by_key:
        assert proves_head(kept.by_key[key], root, proof)
        assert not proves_absence(key, root, proof)
    else:
        assert proves_absence(key, root, proof)


@given(members().filter(lambda found: len(found) > 1), st.data())
def test_no_other_head_no_other_count_and_no_absence_can_be_shown(
    found: list[Member], data: st.DataObject
) -> None:
    kept = Members()
    tiles = kept.change(found)
    root = tiles.root()
    member = data.draw(st.sampled_from(found))
    proof = tiles.prove(member.key)
    longer, other = member._replace(entries=member.entries + 1), member._replace(head=b"\xff" * 32)
    for lie in (longer, other):
        assert not proves_head(lie, root, proof)
        assert not proves_head(lie, root, proof._replace(end=lie))
    neighbour = next(one for one in found if one.key != member.key)
    for siblings in (proof.siblings, proof.siblings[:-1], (*proof.siblings, EMPTY)):
        assert not proves_absence(member.key, root, MapProof(siblings, None))
        assert not proves_absence(member.key, root, MapProof(siblings, neighbour))
    assert not proves_head(member, root, tiles.prove(neighbour.key))


@pytest.mark.parametrize(
    "proof",
    [
        MapProof((b"short",), None),
        MapProof((EMPTY,) * 257, None),
        MapProof((), Member(bytes(31), 1, EMPTY)),
        MapProof((), Member(EMPTY, 0, EMPTY)),
        MapProof((), Member(EMPTY, 1, b"")),
        MapProof((EMPTY,), Member(b"\xff" * 32, 1, EMPTY)),
    ],
)
def test_a_proof_of_another_form_leads_nowhere(proof: MapProof) -> None:
    assert root_of_proof(bytes(32), proof) is None


def test_the_published_forms_of_leaf_and_node_hold() -> None:
    member = Member(bytes(range(32)), 258, b"h" * 32)
    expected = sha256(b"\x03" + bytes(range(32)) + bytes([0] * 6 + [1, 2]) + b"h" * 32).digest()
    assert map_leaf(member) == expected
    assert map_node(b"l" * 32, b"r" * 32) == sha256(b"\x04" + b"l" * 32 + b"r" * 32).digest()
    kept = Members()
    assert kept.change([]).root() == EMPTY
    assert kept.change([member]).root() == expected
