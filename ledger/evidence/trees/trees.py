"""The trees behind the log: its Merkle tree and the map of stream heads, brought up to an entry when asked.

Never in the way of a write: entries are read in short reads, and what follows from them lies in a store of
its own. Interrupted anywhere, it goes on from what was kept last; deleted, it is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache

from ledger.errors import IntegrityFailure
from ledger.evidence.trees.leaves import digest_at
from ledger.evidence.trees.log_tiles import Growth, leaves_between, node_of
from ledger.evidence.trees.map_tiles import PAGE_BYTES, MapTiles, Page, TileId, every_page, page_of
from ledger.evidence.trees.merkle import root_at
from ledger.evidence.trees.stream_map import Member, map_key
from ledger.sealing.heads import decode_line, leaf_digest, next_head
from ledger.sealing.slots import from_b64u
from ledger.store import (
    KeptMember,
    KeptTrees,
    LedgerStore,
    Location,
    TreesStore,
    open_trees_store,
    trees_damaged,
)

ANCHOR = "anchor"
"""The kind of stream that the map leaves out: an anchor cannot speak of itself."""

Progress = Callable[[int, int], None]
ScannedRow = tuple[int, str, int, str, bytes]
"""A stored row as a scan gives it: position, stream, version, topic, state."""

_LEDGER, _LOG, _MEMBERS, _MAP = "ledger", "log", "members", "map"
_CHUNK = 5_000
_STREAMS_HELD = 20_000
"""So many heads are kept at once: in the order of their keys a database takes them far faster than one by one."""
_TILES_HELD = 1_024
_REST_OF_A_KEY = 32 - PAGE_BYTES


class Trees:
    """The trees of one ledger. Use them as a context manager, or close them."""

    def __init__(self, store: LedgerStore, kept: TreesStore) -> None:
        self._store = store
        self._kept = kept

    @classmethod
    def open(cls, location: Location, store: LedgerStore) -> Trees:
        """The trees of the ledger at a location, empty where none are that can be used."""
        return cls(store, open_trees_store(location))

    def close(self) -> None:
        """Lets go of files and connections."""
        self._kept.close()

    def __enter__(self) -> Trees:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def alone(self) -> AbstractContextManager[None]:
        """Inside the block nobody else brings the trees on, and nobody else signs."""
        return self._kept.alone()

    @contextmanager
    def reading(self) -> Generator[TreesAsOf]:
        """The trees as of one moment."""
        with self._kept.reading() as kept:
            yield TreesAsOf(kept)

    def grow(
        self,
        *,
        log: int = 0,
        heads: int | None = None,
        progress: Progress = lambda _done, _all: None,
    ) -> None:
        """Takes entries up to a position into the log's tree, and up to another into the map of stream heads.

        Inside `alone`. Each entry is read once. IntegrityFailure where a position is neither there nor
        known to be lost.
        """
        self._forget_other_history()
        with self._kept.reading() as kept:
            leaves = _Leaves(self._store, kept, upto=log)
            members = _Members(
                self._store, kept, upto=kept.mark(_MEMBERS) if heads is None else heads
            )
        wanting = [each for each in (leaves, members) if each.after < each.upto]
        if wanting:
            first, last = min(each.after for each in wanting), max(each.upto for each in wanting)
            for rows in self._store.scan(after=first, upto=last, chunk=_CHUNK):
                with self._kept.writing() as kept:
                    for each in wanting:
                        each.take(rows, kept)
                progress(rows[-1][0], last)
            with self._kept.writing() as kept:
                for each in wanting:
                    each.finish(kept)
        if heads is not None and (members.pages or members.settled < heads):
            with self._kept.writing() as kept:
                tiles = MapTiles(KeptInStore(kept))
                tiles.refresh(members.pages)
                kept.put_map_tiles((*tile, nodes) for tile, nodes in tiles.changed().items())
                kept.put_mark(_MEMBERS, members.after)
                kept.put_mark(_MAP, members.after)

    def set_back(self, found: TreesAsOf, to: int) -> MapTiles:
        """The map as it was after an earlier entry: where a stream stood then, its next line tells."""
        changed: dict[bytes, Member | None] = {}
        for chunk in self._store.scan(after=to, upto=found.map_position, chunk=_CHUNK):
            for position, stream, _, _, state in chunk:
                key = map_key(self._store.ledger_id, stream)
                if key not in changed and not stream.startswith(f"{ANCHOR}/"):
                    line = decode_line(state.partition(b"\n")[0])
                    if line.stream != stream:
                        raise _unreadable(position)
                    before = Member(key, line.version - 1, from_b64u(line.previous))
                    changed[key] = before if before.entries else None
        tiles = MapTiles(_SetBack(found.kept_map, changed))
        tiles.refresh(page_of(key) for key in changed)
        return tiles

    def stood_at(self, to: int) -> tuple[bytes, int]:
        """The root of the map after an earlier entry and how many streams it had, as what is kept now tells them."""
        with self.reading() as found:
            root, began = self.set_back(found, to).root(), 0
            for chunk in self._store.scan(after=to, upto=found.map_position, chunk=_CHUNK):
                began += sum(row[2] == 1 and not row[1].startswith(f"{ANCHOR}/") for row in chunk)
            return root, found.count_streams() - began

    def start_anew(self) -> None:
        """Throws away what is kept, to be made again from the entries. Inside `alone`."""
        self._kept.start_anew()

    def _forget_other_history(self) -> None:
        """What was taken in of entries that are not here any more, as after a restore, is thrown away."""
        ours = int.from_bytes(self._store.ledger_id, "big")
        with self._kept.reading() as kept:
            size, ledger = kept.mark(_LOG), kept.mark(_LEDGER)
            fits = ledger == ours and (
                size == 0 or TreesAsOf(kept).node(0, size - 1) == digest_at(self._store, size)
            )
        if not fits:
            self._kept.start_anew()
            with self._kept.writing() as kept:
                kept.put_mark(_LEDGER, ours)


class _Leaves:
    """Entries on their way into the log's tree."""

    def __init__(self, store: LedgerStore, kept: KeptTrees, *, upto: int) -> None:
        self.after, self.upto = kept.mark(_LOG), upto
        self._store = store
        self._growth = Growth(self.after, TreesAsOf(kept).rows)

    def take(self, rows: Sequence[ScannedRow], kept: KeptTrees) -> None:
        """Takes rows that follow on what was taken before, as far as they are wanted."""
        self._add(_leaves(self._store, _between(rows, self.after, self.upto), self.after), kept)

    def finish(self, kept: KeptTrees) -> None:
        """Takes what was lost at the end."""
        if self.after < self.upto:
            self._add(_lost(self._store, self.after, self.upto), kept)

    def _add(self, digests: Iterable[bytes], kept: KeptTrees) -> None:
        kept.put_log_tiles(self._growth.extend(digests))
        if self._growth.size > self.after:
            kept.put_log_tiles(self._growth.unfinished())
            self.after = self._growth.size
            kept.put_mark(_LOG, self.after)


