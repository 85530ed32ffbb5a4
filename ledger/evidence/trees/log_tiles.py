"""The nodes of the log's tree in tiles: each holds 256 neighbours of one level and all nodes below the one over them.

Pure. The first 8,192 bytes of a full tile are those of a C2SP tlog-tile. A tile is written anew until it
is full, and never again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

_NODE = b"\x01"
_DIGEST_BYTES = 32
HEIGHT = 8
WIDTH = 1 << HEIGHT
_ROW_BYTES = WIDTH * _DIGEST_BYTES


class Tile(NamedTuple):
    """The tile of a height (0 over the leaves themselves) and a number; its rows from the lowest up."""

    height: int
    number: int
    rows: bytes


Kept = Callable[[int, int], bytes]
"""Gives the rows of a tile by its height and number."""


def node_of(level: int, number: int, tiles: Kept) -> bytes:
    """A complete node of the tree."""
    height, row = divmod(level, HEIGHT)
    tile, place = divmod(number, WIDTH >> row)
    start = _row_starts(row) + place * _DIGEST_BYTES
    return tiles(height, tile)[start : start + _DIGEST_BYTES]


def leaves_between(after: int, upto: int, tiles: Kept) -> Iterator[bytes]:
    """The leaves after one position up to another."""
    while after < upto:
        number, first = divmod(after, WIDTH)
        last = min(WIDTH, first + upto - after)
        rows = tiles(0, number)
        yield from (
            rows[at * _DIGEST_BYTES : (at + 1) * _DIGEST_BYTES] for at in range(first, last)
        )
        after += last - first


class Growth:
    """Tiles as leaves are added to a tree of some size, handed out when they are full, or as they stand."""

    def __init__(self, size: int, tiles: Kept) -> None:
        self.size = size
        self._rows: list[bytearray] = []
        """For each height the lowest row of the tile that is not full."""
        height = 0
        while size >> HEIGHT * height:
            filled = (size >> HEIGHT * height) % WIDTH
            number = size >> HEIGHT * (height + 1)
            row = tiles(height, number)[: filled * _DIGEST_BYTES] if filled else b""
            self._rows.append(bytearray(row))
            height += 1

    def extend(self, digests: Iterable[bytes]) -> Iterator[Tile]:
        """Adds leaves; the tiles that this makes full."""
        following = iter(digests)
        while more := b"".join(islice(following, WIDTH - self.size % WIDTH)):
            self.size += len(more) // _DIGEST_BYTES
            yield from self._add(0, more)

    def unfinished(self) -> Iterator[Tile]:
        """The tiles at the edge, one a height at most."""
        for height, row in enumerate(self._rows):
            if row:
                number = self.size >> HEIGHT * (height + 1)
                yield Tile(height, number, _over(bytes(row))[0])

    def _add(self, height: int, digests: bytes) -> Iterator[Tile]:
        """Adds no more than there is room for in the tile that is not full."""
        if height == len(self._rows):
            self._rows.append(bytearray())
        row = self._rows[height]
        row += digests
        if len(row) == _ROW_BYTES:
            rows, over = _over(bytes(row))
            yield Tile(height, (self.size >> HEIGHT * (height + 1)) - 1, rows)
            row.clear()
            yield from self._add(height + 1, over)


def _over(row: bytes) -> tuple[bytes, bytes]:
    """The rows of the tile over its lowest one, and, if it is full, the node over all of them."""
    rows, width = [row.ljust(_ROW_BYTES, b"\0")], _ROW_BYTES
    while width > 2 * _DIGEST_BYTES:
        row = _row_over(row)
        width //= 2
        rows.append(row.ljust(width, b"\0"))
    return b"".join(rows), _row_over(row)


def _row_over(row: bytes) -> bytes:
    pair = 2 * _DIGEST_BYTES
    return b"".join(
        [
            sha256(_NODE + row[start : start + pair]).digest()
            for start in range(0, len(row) - pair + 1, pair)
        ]
    )


def _row_starts(row: int) -> int:
    return 2 * _ROW_BYTES - (2 * _ROW_BYTES >> row)
