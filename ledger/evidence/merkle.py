"""The Merkle tree over entry digests (RFC 6962, section 2.1), as a stack of complete subtrees.

Pure. Leaf index = position - 1; a node is never duplicated.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

_NODE = b"\x01"
EMPTY_ROOT = sha256().digest()


class Tree:
    """A tree that only grows; holds one digest a complete subtree, so its memory is the logarithm of its size."""

    __slots__ = ("_subtrees", "size")

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []

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
        if not self._subtrees:
            return EMPTY_ROOT
        node = self._subtrees[-1]
        for left in reversed(self._subtrees[:-1]):
            node = sha256(_NODE + left + node).digest()
        return node
