"""Events: an entry as CloudEvents 1.0 has it, with what anybody in the office may see and a reference for the rest.

`source` and `id` tell an entry from every other for ever. `sequence` sorts by text as positions do, and
`partitionkey` is the stream in which order matters (both are documented extensions of CloudEvents).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from api.shown.entries import entry_shown
from ledger.ids import reference_of
from ledger.sealing.reading import ReadEntry
from ledger.times import stamp

SPECIFICATION = "1.0"
BATCH = "application/cloudevents-batch+json"
ONE = "application/cloudevents+json"
TYPES_BEGIN = "caseledger."
"""What stands before the topic in the type of an event."""
_DIGITS = 16
DIGEST_BYTES = 8
"""So much of an entry's digest is in its id."""


def source_of(ledger_id: bytes) -> str:
    """The ledger as the source of its events."""
    return UUID(bytes=ledger_id).urn


def event_id(read: ReadEntry) -> str:
    """The same for the same entry alone, in one ledger: its position, and the beginning of its digest.

    After a restore that lost entries others may stand at their positions.
    """
    return f"{read.entry.position}-{read.digest[:DIGEST_BYTES].hex()}"


def cloud_event(read: ReadEntry, *, ledger_id: bytes, below: str = "") -> dict[str, Any]:
    """The event of an entry; personal values are named in it, and read at the address that `dataref` gives.

    It begins with `below`, where the service is reached from outside: whoever gets an event has no address to begin at.
    """
    entry = read.entry
    data = {"recorded_at": read.line.recorded_at, "schema": read.line.schema}
    data |= asdict(entry_shown(read))
    address = f"/v1/entries/{entry.position}"
    if entry.kind == "case":
        data["reference"] = reference_of(entry.subject_id)
        address = f"/v1/cases/{data['reference']}/entries#{entry.version}"
    return {
        "specversion": SPECIFICATION,
        "id": event_id(read),
        "source": source_of(ledger_id),
        "type": f"{TYPES_BEGIN}{entry.topic}",
        "subject": entry.stream,
        "time": stamp(entry.context.effective_at),
        "datacontenttype": "application/json",
        "dataref": f"{below}{address}",
        "partitionkey": entry.stream,
        "sequence": f"{entry.position:0{_DIGITS}}",
        "data": data,
    }
