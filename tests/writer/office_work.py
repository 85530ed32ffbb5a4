"""What the tests of the writer ask of an office, and what they look at afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

import psycopg

from ledger.case import CASE, carried
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.opening import OpenCase
from ledger.entry import Receipt
from ledger.evidence.verifying.verify import verify
from ledger.policy.load import Load
from ledger.service import Ledger
from ledger.store import Location
from tests.ledgers import FORM, INTAKE, Place

R = TypeVar("R")


def opening(case_id: UUID, **fields: Any) -> OpenCase:
    """The command that opens a case by telephone."""
    return OpenCase(case_id=case_id, channel="phone", **fields)


def open_case(ledger: Ledger, **fields: Any) -> UUID:
    """A new case; its id."""
    case_id = ledger.new_id()
    ledger.handle(opening(case_id, **fields), actor=FORM)
    return case_id


def note(ledger: Ledger, case_id: UUID, text: str = "called back") -> AddNote:
    """The command that puts a new note on a case."""
    return AddNote(case_id=case_id, note_id=ledger.new_id(), text=text)


def add_note(ledger: Ledger, case_id: UUID) -> Receipt:
    """A note on a case; its receipt."""
    return ledger.handle(note(ledger, case_id), actor=INTAKE)


def all_at_once(callers: Iterable[Callable[[], R]]) -> list[R]:
    """What the callers answer, each in a thread of its own, all begun at one moment."""
    waiting = list(callers)
    barrier = Barrier(len(waiting))

    def run(caller: Callable[[], R]) -> R:
        barrier.wait()
        return caller()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(run, waiting))


def assert_clean(ledger: Ledger) -> None:
    """Every stored byte is as it was recorded, and the positions have no gap."""
    found = verify(ledger.store, ledger.vault)
    assert found.findings == []
    assert found.entries == ledger.store.tip()


def load_folded(ledger: Ledger, *, upto: int | None = None) -> Load:
    """The load told from the log alone, every case folded from its first entry."""
    cases: dict[str, Any] = {}
    for entry in ledger.entries(upto=upto):
        if entry.kind == "case":
            cases[entry.stream] = CASE.evolve(cases.get(entry.stream, CASE.initial), entry)
    load = Load()
    for case in cases.values():
        load = load.taking_on(carried(case))
    return load


def in_another_process(
    location: Location, master_key: Path, case_id: UUID, *, notes: int, first: int
) -> list[Receipt]:
    """Puts notes on a case from a process of its own, each under the command id of its number."""
    with Place(location, master_key).open() as ledger:
        return [numbered_note(ledger, case_id, first + number) for number in range(notes)]


def numbered_note(ledger: Ledger, case_id: UUID, number: int) -> Receipt:
    """The note of a number: always the same command under the same id."""
    command = AddNote(case_id=case_id, note_id=UUID(int=number), text=f"note {number}")
    return ledger.handle(command, actor=INTAKE, command_id=UUID(int=10_000 + number))


def on_the_vault(place: Place, *statements: str) -> None:
    """Changes the vault of a closed ledger behind its back."""
    if isinstance(place.location, Path):
        with closing(sqlite3.connect(place.location / "vault.db")) as connection, connection:
            for statement in statements:
                connection.execute(statement.format(""))
        return
    with psycopg.connect(place.location) as connection:
        for statement in statements:
            connection.execute(statement.format("vault.").encode())


def assert_seen_exactly(ledger: Ledger) -> int:
    """Every load that a fact recorded is the one folded from the entries before it; how many did."""
    seen = 0
    for entry in ledger.entries():
        fact = entry.fact
        if isinstance(fact, CasePulled):
            load = load_folded(ledger, upto=entry.position - 1)
            assert fact.active == load.active.get(fact.owner, 0), entry.position
            seen += 1
        elif isinstance(fact, CaseRouted):
            opened = entry.position - entry.version
            load = load_folded(ledger, upto=opened)
            for team, points, _ in fact.decided["load"]:
                assert points == load.of(team), entry.position
            seen += bool(fact.decided["load"])
    return seen
