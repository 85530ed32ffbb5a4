"""The library's own contract cases, for the recorders that our ledger stores are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import AggregateRecorder, StoredEvent
from eventsourcing.tests import persistence as library

from ledger.store.postgres.ledger import PostgresLedgerStore
from ledger.store.sqlite.ledger import SqliteLedgerStore

Store = SqliteLedgerStore | PostgresLedgerStore


class WithoutPositions(AggregateRecorder):
    """A ledger store seen as the lesser kind of recorder, which answers without positions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self._store.insert_events(stored_events, **kwargs)

    def select_events(self, *args: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        return self._store.select_events(*args, **kwargs)


class OnSqlite:
    """Cases on ledger.db."""

    make: Callable[[], Store]

    @pytest.fixture(autouse=True)
    def _a_ledger_for_each_case(self, tmp_path: Path) -> Iterator[None]:
        store = SqliteLedgerStore.create(tmp_path)
        self.make = lambda: store
        yield
        store.close()

    def new_originator_id(self) -> str:
        return f"case/{uuid4()}"


class OnPostgresql:
    """Cases on the schema `ledger`."""

    make: Callable[[], Store]

    @pytest.fixture(autouse=True)
    def _a_ledger_for_each_case(self, postgresql_url: str) -> Iterator[None]:
        store = PostgresLedgerStore.create(postgresql_url)
        self.make = lambda: store
        yield
        store.close()

    def new_originator_id(self) -> str:
        return f"case/{uuid4()}"


class TestSqliteAsAggregateRecorder(OnSqlite, library.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return WithoutPositions(self.make())


class TestSqliteAsApplicationRecorder(OnSqlite, library.ApplicationRecorderTestCase[Any]):
    def create_recorder(self) -> Store:
        return self.make()


class TestPostgresqlAsAggregateRecorder(OnPostgresql, library.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return WithoutPositions(self.make())


class TestPostgresqlAsApplicationRecorder(OnPostgresql, library.ApplicationRecorderTestCase[Any]):
    def create_recorder(self) -> Store:
        return self.make()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()
