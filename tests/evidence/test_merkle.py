"""The log's tree: its root is that of RFC 6962, whatever the steps in which it grew."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.trees.merkle import EMPTY_ROOT, Tree


def _by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word: split at the largest power of two below n."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = _by_the_book(leaves[:split]), _by_the_book(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def _leaves(count: int) -> list[bytes]:
    return [sha256(b"\x00" + str(number).encode()).digest() for number in range(count)]


@given(st.integers(0, 130))
def test_the_root_is_the_one_that_rfc_6962_defines(count: int) -> None:
    tree = Tree()
    tree.extend(_leaves(count))
    assert tree.root() == _by_the_book(_leaves(count))
    assert tree.size == count


@given(st.lists(st.integers(0, 20), max_size=8))
def test_the_steps_in_which_a_tree_grew_do_not_show(steps: list[int]) -> None:
    leaves, grown, whole = _leaves(sum(steps)), Tree(), Tree()
    start = 0
    for step in steps:
        grown.extend(leaves[start : start + step])
        start += step
    whole.extend(leaves)
    assert grown.root() == whole.root()


def test_the_root_of_nothing_is_the_digest_of_nothing() -> None:
    assert Tree().root() == EMPTY_ROOT == sha256(b"").digest()


def test_the_known_roots_of_the_reference_implementation_are_found() -> None:
    """The eight leaves used by the transparency projects' shared test data, and their root."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    inputs.append("606162636465666768696a6b6c6d6e6f")
    tree = Tree()
    tree.extend(sha256(b"\x00" + bytes.fromhex(each)).digest() for each in inputs)
    expected = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert tree.root().hex() == expected
