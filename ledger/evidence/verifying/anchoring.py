"""Anchors and checkpoints held against the log as it is: nothing that was signed is gone, altered or beside it.

Fed by a pass of verification, entry by entry in order. The map of heads is kept in memory and brought up at
each anchor by the streams that moved since the one before.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from ledger.errors import (
    IntegrityFailure,
    LedgerUnavailable,
    NotPermitted,
)
from ledger.evidence.signing.notes import Note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.map_tiles import MapTiles, Page, TileId, page_of
from ledger.evidence.trees.merkle import Tree
from ledger.evidence.trees.stream_map import Member, map_key
from ledger.evidence.verifying.kept_notes import Notes
from ledger.input.quoting import counted, in_entries
from ledger.sealing.heads import decode_line
from ledger.sealing.slots import b64u, from_b64u
from ledger.store import LedgerStore, SignedHead
from ledger.times import instant

Report = Callable[[str, str, int], None]
"""Takes a finding: its code, what is wrong, and at which position."""
Head = tuple[int, bytes, str]

_CLOCKS_APART = timedelta(minutes=5)
"""By how much a witness's clock and ours may differ."""


@dataclass(frozen=True, slots=True)
class AnchorSeen:
    """An anchor as it was read, and where the streams stand that moved since the one before it."""

    position: int
    recorded_at: str
    values: Mapping[str, Any]
    moved: Mapping[str, Head]


@dataclass(slots=True)
class Stretch:
    """Some entries in order: their digests, the anchors among them, and the streams that moved after the last."""

    digests: list[bytes] = field(default_factory=list[bytes])
    anchors: list[AnchorSeen] = field(default_factory=list[AnchorSeen])
    moved: dict[str, Head] = field(default_factory=dict[str, Head])
    aligned: bool = True
    """Whether each digest is at the leaf of its position: nothing is missing that is not known as lost."""


