"""One stream of a release: which of its entries are shown, which only counted, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.policy.access import Purpose
from ledger.sealing.disclosing import Disclosed, Salted
from ledger.sealing.heads import decode_line
from ledger.sealing.rows import digest_of
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from ledger.store import StoredRow
from projections.releases.form import entry_shown, map_proof, proof_of
from projections.releases.selection import Claim, EntrySelection, StreamSelection


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opens personal values for a release, what for in words, for which task, and within which inquiry."""

    actor: Actor
    purpose: str
    purpose_code: Purpose | None = None
    inquiry: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReleasedStream:
    """What a bundle gives of a stream: its two files, and its entries in scope for the chronology."""

    stream: str
    entries: Mapping[str, Any]
    proofs: Mapping[str, Any]
    shown: Mapping[int, Disclosed]
    chosen: Sequence[EntrySelection]
    out_of_scope: int

    def cites(self) -> Iterator[str]:
        """The digest of each policy that a shown slot cites."""
        withheld = {each.version for each in self.chosen if "policy" in each.slots}
        for version, entry in self.shown.items():
            cited = entry.slots.get("policy")
            if (
                version not in withheld
                and isinstance(cited, Salted)
                and isinstance(cited.value, str)
            ):
                yield cited.value


def release_stream(
    ledger: Ledger,
    chosen: StreamSelection,
    *,
    claim: Claim,
    proofs: Proofs,
    reader: Reader,
) -> ReleasedStream:
    """The stream as a release of this claim gives it; InvalidCommand if the checkpoint does not cover its scope."""
    covered = proofs.count(chosen.stream)
    if covered < chosen.upto_version:
        raise InvalidCommand(
            f"Entries of {chosen.stream} that are selected: {chosen.upto_version}, and the checkpoint covers "
            f"{covered}: sign a new one by `caseledger checkpoint`, and where witnesses must cosign have it cosigned."
        )
    given = {each.version: each for each in chosen.entries}
    first, last = _bounds(chosen, covered, claim)
    rows = ledger.store.stream(chosen.stream, after_version=first - 1, upto_version=last)
    shown = _disclosed(ledger, chosen, reader)
    said: list[dict[str, Any]] = []
    proved: list[Any] = []
    for row in rows:
        entry = given.get(row.version)
        if claim == "none" and (entry is None or entry.line is not None):
            continue
        if entry is not None:
            proved.append(proof_of(row.version, proofs.inclusion(row.position)))
        said.append(_entry(row, entry, shown))
    entries: dict[str, Any] = {"entries": said, "stream": chosen.stream}
    proof: dict[str, Any] = {"entries": proved}
    if claim == "stated_scope":
        entries["before"] = decode_line(rows[0].state.partition(b"\n")[0]).previous
    if claim == "whole_stream":
        proof["map"] = map_proof(proofs.head(chosen.stream))
    beyond = len(said) - len(given) if claim == "whole_stream" else 0
    return ReleasedStream(chosen.stream, entries, proof, shown, chosen.entries, beyond)


def _bounds(chosen: StreamSelection, covered: int, claim: Claim) -> tuple[int, int]:
    """From which version to which a release of this claim gives at least the digests."""
    if claim == "whole_stream":
        return 1, covered
    return chosen.entries[0].version, chosen.entries[-1].version


def _entry(
    row: StoredRow, chosen: EntrySelection | None, shown: Mapping[int, Disclosed]
) -> dict[str, Any]:
    if chosen is not None and chosen.line is None:
        return entry_shown(shown[row.version], chosen)
    digest = b64u(digest_of(row))
    if chosen is None or chosen.line is None:
        return {"digest": digest, "version": row.version}
    return {"digest": digest, "version": row.version, "withheld": {"line": chosen.line.line}}


def _disclosed(ledger: Ledger, chosen: StreamSelection, reader: Reader) -> dict[int, Disclosed]:
    """The entries whose lines are shown; personal values are opened where one of them is shown, and only there."""
    lines = {each.version: each for each in chosen.entries if each.line is None}
    closed = {
        each.entry.version: each for each in ledger.disclosed(chosen.stream, versions=lines.keys())
    }
    if len(closed) < len(lines):
        raise InvalidCommand(f"{chosen.stream} has fewer entries than are selected.")
    to_open = [
        version
        for version, each in closed.items()
        if any(
            not isinstance(slot, Salted) and name not in lines[version].slots
            for name, slot in each.slots.items()
        )
    ]
    if to_open:
        opened = ledger.disclosed_opened(
            chosen.stream,
            versions=to_open,
            actor=reader.actor,
            purpose=reader.purpose,
            purpose_code=reader.purpose_code,
            inquiry=reader.inquiry,
        )
        closed |= {each.entry.version: each for each in opened}
    return closed
