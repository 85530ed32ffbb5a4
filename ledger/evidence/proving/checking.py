"""Checking a proof with nothing but the office's public key: the format's order of steps, without a ledger.

The root and the size come from the signed note alone. Whatever does not fit is an IntegrityFailure that says
what; what remains is what is proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proving.proof_files import ProofFile, ShownAnchor, ShownEntry, ShownStream
from ledger.evidence.signing.notes import Checkpoint, Note, VerifierKey, read_note, signers_of
from ledger.evidence.trees.merkle import proves_inclusion
from ledger.evidence.trees.stream_map import map_key, proves_absence, proves_head
from ledger.input.quoting import in_entries
from ledger.sealing.heads import Line, decode_line, first_head, leaf_digest, next_head
from ledger.sealing.slots import b64u, content_of, from_b64u
from ledger.times import instant, stamp


@dataclass(frozen=True, slots=True)
class Trusted:
    """Keys that came another way than the file: the office's, and witnesses', of which so many must cosign."""

    office: tuple[VerifierKey, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class Anchored:
    """What an anchor says: the root over the heads of streams, as of how many entries, and when."""

    heads: bytes
    leaves: int
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class ProvedStream:
    """What is proved of a stream: its entries 1..count are all there are; none if it does not exist."""

    stream: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What holds, as of which checkpoint; `confirmed` if the office's key that was given signed it."""

    checkpoint: Checkpoint
    confirmed: bool
    witnessed_at: tuple[int, ...]
    signed_at: datetime
    streams: tuple[ProvedStream, ...]


def check_note(note: Note, trusted: Trusted) -> tuple[Checkpoint, bool, tuple[int, ...]]:
    """The checkpoint that a note signs, whether the office's key did, and when each witness that did saw it."""
    checkpoint = Checkpoint.read(note.text)
    if checkpoint.size == 0:
        raise _failed("the checkpoint is of an empty log")
    for key in trusted.office:
        if key.name != checkpoint.origin:
            raise _failed(f"the checkpoint is of {checkpoint.origin}, and the key of {key.name}")
    signed = signers_of(note, trusted.office)
    if trusted.office and not signed:
        raise _failed(
            "none of the keys that were given has signed the checkpoint; if the office has had another, before or "
            "since, ask it for the one of then"
        )
    seen = {key.name: at for key in trusted.witnesses if (at := key.cosigned_at(note)) is not None}
    if len(seen) < trusted.quorum:
        raise _failed(f"{len(seen)} of the witnesses have cosigned, and {trusted.quorum} must have")
    return checkpoint, bool(signed), tuple(seen.values())


def check_proof(proof: ProofFile, trusted: Trusted) -> Proved:
    """What a proof file proves; IntegrityFailure, saying why, if anything in it does not fit."""
    checkpoint, confirmed, seen = check_note(read_note(proof.note), trusted)
    anchor, anchored = _check_anchor(proof.anchor, checkpoint)
    ledger = from_b64u(anchor.ledger)
    by_stream: dict[str, list[tuple[int, Line, bytes]]] = {}
    for shown in proof.entries:
        line, digest = _check_entry(shown, checkpoint)
        if shown.index >= anchored.leaves:
            raise _failed(f"entry {shown.index + 1} is not covered by the anchor")
        if line.ledger != anchor.ledger:
            raise _failed(f"entry {shown.index + 1} is of another ledger")
        by_stream.setdefault(line.stream, []).append((shown.index, line, digest))
    streams: list[ProvedStream] = []
    for claimed in proof.streams:
        here = by_stream.pop(claimed.stream, [])
        streams.append(_check_stream(claimed, here, ledger=ledger, heads=anchored.heads))
    if by_stream:
        raise _failed(
            f"entries of {next(iter(by_stream))} are shown, and nothing says how many it has"
        )
    return Proved(checkpoint, confirmed, seen, anchored.signed_at, tuple(streams))