class Anchoring:
    """What was signed, held against a log from its first entry on."""

    def __init__(self, store: LedgerStore, signer: Signer | None, report: Report) -> None:
        self._store = store
        self._report = report
        self._signer = signer
        self._signed = _signed_leaves(signer)
        self._notes = Notes(store)
        self.signing = self._notes.signing
        self._pending: dict[str, Head] = {}
        self._members = _Members()
        self._tiles = MapTiles(self._members)
        self._witnessed: dict[str, datetime] = {}
        self._without_note: int | None = None
        self._aligned = True
        self._sound = True
        self.tree = Tree()
        self.checkpoints = 0
        """How many were held against the log."""

    def take(self, stretch: Stretch) -> None:
        """Takes entries in, and reports what of them is not what was signed."""
        self._aligned = self._aligned and stretch.aligned
        done = 0
        for anchor in stretch.anchors:
            self._pending.update(anchor.moved)
            if self._aligned:
                upto = done + anchor.position - self.tree.size
                self._extend(stretch.digests[done:upto])
                done = upto
                self._check_notes(anchor)
            self._check_heads(anchor)
        self._extend(stretch.digests[done:])
        self._pending.update(stretch.moved)

    def end(self) -> None:
        """The log ends here: nothing that was signed lies beyond."""
        tip = self._store.tip()
        behind_the_last_anchor = list(self._notes.rest())
        if self._notes.newest > tip:
            self._gone(tip, self._notes.newest)
            return
        if self._aligned:
            self._without_anchor(behind_the_last_anchor)
        if self._signer is None:
            return
        try:
            so_far = self._signer.signed_so_far()
        except NotPermitted:
            raise
        except LedgerUnavailable as error:
            self._report("signer-unreadable", str(error).rstrip("."), tip)
            return
        if so_far is not None and self.signing.origin not in (None, so_far.origin):
            self._report(
                "signer-unreadable",
                f"what the signer remembers is of the log {so_far.origin}, and this is {self.signing.origin}: restore "
                "its folder from its own backup",
                so_far.size,
            )
        if so_far is not None and so_far.size > tip:
            self._gone(tip, so_far.size)
        elif so_far and so_far.size > self._notes.newest and not self._is_lost(so_far.size):
            self._report(
                "checkpoint-missing",
                f"the checkpoint of {in_entries(so_far.size)} was signed and is not kept: run `caseledger checkpoint`",
                so_far.size,
            )

    def _gone(self, tip: int, size: int) -> None:
        self._report(
            "entries-hidden", f"entries {tip + 1} to {size} are gone, and were signed for", tip
        )

    def _extend(self, digests: Sequence[bytes]) -> None:
        if self._signed is not None and self._aligned:
            try:
                self._hold_against(self._signed, digests)
            except NotPermitted:
                raise
            except LedgerUnavailable as error:
                self._signed = None
                self._report("signer-unreadable", str(error).rstrip("."), self.tree.size + 1)
        self.tree.extend(digests)

    def _hold_against(self, signed: Iterator[bytes], digests: Sequence[bytes]) -> None:
        """Names the first entry that is not the one that was signed for; those after it may only have moved."""
        for position, digest in enumerate(digests, self.tree.size + 1):
            expected = next(signed, None)
            if expected != digest:
                self._signed = None
                if expected is not None:
                    self._report(
                        "entry-not-signed", "it is not the entry that was signed for", position
                    )
                return

    def _check_notes(self, anchor: AnchorSeen) -> None:
        """The checkpoints that this anchor closes are over the log as it is, and signed."""
        self._without_anchor(self._notes.before(anchor.position))
        root = self.tree.root()
        kept = list(self._notes.over(anchor.position))
        self._check_kept(anchor.position, kept)
        for signed in kept:
            found = self._notes.read(signed)
            self.checkpoints += signed.cosignatures == 0
            if found is None:
                self._report(
                    "checkpoint-unsigned",
                    "no key of the ledger that was in force then has signed the checkpoint kept for it",
                    anchor.position,
                )
            elif found.checkpoint.root != root and self._sound:
                self._sound = False
                self._report(
                    "log-rewritten",
                    "the entries up to here are not those that were signed, and those up to the checkpoint "
                    f"before ({self._notes.sound_upto}) are",
                    anchor.position,
                )
            elif found.checkpoint.root == root:
                self._notes.sound_upto = anchor.position
            if found is not None and len(found.seen_at) < signed.cosignatures:
                self._report(
                    "checkpoint-uncosigned",
                    "fewer witnesses have cosigned the checkpoint kept for it than is said of it",
                    anchor.position,
                )
            if found is not None and found.seen_at:
                self._bracket(anchor, found.note, min(found.seen_at))

    def _check_kept(self, position: int, kept: Sequence[SignedHead]) -> None:
        """Each anchor is signed for before the next one is made; a loss may take the note along with what is lost.

        Witnesses are asked with it as it was signed, which is kept before what they added.
        """
        before, self._without_note = self._without_note, None if kept else position
        if before is not None and not self._store.lost(after=before, upto=position):
            self._report("checkpoint-missing", "the checkpoint of this anchor is not kept", before)
        if kept and kept[0].cosignatures != 0:
            self._report(
                "checkpoint-missing",
                "the checkpoint of this anchor is not kept as it was signed, before witnesses cosigned it",
                position,
            )

    def _without_anchor(self, notes: Iterable[SignedHead]) -> None:
        """Only a loss that was recorded takes an anchor away from its checkpoint."""
        for signed in notes:
            if not self._is_lost(signed.size):
                self._report(
                    "checkpoint-unanchored",
                    "a checkpoint is kept for it that no anchor closes",
                    signed.size,
                )

    def _is_lost(self, position: int) -> bool:
        return bool(self._store.lost(after=position - 1, upto=position))

    def _bracket(self, anchor: AnchorSeen, note: Note, seen_at: datetime) -> None:
        """What a witness saw at a time was recorded before."""
        self._witnessed[b64u(note.digest())] = seen_at
        recorded_at = _instant_as_read(anchor.recorded_at)
        if recorded_at is not None and recorded_at > seen_at + _CLOCKS_APART:
            self._report(
                "outside-its-bracket",
                f"it says that it was recorded after a witness saw it ({seen_at:%Y-%m-%d %H:%M:%S} UTC)",
                anchor.position,
            )

    def _check_heads(self, anchor: AnchorSeen) -> None:
        position, values = anchor.position, anchor.values
        leaves, cited = values.get("leaves"), values.get("witnessed")
        if not isinstance(leaves, int) or not 0 <= leaves < position:
            self._report(
                "anchor-misplaced", "it anchors entries that do not come before it", position
            )
            return
        if isinstance(cited, str) and self._aligned:
            seen_at, recorded_at = self._witnessed.get(cited), _instant_as_read(anchor.recorded_at)
            if seen_at is None:
                self._report(
                    "witness-unknown", "it cites a cosigned checkpoint that is not kept", position
                )
            elif recorded_at is not None and recorded_at < seen_at - _CLOCKS_APART:
                self._report(
                    "outside-its-bracket",
                    "it says that it was recorded before a witness saw the checkpoint that it cites",
                    position,
                )
        since = self._moved_between(leaves, position)
        now = {stream: head for stream, head in self._pending.items() if stream not in since}
        now |= {stream: head for stream, head in since.items() if head[0]}
        pages: set[Page] = set()
        for stream, (version, head, _) in now.items():
            # A version below all others was found where it stands, and is of no member.
            member = Member(map_key(self._store.ledger_id, stream), max(version, 0), head)
            pages.add(self._members.put(member))
        self._tiles.refresh(pages)
        self._pending = {
            stream: self._pending[stream] for stream in since if stream in self._pending
        }
        root, streams = b64u(self._tiles.root()), len(self._members)
        if (values.get("heads"), values.get("streams")) != (root, streams):
            self._report(
                "heads-altered",
                f"the heads that it anchors are not those of the {counted(streams, 'stream', 'streams')} up to entry "
                f"{leaves}",
                position,
            )

    def _moved_between(self, leaves: int, position: int) -> dict[str, Head]:
        """Streams that moved after what an anchor covers, each as it stood before."""
        found: dict[str, Head] = {}
        if leaves + 1 >= position:
            return found
        for _, stream, _, _, state in chain.from_iterable(
            self._store.scan(after=leaves, upto=position - 1)
        ):
            if stream in found or stream.startswith("anchor/"):
                continue
            try:
                line = decode_line(state.partition(b"\n")[0])
                found[stream] = (line.version - 1, from_b64u(line.previous), "")
            except (IntegrityFailure, ValueError):
                continue  # it is reported where it stands
        return found


class _Members:
    """The members of a map, in memory, by page."""

    def __init__(self) -> None:
        self._pages: dict[Page, list[Member]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, member: Member) -> Page:
        """Puts a member in its place; its page."""
        page = page_of(member.key)
        members = self._pages.setdefault(page, [])
        at = bisect_left(members, member.key, key=lambda each: each.key)
        if at < len(members) and members[at].key == member.key:
            members[at] = member
        else:
            insort(members, member)
            self._count += 1
        return page

    def members(self, first: Page, last: Page) -> Sequence[Member]:
        if first == last:
            return self._pages.get(first, ())
        return [each for page in range(first, last + 1) for each in self._pages.get(page, ())]

    def tile(self, tile: TileId) -> bytes | None:
        return None


def _instant_as_read(text: str) -> datetime | None:
    """An instant that a line says; None if there is no such."""
    try:
        return instant(text)
    except ValueError:
        return None


def _signed_leaves(signer: Signer | None) -> Iterator[bytes] | None:
    """The digests that were signed for, from the first; None where they are not known here."""
    try:
        so_far = signer.signed_so_far() if signer else None
    except LedgerUnavailable:
        return None
    return signer.leaves(0, so_far.size) if signer and so_far else None