class _Members:
    """Entries on their way into the map: of each stream the last, kept by many at a time in the order of their keys."""

    def __init__(self, store: LedgerStore, kept: KeptTrees, *, upto: int) -> None:
        self.after, self.upto = kept.mark(_MEMBERS), upto
        self.settled = kept.mark(_MAP)
        self.pages = set[Page]() if self.settled == self.after else set(every_page())
        self._ledger_id = store.ledger_id
        self._lasts: dict[str, ScannedRow] = {}

    def take(self, rows: Sequence[ScannedRow], kept: KeptTrees) -> None:
        """Takes rows that follow on what was taken before, as far as they are wanted."""
        wanted = _between(rows, self.after, self.upto)
        if wanted:
            self._lasts.update({row[1]: row for row in wanted})
            self.after = wanted[-1][0]
        if len(self._lasts) >= _STREAMS_HELD:
            self._keep(kept)

    def finish(self, kept: KeptTrees) -> None:
        """Keeps what is left."""
        self.after = max(self.after, self.upto)
        self._keep(kept)

    def _keep(self, kept: KeptTrees) -> None:
        members = sorted(
            self._member(last)
            for stream, last in self._lasts.items()
            if not stream.startswith(f"{ANCHOR}/")
        )
        self.pages.update(page_of(member.key) for member in members)
        kept.put_members(members)
        kept.put_mark(_MEMBERS, self.after)
        self._lasts.clear()

    def _member(self, row: ScannedRow) -> KeptMember:
        """How far a stream goes by an entry's line."""
        position, stream, version, _, state = row
        raw = state[: state.index(b"\n")]
        line = decode_line(raw)
        if (line.stream, line.version) != (stream, version):
            raise _unreadable(position)
        head = next_head(from_b64u(line.previous), leaf_digest(raw))
        return KeptMember(map_key(self._ledger_id, stream), stream, version, head)


