"""A long log of the office, made of the real decisions on real commands, sealed and appended without waiting for disks.

Commands one by one would take many minutes for a million entries, so this writer keeps one state for
each running case, takes no lock, and appends some thousand entries at a time. What it leaves is
what the ledger's own writer would have left: heads, reservations, key assignments, policy and clocks
all verify. Two years of known_at, sixteen teams, about eight entries a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from pathlib import Path
from random import Random
from typing import Any

from ledger.case import CASE
from ledger.commands import Circumstances, Request
from ledger.entry import Context
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.sealing.heads import first_head, next_head
from ledger.sealing.sealing import Sealer
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from ledger.store import Batch, SealedRow, StoredRow
from tests.benchmarks.measuring import once, say, short
from tests.benchmarks.office import publication
from tests.benchmarks.places import Place
from tests.benchmarks.work import life

BEGINS_AT = datetime(2024, 1, 1, 12, tzinfo=UTC)
ENDS_AT = datetime(2025, 12, 31, 12, tzinfo=UTC)

_ENTRIES_A_CASE = 8.6
_STEP_DAYS = 3.0
_APPENDED_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class BuiltLog:
    """A log that was built: on which database, where it lies there, and how long it is."""

    name: str
    location: Path | str
    master_key: Path
    entries: int

    def open(self) -> Ledger:
        """The ledger, to be closed by the caller."""
        return Ledger.open(self.location, master_key=self.master_key)


def build(place: Place, *, entries: int) -> BuiltLog:
    """A new ledger at a place with so many entries, the last command whole."""
    location, master_key = place.location(), place.master_key()
    with Ledger.create(location, master_key=master_key, clock=lambda: BEGINS_AT) as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
        took = once(lambda: _Builder(ledger).run(entries))
        say(f"Built a log of {ledger.store.tip():,} entries on {place.name} in {short(took)}.")
        return BuiltLog(place.name, location, master_key, ledger.store.tip())


def asked_over_time(cases: int) -> Iterator[tuple[datetime, Request]]:
    """Every request on so many cases with its instant, in order: cases arrive evenly, steps follow within days."""
    chance = Random(cases)
    apart = (ENDS_AT - BEGINS_AT) / cases
    coming = [(BEGINS_AT + number * apart, number) for number in range(cases)]
    heapify(coming)
    lives: dict[int, Iterator[Request]] = {}
    while coming:
        at, number = heappop(coming)
        if number not in lives:
            lives[number] = life(number)
        request = next(lives[number], None)
        if request is None:
            del lives[number]
            continue
        yield at, request
        after = at + timedelta(days=chance.expovariate(1 / _STEP_DAYS))
        if after < ENDS_AT:
            heappush(coming, (after, number))


@dataclass(slots=True)
class _Running:
    """Where the stream of a case stands."""

    version: int
    head: bytes
    state: Any


class _Builder:
    def __init__(self, ledger: Ledger) -> None:
        self._store = ledger.store
        self._vault = ledger.vault
        self._policies: Policies = ledger.policies()
        self._sealer = Sealer(ledger.vault, ledger.store.ledger_id)
        self._running: dict[str, _Running] = {}
        self._position = ledger.store.tip()
        self._rows: list[StoredRow] = []
        self._sealed: list[SealedRow] = []
        self._reserved: list[tuple[bytes, int]] = []

    def run(self, entries: int) -> None:
        for at, request in asked_over_time(int(entries / _ENTRIES_A_CASE) + 1):
            if self._position >= entries:
                break
            self._take(request, at)
            if len(self._rows) >= _APPENDED_AT_ONCE:
                self._append()
        self._append()

    def _take(self, request: Request, at: datetime) -> None:
        command, command_id = request.command, request.command_id
        if command_id is None:
            raise AssertionError("every request of the benchmark has an id")
        stream = command.stream
        running = self._running.get(stream)
        if running is None:
            head = first_head(self._store.ledger_id, stream)
            running = self._running[stream] = _Running(0, head, CASE.initial)
        body = b64u(self._vault.command_digest(command.model_dump_json().encode()))
        context = Context(at, at, command_id, body)
        around = Circumstances(stream, request.actor, context, self._policies, Load)
        for happened in CASE.decide(running.state, command, around):
            sealed = self._sealer.seal(
                happened.fact,
                actor=happened.actor,
                context=happened.context,
                stream=stream,
                version=running.version + 1,
                previous=running.head,
                recorded_at=at,
            )
            self._position += 1
            running.version += 1
            running.head = next_head(running.head, sealed.digest)
            running.state = CASE.evolve(running.state, happened)
            topic = happened.fact.topic
            self._rows.append(
                StoredRow(self._position, stream, running.version, topic, sealed.state)
            )
            self._sealed += [SealedRow(self._position, *each) for each in sealed.blobs]
        for key in (b"c" + command_id.bytes, *command.reserves):
            self._reserved.append((key, self._position))
        if running.state.status == "resolved":
            del self._running[stream]

    def _append(self) -> None:
        if not self._rows:
            return
        tip = self._position - len(self._rows)
        self._vault.keep_assignments(tip=tip)
        batch = Batch(tuple(self._rows), tuple(self._sealed), tuple(self._reserved))
        if not self._store.append(batch, expected_tip=tip):
            raise AssertionError("somebody else wrote to the ledger of a benchmark")
        self._rows, self._sealed, self._reserved = [], [], []