def _check_anchor(shown: ShownAnchor, checkpoint: Checkpoint) -> tuple[Line, Anchored]:
    """The anchor's line and what it says, once it is the checkpoint's last entry and its slots are its own."""
    if shown.index != checkpoint.size - 1:
        raise _failed("the anchor is not the last entry of the checkpoint")
    line, _ = _check_entry(shown, checkpoint)
    if line.topic != "LogAnchored" or not line.stream.startswith("anchor/"):
        raise _failed("the last entry of the checkpoint is no anchor")
    values = shown.office.values
    try:
        content = content_of(from_b64u(shown.office.seed), values, {})
        leaves, heads = values["leaves"], from_b64u(str(values["heads"]))
        if type(leaves) is not int:
            raise TypeError("this is no number of leaves")
        said = Anchored(heads, leaves, instant(str(values["signed_at"])))
    except (ValueError, TypeError, KeyError) as error:
        raise _failed("the anchor's values are not those of an anchor") from error
    if not 0 <= leaves < checkpoint.size:
        raise _failed("the anchor covers more than comes before it")
    if b64u(content) != line.content:
        raise _failed("the anchor's values are not those that were recorded")
    return line, said


def _check_entry(shown: ShownEntry, checkpoint: Checkpoint) -> tuple[Line, bytes]:
    raw = shown.line.encode()
    line, digest = _read_line(raw), leaf_digest(raw)
    path = [from_b64u(each) for each in shown.path]
    if not proves_inclusion(digest, shown.index, checkpoint.size, root=checkpoint.root, path=path):
        raise _failed(f"entry {shown.index + 1} is not in the checkpoint")
    return line, digest


def _read_line(raw: bytes) -> Line:
    """A stranger's line: of a time that exists, its digests in their one form, its numbers within 2^53."""
    line = decode_line(raw)
    try:
        for digest in (line.content, line.ledger, line.previous):
            from_b64u(digest)
        exact = stamp(instant(line.recorded_at)) == line.recorded_at
    except ValueError as error:
        raise _failed("a line says what no line says") from error
    if not exact or max(line.schema, line.version) >= 1 << 53:
        raise _failed("a line says what no line says")
    return line


def _check_stream(
    claimed: ShownStream,
    here: Sequence[tuple[int, Line, bytes]],
    *,
    ledger: bytes,
    heads: bytes,
) -> ProvedStream:
    """What is proved of one stream by the entries shown of it, which must be all."""
    key, proof = map_key(ledger, claimed.stream), claimed.proof()
    if proof.end is None or proof.end.key != key:
        if here or not proves_absence(key, heads, proof):
            raise _failed(f"it is not shown that there is no {claimed.stream}")
        return ProvedStream(claimed.stream, 0, ())
    if not proves_head(proof.end, heads, proof):
        raise _failed(f"it is not shown how many entries {claimed.stream} has")
    head, before = first_head(ledger, claimed.stream), -1
    for number, (index, line, digest) in enumerate(here, 1):
        if line.version != number or index <= before or from_b64u(line.previous) != head:
            raise _failed(f"entry {number} of {claimed.stream} is missing or in another place")
        head, before = next_head(head, digest), index
    if (len(here), head) != (proof.end.entries, proof.end.head):
        raise _failed(f"{claimed.stream} has {in_entries(proof.end.entries)}, and others are shown")
    return ProvedStream(claimed.stream, len(here), tuple(line for _, line, _ in here))


def read_keys(written: Sequence[str]) -> tuple[VerifierKey, ...]:
    """The keys that are written so; InvalidCommand where one is given twice."""
    keys = tuple(VerifierKey.read(each) for each in written)
    if len(set(keys)) != len(keys):
        raise InvalidCommand("The same key is given twice: give each once.")
    return keys


def _failed(why: str) -> IntegrityFailure:
    return IntegrityFailure(f"The proof fails: {why}. Do not rely on it.")
