"""A release as a bundle: one zip that proves what it shows to anybody, and says how much it withholds.

Streamed: one stream and one volume of the chronology are held at a time. The same ledger, selection and
checkpoint always give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.registers.policies import PolicyPublished
from ledger.sealing.disclosing import Disclosed, Salted, disclosed_entry
from ledger.sealing.slots import b64u, canonical, shown_digest
from ledger.service import Ledger
from ledger.times import stamp
from projections.releases.chronology import Chapter, Cover, chapter_of, volume_files, volumes_of
from projections.releases.form import (
    FORMAT,
    entry_shown,
    index_as_json,
    index_as_rows,
    proof_of,
)
from projections.releases.packing import File, packed_bag
from projections.releases.selection import (
    EntrySelection,
    IndexLine,
    Selection,
    StreamSelection,
    refuse_unsound,
)
from projections.releases.streams import Reader, release_stream
from projections.releases.verify_page import verify_page

_POLICY_SHOWN = frozenset({"digest", "document", "effective_from", "number", "tz_version"})


def bundle(
    ledger: Ledger,
    selection: Selection,
    *,
    index: Sequence[IndexLine],
    proofs: Proofs,
    reader: Reader,
    earlier: Sequence[int] = (),
) -> Iterator[bytes]:
    """The bytes of the zip, made as they are asked for.

    `earlier` are the sizes of checkpoints from which it proves that the log only grew.

    Where a personal value is shown, that the reader read it is recorded before it is opened;
    NotAuthorised if they may not. InvalidCommand, with what to do, for a selection that cannot be bundled.
    """
    refuse_unsound(selection, index)
    making = _Making(ledger, selection, index, proofs, reader, earlier)
    tags = [File("verify.html", verify_page())]
    return packed_bag(making.payload(), tags, bagged_on=date.fromisoformat(making.signed_at[:10]))


@dataclass(slots=True)
class _Making:
    """One bundle while it is made."""

    ledger: Ledger
    selection: Selection
    index: Sequence[IndexLine]
    proofs: Proofs
    reader: Reader
    earlier: Sequence[int]
    cited: set[str] = field(default_factory=set[str])
    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def signed_at(self) -> str:
        """When the anchor says that the checkpoint was signed."""
        return stamp(self.proofs.anchor.signed_at)

    @property
    def note(self) -> bytes:
        """The signed checkpoint with all its signatures."""
        return str(self.proofs.note).encode()

    def payload(self) -> Iterator[File]:
        """Every file of the bag below `data`, in order."""
        yield _json("data/index.json", index_as_json(self.index))
        yield File("data/index.csv", _csv(index_as_rows(self.index)))
        yield File("data/proofs/checkpoint", self.note)
        yield _json("data/proofs/anchor.json", self._anchor())
        policies = self.ledger.policies()
        cover = Cover(self.selection, self.proofs.checkpoint, self.signed_at)
        volumes = volumes_of(_shown_streams(self.selection))
        for number, streams in enumerate(volumes, 1):
            chapters: list[Chapter] = []
            for chosen in streams:
                found = release_stream(
                    self.ledger,
                    chosen,
                    claim=self.selection.claim,
                    proofs=self.proofs,
                    reader=self.reader,
                )
                self.cited.update(found.cites())
                chapter = chapter_of(found, policies, self.selection)
                file = self._next_part(found.stream, cited=False)
                yield _json(f"data/entries/{file}.json", found.entries)
                yield _json(f"data/proofs/{file}.json", found.proofs)
                yield _json(f"data/said/{file}.json", chapter.as_json())
                chapters.append(chapter)
            yield from volume_files(chapters, cover, number=number, count=len(volumes))
        yield from self._cited_policies(self.cited)
        yield _json("data/release.json", self._release(len(volumes)))

    def _next_part(self, stream: str, *, cited: bool) -> str:
        file = f"{len(self.parts) + 1:06}"
        self.parts.append({"cited": cited, "file": file, "stream": stream})
        return file

    def _release(self, volumes: int) -> Mapping[str, Any]:
        selection = self.selection
        said = {
            "audience": selection.audience,
            "claim": selection.claim,
            "format": FORMAT,
            "languages": sorted(selection.languages),
            "ledger": b64u(self.ledger.store.ledger_id),
            "purpose": selection.purpose,
            "streams": self.parts,
            "volumes": volumes,
        }
        return {**said, "recipient": selection.recipient} if selection.recipient else said

    def _anchor(self) -> Mapping[str, Any]:
        row = self.proofs.anchor_row
        anchor = disclosed_entry(row, self.ledger.store.ledger_id)
        shown = entry_shown(anchor, EntrySelection(row.version))
        said: dict[str, Any] = {
            "line": shown["line"],
            "path": [b64u(each) for each in self.proofs.inclusion(row.position).path],
            "slots": shown["slots"],
        }
        if self.earlier:
            said["earlier"] = [
                [size, [b64u(each) for each in self.proofs.consistency(size)]]
                for size in sorted(set(self.earlier))
            ]
        return said

    def _cited_policies(self, cited: Set[str]) -> Iterator[File]:
        """The entries that published the policies cited, their whole text shown, members' names withheld."""
        if not cited:
            return
        stream = f"policy/{self.ledger.policy_id}"
        entries: list[dict[str, Any]] = []
        proved: list[Any] = []
        found: set[str] = set()
        for row in self.ledger.store.stream(stream):
            (each,) = self.ledger.disclosed(stream, versions=[row.version])
            fact = each.entry.fact
            if not isinstance(fact, PolicyPublished) or fact.digest not in cited - found:
                continue
            if row.position > self.proofs.leaves:
                break
            found.add(fact.digest)
            entries.append(_policy_shown(each))
            proved.append(proof_of(row.version, self.proofs.inclusion(row.position)))
        if found != cited:
            raise IntegrityFailure(
                "An entry cites a policy that the checkpoint does not cover: run `caseledger verify`."
            )
        file = self._next_part(stream, cited=True)
        yield _json(f"data/entries/{file}.json", {"entries": entries, "stream": stream})
        yield _json(f"data/proofs/{file}.json", {"entries": proved})


def _policy_shown(entry: Disclosed) -> dict[str, Any]:
    """A published policy with its text and number; who published it and its members' names as digests."""
    shown = entry_shown(entry, EntrySelection(entry.entry.version))
    for name, slot in entry.slots.items():
        if name not in _POLICY_SHOWN and isinstance(slot, Salted):
            shown["slots"][name] = [b64u(shown_digest(slot.salt, name, slot.value))]
    return shown


def _shown_streams(selection: Selection) -> list[StreamSelection]:
    """The streams of which anything is given: of a release that claims nothing, those with a line to show."""
    if selection.claim == "whole_stream":
        return list(selection.streams)
    if selection.claim == "stated_scope":
        return [each for each in selection.streams if each.entries]
    found = [
        each for each in selection.streams if any(entry.line is None for entry in each.entries)
    ]
    if not found:
        raise InvalidCommand("Nothing of it would be shown: answer without a bundle.")
    return found


def _json(name: str, said: Mapping[str, Any]) -> File:
    return File(name, canonical(said))


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
