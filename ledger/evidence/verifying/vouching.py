"""Vouching: a range of the log examined by itself, for a pass that has not come to it yet.

What the entries before a range left is assumed as the store tells it, and the range is vouched for only
if nothing at all is found in it. A pass takes that over where all that was assumed has come true, and
examines the range itself everywhere else: so it finds the same, in the same order, with or without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from ledger.evidence.verifying.anchoring import Stretch
from ledger.evidence.verifying.examining import (
    PUBLISHED,
    Counted,
    Examiner,
    Head,
    Keys,
    Reached,
    Stored,
)
from ledger.sealing.slots import from_b64u
from ledger.sealing.whose import Misgiven, Part
from ledger.store import LedgerStore

_RUN_UP = 100
"""How many entries before a range are looked at to learn what they leave open."""

Published = tuple[tuple[int, str], ...]
"""The position and the digest of each policy that was published."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """A range in which nothing was found, if what was assumed before it is so.

    `continued` says of each stream that goes on in the range where it stood before, as its first
    entry here has it; that the stream knew nothing later than that entry does is assumed, too.
    `keys_met` has the keys that seal in such a stream, each with the first position here: whether any
    is met for the first time, and must tell whose it is, the pass alone can know.
    """

    assumed: Reached
    continued: dict[str, Head]
    keys_met: dict[bytes, int]
    left: Reached
    counted: Counted
    stretch: Stretch

    def holds_after(self, reached: Reached) -> bool:
        """Whether all that was assumed is what the entries before have in truth left."""
        if not reached.agrees(self.assumed):
            return False
        begun = self.left.heads.keys() - self.continued.keys()
        if not reached.heads.keys().isdisjoint(begun):
            return False
        for stream, (version, head, known_at) in self.continued.items():
            before = reached.heads.get(stream)
            if before is None or before[:2] != (version, head) or before[2] > known_at:
                return False
        begun_keys = self.left.keys.keys() - self.keys_met.keys()
        if not reached.keys.keys().isdisjoint(begun_keys):
            return False
        return all(
            reached.keys.get(key_id, seals_in := self.left.keys[key_id]) == seals_in
            for key_id in self.keys_met
        )

    def keys_first_met(self, reached: Reached) -> dict[bytes, int]:
        """The keys that nothing before has told whose they are, each with the position of its first part."""
        return {key: at for key, at in self.keys_met.items() if key not in reached.keys}


class _Assuming(Examiner):
    """Examines a range of its own: of a stream that goes on in it, it assumes what its first line here says."""

    def __init__(self, store: LedgerStore, keys: Keys, reached: Reached) -> None:
        super().__init__(store, keys, reached)
        self.continued: dict[str, Head] = {}
        self.keys_met: dict[bytes, int] = {}

    def before(self, stream: str, version: int, previous: str) -> Head:
        try:
            before = version - 1, from_b64u(previous), ""
        except ValueError:
            return super().before(stream, version, previous)
        if version <= 1:
            return super().before(stream, version, previous)
        self.continued[stream] = before
        return before

    def first_part(self, part: Part) -> None:
        if part.row.stream in self.continued:
            self.keys_met[part.key_id] = part.row.position
        else:
            super().first_part(part)

    def office(
        self, row: Stored, stored: bytes, content: str, blobs: dict[bytes, bytes], known: str
    ) -> str:
        known_at = super().office(row, stored, content, blobs, known)
        if not known and (before := self.continued.get(row[1])):
            self.continued[row[1]] = (*before[:2], known_at)
        return known_at


def examined_ahead(
    store: LedgerStore, keys: Keys, published: Published, *, after: int, upto: int
) -> Vouched | None:
    """What is vouched for of the entries after one position up to another; None if something is found in them."""
    unasked = replace(keys, misgiven=_none_of)
    run_up = _Assuming(store, unasked, Reached(max(0, after - _RUN_UP)))
    run_up.examine(after)
    before = run_up.reached
    policies = {digest for position, digest in published if position <= after}
    assumed = Reached(before.position, before.recorded_at, policies, before.command)
    going_on = Reached(before.position, before.recorded_at, {*policies}, [*before.command])
    examiner = _Assuming(store, keys, going_on)
    examiner.examine(upto)
    if examiner.findings or examiner.kept:
        return None
    return Vouched(
        assumed,
        examiner.continued,
        examiner.keys_met,
        going_on,
        examiner.counted,
        examiner.stretch,
    )


def _none_of(_parts: Sequence[Part]) -> Sequence[Misgiven]:
    return ()


def published_policies(store: LedgerStore) -> Published:
    """Every policy that entries may cite, as the store tells it."""
    found: list[tuple[int, str]] = []
    for stream in store.streams("policy"):
        for row in store.stream(stream):
            if row.topic == PUBLISHED:
                try:
                    values = orjson.loads(row.state.partition(b"\n")[2])["values"]
                    found.append((row.position, str(values.get("digest"))))
                except (ValueError, TypeError, KeyError, AttributeError):
                    continue  # the pass finds it unreadable where it stands
    return tuple(found)
