"""Verification: every stored byte is hashed again and held against what the lines, heads and slots say.

Reads the whole log once, in the order of positions. A finding says what is wrong, where, and what it
means; nothing is ever repaired in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from ledger.case.intake import reference_key
from ledger.evidence.heads import LINE_PATTERN, LONGEST_LINE, first_head
from ledger.evidence.merkle import Tree
from ledger.evidence.slots import b64u, canonical, content_root, from_b64u, slot_digests
from ledger.evidence.vault import Vault
from ledger.facts import topics
from ledger.store import LedgerStore, SealedRow

Progress = Callable[[int, int], None]
_LINE = re.compile(LINE_PATTERN, re.ASCII)
_CHUNK = 5_000
_REFERENCED = frozenset({"CaseOpened", "CaseImported"})
"""The topics of commands that reserve their case's reference."""

Stored = tuple[int, str, int, str, bytes]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was recorded: its code, where it is, and one sentence for people."""

    code: str
    sentence: str
    position: int | None = None
    stream: str | None = None
    version: int | None = None


@dataclass(slots=True)
class Verification:
    """What was verified and what was found; `root` is the Merkle root over the entries (base64url)."""

    entries: int = 0
    streams: int = 0
    sealed_parts: int = 0
    erased_parts: int = 0
    root: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])


class _Head(NamedTuple):
    version: int
    head: bytes
    known_at: str


class _Checker:
    """One pass over the log."""

    def __init__(self, store: LedgerStore, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._ledger = b64u(store.ledger_id)
        self._heads: dict[str, _Head] = {}
        self._tree = Tree()
        self._position = 0
        self._recorded_at = ""
        self._policies: set[str] = set()
        self._command: list[bytes] = []
        self._ended: list[tuple[bytes, int]] = []
        self._reserved = 0
        self.found = Verification()

    def run(self, progress: Progress) -> Verification:
        tip = self._store.tip()
        self.found.findings += [
            Finding("guard-altered", f"The store lacks {name}, or has it changed.")
            for name in self._store.altered
        ]
        for chunk in self._store.scan(upto=tip, chunk=_CHUNK):
            sealed = self._sealed_by_position(chunk)
            self._tree.extend([self._entry(row, sealed.pop(row[0], {})) for row in chunk])
            self._check_commands()
            for position, rows in sealed.items():
                self._report(
                    "sealed-unclaimed", f"{len(rows)} sealed parts belong to no entry", position
                )
            progress(chunk[-1][0], tip)
        self._end_command(self._position)
        self._check_commands()
        self._check_reservations(tip)
        if self._position != tip:
            self._report("entry-missing", f"the log should go on to position {tip}", self._position)
        self.found.streams = len(self._heads)
        self.found.root = b64u(self._tree.root())
        return self.found

    def _entry(self, row: Stored, blobs: dict[bytes, bytes]) -> bytes:
        position, stream, version, topic, state = row
        if position != self._position + 1:
            self._report(
                "entry-missing",
                f"positions {self._position + 1} to {position - 1} are not there",
                position,
            )
        self._position = position
        self.found.entries += 1
        raw, _, stored = state.partition(b"\n")
        digest = sha256(b"\x00" + raw).digest()
        line = _LINE.fullmatch(raw.decode(errors="replace"))
        if line is None or len(raw) > LONGEST_LINE:
            self._at(row, "line-not-canonical", "its line is not in canonical form")
            return digest
        content, ledger, previous, recorded_at, schema, line_stream, line_topic, line_version = (
            line.groups()
        )
        if (line_stream, int(line_version), line_topic) != (stream, version, topic):
            self._at(row, "columns-disagree", "the line and the columns beside it disagree")
        if ledger != self._ledger:
            self._at(row, "other-ledger", "it belongs to another ledger")
        if recorded_at < self._recorded_at:
            self._at(
                row, "time-goes-back", "it says it was recorded before the entry in front of it"
            )
        self._recorded_at = recorded_at
        self._schema(row, int(schema))
        self._office(row, stored, content, blobs, self._head(row, previous, digest))
        return digest

    def _schema(self, row: Stored, schema: int) -> None:
        kind = topics().get(row[3])
        if kind is None or schema > kind.schema_version:
            self._at(row, "topic-unknown", f"{row[3]} {schema} is not known to this version")

    def _head(self, row: Stored, previous: str, digest: bytes) -> str:
        """Checks the running head before the entry and moves it on; answers when the stream last knew something."""
        _, stream, version, _, _ = row
        before = self._heads.get(stream) or _Head(0, first_head(self._store.ledger_id, stream), "")
        if version != before.version + 1:
            missing = f"version {before.version + 1} should stand here"
            self._at(row, "version-missing", f"its stream is broken: {missing}")
        elif b64u(before.head) != previous:
            self._at(
                row, "head-broken", "it does not follow from the entries before it in its stream"
            )
        after = sha256(b"\x02" + before.head + digest).digest()
        self._heads[stream] = _Head(version, after, before.known_at)
        return before.known_at

    def _office(
        self, row: Stored, stored: bytes, content: str, blobs: dict[bytes, bytes], known: str
    ) -> None:
        try:
            office: Any = orjson.loads(stored)
            canonically = canonical(office)
            values: dict[str, Any] = office["values"]
            digests = slot_digests(from_b64u(office["seed"]), values)
            for name, digest in office["sealed"].items():
                digests[name] = from_b64u(digest)
            context, seals = values["context"], values["sealed"]
            known_at, command = context["known_at"], _command_key(context["command"])
            references = [reference_key(UUID(row[1][5:]))] if row[3] in _REFERENCED else []
        except (ValueError, TypeError, KeyError, AttributeError):
            self._at(row, "office-unreadable", "its office part is not complete")
            return
        if canonically != stored:
            self._at(row, "office-not-canonical", "its office part is not in canonical form")
        if b64u(content_root(digests)) != content:
            self._at(row, "content-altered", "its values are not those that were recorded")
        if known_at < known:
            self._at(
                row, "known-goes-back", "it was known before the entry in front of it in its stream"
            )
        elif "batch" not in context and known_at != max(known, self._recorded_at):
            self._at(row, "time-altered", "it was recorded at another time than it says")
        head = self._heads[row[1]]
        self._heads[row[1]] = _Head(head.version, head.head, known_at)
        self._seals(row, seals, blobs)
        self._policy(row, values)
        if not self._command or self._command[0] != command:
            self._end_command(row[0] - 1)
            self._command = [command]
        self._command += references

    def _seals(self, row: Stored, seals: dict[str, str], blobs: dict[bytes, bytes]) -> None:
        for key, said in seals.items():
            self.found.sealed_parts += 1
            key_id = from_b64u(key)
            blob = blobs.pop(key_id, None)
            if key_id in self._vault.destroyed():
                self.found.erased_parts += 1
            elif blob is None:
                self._at(
                    row, "sealed-lost", "a sealed part is gone though its key was never destroyed"
                )
            elif not self._vault.holds(key_id):
                self._at(
                    row, "key-lost", "the key of a sealed part is gone and no erasure is recorded"
                )
            if blob is not None and b64u(sha256(blob).digest()) != said:
                self._at(row, "sealed-altered", "a sealed part is not the one that was recorded")
        if blobs:
            self._at(row, "sealed-unclaimed", "a sealed part lies beside it that it does not name")

    def _policy(self, row: Stored, values: dict[str, Any]) -> None:
        if row[3] == "PolicyPublished":
            self._policies.add(values["digest"])
        else:
            cited = values.get("policy")
            if isinstance(cited, str) and cited not in self._policies:
                self._at(
                    row,
                    "policy-unknown",
                    f"it cites the policy {cited[:12]}, not published before it",
                )

    def _end_command(self, position: int) -> None:
        self._ended += [(key, position) for key in self._command]
        self._command = []

    def _check_commands(self) -> None:
        """Each command's entries stand together, and what it reserved names the last of them."""
        taken = self._store.reserved([key for key, _ in self._ended])
        for key, position in self._ended:
            if key not in taken:
                self._report("reservation-lost", "what its command reserved is gone", position)
                continue
            self._reserved += 1
            if taken[key] != position:
                self._report(
                    "command-misplaced",
                    f"the entries of a command should end at position {taken[key]}",
                    position,
                )
        self._ended = []

    def _check_reservations(self, tip: int) -> None:
        """Every reservation was made by an entry that is there: one that was taken off the end left its own behind."""
        count, beyond = 0, set[int]()
        for _, position in self._store.reservations():
            count += position <= tip
            if position > tip:
                beyond.add(position)
        now = self._store.tip()
        for position in sorted(each for each in beyond if each > now):
            self._report("entry-missing", "the entry that reserved this place is gone", position)
        if count > self._reserved:
            self._report(
                "reservation-unclaimed",
                f"{count - self._reserved} reservations up to here were made by no entry",
                tip,
            )

    def _sealed_by_position(self, chunk: list[Stored]) -> dict[int, dict[bytes, bytes]]:
        by_position: dict[int, dict[bytes, bytes]] = {}
        rows: Iterable[SealedRow] = self._store.sealed([row[0] for row in chunk])
        for row in rows:
            by_position.setdefault(row.position, {})[row.key_id] = row.blob
        return by_position

    def _at(self, row: Stored, code: str, sentence: str) -> None:
        position, stream, version, _, _ = row
        self.found.findings.append(
            Finding(code, f"Entry {position}: {sentence}.", position, stream, version)
        )

    def _report(self, code: str, sentence: str, position: int) -> None:
        self.found.findings.append(Finding(code, f"At position {position}: {sentence}.", position))


def _command_key(command: str) -> bytes:
    """The reservation of a command id; ValueError if it is none."""
    key = b"c" + bytes.fromhex(command.replace("-", ""))
    if len(key) != 17:
        raise ValueError(command)
    return key


def verify(
    store: LedgerStore, vault: Vault, *, progress: Progress = lambda _done, _all: None
) -> Verification:
    """Verifies every entry of a ledger; the findings are empty if all is as it was recorded."""
    return _Checker(store, vault).run(progress)


def digests(store: LedgerStore) -> Iterator[bytes]:
    """The leaf digest of every entry, in the order of the log."""
    for chunk in store.scan():
        for row in chunk:
            yield sha256(b"\x00" + row[4].partition(b"\n")[0]).digest()
