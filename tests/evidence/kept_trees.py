"""Tiles and members kept in memory, for the pure parts of the log and the map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ledger.evidence.trees.log_tiles import Growth, Tile
from ledger.evidence.trees.map_tiles import MapTiles, Page, TileId, page_of
from ledger.evidence.trees.stream_map import Member


class Tiles:
    """The tiles of a log."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], bytes] = {}
        self.size = 0

    def __call__(self, height: int, number: int) -> bytes:
        return self.rows[height, number]

    def keep(self, tiles: Iterable[Tile]) -> None:
        """Takes tiles in."""
        self.rows |= {(tile.height, tile.number): tile.rows for tile in tiles}

    def grow(self, leaves: Sequence[bytes]) -> None:
        """Adds leaves in one step, from what is kept."""
        growth = Growth(self.size, self)
        self.keep(growth.extend(leaves))
        self.keep(growth.unfinished())
        self.size = growth.size


class Members:
    """The members and tiles of a map."""

    def __init__(self) -> None:
        self.by_key: dict[bytes, Member] = {}
        self.tiles: dict[TileId, bytes] = {}

    def members(self, first: Page, last: Page) -> Sequence[Member]:
        ordered = sorted(self.by_key.values())
        start = bisect_left(ordered, first, key=lambda member: page_of(member.key))
        return [member for member in ordered[start:] if page_of(member.key) <= last]

    def tile(self, tile: TileId) -> bytes | None:
        return self.tiles.get(tile)

    def change(self, put: Iterable[Member], removed: Iterable[bytes] = ()) -> MapTiles:
        """The map after members were put or removed, from what is kept; its tiles are kept, too."""
        pages = set[Page]()
        for key in removed:
            del self.by_key[key]
            pages.add(page_of(key))
        for member in put:
            self.by_key[member.key] = member
            pages.add(page_of(member.key))
        found = MapTiles(self)
        found.refresh(pages)
        self.tiles |= found.changed()
        return MapTiles(self)
