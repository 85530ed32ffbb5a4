"""The audit trail: what happened on one stream, as sentences a member of the public can read, each citing its entry.

Made from verified entries alone. Sentences are renderings; the fields as they were recorded stand
beside them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from ledger.case.corrections import EntryCorrected
from ledger.case.custody.routing import CaseRouted
from ledger.errors import Refusal, UnreadableEntry
from ledger.facts import Concealed, Fact, PartlyErased, dump
from ledger.policy.in_force import Policies
from ledger.policy.routing.explaining import explain
from ledger.policy.routing.rules import routing_from
from ledger.policy.values import Language
from ledger.sealing.heads import Line, decode_line, leaf_digest
from ledger.sealing.reading import ReadEntry, verified_entry
from ledger.sealing.slots import b64u
from ledger.store import LedgerStore, StoredRow
from ledger.then import Then, by_happening
from ledger.times import instant
from projections.one_case.passages import Roles, passages_said, roles_on
from projections.sentences.by_topic import CORRECTED, UNREADABLE
from projections.sentences.wording import Wording


@dataclass(frozen=True, slots=True)
class UnreadEntry:
    """An entry that was verified and is intact, but that this version cannot put into a fact."""

    position: int
    line: Line
    digest: bytes
    values: Mapping[str, Any]
    effective_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One sentence with the entry that it says: its place, digest and times, who acted, and its fields as recorded.

    `concealed` gives each personal field that is not shown or not whole, as `sealed`, `erased` or
    `partly_erased`.
    """

    position: int
    version: int
    digest: str
    recorded_at: datetime
    known_at: datetime
    effective_at: datetime
    actor: str
    topic: str
    sentence: str
    concealed: Mapping[str, str]
    fields: Mapping[str, Any]
    corrections: tuple[str, ...] = ()
    """What later entries say that this one should have said, each a sentence that cites it."""
    passages: tuple[str, ...] = ()
    """About whom which words of its opened texts are, each a sentence, where a text is about several people."""
    of_version: int | None = None
    """The entry that began what this one goes on with: the letter that was given, the escalation that was told."""


def trail(
    entries: Sequence[ReadEntry | UnreadEntry],
    *,
    policies: Policies,
    language: Language = "en",
    known_at: datetime | None = None,
    as_of: datetime | None = None,
) -> tuple[TrailLine, ...]:
    """The sentences of these entries of one stream.

    With `known_at` only of those that were known by then; with `as_of` only of what had happened by
    then, in the order in which it happened.
    """
    then = Then(known_at, as_of)
    told = [each for each in entries if _counts(each, then)]
    if as_of is not None:
        told = by_happening(told, lambda each: (each.line.version, *_times(each)))
    corrections = _corrections(told)
    roles = roles_on(each for each in entries if isinstance(each, ReadEntry))
    begun = begun_by(
        (each.line.version, each.entry.fact, ()) for each in entries if isinstance(each, ReadEntry)
    )
    lines = (
        _line(each, policies, language, corrections.get(each.line.version, ()), roles)
        for each in told
    )
    return tuple(replace(line, of_version=begun.get(line.version)) for line in lines)


def entries_of(store: LedgerStore, stream: str) -> list[ReadEntry | UnreadEntry]:
    """The entries of a stream, each verified, those too that this version cannot read."""
    return [_read(row, store.ledger_id) for row in store.stream(stream)]


def _read(row: StoredRow, ledger_id: bytes) -> ReadEntry | UnreadEntry:
    try:
        return verified_entry(row, ledger_id)
    except UnreadableEntry:
        raw, _, office = row.state.partition(b"\n")
        values: dict[str, Any] = orjson.loads(office)["values"]
        context = values["context"]
        return UnreadEntry(
            row.position,
            decode_line(raw),
            leaf_digest(raw),
            values,
            instant(context["effective_at"]),
            instant(context["known_at"]),
        )


def begun_by(facts: Iterable[tuple[int, Fact, Container[str]]]) -> dict[int, int]:
    """By the version of an entry, that of the one which first named the same letter, wait, task, escalation, ...

    Each comes with the names of its fields that are not to be looked at.
    """
    first, found = dict[UUID, int](), dict[int, int]()
    for version, fact, hidden in facts:
        names = [name for name in type(fact).model_fields if name.endswith("_id")]
        shown = [getattr(fact, name, None) for name in (*names, "about") if name not in hidden]
        ids = [value for value in shown if isinstance(value, UUID)]
        earlier = [first[value] for value in ids if value in first]
        if earlier:
            found[version] = earlier[0]
        for value in ids:
            first.setdefault(value, version)
    return found


