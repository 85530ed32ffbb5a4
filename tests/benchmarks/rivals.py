"""The stock library doing the like: what the house is measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

CACHED_AGGREGATES = "100000"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to: its case, the fields of each fact, and how many bytes were stored for it."""

    case_id: UUID
    facts: tuple[tuple[str, Mapping[str, Any]], ...]
    stored_bytes: int


class StockCase(Aggregate):
    """A case as a tutorial of the library would have it: an event for each fact, its fields in it."""

    def __init__(self, case_id: UUID) -> None:
        self.facts = 0

    @staticmethod
    def create_id(case_id: UUID) -> UUID:
        return case_id

    @event("Recorded")
    def record(self, topic: str, fields: dict[str, Any]) -> None:
        self.facts += 1


class StockCases(Application[UUID]):
    """The stock application: its own mapper, transcoder, recorder and aggregate cache; nothing sealed or hashed."""

    def take(self, said: Said) -> None:
        """Records what a command came to on its case: the same number of events with the same fields."""
        if said.facts[0][0] == "CaseOpened":
            case = StockCase(case_id=said.case_id)
        else:
            case: StockCase = self.repository.get(said.case_id)
        for topic, fields in said.facts:
            case.record(topic=topic, fields=dict(fields))
        self.save(case)

    def take_all(self, those: Sequence[Said]) -> None:
        """One after another, as one caller does."""
        for said in those:
            self.take(said)


def stock_on_sqlite(path: Path) -> StockCases:
    """The stock application on a file; the library itself sets WAL, SQLite's default is synchronous FULL."""
    return StockCases(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(path),
            "SQLITE_LOCK_TIMEOUT": "60",
            "AGGREGATE_CACHE_MAXSIZE": CACHED_AGGREGATES,
            "DEEPCOPY_FROM_AGGREGATE_CACHE": "n",
        }
    )


def stock_on_postgresql(url: str, *, writers: int) -> StockCases:
    """The stock application on a database, with a connection for every writer."""
    given = conninfo_to_dict(url)
    return StockCases(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(given.get("dbname")),
            "POSTGRES_HOST": str(given.get("host")),
            "POSTGRES_PORT": str(given.get("port") or ""),
            "POSTGRES_USER": str(given.get("user")),
            "POSTGRES_PASSWORD": "",
            "POSTGRES_POOL_SIZE": str(writers),
            "POSTGRES_MAX_OVERFLOW": "8",
            "POSTGRES_POOL_TIMEOUT": "120",
            "AGGREGATE_CACHE_MAXSIZE": CACHED_AGGREGATES,
            "DEEPCOPY_FROM_AGGREGATE_CACHE": "n",
        }
    )
