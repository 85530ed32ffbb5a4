"""What the archives get before a case is disposed of: whole cases with what is personal in them, or an index."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from api.new_files import new_file, refuse_taken
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.evidence.reading import ReadEntry
from ledger.evidence.slots import b64u
from ledger.facts import Concealed, PartlyErased, dump
from ledger.ids import case_stream, reference_of
from ledger.keeping import case_of
from ledger.opening import Reading
from ledger.registers.erasures import Erasure, RecordArchivesReceived
from ledger.service import Ledger


def write_for_archives(
    ledger: Ledger,
    erasure: Erasure,
    path: Path,
    *,
    actor: Actor,
    erasure_id: UUID,
    receipt: str | None,
) -> RecordArchivesReceived:
    """Writes what the archives get of a disposal into a new file; answers what is to be recorded of it.

    A line of JSON an entry of the cases that they get whole, opened under the purpose of retention and
    recorded as read; a line a case for the index, without anything personal.
    """
    theirs = [each for each in erasure.disposal if each.case_id in erasure.to_be_archived]
    if not theirs:
        raise InvalidCommand("The archives get nothing of this, or have it already: carry it out.")
    refuse_taken(path)
    whole = [each.case_id for each in theirs if each.to_archives == "whole"]
    index = [each for each in theirs if each.to_archives == "index"]
    lines: list[bytes] = []
    if whole:
        streams = tuple(case_stream(each) for each in whole)
        reading = Reading(streams, "Transfer to the archives", "retention")
        for entries in ledger.open_values(reading, actor=actor):
            lines += [orjson.dumps(_entry(each), option=orjson.OPT_SORT_KEYS) for each in entries]
    for item in index:
        case = case_of(ledger, item.case_id)
        said = {
            "reference": reference_of(item.case_id),
            "request_type": case.request_type,
            "outcome": case.outcome,
            "received_at": case.received_at,
            "resolved_at": case.resolved_at,
            "retention": item.retention,
            "disposed_after": item.due_on,
        }
        lines.append(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    raw = b"".join(line + b"\n" for line in lines)
    with new_file(path) as file:
        file.write(raw)
    return RecordArchivesReceived(
        erasure_id=erasure_id,
        cases=tuple(_ids(theirs)),
        size_bytes=len(raw),
        digest=sha256(raw).hexdigest(),
        receipt=receipt,
    )


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


def _ids(items: Iterable[Any]) -> list[UUID]:
    return [each.case_id for each in items]
