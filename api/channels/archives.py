"""What the archives get before a case is disposed of: whole cases with what is personal in them, or an index."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from ledger.case.state import Case
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.facts import Concealed, PartlyErased, dump
from ledger.ids import case_stream, reference_of
from ledger.keeping import case_of
from ledger.personal.opening import Reading
from ledger.registers.keeping.disposals import DisposalItem
from ledger.registers.keeping.erasures import Erasure
from ledger.sealing.reading import ReadEntry
from ledger.sealing.slots import b64u
from ledger.service import Ledger

LINES = "application/x-ndjson"
"""The media type of lines of JSON."""


@dataclass(frozen=True, slots=True)
class ArchivesPart:
    """What the archives get of a disposal: of these cases, in these bytes."""

    cases: tuple[UUID, ...]
    raw: bytes

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return sha256(self.raw).hexdigest()


def for_archives(ledger: Ledger, erasure: Erasure, *, actor: Actor) -> ArchivesPart:
    """What the archives get of a disposal and do not have yet.

    A line of JSON an entry of the cases that they get whole, opened under the purpose of retention and
    recorded as read; a line a case for the index, without anything personal.
    """
    theirs = [each for each in erasure.disposal if each.case_id in erasure.to_be_archived]
    if not theirs:
        raise InvalidCommand("The archives get nothing of this, or have it already: carry it out.")
    lines: list[bytes] = []
    streams = tuple(case_stream(each.case_id) for each in theirs if each.to_archives == "whole")
    if streams:
        reading = Reading(streams, "Transfer to the archives", "retention")
        for entries in ledger.open_values(reading, actor=actor):
            lines += [orjson.dumps(_entry(each), option=orjson.OPT_SORT_KEYS) for each in entries]
    for item in theirs:
        if item.to_archives == "index":
            said = _index_line(item, case_of(ledger, item.case_id))
            lines.append(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    cases = tuple(each.case_id for each in theirs)
    return ArchivesPart(cases, b"".join(line + b"\n" for line in lines))


def _index_line(item: DisposalItem, case: Case) -> dict[str, Any]:
    return {
        "reference": reference_of(item.case_id),
        "request_type": case.request_type,
        "outcome": case.outcome,
        "received_at": case.received_at,
        "resolved_at": case.resolved_at,
        "retention": item.retention,
        "disposed_after": item.due_on,
    }


def _entry(read: ReadEntry) -> dict[str, Any]:
    entry = read.entry
    return {
        "stream": entry.stream,
        "version": entry.version,
        "topic": entry.topic,
        "digest": b64u(read.digest),
        "recorded_at": read.line.recorded_at,
        "actor": entry.actor.slot(),
        "context": entry.context.slot(),
        "fact": _plain(dump(entry.fact)),
    }


def _plain(value: Any) -> Any:
    match value:
        case Concealed():
            return {"concealed": value.value}
        case PartlyErased():
            return {"parts": [_plain(each) for each in value.parts]}
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
