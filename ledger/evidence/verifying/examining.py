"""Examining: entries hashed again and held against their lines, their slots and the entries before them.

What a finding is, and what an entry has to agree with, is said here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

import orjson

from ledger.case.intake.opening import reference_key
from ledger.evidence.verifying.anchoring import AnchorSeen, Stretch
from ledger.facts import topics
from ledger.sealing.heads import LINE, LONGEST_LINE, first_head
from ledger.sealing.slots import OFFICE_KEYS, b64u, canonical, content_of, from_b64u
from ledger.sealing.whose import Misgiven, Part
from ledger.store import LedgerStore, SealedRow, StoredRow

_CHUNK = 5_000
_REFERENCED = frozenset({"CaseOpened", "CaseImported"})
"""The topics of commands that reserve their case's reference."""
_CALLED = "ExternalIdGiven"
"""The topic of those that reserve what a case would have that another id of it opened."""

PUBLISHED, ANCHORED = "PolicyPublished", "LogAnchored"

Stored = tuple[int, str, int, str, bytes]
Head = tuple[int, bytes, str]
"""Where a stream stands: its version, its running head, and when it last knew something."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was recorded: its code, where it is, and one sentence for people."""

    code: str
    sentence: str
    position: int | None = None
    stream: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys the vault has destroyed, whether it holds one that opens, and which of sealed parts are not theirs."""

    destroyed: frozenset[bytes]
    opens: Callable[[bytes], bool]
    misgiven: Callable[[Sequence[Part]], Iterable[Misgiven]]


@dataclass(slots=True)
class Reached:
    """What the entries up to a position leave for those after them to agree with.

    `command` is what the command whose entries may still go on has reserved, its own key first;
    `keys` are those that sealed something, each with the one stream that it seals in.
    """

    position: int = 0
    recorded_at: str = ""
    policies: set[str] = field(default_factory=set[str])
    command: list[bytes] = field(default_factory=list[bytes])
    heads: dict[str, Head] = field(default_factory=dict[str, Head])
    keys: dict[bytes, str] = field(default_factory=dict[bytes, str])

    def agrees(self, other: Reached) -> bool:
        """Whether both are the same but for the streams and the keys."""
        return (self.position, self.recorded_at, self.policies, self.command) == (
            other.position,
            other.recorded_at,
            other.policies,
            other.command,
        )


@dataclass(slots=True)
class Counted:
    """How much was examined."""

    entries: int = 0
    sealed_parts: int = 0
    erased_parts: int = 0
    reserved: int = 0
    lost: int = 0

    def add(self, other: Counted) -> None:
        self.entries += other.entries
        self.sealed_parts += other.sealed_parts
        self.erased_parts += other.erased_parts
        self.reserved += other.reserved
        self.lost += other.lost


class Examiner:
    """Examines entries in the order of the log, going on from what those before them have left."""

    def __init__(self, store: LedgerStore, keys: Keys, reached: Reached) -> None:
        self._store = store
        self._keys = keys
        self._ledger = b64u(store.ledger_id)
        self._known = {topic: kind.schema_version for topic, kind in topics().items()}
        self._ended: list[tuple[bytes, int]] = []
        self._parts: dict[bytes, Part] = {}
        """The first part that lies under each key, until it is known whose that is."""
        self._shared = set[bytes]()
        self._agrees = True
        """Whether the line and the columns of the entry that is examined agree."""
        self._before = 0
        """Where the entry before the one that is examined stands, or should."""
        self.reached = reached
        self.counted = Counted()
        self.stretch = Stretch()
        self.findings: list[Finding] = []
        self.kept: list[tuple[int, bytes]] = []
        """Where a sealed part lies though its key was destroyed, and which: until its erasure is carried out."""

    def examine(self, upto: int) -> None:
        """Examines the entries that come next, up to a position; whose a key is, at the first part that it sealed."""
        for chunk in self._store.scan(after=self.reached.position, upto=upto, chunk=_CHUNK):
            sealed = self._sealed_by_position(chunk)
            for row in chunk:
                digest = self._entry(row, sealed.pop(row[0], None))
                self.stretch.digests.append(digest)
            self._check_commands()
            self._check_keys()

    def end(self) -> None:
        """The log ends here, and with it the last command."""
        self._end_command(self.reached.position)
        self._check_commands()

    def before(self, stream: str, version: int, previous: str) -> Head:
        """Where a stream stands that was not met yet, before an entry that says so: nowhere."""
        return 0, first_head(self._store.ledger_id, stream), ""

    def first_part(self, part: Part) -> None:
        """The first part was met that lies under its key: it tells whose the key is."""
        self._parts[part.key_id] = part

    def _entry(self, row: Stored, blobs: dict[bytes, bytes] | None) -> bytes:
        position, stream, version, topic, state = row
        reached = self.reached
        self._before = position - 1
        if position != reached.position + 1:
            self._pass_over(position)
        reached.position = position
        self.counted.entries += 1
        raw, _, stored = state.partition(b"\n")
        digest = sha256(b"\x00" + raw).digest()
        line = LINE.fullmatch(raw.decode(errors="replace"))
        if line is None or len(raw) > LONGEST_LINE:
            self._at(row, "line-not-canonical", "its line is not in canonical form")
            return digest
        content, ledger, previous, recorded_at, schema, line_stream, line_topic, line_version = (
            line.groups()
        )
        self._agrees = (line_stream, int(line_version), line_topic) == (stream, version, topic)
        if not self._agrees:
            self._at(row, "columns-disagree", "the line and the columns beside it disagree")
        if ledger != self._ledger:
            self._at(row, "other-ledger", "it belongs to another ledger")
        if recorded_at < reached.recorded_at:
            self._at(
                row, "time-goes-back", "it says it was recorded before the entry in front of it"
            )
        reached.recorded_at = recorded_at
        if int(schema) > self._known.get(topic, 0):
            self._at(row, "topic-unknown", f"{topic} {schema} is not known to this version")
        before = reached.heads.get(stream) or self.before(stream, version, previous)
        before_version, head, known = before
        if version != before_version + 1:
            missing = f"version {before_version + 1} should stand here"
            self._at(row, "version-missing", f"its stream is broken: {missing}")
        elif b64u(head) != previous:
            self._at(
                row, "head-broken", "it does not follow from the entries before it in its stream"
            )
        known_at = self.office(row, stored, content, blobs or {}, known)
        after = reached.heads[stream] = (
            version,
            sha256(b"\x02" + head + digest).digest(),
            known_at,
        )
        if not stream.startswith("anchor/"):
            self.stretch.moved[stream] = after
        return digest

    def office(
        self, row: Stored, stored: bytes, content: str, blobs: dict[bytes, bytes], known: str
    ) -> str:
        """Checks the office part of an entry; answers when its stream has last known something."""
        position, stream, _, topic, _ = row
        try:
            office: Any = orjson.loads(stored)
            canonically = canonical(office)
            values: dict[str, Any] = office["values"]
            said = content_of(from_b64u(office["seed"]), values, office["sealed"])
            seals = {from_b64u(key): digest for key, digest in values["sealed"].items()}
            context = values["context"]
            known_at, command = _text(context["known_at"]), _command_key(context["command"])
            reference = _reference(topic, stream, values)
        except (ValueError, TypeError, KeyError, AttributeError):
            self._at(row, "office-unreadable", "its office part is not complete")
            return known
        if office.keys() != OFFICE_KEYS:
            self._at(row, "office-unclaimed", "its office part holds what was not recorded")
        if canonically != stored:
            self._at(row, "office-not-canonical", "its office part is not in canonical form")
        if b64u(said) != content:
            self._at(row, "content-altered", "its values are not those that were recorded")
        if known_at < known:
            self._at(
                row, "known-goes-back", "it was known before the entry in front of it in its stream"
            )
        elif known_at != max(known, self.reached.recorded_at) and "batch" not in context:
            self._at(row, "time-altered", "it was recorded at another time than it says")
        if seals or blobs:
            whole = self._agrees and b64u(said) == content and topic in self._known
            self._seals(row, seals, blobs, office=values if whole else None)
        self._policy(row, values)
        if topic == ANCHORED:
            stretch = self.stretch
            said = AnchorSeen(position, self.reached.recorded_at, values, stretch.moved)
            stretch.anchors.append(said)
            stretch.moved = {}
        reached = self.reached
        if not reached.command or reached.command[0] != command:
            self._end_command(self._before)
            reached.command = [command]
        if reference is not None:
            reached.command.append(reference)
        return known_at

    def _pass_over(self, position: int) -> None:
        """What is not there is lost as recorded, or missing."""
        before = self.reached.position
        unclaimed = self._store.sealed_positions(after=before, upto=position - 1)
        self.findings += unclaimed_parts(unclaimed)
        lost = self._store.lost(after=before, upto=position - 1)
        if len(lost) == position - 1 - before:
            self.stretch.digests += [digest for _, digest in lost]
            self.counted.lost += len(lost)
            self._before = before
            return
        self.stretch.aligned = False
        self._report(
            "entry-missing", f"positions {before + 1} to {position - 1} are not there", position
        )

    def _seals(
        self,
        row: Stored,
        seals: dict[bytes, Any],
        blobs: dict[bytes, bytes],
        *,
        office: dict[str, Any] | None,
    ) -> None:
        """Checks the sealed parts beside an entry; `office` are its values, if they are those that were recorded."""
        keys = self.reached.keys
        for key_id, said in seals.items():
            self.counted.sealed_parts += 1
            blob = blobs.pop(key_id, None)
            if key_id in self._keys.destroyed:
                self.counted.erased_parts += 1
                self.kept += [(row[0], key_id)] if blob is not None else []
            elif blob is None:
                self._at(
                    row, "sealed-lost", "a sealed part is gone though its key was never destroyed"
                )
            elif not self._keys.opens(key_id):
                self._at(
                    row,
                    "key-lost",
                    "the key of a sealed part is gone, or does not open, and no erasure is recorded",
                )
            elif office is not None and (seals_in := keys.get(key_id)) != row[1]:
                if seals_in is None:
                    keys[key_id] = row[1]
                    self.first_part(Part(StoredRow(*row), office, key_id, blob))
                elif key_id not in self._shared:
                    self._shared.add(key_id)
                    self._at(
                        row, "key-shared", f"the key of a sealed part seals in {seals_in}, too"
                    )
            if blob is not None and b64u(sha256(blob).digest()) != said:
                self._at(row, "sealed-altered", "a sealed part is not the one that was recorded")
                self._parts.pop(key_id, None)
        if blobs:
            self._at(row, "sealed-unclaimed", "a sealed part lies beside it that it does not name")

    def _policy(self, row: Stored, values: dict[str, Any]) -> None:
        policies = self.reached.policies
        if row[3] == PUBLISHED:
            policies.add(str(values.get("digest")))
        cited = values.get("policy")
        if isinstance(cited, str) and cited not in policies and row[3] != PUBLISHED:
            self._at(
                row, "policy-unknown", f"it cites the policy {cited[:12]}, not published before it"
            )

    def _end_command(self, position: int) -> None:
        self._ended += [(key, position) for key in self.reached.command]
        self.reached.command = []

    def _check_commands(self) -> None:
        """Each command's entries stand together, and what it reserved names the last of them."""
        taken = self._store.reserved([key for key, _ in self._ended])
        for key, position in self._ended:
            if key not in taken:
                self._report("reservation-lost", "what its command reserved is gone", position)
                continue
            self.counted.reserved += 1
            if taken[key] != position:
                self._report(
                    "command-misplaced",
                    f"the entries of a command should end at position {taken[key]}",
                    position,
                )
        self._ended = []

    def _check_keys(self) -> None:
        """Each key is the one of whom it sealed something about."""
        for found in self._keys.misgiven(list(self._parts.values())) if self._parts else ():
            self._at(found.part.row, found.code, found.sentence)
        self._parts = {}

    def _sealed_by_position(self, chunk: list[Stored]) -> dict[int, dict[bytes, bytes]]:
        by_position: dict[int, dict[bytes, bytes]] = {}
        rows: Iterable[SealedRow] = self._store.sealed([row[0] for row in chunk])
        for position, key_id, blob in rows:
            by_position.setdefault(position, {})[key_id] = blob
        return by_position

    def _at(self, row: Stored, code: str, sentence: str) -> None:
        position, stream, version, _, _ = row
        self.findings.append(
            Finding(code, f"Entry {position}: {sentence}.", position, stream, version)
        )

    def _report(self, code: str, sentence: str, position: int) -> None:
        self.findings.append(Finding(code, f"At position {position}: {sentence}.", position))


def unclaimed_parts(positions: Iterable[int]) -> Iterator[Finding]:
    """A finding for each run of positions at which sealed parts lie and no entry is there that could name them."""
    for _, numbered in groupby(enumerate(positions), lambda each: each[1] - each[0]):
        run = [position for _, position in numbered]
        place = f"position {run[0]}" if len(run) == 1 else f"positions {run[0]} to {run[-1]}"
        said = f"At {place}: sealed parts lie there that no entry names."
        yield Finding("sealed-unclaimed", said, run[0])


def _text(value: object) -> str:
    """The value, a string; TypeError if it is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _reference(topic: str, stream: str, values: dict[str, Any]) -> bytes | None:
    """The reservation beside that of a command's id; None where it made none, ValueError if it is none."""
    if topic == _CALLED:
        return reference_key(UUID(_text(values.get("record_id"))))
    return reference_key(UUID(stream[5:])) if topic in _REFERENCED else None


def _command_key(command: str) -> bytes:
    """The reservation of a command id; ValueError if it is none."""
    key = b"c" + bytes.fromhex(command.replace("-", ""))
    if len(key) != 17:
        raise ValueError(command)
    return key
