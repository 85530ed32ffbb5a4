"""Exports as an event log in CSV or XES: a trace a case, an event for each of its entries, office values alone.

Times are in UTC. An event is named by the activity that was imported or else by the kind of fact; the
log can be imported again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.channels.exports.seen import Seen
from ledger.case import CASE
from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.facts import ClockArmed, ClockResumed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.case.history.imported import ActivityRecorded, CaseImported
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.entry import Entry
from ledger.ids import reference_of
from ledger.service import Ledger
from ledger.times import stamp

_CASE_COLUMNS = ("concept:name", "channel", "type", "received", "deadline", "ended")
_EVENT_COLUMNS = (
    "concept:name",
    "time:timestamp",
    "org:resource",
    "org:group",
    "known_at",
    "topic",
    "position",
    "version",
)
_ALWAYS = {
    "trace": ("concept:name",),
    "event": (
        "concept:name",
        "time:timestamp",
        "org:resource",
        "known_at",
        "topic",
        "position",
        "version",
    ),
}
"""What every trace and event says: strict readers take a `global` for a promise of that."""
_EXTENSIONS = {"concept": "Concept", "time": "Time", "org": "Organizational"}
"""The standard extensions, by whose prefixes attributes are named."""
_DATES = frozenset({"received", "deadline", "ended", "time:timestamp", "known_at"})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Trace:
    """A case as an event log tells it: what its entries say of it, and each of them."""

    said: dict[str, str]
    events: list[dict[str, str]]


def _traces(ledger: Ledger, seen: Seen) -> Iterator[_Trace]:
    """The cases in the order in which they came, each with its entries in the order recorded, verified."""
    for stream in seen.streams(ledger, CASE.name):
        entries = seen.read(ledger, stream)
        if entries:
            yield _Trace(said_of_case(entries), [_said_of_event(each) for each in entries])


def said_of_case(entries: Sequence[Entry]) -> dict[str, str]:
    """What these entries, which need not be all of the case's, say of it; `deadline` is the first due."""
    said: dict[str, str | None] = {"concept:name": reference_of(entries[0].subject_id)}
    due: dict[str, datetime | None] = {}
    for entry in entries:
        match entry.fact:
            case CaseOpened() as opened:
                said["channel"], said["type"] = opened.channel, opened.request_type
                said["received"] = stamp(opened.reached_body_at)
            case CaseImported() as imported:
                said["channel"], said["type"] = imported.channel, imported.request_type
                said["received"] = stamp(imported.received_at)
            case CaseClassified(request_type=kind):
                said["type"] = kind
            case (
                ClockArmed()
                | ClockResumed()
                | ClockStopped()
                | ClockExtended()
                | ClockRestated() as clock
            ):
                due[clock.clock] = clock.due_at
            case CaseResolved():
                said["ended"] = stamp(entry.context.effective_at)
            case CaseReopened():
                said["ended"] = None
            case _:
                pass
    first_due = min((at for at in due.values() if at is not None), default=None)
    said["deadline"] = None if first_due is None else stamp(first_due)
    return {name: said[name] or "" for name in _CASE_COLUMNS if said.get(name)}


def _said_of_event(entry: Entry) -> dict[str, str]:
    match entry.fact:
        case ActivityRecorded(activity=activity):
            name = activity
        case _:
            name = entry.topic
    said = {
        "concept:name": name,
        "time:timestamp": stamp(entry.context.effective_at),
        "org:resource": entry.actor.id,
        "org:group": entry.actor.team,
        "known_at": stamp(entry.context.known_at),
        "topic": entry.topic,
        "position": str(entry.position),
        "version": str(entry.version),
    }
    return {key: value for key, value in said.items() if value}


def write_csv(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    """Writes a row for each entry of a case and answers how many."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(f"case:{name}" for name in _CASE_COLUMNS), *_EVENT_COLUMNS])
    count = 0
    for trace in _traces(ledger, seen):
        case = [trace.said.get(name, "") for name in _CASE_COLUMNS]
        writer.writerows(
            [*case, *(event.get(name, "") for name in _EVENT_COLUMNS)] for event in trace.events
        )
        count += len(trace.events)
    text.detach()
    return count


def write_xes(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    """Writes a trace a case (IEEE 1849-2016) and answers how many events they hold."""
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("log", {"xes.version": "1849-2016", "xes.features": ""}):
            for prefix, name in _EXTENSIONS.items():
                uri = f"http://www.xes-standard.org/{prefix}.xesext"
                xml.write(etree.Element("extension", name=name, prefix=prefix, uri=uri))
            for scope, names in _ALWAYS.items():
                declared = etree.Element("global", scope=scope)
                _put(declared, {name: _PLACEHOLDER.get(name, "") for name in names})
                xml.write(declared)
            xml.write(etree.Element("classifier", name="Activity", keys="concept:name"))
            for trace in _traces(ledger, seen):
                element = etree.Element("trace")
                _put(element, trace.said)
                for event in trace.events:
                    _put(etree.SubElement(element, "event"), event)
                xml.write(element)
                xml.flush()
                count += len(trace.events)
    return count


_PLACEHOLDER = dict.fromkeys(_DATES, "1970-01-01T00:00:00.000000Z")


def _put(element: Any, said: dict[str, str]) -> None:
    for key, value in said.items():
        tag = "date" if key in _DATES else "string"
        etree.SubElement(element, tag, key=key, value=_NOT_XML.sub("\ufffd", value))
