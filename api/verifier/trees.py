"""The two trees: the log (RFC 6962) by its inclusion and consistency proofs, and the map of stream heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.verifier.coding import sha256, u64
from api.verifier.failures import NotProven

_LONGEST_PATH = 63
_DEEPEST = 256


def root_by_inclusion(
    index: int, size: int, leaf: bytes, path: Sequence[bytes], *, step: int, where: str
) -> bytes:
    """The root that an inclusion proof of a leaf leads to (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size or len(path) > _LONGEST_PATH:
        raise NotProven("The log has no such place.", step=step, where=where)
    here, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotProven("Its proof is too long.", step=step, where=where)
        if here & 1 or here == last:
            node = sha256(b"\x01", sibling, node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = sha256(b"\x01", node, sibling)
        here, last = here >> 1, last >> 1
    if last:
        raise NotProven("Its proof is too short.", step=step, where=where)
    return node


def is_consistent(
    first: int, first_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the log of the first root grew into that of the second (RFC 9162, section 2.1.4.2)."""
    if not 0 < first <= size or len(path) > 2 * _LONGEST_PATH:
        return False
    if first == size:
        return first_root == root and not path
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    here, last = first - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    older = newer = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            older, newer = sha256(b"\x01", sibling, older), sha256(b"\x01", sibling, newer)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            newer = sha256(b"\x01", newer, sibling)
        here, last = here >> 1, last >> 1
    return older == first_root and newer == root and last == 0


@dataclass(frozen=True, slots=True)
class Member:
    """What the map says of a stream: how many entries it has and its head after the last."""

    count: int
    head: bytes


def root_by_membership(
    ledger: bytes, stream: str, member: Member, siblings: Sequence[bytes], *, step: int, where: str
) -> bytes:
    """The root of the map that a proof of membership leads to."""
    if len(siblings) > _DEEPEST:
        raise NotProven("The proof of its count is too long.", step=step, where=where)
    key = sha256(b"\x07", ledger, stream.encode())
    node = sha256(b"\x03", key, u64(member.count), member.head)
    for depth in range(len(siblings) - 1, -1, -1):
        to_the_right = key[depth // 8] >> 7 - depth % 8 & 1
        pair = (siblings[depth], node) if to_the_right else (node, siblings[depth])
        node = sha256(b"\x04", *pair)
    return node
