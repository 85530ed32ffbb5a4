"""Exports as provenance, PROV-JSON: entries are entities, commands the activities that made them, actors the agents.

So a tool that knows nothing of case ledgers can ask who did what, for whom, on what ground and after
what. Sources: W3C PROV-DM (2013) and the PROV-JSON submission (2013).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import IO, Any

import orjson

from api.channels.exports.json_arrays import write_properties
from api.channels.exports.seen import Cited, Seen
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.review import ReviewRecorded
from ledger.entry import Actor, Entry
from ledger.service import Ledger
from ledger.times import stamp

Property = tuple[str, Any]
Section = Callable[[Iterable[Cited]], Iterator[Property]]

_KINDS = {"person": "prov:Person", "machine": "prov:SoftwareAgent", "team": "prov:Organization"}


def write_prov(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    """Writes the document and answers how many entries it holds; the log is read once for each of its sections."""
    prefixes = {"cl": f"urn:caseledger:{ledger.store.ledger_id.hex()}:"}
    out.write(b'{"prefix":')
    out.write(orjson.dumps(prefixes))
    counts: list[int] = []
    for name, section in _SECTIONS.items():
        out.write(b"," + orjson.dumps(name) + b":")
        counts.append(write_properties(out, section(seen.entries(ledger))))
    out.write(b"}\n")
    return counts[0]


def _entities(entries: Iterable[Cited]) -> Iterator[Property]:
    """Each entry, and each policy that one of them cites, by its digest."""
    policies: set[str] = set()
    for entry, digest in entries:
        cited = _policy(entry)
        if cited is not None and cited not in policies:
            policies.add(cited)
            yield cited, {"prov:type": _qualified("cl:policy")}
        said: dict[str, Any] = {
            "prov:type": _qualified(f"cl:topic-{entry.topic}"),
            "cl:stream": entry.stream,
            "cl:version": entry.version,
            "cl:digest": digest,
            "cl:effective_at": _time(entry.context.effective_at),
            "cl:known_at": _time(entry.context.known_at),
        }
        for name in ("basis", "causation"):
            value = getattr(entry.context, name)
            if value is not None:
                said[f"cl:{name}"] = value
        yield _entry(entry), said


def _activities(entries: Iterable[Cited]) -> Iterator[Property]:
    """Commands, each from when the first of what it recorded happened until the last of it did."""
    for command, those in _by_command(entries):
        times = [each.context.effective_at for each in those]
        yield command, {"prov:startTime": stamp(min(times)), "prov:endTime": stamp(max(times))}


def _agents(entries: Iterable[Cited]) -> Iterator[Property]:
    met: set[str] = set()
    for entry, _ in entries:
        for name, kind in _acting(entry.actor):
            if name not in met:
                met.add(name)
                yield name, {"prov:type": _qualified(_KINDS[kind])}


def _generations(entries: Iterable[Cited]) -> Iterator[Property]:
    for entry, _ in entries:
        said = {"prov:entity": _entry(entry), "prov:activity": _command(entry)}
        yield (
            f"_:generated-{entry.position}",
            {**said, "prov:time": stamp(entry.context.known_at)},
        )


def _usages(entries: Iterable[Cited]) -> Iterator[Property]:
    """Which policies a command was decided by."""
    for command, those in _by_command(entries):
        policies = dict.fromkeys(filter(None, map(_policy, those)))
        for number, policy in enumerate(policies):
            said = {"prov:activity": command, "prov:entity": policy}
            yield f"_:used-{those[0].position}-{number}", said


def _attributions(entries: Iterable[Cited]) -> Iterator[Property]:
    for entry, _ in entries:
        said = {"prov:entity": _entry(entry), "prov:agent": _agent(entry.actor)}
        yield f"_:attributed-{entry.position}", said


def _associations(entries: Iterable[Cited]) -> Iterator[Property]:
    """Who gave a command, and in which role; the command that brings in history has many actors."""
    for command, place, actor in _by_actor(entries):
        said: dict[str, Any] = {"prov:activity": command, "prov:agent": _agent(actor)}
        if actor.role is not None:
            said["prov:role"] = actor.role
        yield f"_:associated-{place}", said


def _delegations(entries: Iterable[Cited]) -> Iterator[Property]:
    """For which team somebody acted, on whose behalf, and under which authority to decide."""
    for command, place, actor in _by_actor(entries):
        for kind, name in (("team", actor.team), ("person", actor.on_behalf_of)):
            if name is None:
                continue
            said = {"prov:delegate": _agent(actor), "prov:responsible": _id(kind, name)}
            if actor.delegation is not None:
                said["cl:delegation"] = actor.delegation
            yield f"_:for-{kind}-{place}", {**said, "prov:activity": command}


def _derivations(entries: Iterable[Cited]) -> Iterator[Property]:
    """Each entry goes on from the one before it in its stream, whose running head its line repeats."""
    before: dict[str, str] = {}
    for entry, _ in entries:
        name = _entry(entry)
        if (earlier := before.get(entry.stream)) is not None:
            said = {"prov:generatedEntity": name, "prov:usedEntity": earlier}
            yield f"_:derived-{entry.position}", said
        before[entry.stream] = name


_SECTIONS: dict[str, Section] = {
    "entity": _entities,
    "activity": _activities,
    "agent": _agents,
    "wasGeneratedBy": _generations,
    "used": _usages,
    "wasAttributedTo": _attributions,
    "wasAssociatedWith": _associations,
    "actedOnBehalfOf": _delegations,
    "wasDerivedFrom": _derivations,
}


def _by_command(entries: Iterable[Cited]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each command, which stand together in the log."""
    for command, those in groupby((each.entry for each in entries), _command):
        yield command, list(those)


