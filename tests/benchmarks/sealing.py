"""Sealing and sizes: what one entry costs to seal, what a word adds, and how many bytes it takes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg

from ledger.case.contact.contacts import ContactLogged, NoteAdded
from ledger.case.custody.pulling import CasePulled
from ledger.entry import Context
from ledger.facts import Fact
from ledger.ids import case_stream
from ledger.sealing.heads import first_head
from ledger.sealing.sealing import Sealer
from ledger.service import Ledger
from tests.benchmarks.built_log import BuiltLog
from tests.benchmarks.measuring import Measured, best_of, short
from tests.benchmarks.office import PUBLISHER
from tests.benchmarks.places import Place, office_at
from tests.benchmarks.work import CONTACT_WORDS, case_number, words

TIMES = 2_000
LONG_TEXT_WORDS = 220
SHORT_TEXT_WORDS = 20


def measure(place: Place) -> list[Measured]:
    """The time to seal an entry without personal values, one with, and a word more."""
    with office_at(place) as ledger:
        few = best_of(_sealing(ledger, _note(SHORT_TEXT_WORDS)), times=TIMES)
        many = best_of(_sealing(ledger, _note(LONG_TEXT_WORDS)), times=TIMES // 4)
        a_word = (many - few) / (LONG_TEXT_WORDS - SHORT_TEXT_WORDS)
        wordless = best_of(_sealing(ledger, _note(1)), times=TIMES) - a_word
        contact = best_of(_sealing(ledger, _contact()), times=TIMES)
        pulled = best_of(_sealing(ledger, _pulled()), times=TIMES)
    return [
        Measured("sealing an entry with a personal text (NoteAdded), without its words",
                 short(wordless), budget="about 40 us"),
        Measured("sealing, for each word of a text", short(a_word), budget="about 1 us"),
        Measured(f"sealing a call noted in {CONTACT_WORDS} words (ContactLogged)", short(contact)),
        Measured("sealing an entry of office values alone (CasePulled)", short(pulled)),
    ]  # fmt: skip


def _sealing(ledger: Ledger, fact: Fact) -> Callable[[], object]:
    sealer, stream = Sealer(ledger.vault, ledger.store.ledger_id), case_stream(case_number(1))
    previous, now = first_head(ledger.store.ledger_id, stream), datetime.now(UTC)
    context = Context(now, now, UUID(int=1), body="x" * 22)
    return lambda: sealer.seal(
        fact,
        actor=PUBLISHER,
        context=context,
        stream=stream,
        version=1,
        previous=previous,
        recorded_at=now,
    )


def _note(count: int) -> Fact:
    return NoteAdded(note_id=UUID(int=1), text=words(Random(count), count))


def _contact() -> Fact:
    return ContactLogged(
        contact_id=UUID(int=1),
        direction="inbound",
        channel="phone",
        kinds=("chase",),
        reached=True,
        minutes=4,
        party=None,
        words=words(Random(1), CONTACT_WORDS),
    )


def _pulled() -> Fact:
    return CasePulled(team="INC-HAL", owner="INC-HAL-1", offered=1, place=1, active=3, limit=10)


@dataclass(slots=True)
class _Sizes:
    entries: int = 0
    line: int = 0
    office: int = 0
    sealed: int = 0

    def said(self) -> str:
        """The mean of each part, in bytes."""
        parts = {"line": self.line, "office": self.office, "sealed": self.sealed}
        return ", ".join(f"{name} {size / self.entries:,.0f}" for name, size in parts.items())


def measure_sizes(log: BuiltLog) -> list[Measured]:
    """Bytes an entry: line, office part and sealed part, of all and of some topics, and on the disk."""
    sizes: dict[str, _Sizes] = defaultdict(_Sizes)
    with log.open() as ledger:
        for chunk in ledger.store.scan():
            topics = {row[0]: row[3] for row in chunk}
            for row in chunk:
                line, _, office = row[4].partition(b"\n")
                for each in (sizes[row[3]], sizes[""]):
                    each.entries += 1
                    each.line += len(line)
                    each.office += len(office)
            for part in ledger.store.sealed(list(topics)):
                for each in (sizes[topics[part.position]], sizes[""]):
                    each.sealed += len(part.blob)
    every = sizes.pop("")
    rows = [
        Measured(
            f"{log.name}: bytes an entry, mean of {every.entries:,}",
            every.said(),
            f"with indexes and reservations on the disk {_on_disk(log) / every.entries:,.0f}",
        )
    ]
    if log.name == "SQLite":
        common = sorted(sizes, key=lambda topic: -sizes[topic].entries)
        rows += [Measured(f"bytes of a {topic}", sizes[topic].said()) for topic in common]
    return rows


def _on_disk(log: BuiltLog) -> int:
    if isinstance(log.location, Path):
        with closing(sqlite3.connect(log.location / "ledger.db")) as connection:
            pages, page = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "page_size")
            )
        return pages * page
    with psycopg.connect(log.location) as connection:
        found = connection.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'ledger'::regnamespace"
        ).fetchone()
    return int(found[0]) if found else 0
