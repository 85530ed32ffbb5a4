"""Where views lie: `views.db` in a home folder or the schema `views` of a PostgreSQL database.

All of it can be made again from the log, so nothing here is careful with it: what is damaged, newer
or of another ledger is thrown away.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import QueuePool

from ledger.errors import IntegrityFailure, LedgerError, LedgerUnavailable
from ledger.store.translation import translate
from projections.fold.temporal import CURRENT


class ViewsDamaged(LedgerUnavailable):
    """The views are damaged: run `caseledger rebuild`; they are made again from the log and nothing is lost."""


class ViewsUnmade(LedgerUnavailable):
    """The views are being made from the log: ask again in a moment."""


@contextmanager
def translated(place: str, *drivers: type[Exception]) -> Generator[None]:
    """A block inside which errors of these drivers leave as the ledger's own; damage is answered by a rebuild."""
    try:
        yield
    except NoConnectionFree as error:
        raise LedgerUnavailable("Too much is asked at once: ask again in a moment.") from error
    except (SQLAlchemyError, OSError, *drivers) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        found: LedgerError | None = (
            translate(cause, place=place) if isinstance(cause, Exception) else None
        )
        if isinstance(found, IntegrityFailure):
            raise ViewsDamaged from error
        if found is not None:
            raise found from error
        raise


class Database(ABC):
    """What both databases do for views, each in its own way."""

    schema: str | None
    place: str
    engine: Engine
    mark: str
    """How the driver marks a parameter by its place."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction in which everything is read as of one moment."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that nobody else's overlaps, committed at the end of the block."""

    @abstractmethod
    def insert(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Puts many rows into a table, in the order of its columns."""

    @abstractmethod
    def rebuilding(self) -> AbstractContextManager[None]:
        """A block in which nobody else rebuilds."""

    @abstractmethod
    def drop(self, connection: Connection, table: Table) -> None:
        """Takes a table away once nobody reads it."""

    @abstractmethod
    def settle(self) -> None:
        """Makes what shards wrote durable."""

    @abstractmethod
    def start_anew(self) -> None:
        """Throws everything away."""

    @abstractmethod
    def analyse(self, table: Table) -> None:
        """Lets the database learn how a table that was filled is made up, outside any transaction."""

    def close_rows(
        self, connection: Connection, table: Table, closed: Sequence[tuple[int, int, str, int]]
    ) -> None:
        """Ends current rows: (known_to, magnitude, key, place)."""
        if closed:
            statement = (
                f"UPDATE {table.fullname} "
                f"SET known_to = {self.mark}, magnitude = {self.mark} "
                f"WHERE key = {self.mark} AND place = {self.mark} AND magnitude = {CURRENT}"
            )
            connection.exec_driver_sql(statement, list(closed))

    def remove_rows(
        self, connection: Connection, table: Table, removed: Sequence[tuple[str, int]]
    ) -> None:
        """Takes current rows away: (key, place)."""
        if removed:
            statement = (
                f"DELETE FROM {table.fullname} "
                f"WHERE key = {self.mark} AND place = {self.mark} AND magnitude = {CURRENT}"
            )
            connection.exec_driver_sql(statement, list(removed))

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def pooled(dialect: str, connect: Callable[[], Any]) -> Engine:
    """The engine over connections that are made so."""
    return create_engine(dialect, creator=connect, poolclass=QueuePool, pool_timeout=10)


def driver_of(connection: Connection) -> Any:
    """A cursor of the driver itself, for what it alone does fast."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()
