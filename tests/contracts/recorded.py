"""Rows to record, and another process that records them too."""

from __future__ import annotations

from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

import psycopg

from ledger.entry import Receipt
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from ledger.store import Batch, LedgerStore, Location, SealedRow, StoredRow, open_ledger_store
from ledger.store.sqlite.files import connect
from tests.patience import be_patient

be_patient()  # other processes import this too

ADA = f"case/{UUID(int=1)}"
BOB = f"case/{UUID(int=2)}"
RULES = f"policy/{UUID(int=3)}"


def row(position: int, stream: str = ADA, *, version: int | None = None) -> StoredRow:
    """An entry whose version is its position unless the test says otherwise."""
    number = position if version is None else version
    return StoredRow(position, stream, number, "noted", b"line\n{}" + bytes([position % 256]))


def batch(first: int, count: int = 1, *, stream: str = ADA) -> Batch:
    """Entries of one stream from position `first` on."""
    return Batch(tuple(row(position, stream) for position in range(first, first + count)))


def sealed(position: int, key: int = 1) -> SealedRow:
    """A sealed part beside an entry."""
    return SealedRow(position, bytes([key]) * 16, b"\x01sealed" * 40)


def all_rows(ledger: LedgerStore) -> list[StoredRow]:
    """The whole log."""
    return ledger.entries(after=0, limit=1_000_000)


def run(location: Location, statement: str) -> None:
    """Executes a statement on the ledger's database behind the store's back."""
    if isinstance(location, Path):
        with closing(connect(location / "ledger.db", synchronous="FULL")) as connection:
            connection.execute(statement)
        return
    with psycopg.connect(location, autocommit=True) as connection:
        connection.execute(f"SET search_path = ledger, vault, public; {statement}".encode())


def race(location: Location, stream: str, *, turns: int) -> int:
    """Appends one entry a turn against whoever else does; how often another was faster."""
    ledger = open_ledger_store(location)
    lost = 0
    for version in range(1, turns + 1):
        while True:
            tip = ledger.tip()
            if ledger.append(Batch((row(tip + 1, stream, version=version),)), expected_tip=tip):
                break
            lost += 1
    ledger.close()
    return lost


def append_when_its_turn_comes(location: Location, pipe: Connection) -> None:
    """Says that it is about to ask for the writer's lock, then appends one entry under it."""
    ledger = open_ledger_store(location)
    pipe.send("asking")
    with ledger.exclusive():
        tip = ledger.tip()
        pipe.send(ledger.append(Batch((row(tip + 1, BOB, version=1),)), expected_tip=tip))
    ledger.close()


def end_sessions(url: str) -> None:
    """Ends every session of a PostgreSQL database but the one that does it, and waits until they have ended."""
    run(
        url,
        "SELECT pg_terminate_backend(pid, 300000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


def is_there(ledger: Ledger, receipt: Receipt) -> bool:
    """Whether the entry that a receipt names stands where the receipt says, with that digest."""
    found = {read.entry.version: read for read in ledger.read(receipt.stream)}
    read = found.get(receipt.version)
    if read is None:
        return False
    return (read.entry.position, b64u(read.digest)) == (receipt.position, receipt.digest)


def cases_opened_by_half(ledger: Ledger) -> set[str]:
    """The cases that were opened but not routed, which one command does together."""
    topics: dict[str, set[str]] = {}
    for entry in ledger.entries():
        topics.setdefault(entry.stream, set()).add(entry.topic)
    return {
        stream
        for stream, seen in topics.items()
        if stream.startswith("case/") and not {"CaseOpened", "ClockArmed", "CaseRouted"} <= seen
    }
