"""The upper nodes of the map of stream heads, kept so that a change of few streams recomputes few of them.

Pure. The first sixteen bits of a key lead through four tiles of four levels each; the few members that
agree in all sixteen are a page, whose nodes are worked out when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ledger.evidence.trees.stream_map import (
    NOTHING,
    SUMMARY_BYTES,
    MapProof,
    Member,
    path_below,
    summary_of,
    summary_over,
)

PAGE_BYTES = 2
_PAGE_DEPTH = 8 * PAGE_BYTES
_TILE_BITS = 4
_WIDTH = 1 << _TILE_BITS

Page = int
"""The first sixteen bits of a key."""

TileId = tuple[int, int]
"""The depth at which a tile begins, and the bits that lead to it."""


class KeptMap(Protocol):
    """Where a map's members and tiles are kept."""

    def members(self, first: Page, last: Page) -> Sequence[Member]:
        """The members of a range of pages, in the order of their keys."""
        ...

    def tile(self, tile: TileId) -> bytes | None:
        """A tile as it was kept; None if there is none."""
        ...


class MapTiles:
    """The map over what is kept and what has changed since; nothing is kept by itself."""

    def __init__(self, kept: KeptMap) -> None:
        self._kept = kept
        self._tiles: dict[TileId, list[bytes]] = {}
        self._changed: set[TileId] = set()

    def root(self) -> bytes:
        """The root over all members."""
        return self._tile((0, 0))[1][1:]

    def refresh(self, pages: Iterable[Page]) -> None:
        """Works out what follows from changed members, given the pages they are on."""
        below = self._pages(sorted(set(pages)))
        for depth in range(_PAGE_DEPTH - _TILE_BITS, -1, -_TILE_BITS):
            below = self._level(depth, below)

    def prove(self, key: bytes) -> MapProof:
        """The proof that a stream is in the map or that it is not."""
        page, siblings = page_of(key), list[bytes]()
        for depth in range(0, _PAGE_DEPTH, _TILE_BITS):
            nodes = self._tile((depth, page >> _PAGE_DEPTH - depth))
            bits = page >> _PAGE_DEPTH - depth - _TILE_BITS & _WIDTH - 1
            node = 1
            for at in range(_TILE_BITS - 1, -1, -1):
                if nodes[node][0] < 2:
                    return self._ended(key, siblings)
                node = node * 2 + (bits >> at & 1)
                siblings.append(nodes[node ^ 1][1:])
        below = path_below(self._kept.members(page, page), key, _PAGE_DEPTH)
        return MapProof((*siblings, *below.siblings), below.end)

    def changed(self) -> Mapping[TileId, bytes]:
        """The tiles to be kept, and from now on as good as kept."""
        found = {tile: b"".join(self._tiles[tile]) for tile in sorted(self._changed)}
        self._changed.clear()
        return found

    def _ended(self, key: bytes, siblings: list[bytes]) -> MapProof:
        """A path that ends above the pages: at the only member there, or at nothing."""
        free = _PAGE_DEPTH - len(siblings)
        first = page_of(key) >> free << free
        members = self._kept.members(first, first | (1 << free) - 1)
        return MapProof(tuple(siblings), members[0] if members else None)

    def _pages(self, pages: Sequence[Page]) -> dict[int, bytes]:
        """The summary of each page; those under one tile are read together."""
        found: dict[int, bytes] = {}
        by_tile: dict[int, list[Page]] = {}
        for page in pages:
            by_tile.setdefault(page >> _TILE_BITS, []).append(page)
        for together in by_tile.values():
            members: dict[Page, list[Member]] = {page: [] for page in together}
            for member in self._kept.members(together[0], together[-1]):
                if (page := page_of(member.key)) in members:
                    members[page].append(member)
            for page, here in members.items():
                found[page] = summary_of(here, _PAGE_DEPTH)
        return found

    def _level(self, depth: int, below: Mapping[int, bytes]) -> dict[int, bytes]:
        """The summaries of the tiles that begin at a depth, some of the nodes at their foot being new."""
        over: dict[int, bytes] = {}
        stale: dict[int, set[int]] = {}
        for prefix, summary in below.items():
            tile, place = divmod(prefix, _WIDTH)
            self._tile((depth, tile))[_WIDTH + place] = summary
            stale.setdefault(tile, set()).add((_WIDTH + place) >> 1)
        for tile, nodes in stale.items():
            kept = self._tile((depth, tile))
            while nodes:
                for node in nodes:
                    kept[node] = summary_over(kept[2 * node], kept[2 * node + 1])
                nodes = {node >> 1 for node in nodes if node > 1}
            self._changed.add((depth, tile))
            over[tile] = kept[1]
        return over

    def _tile(self, tile: TileId) -> list[bytes]:
        """The nodes of a tile: the one over all at 1, those below node n at 2n and 2n + 1."""
        nodes = self._tiles.get(tile)
        if nodes is None:
            kept = self._kept.tile(tile)
            nodes = self._tiles[tile] = (
                [NOTHING] * 2 * _WIDTH
                if kept is None
                else [kept[at : at + SUMMARY_BYTES] for at in range(0, len(kept), SUMMARY_BYTES)]
            )
        return nodes


def page_of(key: bytes) -> Page:
    """The page that a key is on."""
    return int.from_bytes(key[:PAGE_BYTES], "big")


def every_page() -> Iterable[Page]:
    """All pages there can be."""
    return range(1 << _PAGE_DEPTH)