def _corrections(
    entries: Sequence[ReadEntry | UnreadEntry],
) -> dict[int, tuple[ReadEntry, ...]]:
    """The corrections of each entry, by the version of what they correct."""
    found: dict[int, tuple[ReadEntry, ...]] = {}
    for each in entries:
        if isinstance(each, ReadEntry) and isinstance(each.entry.fact, EntryCorrected):
            corrects = each.entry.fact.corrects
            found[corrects] = (*found.get(corrects, ()), each)
    return found


def _counts(entry: ReadEntry | UnreadEntry, then: Then) -> bool:
    effective_at, known_at = _times(entry)
    return then.includes(known_at=known_at, effective_at=effective_at)


def _times(entry: ReadEntry | UnreadEntry) -> tuple[datetime, datetime]:
    if isinstance(entry, UnreadEntry):
        return entry.effective_at, entry.known_at
    return entry.entry.context.effective_at, entry.entry.context.known_at


def _line(
    entry: ReadEntry | UnreadEntry,
    policies: Policies,
    language: Language,
    corrections: Sequence[ReadEntry],
    roles: Roles,
) -> TrailLine:
    effective_at, known_at = _times(entry)
    wording = wording_at(policies, known_at, language)
    if isinstance(entry, UnreadEntry):
        position, topic, who = entry.position, entry.line.topic, str(entry.values["actor"]["id"])
        said = {"topic": topic, "schema": str(entry.line.schema)}
        sentence, fields, concealed = wording.filled(UNREADABLE, said), entry.values, {}
        passages: tuple[str, ...] = ()
    else:
        fact, position, topic = entry.entry.fact, entry.entry.position, entry.entry.topic
        who, concealed = wording.actor(entry.entry.actor), _concealed(fact)
        sentence = fact_said(fact, policies, wording, at=effective_at)
        fields = dump(fact)
        passages = passages_said(entry, roles, wording)
    return TrailLine(
        position=position,
        version=entry.line.version,
        digest=b64u(entry.digest),
        recorded_at=instant(entry.line.recorded_at).astimezone(UTC),
        known_at=known_at,
        effective_at=effective_at,
        actor=who,
        topic=topic,
        sentence=sentence,
        concealed=concealed,
        fields=fields,
        corrections=tuple(_corrected(each, wording) for each in corrections),
        passages=passages,
    )


def _corrected(correction: ReadEntry, wording: Wording) -> str:
    fact = correction.entry.fact
    said = {name: wording.field(fact, name) for name in ("fields", "values")}
    return wording.filled(CORRECTED, {**said, "version": str(correction.line.version)})


def fact_said(fact: Fact, policies: Policies, wording: Wording, *, at: datetime) -> str:
    """What a fact that happened then says in words; a routing as its explanation by the policy that it cites."""
    if isinstance(fact, CaseRouted):
        cited = next((each for each in policies.versions if each.digest == fact.policy), None)
        if cited is not None:
            return explain(routing_from(fact.decided), cited.compiled, wording.language)
    return wording.sentence(fact, at)


def wording_at(policies: Policies, at: datetime, language: Language) -> Wording:
    """The words of the policy in force at an instant; of the first one for what was known before there was any."""
    try:
        version = policies.in_force(at)
    except Refusal:
        if not policies.versions:
            return Wording(language)
        version = policies.versions[0]
    zone = version.compiled.calendars.days_of(version.policy.office.zone).zone
    return Wording(language, version.policy, zone)


def _concealed(fact: Fact) -> dict[str, str]:
    shown = {name: getattr(fact, name) for name, _ in type(fact).plan.personal}
    if type(fact).plan.answers:
        answers = fact.__dict__["answers"].personal
        shown |= {f"answers.{name}": value for name, value in answers.items()}
    concealed: dict[str, str] = {}
    for name, value in shown.items():
        match value:
            case Concealed():
                concealed[name] = value.value
            case PartlyErased():
                concealed[name] = "partly_erased"
            case _:
                continue
    return concealed
