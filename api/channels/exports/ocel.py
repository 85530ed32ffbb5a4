"""Exports as an object-centric event log, OCEL 2.0 in JSON: entries are events, what they are about are objects.

An event belongs to the stream it stands in and to all that its office slots name: who acted and for
which team, a party, another case, a task, a notice, a transfer. So a process miner sees one transfer
from both its teams, which a log with one case an event cannot show. Source: OCEL 2.0 (ocel-standard.org).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple
from uuid import UUID

import orjson

from api.channels.exports.event_logs import said_of_case
from api.channels.exports.json_arrays import write_members
from api.channels.exports.json_lines import shown
from api.channels.exports.seen import Cited, Seen
from ledger.case import CASE
from ledger.entry import Entry
from ledger.facts import ANSWERS, Fact
from ledger.service import Ledger
from ledger.times import stamp

_ENVELOPE = {
    "position": "integer",
    "version": "integer",
    "known_at": "time",
    "digest": "string",
    "actor_kind": "string",
}
_CASE_ATTRIBUTES = ("channel", "type", "received", "deadline", "ended")
_STREAMS = {
    "party": "party",
    "requester": "party",
    "representative": "party",
    "other_party": "party",
    "recipient": "party",
    "other_case": "case",
    "about_case": "case",
}
"""The fields that name another stream, and of which kind it is."""


class _Related(NamedTuple):
    """An object that an event is about, and how."""

    object_id: str
    type: str
    qualifier: str


@dataclass(slots=True)
class _Met:
    """What the events met so far ask to be declared: the types of events with their attributes, and objects by id."""

    event_types: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    objects: dict[str, str] = field(default_factory=dict[str, str])


def write_ocel(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    """Writes the log and answers how many events it holds; of the objects memory holds names alone."""
    met = _Met()
    events = (_event(cited, met) for cited in seen.entries(ledger))
    out.write(b'{"events":')
    count = write_members(out, events)
    out.write(b',"objects":')
    write_members(out, _objects(ledger, seen, met))
    types = sorted({*met.objects.values()})
    out.write(b',"eventTypes":')
    out.write(
        orjson.dumps([_type(each, met.event_types[each]) for each in sorted(met.event_types)])
    )
    out.write(b',"objectTypes":')
    out.write(orjson.dumps([_type(each, _attributes_of(each)) for each in types]))
    out.write(b"}\n")
    return count


def _event(cited: Cited, met: _Met) -> dict[str, Any]:
    entry, digest = cited
    related = tuple(dict.fromkeys(_related(entry)))
    met.objects |= {each.object_id: each.type for each in related}
    values, _ = shown(entry.fact)
    answers: dict[str, Any] = values.pop(ANSWERS, {}) if entry.fact.plan.answers else {}
    said: dict[str, Any] = {
        "position": entry.position,
        "version": entry.version,
        "known_at": stamp(entry.context.known_at),
        "digest": digest,
        "actor_kind": entry.actor.kind,
        **{f"{ANSWERS}.{name}": value for name, value in answers.items()},
        **values,
    }
    attributes = {name: _text(value) for name, value in said.items() if value is not None}
    declared = met.event_types.setdefault(entry.topic, {})
    declared |= {name: _ENVELOPE.get(name, "string") for name in attributes}
    return {
        "id": f"entry/{entry.position}",
        "type": entry.topic,
        "time": stamp(entry.context.effective_at),
        "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
        "relationships": [
            {"objectId": each.object_id, "qualifier": each.qualifier} for each in related
        ],
    }


def _related(entry: Entry) -> Iterator[_Related]:
    yield _Related(entry.stream, entry.kind, "of")
    actor = entry.actor
    yield _Related(f"{actor.kind}/{actor.id}", actor.kind, "by")
    if actor.on_behalf_of is not None:
        yield _Related(f"person/{actor.on_behalf_of}", "person", "on behalf of")
    if actor.team is not None:
        yield _Related(f"team/{actor.team}", "team", "for")
    for name, value in _named(entry.fact):
        kind = _STREAMS.get(name) or name.removesuffix("_id")
        if kind != name or name in _STREAMS:
            yield _Related(f"{kind}/{value}", kind, name)


def _named(fact: Fact) -> Iterator[tuple[str, UUID]]:
    """The things that office fields of a fact name by their ids."""
    for name in fact.plan.office:
        value = getattr(fact, name, None)
        if isinstance(value, UUID):
            yield name, value


def _objects(ledger: Ledger, seen: Seen, met: _Met) -> Iterator[dict[str, Any]]:
    """Every object that was met, a case with what its entries say of it."""
    for object_id, kind in met.objects.items():
        said = said_of_case(seen.read(ledger, object_id)) if _is_case(object_id, kind, seen) else {}
        at = said.get("received")
        yield {
            "id": object_id,
            "type": kind,
            "attributes": [
                {"name": name, "value": said[name], "time": at}
                for name in _CASE_ATTRIBUTES
                if at is not None and name in said
            ],
            "relationships": [],
        }


def _is_case(object_id: str, kind: str, seen: Seen) -> bool:
    return kind == CASE.name and seen.stream in (None, object_id)


def _attributes_of(object_type: str) -> Mapping[str, str]:
    if object_type != CASE.name:
        return {}
    return {name: "string" if name in ("channel", "type") else "time" for name in _CASE_ATTRIBUTES}


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "attributes": [{"name": each, "type": attributes[each]} for each in sorted(attributes)],
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
