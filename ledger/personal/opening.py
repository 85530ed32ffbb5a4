"""Opening: the one way to personal values, which asks first, records who reads what and why, and then decrypts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from ledger.commands import Request
from ledger.entry import Actor, Entry
from ledger.errors import NotAuthorised
from ledger.facts import ANSWERS
from ledger.ids import case_stream
from ledger.interface import AnyLedger
from ledger.keeping import case_of, inquiry_of
from ledger.policy.access import REFUSED, Purpose
from ledger.policy.acting.roles import roles_of
from ledger.registers.keeping.accesses import (
    ACCESS,
    ReadPersonalValues,
    SlotsOpened,
    StreamOpened,
    refuse_unsaid,
)
from ledger.sealing.reading import verified_entry
from ledger.sealing.vault import Vault
from ledger.store import StoredRow
from ledger.then import NOW, Then

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody asks to have opened: which streams, why, and of which topics or versions alone if not of all.

    `purpose` are their words; `purpose_code` names the line of the access table, the first that allows
    it if left out; `inquiry` the one within whose scope they read. What `then` does not count is not read.
    """

    streams: tuple[str, ...]
    purpose: str
    purpose_code: Purpose | None = None
    topics: frozenset[str] | None = None
    inquiry: UUID | None = None
    versions: frozenset[int] | None = None
    then: Then = NOW

    def opens(self, entry: Entry) -> bool:
        named = self.topics is None or entry.topic in self.topics
        return named and (self.versions is None or entry.version in self.versions)

    @property
    def upto_version(self) -> int | None:
        """The last version that is asked for; None for whatever there is."""
        return None if self.versions is None else max(self.versions, default=0)


class Opener(Protocol[T_co]):
    """What makes of a stored row and its blobs an entry that somebody reads; sealed without a vault."""

    def __call__(
        self,
        row: StoredRow,
        ledger_id: bytes,
        *,
        blobs: Sequence[bytes] = (),
        vault: Vault | None = None,
    ) -> T_co: ...


def open_streams(
    ledger: AnyLedger, reading: Reading, actor: Actor, opener: Opener[T]
) -> list[list[T]]:
    """The entries of each stream, personal values opened; that they are is durable before anything is decrypted.

    One entry records the whole reading. NotAuthorised if the access table does not allow it, which is
    on record too. Nothing is recorded where there is nothing to open.
    """
    refuse_unsaid(reading.purpose)
    store = ledger.store
    counted = [
        [
            (row, entry)
            for row in store.stream(stream, upto_version=reading.upto_version)
            if reading.then.counts(entry := verified_entry(row, store.ledger_id).entry)
        ]
        for stream in reading.streams
    ]
    sealed = [[entry for _, entry in each] for each in counted]
    apart = _apart(ledger, reading, actor)

    def opens(entry: Entry) -> bool:
        return reading.opens(entry) and (entry.stream, entry.version) not in apart

    opened = tuple(
        StreamOpened(stream=stream, upto_version=entries[-1].version, slots=slots)
        for stream, entries in zip(reading.streams, sealed, strict=True)
        if (slots := slots_opened([each for each in entries if opens(each)]))
    )
    if opened:
        _record(ledger, opened, reading, actor)

    def read(row: StoredRow, entry: Entry) -> T:
        if not opens(entry):
            return opener(row, store.ledger_id)
        blobs = [each.blob for each in store.sealed([row.position])]
        return opener(row, store.ledger_id, blobs=blobs, vault=ledger.vault)

    return [[read(row, entry) for row, entry in each] for each in counted]


def _apart(ledger: AnyLedger, reading: Reading, actor: Actor) -> frozenset[tuple[str, int]]:
    """What stays sealed to whoever inquires from outside, by stream and version: what is privileged and not waived."""
    policies = ledger.policies()
    if reading.inquiry is None or not policies.versions:
        return frozenset()
    if "liaison" in roles_of(policies.in_force(ledger.clock()).policy, actor):
        return frozenset()
    inquiry = inquiry_of(ledger, reading.inquiry)
    marked = {
        (case_id, version): False
        for case_id in inquiry.cases
        for version in case_of(ledger, case_id).privileged
    }
    waived = {**marked, **inquiry.privileged}
    return frozenset(
        (case_stream(each), version) for (each, version), is_so in waived.items() if not is_so
    )


def slots_opened(entries: Sequence[Entry]) -> tuple[SlotsOpened, ...]:
    """The sealed slots of these entries of one stream: by topic and names, the versions in runs."""
    found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for entry in entries:
        if names := sealed_slots(entry):
            found.setdefault((entry.topic, names), []).append(entry.version)
    return tuple(
        SlotsOpened(topic=topic, slots=names, versions=_runs(versions))
        for (topic, names), versions in sorted(found.items())
    )


def sealed_slots(entry: Entry) -> tuple[str, ...]:
    """The names of an entry's personal slots, in order."""
    plan = type(entry.fact).plan
    names = [name for name, _ in plan.personal]
    if plan.answers:
        names += [f"{ANSWERS}.{name}" for name in entry.fact.__dict__[ANSWERS].personal]
    return tuple(sorted(names))


def _runs(versions: Sequence[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for version in versions:
        if runs and runs[-1][1] == version - 1:
            runs[-1] = (runs[-1][0], version)
        else:
            runs.append((version, version))
    return tuple(runs)


def _record(
    ledger: AnyLedger, opened: tuple[StreamOpened, ...], reading: Reading, actor: Actor
) -> None:
    asked = ReadPersonalValues(
        access_id=ledger.new_id(),
        opened=opened,
        purpose=reading.purpose,
        purpose_code=reading.purpose_code,
        inquiry=reading.inquiry,
    )
    receipt = ledger.ask(Request(asked, actor))
    (last,) = ledger.read(receipt.stream)
    refused = ACCESS.evolve(ACCESS.initial, last.entry).refused
    if refused is not None:
        raise NotAuthorised(
            f"Nothing was opened, and that it was asked is recorded: {actor.id} {REFUSED[refused]}; ask "
            "somebody whose task it is, or name another purpose."
        )
