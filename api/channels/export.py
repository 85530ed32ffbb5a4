"""Exports: every entry as JSON lines, or the cases as an event log in CSV or XES; never a personal value.

What is sealed stays sealed: JSON lines name the fields that are there and not shown, an event log has
office values alone. Times are in UTC. An exported event log has a row for each entry of a case, named
by the activity that was imported or else by the kind of fact, and can be imported again.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, cast, get_args

import orjson
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from ledger.case import CASE
from ledger.case.clocks import ClockArmed, ClockResumed, ClockStopped
from ledger.case.extending import ClockExtended
from ledger.case.history import ActivityRecorded, CaseImported
from ledger.case.intake import CaseClassified, CaseOpened
from ledger.case.outcome import CaseReopened, CaseResolved
from ledger.case.restated import ClockRestated
from ledger.entry import Entry
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.facts import ANSWERS, Concealed, Fact, dump
from ledger.ids import reference_of
from ledger.service import Ledger
from ledger.times import stamp

ExportForm: TypeAlias = Literal["jsonl", "csv", "xes"]
FORMS: tuple[str, ...] = get_args(ExportForm)
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
_DATES = frozenset({"received", "deadline", "ended", "time:timestamp", "known_at"})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Seen:
    """Which entries are asked for: those known by one instant, those that happened by another, or all."""

    known_at: datetime | None = None
    as_of: datetime | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        context = entry.context
        return not (
            (self.known_at is not None and context.known_at > self.known_at)
            or (self.as_of is not None and context.effective_at > self.as_of)
        )


ALL = Seen()


def export_file(ledger: Ledger, path: Path, *, seen: Seen = ALL) -> int:
    """Writes an export into a new file in the form its name says (`.jsonl`, `.csv`, `.xes`, each also `.gz`).

    Answers how many entries it holds. The file appears when it is whole; one that is there already is
    left alone and InvalidCommand raised.
    """
    form = form_of_name(path)
    if path.exists():
        raise InvalidCommand(f"There is a file {path} already: give another name, or move it away.")
    part = path.with_name(f"{path.name}.part")
    try:
        with ExitStack() as stack:
            stack.callback(part.unlink, missing_ok=True)
            raw = stack.enter_context(part.open("wb"))
            with ExitStack() as packing:
                out = cast("IO[bytes]", raw)
                if path.suffix == ".gz":
                    packer = gzip.GzipFile("", "wb", fileobj=raw, mtime=0)
                    out = cast("IO[bytes]", packing.enter_context(packer))
                count = write_export(ledger, out, form, seen=seen)
            raw.flush()
            part.replace(path)
    except OSError as error:
        raise LedgerUnavailable(
            f"{path} cannot be written: {error.strerror or error}; nothing was left there."
        ) from error
    return count


def form_of_name(path: Path) -> ExportForm:
    """The form that a file's name says; InvalidCommand if it says none."""
    ending = Path(path.name.removesuffix(".gz")).suffix.removeprefix(".")
    for form in get_args(ExportForm):
        if ending == form:
            return form
    raise InvalidCommand(f"{path.name} names no form of export: end it in .jsonl, .csv or .xes.")


def write_export(ledger: Ledger, out: IO[bytes], form: ExportForm, *, seen: Seen = ALL) -> int:
    """Writes an export and answers how many entries it holds; memory holds one case at a time."""
    writers: dict[ExportForm, Callable[[Ledger, IO[bytes], Seen], int]] = {
        "jsonl": _write_jsonl,
        "csv": _write_csv,
        "xes": _write_xes,
    }
    return writers[form](ledger, out, seen)


def _write_jsonl(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    count = 0
    for entry in ledger.entries():
        if seen.holds(entry):
            out.write(orjson.dumps(entry_as_json(entry), option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """An entry's office part; `sealed` names the fields of the fact that are there and not shown."""
    values, hidden = _shown(entry.fact)
    return {
        "position": entry.position,
        "stream": entry.stream,
        "version": entry.version,
        "topic": entry.topic,
        "actor": entry.actor.slot(),
        "context": entry.context.slot(),
        "fact": values,
        "sealed": hidden,
    }


def _shown(fact: Fact) -> tuple[dict[str, Any], list[str]]:
    """The values of a fact that may be shown, and the names of those that are sealed."""
    values = dump(fact)
    hidden = [name for name in values if isinstance(getattr(fact, name), Concealed)]
    shown = {name: value for name, value in values.items() if name not in hidden}
    if fact.plan.answers:
        hidden += [f"{ANSWERS}.{name}" for name in shown[ANSWERS]["personal"]]
        shown[ANSWERS] = shown[ANSWERS]["office"]
    return shown, hidden


@dataclass(frozen=True, slots=True)
class _Trace:
    """A case as an event log tells it: what its entries say of it, and each of them."""

    said: dict[str, str]
    events: list[dict[str, str]]


def _traces(ledger: Ledger, seen: Seen) -> Iterator[_Trace]:
    """The cases in the order in which they came, each with its entries in the order recorded, verified."""
    for stream in ledger.store.streams(CASE.name):
        entries = [read.entry for read in ledger.read(stream) if seen.holds(read.entry)]
        if entries:
            yield _Trace(_said_of_case(entries), [_said_of_event(each) for each in entries])


def _said_of_case(entries: list[Entry]) -> dict[str, str]:
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


def _write_csv(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
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


def _write_xes(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("log", {"xes.version": "1849-2016", "xes.features": ""}):
            for scope, names in (("trace", _CASE_COLUMNS), ("event", _EVENT_COLUMNS)):
                declared = etree.Element("global", scope=scope)
                _put(declared, {name: _PLACEHOLDER.get(name, "") for name in names})
                xml.write(declared)
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
