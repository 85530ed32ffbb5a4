"""The Merkle tree over entry digests (RFC 6962, RFC 9162): its root, and proofs that are made from its nodes.

Pure. Leaf index = position - 1; a node is never duplicated. A node (level, number) is the root over the
2^level leaves from number * 2^level on; once complete it never changes, so that a proof as of any
earlier size is made from the same nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

_NODE = b"\x01"
_DIGEST_BYTES = 32
EMPTY_ROOT = sha256().digest()

Nodes = Callable[[int, int], bytes]
"""Gives a complete node by its level and number."""


class Tree:
    """A tree that only grows; holds one digest a complete subtree, so its memory is the logarithm of its size."""

    __slots__ = ("_subtrees", "size")

    def __init__(self, size: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        """An empty tree, or one of so many leaves whose complete subtrees are these, the largest first."""
        self.size = size
        self._subtrees = list(subtrees)
        if len(self._subtrees) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees")

    @property
    def subtrees(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, the largest first: all that it takes to go on from here."""
        return tuple(self._subtrees)

    def extend(self, digests: Iterable[bytes]) -> None:
        """Adds leaves, given as leaf digests (already H(00 || line))."""
        subtrees, size = self._subtrees, self.size
        for digest in digests:
            size += 1
            node, rest = digest, size
            while rest & 1 == 0:
                node = sha256(_NODE + subtrees.pop() + node).digest()
                rest >>= 1
            subtrees.append(node)
        self.size = size

    def root(self) -> bytes:
        """The Merkle tree hash over the leaves so far."""
        return _joined(self._subtrees)


def node_over(left: bytes, right: bytes) -> bytes:
    """The node over two others."""
    return sha256(_NODE + left + right).digest()


def root_at(size: int, nodes: Nodes) -> bytes:
    """The root that the tree had when it was of this size."""
    return _root_over(0, size, nodes)


def inclusion(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The audit path of a leaf in the tree of a size (RFC 6962, section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_root_over(middle, end, nodes))
            end = middle
        else:
            path.append(_root_over(start, middle, nodes))
            start = middle
    return tuple(reversed(path))


def consistency(first: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The proof that the tree of `first` leaves grew into that of `size` (RFC 6962, section 2.1.2)."""
    if not 0 < first <= size:
        raise ValueError(f"a tree of {size} leaves did not grow from one of {first}")
    start, end, path = 0, size, list[bytes]()
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_root_over(middle, end, nodes))
            end = middle
        else:
            path.append(_root_over(start, middle, nodes))
            start = middle
    if start:  # or else the earlier tree is a node of the later one, whose root the verifier knows
        path.append(_root_over(start, end, nodes))
    return tuple(reversed(path))


def proves_inclusion(
    leaf: bytes, index: int, size: int, *, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether an audit path shows that a leaf is in the tree of this size and root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size or not _are_digests((leaf, root, *path)):
        return False
    number, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            node = node_over(sibling, node)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            node = node_over(node, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and node == root


def proves_growth(
    first: int, first_root: bytes, size: int, *, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a proof shows that one tree grew into the other (RFC 9162, section 2.1.4.2).

    From a tree without leaves nothing can be shown, so that this is False too.
    """
    if not 0 < first <= size:
        return False
    if first == size:
        return first_root == root and not path
    if not _are_digests((first_root, root, *path)):
        return False
    nodes = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not nodes:
        return False
    number, last = first - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    older = newer = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            older, newer = node_over(sibling, older), node_over(sibling, newer)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            newer = node_over(newer, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and older == first_root and newer == root


def _root_over(start: int, end: int, nodes: Nodes) -> bytes:
    """The root over leaves from a multiple of the largest complete subtree among them."""
    subtrees: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append(nodes(level, start >> level))
        start += 1 << level
    return _joined(subtrees)


def _joined(subtrees: Sequence[bytes]) -> bytes:
    if not subtrees:
        return EMPTY_ROOT
    node = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        node = node_over(left, node)
    return node


def _split(count: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << (count - 1).bit_length() - 1


def _are_digests(found: Iterable[bytes]) -> bool:
    return all(len(each) == _DIGEST_BYTES for each in found)