def _by_actor(entries: Iterable[Cited]) -> Iterator[tuple[str, str, Actor]]:
    """Each command with everybody who acted by it, under the delegation that a decision of theirs names, and a name."""
    for command, those in _by_command(entries):
        under = {each.actor: said for each in those if (said := _delegation(each)) is not None}
        for number, actor in enumerate(dict.fromkeys(each.actor for each in those)):
            delegation = under.get(actor, actor.delegation)
            yield command, f"{those[0].position}-{number}", replace(actor, delegation=delegation)


def _delegation(entry: Entry) -> str | None:
    """The delegation under which an entry decided: whoever holds but one need not have cited it."""
    match entry.fact:
        case DecisionRecorded(delegation=said) | ReviewRecorded(delegation=said):
            return said
        case _:
            return None


def _acting(actor: Actor) -> Iterator[tuple[str, str]]:
    """Everybody whom an actor's slot names, with their kinds."""
    yield _agent(actor), actor.kind
    if actor.on_behalf_of is not None:
        yield _id("person", actor.on_behalf_of), "person"
    if actor.team is not None:
        yield _id("team", actor.team), "team"


def _entry(entry: Entry) -> str:
    return f"cl:entry-{entry.position}"


def _command(entry: Entry) -> str:
    return f"cl:command-{entry.context.command_id}"


def _policy(entry: Entry) -> str | None:
    """The policy that an entry cites, if it cites one."""
    cited = getattr(entry.fact, "policy", None)
    return _id("policy", cited) if isinstance(cited, str) else None


def _agent(actor: Actor) -> str:
    """An actor; each version of a machine is an agent of its own."""
    return _id(actor.kind, actor.id if actor.version is None else f"{actor.id}-{actor.version}")


def _id(kind: str, name: str) -> str:
    """A local name that says the kind; what a qualified name cannot hold is written as its code point."""
    plain = "".join(each if each.isalnum() or each in "-." else f"_{ord(each):x}_" for each in name)
    return f"cl:{kind}-{plain}"


def _time(at: datetime) -> dict[str, str]:
    return {"$": stamp(at), "type": "xsd:dateTime"}


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
