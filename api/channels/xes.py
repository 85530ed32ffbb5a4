"""XES files (IEEE 1849) read event by event without building a tree, so that memory stays flat.

Namespaces are optional, nested attributes are named by their path (`outer/inner`). The parser
expands no entity, opens nothing else and keeps its limits on size and depth; a document type is
refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.channels.log_files import CHUNK_BYTES
from api.channels.rows import (
    MAX_CASE_CHARACTERS,
    MAX_VALUE_CHARACTERS,
    ROW_OVERHEAD_CHARACTERS,
    CaseRows,
    LogRow,
    SetAside,
    digest_pairs,
    shown,
)
from ledger.errors import InvalidCommand

MAX_NAMES = 1_000
MAX_BYTES_WITHOUT_TAG = 4 * 1024 * 1024


@dataclass(slots=True)
class KeysMet:
    """The attribute names that a file uses or declares, a thousand of each kind at most."""

    case: set[str] = field(default_factory=set)
    event: set[str] = field(default_factory=set)


def read_xes(
    stream: IO[bytes],
    *,
    file: str,
    case_keys: frozenset[str],
    event_keys: frozenset[str],
    met: KeysMet | None = None,
) -> Iterator[CaseRows | SetAside]:
    """The traces of an XES file one by one, with the mapped attributes of each and of its events.

    Broken XML, a document type, and anything beyond the parser's limits raise InvalidCommand.
    """
    target = _Reading(file, case_keys, event_keys, met)
    parser = etree.XMLParser(
        target=target,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        tags = silent = 0
        while chunk := stream.read(CHUNK_BYTES):
            parser.feed(chunk)
            # The parser's own limits differ between its releases, and it holds a tag until it ends.
            silent = silent + len(chunk) if target.tags == tags else 0
            tags = target.tags
            if silent > MAX_BYTES_WITHOUT_TAG:
                raise InvalidCommand(
                    f"{file} holds a single attribute or text of more than "
                    f"{MAX_BYTES_WITHOUT_TAG >> 20} MiB: no event log needs one; take it out."
                )
            yield from target.take()
        parser.close()
    except etree.XMLSyntaxError as error:
        reason = " ".join((error.msg or "it cannot be parsed").split()).rstrip(".")
        raise InvalidCommand(f"{file} is not sound XML: {reason}.") from error
    yield from target.take()
    if not target.traces:
        raise InvalidCommand(
            f"{file} holds no traces, so no cases; an object-centric (OCEL) log must be "
            "flattened to XES or CSV first."
        )


class _Attributes:
    """The attributes of one trace or event as they come in, named by their path."""

    __slots__ = ("kept", "pairs", "problem", "read", "wanted")

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.kept: dict[str, str] = {}
        self.pairs: list[tuple[str, str]] = []
        self.problem: str | None = None
        self.read = 0

    def add(self, path: str, value: str, *, nested: bool) -> None:
        self.pairs.append((path, value))
        if path not in self.wanted:
            return
        if path in self.kept:
            if not nested:
                self.problem = f"its attribute {shown(path)} stands there more than once"
        elif len(value) > MAX_VALUE_CHARACTERS:
            self.problem = (
                f"its attribute {shown(path)} is {len(value):,} characters long; "
                f"at most {MAX_VALUE_CHARACTERS:,} are read"
            )
        else:
            self.kept[path] = value

    @property
    def weight(self) -> int:
        return ROW_OVERHEAD_CHARACTERS + sum(map(len, self.kept.values()))


class _Reading:
    """What lxml tells as it goes, turned into traces, events and attributes."""

    def __init__(
        self, file: str, case_keys: frozenset[str], event_keys: frozenset[str], met: KeysMet | None
    ) -> None:
        self.tags = 0
        self.traces = 0
        self._file = file
        self._case_keys = case_keys
        self._event_keys = event_keys
        self._met = met
        self._done: list[CaseRows | SetAside] = []
        self._open: list[tuple[str, str]] = []
        self._events = 0
        self._global: set[str] | None = None
        self._trace: _Attributes | None = None
        self._event: _Attributes | None = None
        self._rows: list[LogRow] = []
        self._broken: list[SetAside] = []
        self._weight = 0

    def take(self) -> list[CaseRows | SetAside]:
        """What was finished since the last time."""
        done, self._done = self._done, []
        return done

    def doctype(self, *_declared: str | None) -> None:
        raise InvalidCommand(
            f"{self._file} declares a document type, which no event log needs and which can make "
            "a reader expand it without end: remove the <!DOCTYPE ...> and give it again."
        )

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self.tags += 1
        name = tag.rpartition("}")[2]
        above = self._open[-1] if self._open else ("", "")
        match above[0], name:
            case "", "log":
                self._open.append(("log", ""))
            case "", _:
                raise InvalidCommand(
                    f"{self._file} is XML but no event log: "
                    f"it begins with <{name[:40]}>, not <log>."
                )
            case "log", "trace":
                self._trace = _Attributes(self._case_keys)
                self._rows, self._broken, self._weight = [], [], 0
                self._open.append(("trace", ""))
            case (("log" | "trace"), "event"):
                self._event = _Attributes(self._event_keys)
                self._open.append(("event", ""))
            case "log", "global":
                if self._met is not None:
                    of_events = attrib.get("scope") == "event"
                    self._global = self._met.event if of_events else self._met.case
                self._open.append(("global", ""))
            case (("trace" | "event" | "global" | "attribute"), _):
                self._open.append(("attribute", self._attribute(above, name, attrib)))
            case _:
                self._open.append(("other", ""))

    def end(self, _tag: str) -> None:
        self.tags += 1
        match self._open.pop()[0]:
            case "event":
                self._end_event()
            case "trace":
                self._end_trace()
            case "global":
                self._global = None
            case _:
                pass

    def close(self) -> None:
        """Nothing is left to do: `take` hands on what was read."""

    def _attribute(self, above: tuple[str, str], name: str, attrib: dict[str, str]) -> str:
        holder = self._event or self._trace
        key = attrib.get("key")
        if key is None:
            if holder is not None and name != "values":
                holder.problem = f"it has an attribute <{name[:40]}> without a key"
            return above[1]
        nested = above[0] == "attribute"
        path = f"{above[1]}/{key}" if nested and above[1] else key
        value = attrib.get("value")
        if holder is None:
            if self._global is not None:
                _meet(self._global, (path,))
            return path
        holder.read += len(path) + len(value or "") + ROW_OVERHEAD_CHARACTERS
        if holder.read > MAX_CASE_CHARACTERS:
            raise self._too_big()
        if value is not None:
            holder.add(path, value, nested=nested)
        return path

    def _end_event(self) -> None:
        event, self._event = self._event, None
        if event is None:
            return
        self._events += 1
        if self._met is not None:
            _meet(self._met.event, (path for path, _ in event.pairs))
        digest = digest_pairs(event.pairs)
        place = f"event {len(self._rows) + len(self._broken) + 1} of trace {self.traces + 1}"
        problem = event.problem
        if self._trace is None:
            place, problem = f"event {self._events}", "it stands in no trace, so in no case"
        if problem:
            broken = SetAside(self._events, place, problem, digest.hex())
            (self._done if self._trace is None else self._broken).append(broken)
        else:
            self._rows.append(LogRow(self._events, place, event.kept, digest))
        self._weight += event.weight
        if self._trace is not None and self._weight > MAX_CASE_CHARACTERS:
            raise self._too_big()

    def _too_big(self) -> InvalidCommand:
        return InvalidCommand(
            f"Trace {self.traces + 1} of {self._file} is too big for one case "
            f"({len(self._rows):,} events so far): is each case a trace of its own?"
        )

    def _end_trace(self) -> None:
        trace, self._trace = self._trace, None
        if trace is None:
            return
        self.traces += 1
        if self._met is not None:
            _meet(self._met.case, (path for path, _ in trace.pairs))
        digest = sha256(digest_pairs(trace.pairs))
        for row in self._rows:
            digest.update(row.digest)
        self._done.extend(self._broken)
        self._done.append(
            CaseRows(
                f"trace {self.traces}",
                trace.kept,
                tuple(self._rows),
                digest.digest(),
                problem=trace.problem,
            )
        )


def _meet(met: set[str], paths: Iterable[str]) -> None:
    for path in paths:
        if len(met) < MAX_NAMES and len(path) <= MAX_VALUE_CHARACTERS:
            met.add(path)
