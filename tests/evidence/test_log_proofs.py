"""Proofs of the log: made from stored nodes, checked by the standard's own algorithm, held against published data."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.trees.log_tiles import leaves_between, node_of
from ledger.evidence.trees.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency,
    inclusion,
    proves_growth,
    proves_inclusion,
    root_at,
)
from tests.channels.logs import real
from tests.evidence import trees_by_the_book as book
from tests.evidence.kept_trees import Tiles

CONFORMANCE = ("conformance", "merkle")


def leaves(count: int) -> list[bytes]:
    return [sha256(b"\x00" + str(number).encode()).digest() for number in range(count)]


def grown(*steps: int) -> Tiles:
    """The tiles of a log that grew in these steps."""
    tiles, all_leaves = Tiles(), leaves(sum(steps))
    for step in steps:
        tiles.grow(all_leaves[tiles.size : tiles.size + step])
    return tiles


@pytest.fixture(scope="module")
def tiles() -> Tiles:
    return grown(70_000)


@given(st.integers(1, 300), st.data())
def test_inclusion_is_proved_from_tiles_as_the_book_proves_it(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    kept, all_leaves = grown(size), leaves(size)
    path = inclusion(index, size, partial(node_of, tiles=kept))
    assert list(path) == book.log_path(index, all_leaves)
    root = book.log_root(all_leaves)
    assert root_at(size, partial(node_of, tiles=kept)) == root
    assert proves_inclusion(all_leaves[index], index, size, root=root, path=path)
    assert book.root_by_path(index, size, all_leaves[index], path) == root


@given(st.integers(1, 300), st.data())
def test_growth_is_proved_from_tiles_as_the_book_proves_it(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size))
    kept, all_leaves = grown(size), leaves(size)
    path = consistency(first, size, partial(node_of, tiles=kept))
    assert list(path) == book.consistent(first, all_leaves)
    first_root, root = book.log_root(all_leaves[:first]), book.log_root(all_leaves)
    assert proves_growth(first, first_root, size, root=root, path=path)
    assert book.grew(first, first_root, size, root, path)


@given(st.lists(st.integers(0, 400), max_size=4))
def test_the_steps_in_which_tiles_grew_do_not_show(steps: list[int]) -> None:
    assert grown(*steps).rows == grown(sum(steps)).rows


@given(st.integers(1, 70_000), st.data())
def test_an_earlier_size_is_proved_from_the_tiles_of_today(
    tiles: Tiles, size: int, data: st.DataObject
) -> None:
    nodes = partial(node_of, tiles=tiles)
    first = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, first - 1))
    root, leaf = root_at(first, nodes), node_of(0, index, tiles)
    assert proves_inclusion(leaf, index, first, root=root, path=inclusion(index, first, nodes))
    path = consistency(first, size, nodes)
    assert proves_growth(first, root, size, root=root_at(size, nodes), path=path)


def test_the_leaves_come_out_of_the_tiles_as_they_went_in(tiles: Tiles) -> None:
    assert list(leaves_between(0, 70_000, tiles)) == leaves(70_000)
    assert list(leaves_between(255, 258, tiles)) == leaves(258)[255:]
    assert list(leaves_between(9, 9, tiles)) == []


@given(st.integers(2, 300), st.data())
def test_a_proof_shows_nothing_but_what_it_was_made_for(size: int, data: st.DataObject) -> None:
    nodes, all_leaves = partial(node_of, tiles=grown(size)), leaves(size)
    index = data.draw(st.integers(0, size - 1))
    root, path = root_at(size, nodes), list(inclusion(index, size, nodes))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    assert not proves_inclusion(all_leaves[other], index, size, root=root, path=path)
    assert not proves_inclusion(all_leaves[index], other, size, root=root, path=path)
    assert not proves_inclusion(all_leaves[index], index, size, root=EMPTY_ROOT, path=path)
    assert not proves_inclusion(all_leaves[index], index, size, root=root, path=[*path, root])
    assert not proves_inclusion(all_leaves[index], index, size, root=root, path=path[:-1])
    assert not proves_inclusion(all_leaves[index], size, size, root=root, path=path)
    assert not proves_inclusion(all_leaves[index], -1, size, root=root, path=path)


@given(st.integers(2, 300), st.data())
def test_a_proof_of_growth_shows_no_other_growth(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size - 1))
    nodes, all_leaves = partial(node_of, tiles=grown(size)), leaves(size)
    before, root = book.log_root(all_leaves[:first]), root_at(size, nodes)
    path = list(consistency(first, size, nodes))
    assert not proves_growth(first, root, size, root=root, path=path)
    assert not proves_growth(first, before, size, root=before, path=path)
    assert not proves_growth(first + 1, before, size, root=root, path=path)
    assert not proves_growth(0, EMPTY_ROOT, size, root=root, path=path)
    assert not proves_growth(size, root, size, root=root, path=path)
    for other in ([], path[:-1], [*path, root], [path[0] + b"\x00", *path[1:]]):
        assert not proves_growth(first, before, size, root=root, path=other)


@given(st.integers(2, 300), st.data())
def test_a_log_whose_past_was_rewritten_did_not_grow_from_the_one_before(
    size: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, size - 1))
    altered = data.draw(st.integers(0, first - 1))
    before, after = leaves(size), leaves(size)
    after[altered] = bytes(32)
    tiles = Tiles()
    tiles.grow(after)
    path = consistency(first, size, partial(node_of, tiles=tiles))
    first_root = book.log_root(before[:first])
    assert not proves_growth(first, first_root, size, root=book.log_root(after), path=path)


@given(st.integers(0, 300))
def test_a_tree_goes_on_from_its_complete_subtrees_alone(size: int) -> None:
    tree = Tree()
    tree.extend(leaves(size))
    going_on = Tree(size, tree.subtrees)
    going_on.extend(leaves(size + 7)[size:])
    assert going_on.root() == book.log_root(leaves(size + 7))


def test_a_tree_does_not_go_on_from_too_few_subtrees() -> None:
    with pytest.raises(ValueError, match="2 complete subtrees"):
        Tree(3, [bytes(32)])


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_what_is_not_in_a_tree_has_no_path(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="is not in a tree"):
        inclusion(index, size, partial(node_of, tiles=grown(3)))


@pytest.mark.parametrize("first", [0, 4])
def test_a_tree_did_not_grow_from_none_or_from_a_larger_one(first: int) -> None:
    with pytest.raises(ValueError, match="did not grow"):
        consistency(first, 3, partial(node_of, tiles=grown(3)))


def vectors(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The published vectors of a kind (transparency-dev), by their path."""
    folder = real(*CONFORMANCE, kind)
    for path in sorted(folder.rglob("*.json")):
        yield str(path.relative_to(folder)), json.loads(path.read_text(encoding="utf-8"))


def from_b64(text: str | None) -> bytes:
    return b64decode(text or "")


def test_the_published_vectors_of_inclusion_pass() -> None:
    seen = 0
    for name, vector in vectors("inclusion"):
        shown = proves_inclusion(
            from_b64(vector["leafHash"]),
            vector["leafIdx"],
            vector["treeSize"],
            root=from_b64(vector["root"]),
            path=[from_b64(each) for each in vector["proof"] or ()],
        )
        assert shown != vector["wantErr"], name
        seen += 1
    assert seen > 90


def test_the_published_vectors_of_consistency_pass_growth_from_nothing_being_refused() -> None:
    from_nothing = 0
    for name, vector in vectors("consistency"):
        shown = proves_growth(
            vector["size1"],
            from_b64(vector["root1"]),
            vector["size2"],
            root=from_b64(vector["root2"]),
            path=[from_b64(each) for each in vector["proof"] or ()],
        )
        assert shown != vector["wantErr"], name
        from_nothing += vector["size1"] == 0
    assert from_nothing >= 3
