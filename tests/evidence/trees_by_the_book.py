"""The two trees of the evidence format read from its document alone: the log (RFC 6962) and the map of heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.evidence.by_the_book import NotProven, h, u64

EMPTY = bytes(32)


def log_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash over leaf digests (RFC 6962, section 2.1)."""
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return h(b"\x01", log_root(leaves[:split]), log_root(leaves[split:]))


def log_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The audit path of a leaf (RFC 6962, section 2.1.1)."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*log_path(index, leaves[:split]), log_root(leaves[split:])]
    return [*log_path(index - split, leaves[split:]), log_root(leaves[:split])]


def root_by_path(index: int, size: int, digest: bytes, path: Sequence[bytes]) -> bytes:
    """The root that an audit path leads to (RFC 9162, section 2.1.3.2)."""
    last, node = size - 1, digest
    for sibling in path:
        if last == 0:
            raise NotProven("the path is too long")
        if index & 1 or index == last:
            node = h(b"\x01", sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = h(b"\x01", node, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise NotProven("the path is too short")
    return node


def consistent(first: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The proof that a log of `first` leaves grew into this one (RFC 6962, section 2.1.2)."""
    return _subproof(first, leaves, whole=True)


def _subproof(first: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if first == len(leaves):
        return [] if whole else [log_root(leaves)]
    split = _split(len(leaves))
    if first <= split:
        return [*_subproof(first, leaves[:split], whole=whole), log_root(leaves[split:])]
    return [*_subproof(first - split, leaves[split:], whole=False), log_root(leaves[:split])]


def grew(first: int, first_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the log of the first root became that of the second (RFC 9162, 2.1.4.2)."""
    if first == size:
        return first_root == root and not proof
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    node, last = first - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            older, newer = h(b"\x01", sibling, older), h(b"\x01", sibling, newer)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            newer = h(b"\x01", newer, sibling)
        node, last = node >> 1, last >> 1
    return older == first_root and newer == root and last == 0


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


Member = tuple[bytes, int, bytes]
"""What the map says of a stream: k, n and H_n."""


def map_key(ledger: bytes, stream: str) -> bytes:
    """k, the place of a stream in the map."""
    return h(b"\x07", ledger, stream.encode())


def map_leaf(member: Member) -> bytes:
    """The leaf of a stream in the map."""
    key, count, head = member
    return h(b"\x03", key, u64(count), head)


def map_root(members: Iterable[Member], depth: int = 0) -> bytes:
    """The root of the map of stream heads; a subtree of one leaf is that leaf."""
    all_members = list(members)
    if not all_members:
        return EMPTY
    if len(all_members) == 1:
        return map_leaf(all_members[0])
    left, right = _sides(all_members, depth)
    return h(b"\x04", map_root(left, depth + 1), map_root(right, depth + 1))


def map_proof(members: Iterable[Member], key: bytes) -> tuple[list[bytes], Member | None]:
    """Siblings from the root down, then the member that the path of a key ends at, or none."""
    here, siblings = list(members), []
    while len(here) > 1:
        sides = _sides(here, len(siblings))
        side = _bit(key, len(siblings))
        siblings.append(map_root(sides[1 - side], len(siblings) + 1))
        here = sides[side]
    return siblings, here[0] if here else None


def root_by_map_proof(key: bytes, siblings: Sequence[bytes], end: Member | None) -> bytes:
    """The root that a proof about a key leads to."""
    if end is not None and any(_bit(end[0], n) != _bit(key, n) for n in range(len(siblings))):
        raise NotProven("the proof ends at a stream that is not on the path")
    node = EMPTY if end is None else map_leaf(end)
    for depth in range(len(siblings) - 1, -1, -1):
        pair = (siblings[depth], node) if _bit(key, depth) else (node, siblings[depth])
        node = h(b"\x04", *pair)
    return node


def _bit(key: bytes, depth: int) -> int:
    return key[depth // 8] >> 7 - depth % 8 & 1


def _sides(members: Sequence[Member], depth: int) -> tuple[list[Member], list[Member]]:
    sides: tuple[list[Member], list[Member]] = ([], [])
    for member in members:
        sides[_bit(member[0], depth)].append(member)
    return sides
