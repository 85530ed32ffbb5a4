"""The map of stream heads: a prefix tree over k = H(07 || ledger || stream) that proves how far each stream goes.

Pure. `empty` is 32 zero bytes, and a subtree of one leaf is that leaf. A proof about a stream is the
siblings from the root down and what its path ends at: its own leaf, another one, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

_LEAF, _NODE, _KEY = b"\x03", b"\x04", b"\x07"
_DIGEST_BYTES = 32
EMPTY = bytes(_DIGEST_BYTES)

NOTHING = b"\x00" + EMPTY
"""The summary of a subtree without members; a summary is one byte (0 none, 1 one member, 2 more) and its root."""
_ONE, _MANY = 1, b"\x02"
SUMMARY_BYTES = 1 + _DIGEST_BYTES


class Member(NamedTuple):
    """What the map says of a stream: k, how many entries it has, and its running head after them."""

    key: bytes
    entries: int
    head: bytes


class MapProof(NamedTuple):
    """The siblings of a path from the root down, and the member at its end; None where nothing is."""

    siblings: tuple[bytes, ...]
    end: Member | None


def map_key(ledger_id: bytes, stream: str) -> bytes:
    """k, the place of a stream."""
    return sha256(_KEY + ledger_id + stream.encode()).digest()


def map_leaf(member: Member) -> bytes:
    """The leaf of a stream."""
    key, entries, head = member
    return sha256(_LEAF + key + entries.to_bytes(8, "big") + head).digest()


def map_node(left: bytes, right: bytes) -> bytes:
    """The node over two subtrees that hold more than one member between them."""
    return sha256(_NODE + left + right).digest()


def bit(key: bytes, depth: int) -> int:
    """Which way the path of a key goes at a depth: 0 left, 1 right; the most significant bit first."""
    return key[depth >> 3] >> (7 - (depth & 7)) & 1


def leaf_summary(member: Member) -> bytes:
    """The summary of a subtree of one member."""
    return b"\x01" + map_leaf(member)


def summary_over(left: bytes, right: bytes) -> bytes:
    """The summary over two subtrees."""
    if left == NOTHING and right[0] <= _ONE:
        return right
    if right == NOTHING and left[0] <= _ONE:
        return left
    return _MANY + map_node(left[1:], right[1:])


def summary_of(members: Sequence[Member], depth: int) -> bytes:
    """The summary of the subtree of these members, in the order of their keys, which agree up to a depth."""
    if not members:
        return NOTHING
    if len(members) == 1:
        return leaf_summary(members[0])
    turn = _turn(members, depth)
    return summary_over(
        summary_of(members[:turn], depth + 1), summary_of(members[turn:], depth + 1)
    )


def path_below(members: Sequence[Member], key: bytes, depth: int) -> MapProof:
    """The part of a proof that lies below a depth, of the members that agree with the key up to it."""
    siblings: list[bytes] = []
    while len(members) > 1:
        turn = _turn(members, depth)
        sides = members[:turn], members[turn:]
        side = bit(key, depth)
        depth += 1
        siblings.append(summary_of(sides[1 - side], depth)[1:])
        members = sides[side]
    return MapProof(tuple(siblings), members[0] if members else None)


def root_of_proof(key: bytes, proof: MapProof) -> bytes | None:
    """The root that a proof about a key leads to; None if the proof is of no path of this key."""
    siblings, end = proof
    depth = len(siblings)
    if depth > 8 * _DIGEST_BYTES or any(len(each) != _DIGEST_BYTES for each in siblings):
        return None
    if end is None:
        node = EMPTY
    else:
        if not _well_formed(end) or any(bit(end.key, at) != bit(key, at) for at in range(depth)):
            return None
        node = map_leaf(end)
    for at in range(depth - 1, -1, -1):
        sibling = siblings[at]
        node = map_node(sibling, node) if bit(key, at) else map_node(node, sibling)
    return node


def proves_head(member: Member, root: bytes, proof: MapProof) -> bool:
    """Whether a proof shows that a stream has exactly so many entries, with this head."""
    return proof.end == member and root_of_proof(member.key, proof) == root


def proves_absence(key: bytes, root: bytes, proof: MapProof) -> bool:
    """Whether a proof shows that no stream of this key is in the map."""
    absent = proof.end is None or proof.end.key != key
    return absent and root_of_proof(key, proof) == root


def _turn(members: Sequence[Member], depth: int) -> int:
    """How many of the members go left at a depth."""
    low, high = 0, len(members)
    while low < high:
        middle = (low + high) // 2
        if bit(members[middle].key, depth):
            high = middle
        else:
            low = middle + 1
    return low


def _well_formed(member: Member) -> bool:
    return (
        len(member.key) == _DIGEST_BYTES
        and len(member.head) == _DIGEST_BYTES
        and 0 < member.entries < 1 << 63
    )
