"""Appends alone: sealed entries into the store by group commit, beside the stock recorder taking the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from statistics import median
from typing import TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ledger.entry import Actor, Context
from ledger.registers.people.parties import PartyRecorded
from ledger.sealing.heads import first_head
from ledger.sealing.sealing import SealedEntry, Sealer
from ledger.service import Ledger
from ledger.store import Batch, SealedRow, StoredRow
from ledger.writer.group_commit import GroupCommit
from tests.benchmarks.measuring import Measured, at_once, ratio_of, short, taking_turns
from tests.benchmarks.places import Place, office_at, recorder_of

T = TypeVar("T")

ROUNDS = 7
WRITERS = (16, 64)
APPENDS_A_ROUND = 1_920
BUDGETS = {16: ">= 6", 64: ">= 8"}

_CLERK = Actor("person", "I-02", role="clerk", team="INT")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sealed entry, the first of its stream, that only has to be appended."""

    party_id: UUID
    command_id: UUID
    sealed: SealedEntry

    def as_stored_event(self) -> StoredEvent:
        """The same bytes as the stock recorder takes them."""
        state = b"".join((self.sealed.state, *(blob for _, blob in self.sealed.blobs)))
        return StoredEvent(self.party_id, 1, "PartyRecorded", state)


def measure(place: Place) -> list[Measured]:
    """One row for each number of writers."""
    return [_measured(place, writers) for writers in WRITERS]


def _measured(place: Place, writers: int) -> Measured:
    stock = place.stock(writers=writers)
    recorder = recorder_of(stock)
    with office_at(place) as ledger:
        appending = _Appending(ledger)
        entries = [prepared(ledger, APPENDS_A_ROUND) for _ in range(ROUNDS)]
        events = [[each.as_stored_event() for each in some] for some in entries]
        took = taking_turns(
            {
                "ours": lambda number: at_once(_shared(entries[number], writers), appending.append),
                "stock": lambda number: at_once(
                    _shared(events[number], writers),
                    lambda stored: recorder.insert_events([stored]),
                ),
            },
            rounds=ROUNDS,
        )
    stock.close()
    return Measured(
        f"{place.name}: {writers} writers append sealed entries, each durable",
        f"{short(median(took['ours']))} an entry",
        f"stock recorder, the same bytes, {short(median(took['stock']))}",
        ratio_of(took["stock"], took["ours"]),
        BUDGETS[writers] if place.name == "PostgreSQL" else "-",
    )


def prepared(ledger: Ledger, how_many: int) -> list[Prepared]:
    """So many parties, each recorded in a stream of its own."""
    sealer = Sealer(ledger.vault, ledger.store.ledger_id)
    found: list[Prepared] = []
    for number in range(how_many):
        party_id, command_id, now = ledger.new_id(), ledger.new_id(), datetime.now(UTC)
        stream = f"party/{party_id}"
        fact = PartyRecorded(
            kind="person",
            assurance="claimed",
            language="en",
            name=f"Person {number}",
            contact={"email": f"person{number}@example.org"},
        )
        sealed = sealer.seal(
            fact,
            actor=_CLERK,
            context=Context(now, now, command_id),
            stream=stream,
            version=1,
            previous=first_head(ledger.store.ledger_id, stream),
            recorded_at=now,
        )
        found.append(Prepared(party_id, command_id, sealed))
    ledger.vault.keep_assignments(tip=ledger.store.tip())
    return found


class _Appending:
    """The house's own group commit over the store, without the deciding and the sealing."""

    def __init__(self, ledger: Ledger) -> None:
        self._store = ledger.store
        self._group = GroupCommit[Prepared, int](self._write)

    def append(self, entry: Prepared) -> int:
        """Durable on return; answers the position."""
        return self._group.submit([entry])[0]

    def _write(self, entries: Sequence[Prepared]) -> Sequence[int]:
        with self._store.exclusive():
            tip = self._store.tip()
            numbered = list(zip(count(tip + 1), entries, strict=False))
            batch = Batch(
                tuple(
                    StoredRow(
                        position, f"party/{each.party_id}", 1, "PartyRecorded", each.sealed.state
                    )
                    for position, each in numbered
                ),
                tuple(
                    SealedRow(position, key_id, blob)
                    for position, each in numbered
                    for key_id, blob in each.sealed.blobs
                ),
                tuple((b"c" + each.command_id.bytes, position) for position, each in numbered),
            )
            if not self._store.append(batch, expected_tip=tip):
                raise AssertionError("somebody else wrote to the ledger of a benchmark")
        return [position for position, _ in numbered]


def _shared(pieces: Sequence[T], writers: int) -> list[Sequence[T]]:
    return [pieces[number::writers] for number in range(writers)]