class TreesAsOf:
    """The trees as of one moment: nodes of the log at any size up to theirs, and the map at its position."""

    def __init__(self, kept: KeptTrees) -> None:
        self._kept = kept
        self.size = kept.mark(_LOG)
        """How many leaves the log's tree has."""
        self.map_position = kept.mark(_MAP)
        """The last entry that the map knows."""
        self.settled = self.map_position == kept.mark(_MEMBERS)
        """Whether the map's nodes are those over its members."""
        self.kept_map = KeptInStore(kept)
        self.rows = lru_cache(maxsize=_TILES_HELD)(self._rows)

    def node(self, level: int, number: int) -> bytes:
        """A complete node of the log's tree."""
        return node_of(level, number, self.rows)

    def root(self, size: int) -> bytes:
        """The root of the log when it had so many leaves."""
        return root_at(size, self.node)

    def leaves(self, after: int, upto: int) -> Iterator[bytes]:
        """The leaves after one position up to another."""
        return leaves_between(after, upto, self.rows)

    def heads(self) -> MapTiles:
        """The map as it stands."""
        return MapTiles(self.kept_map)

    def count_streams(self) -> int:
        """How many streams the map covers."""
        return self._kept.count_members()

    def _rows(self, height: int, number: int) -> bytes:
        found = self._kept.log_tile(height, number)
        if found is None:
            raise trees_damaged()
        return found


class KeptInStore:
    """The members and tiles of the map as they are stored."""

    def __init__(self, kept: KeptTrees) -> None:
        self._kept = kept

    def members(self, first: Page, last: Page) -> list[Member]:
        lowest = first.to_bytes(PAGE_BYTES, "big") + bytes(_REST_OF_A_KEY)
        highest = last.to_bytes(PAGE_BYTES, "big") + b"\xff" * _REST_OF_A_KEY
        found = self._kept.members(lowest, highest)
        return [Member(each.key, each.entries, each.head) for each in found]

    def tile(self, tile: TileId) -> bytes | None:
        return self._kept.map_tile(*tile)


class _SetBack:
    """Members and tiles as they are stored, some members being others or not yet there."""

    def __init__(self, kept: KeptInStore, changed: Mapping[bytes, Member | None]) -> None:
        self._kept = kept
        self._changed = changed

    def members(self, first: Page, last: Page) -> Sequence[Member]:
        found = (self._changed.get(each.key, each) for each in self._kept.members(first, last))
        return [each for each in found if each is not None]

    def tile(self, tile: TileId) -> bytes | None:
        return self._kept.tile(tile)


def leaves_of(store: LedgerStore, upto: int) -> Iterator[bytes]:
    """The leaves up to a position, from the entries, lost ones included.

    IntegrityFailure where a position is neither there nor known to be lost.
    """
    after = 0
    for rows in store.scan(upto=upto, chunk=_CHUNK):
        yield from _leaves(store, rows, after)
        after = rows[-1][0]
    if after != upto:
        yield from _lost(store, after, upto)


def _leaves(store: LedgerStore, rows: Sequence[ScannedRow], after: int) -> Iterable[bytes]:
    """The leaves of rows and of what was lost before and between them."""
    if rows and rows[-1][0] - after == len(rows):
        return [leaf_digest(state[: state.index(b"\n")]) for *_, state in rows]
    return _leaves_and_lost(store, rows, after)


def _leaves_and_lost(store: LedgerStore, rows: Sequence[ScannedRow], after: int) -> Iterator[bytes]:
    for position, *_, state in rows:
        if position != after + 1:
            yield from _lost(store, after, position - 1)
        yield leaf_digest(state[: state.index(b"\n")])
        after = position


def _between(rows: Sequence[ScannedRow], after: int, upto: int) -> Sequence[ScannedRow]:
    """The rows after one position up to another."""
    if after < rows[0][0] and rows[-1][0] <= upto:
        return rows
    return [row for row in rows if after < row[0] <= upto]


def _lost(store: LedgerStore, after: int, upto: int) -> list[bytes]:
    lost = store.lost(after=after, upto=upto)
    if len(lost) != upto - after:
        raise IntegrityFailure(
            f"Of the positions {after + 1} to {upto} some are not there: stop, keep the files, "
            "and run `caseledger verify`."
        )
    return [digest for _, digest in lost]


def _unreadable(position: int) -> IntegrityFailure:
    return IntegrityFailure(
        f"Entry {position}: the line and the columns beside it disagree: stop, keep the files, "
        "and run `caseledger verify`."
    )
