"""What the views say of themselves: which tables answer, up to which entry, of which ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable

from projections.fold.engine import AnyProjection
from projections.fold.temporal import CURRENT
from projections.store.databases import Database
from projections.store.tables import SCHEMA, indexes_of, shape_of, table_of

_WIDTHS = {magnitude: 2**magnitude for magnitude in range(1, CURRENT)}


@dataclass(frozen=True, slots=True)
class InUse:
    """The table in which a projection's rows lie, and the last entry that they know."""

    generation: int
    position: int
    table: Table


class Control:
    """The tables `meta`, `checkpoints` and `magnitudes`, and what is done to the tables they tell of."""

    def __init__(self, database: Database, projections: Iterable[AnyProjection]) -> None:
        self._database = database
        self._projections = tuple(projections)
        metadata = MetaData(schema=database.schema)
        self._metadata = metadata
        self._meta = Table(
            "meta",
            metadata,
            Column("name", Text, primary_key=True),
            Column("value", Text, nullable=False),
        )
        self._checkpoints = Table(
            "checkpoints",
            metadata,
            Column("name", Text, primary_key=True),
            Column("version", BigInteger, primary_key=True),
            Column("generation", BigInteger, primary_key=True),
            Column("position", BigInteger, nullable=False),
            Column("shape", Text, nullable=False),
            Column("building", BigInteger, nullable=False),
        )
        there = self._checkpoints.c
        self._used = select(there.name, there.version, there.generation, there.position).where(
            there.building == 0
        )
        self._moved = (
            update(self._checkpoints)
            .where(
                there.name == bindparam("of"),
                there.version == bindparam("at_version"),
                there.generation == bindparam("in_generation"),
            )
            .values(position=bindparam("to"))
        )
        self._magnitudes = Table(
            "magnitudes",
            metadata,
            Column("magnitude", BigInteger, primary_key=True, autoincrement=False),
            Column("width", BigInteger, nullable=False),
        )

    def of_this_make(self, connection: Connection) -> bool | None:
        """Whether the views there were made by this software; None if there are none."""
        there = set(inspect(connection).get_table_names(schema=self._database.schema))
        if not there:
            return None
        if not {"meta", "checkpoints", "magnitudes"} <= there:
            return False
        kept = connection.execute(select(self._magnitudes).order_by("magnitude")).all()
        return self.said(connection, "schema") == str(SCHEMA) and kept == [*_WIDTHS.items()]

    def make(self, connection: Connection) -> None:
        """Makes the control tables."""
        schema = self._database.schema
        if schema is not None and schema not in inspect(connection).get_schema_names():
            connection.execute(CreateSchema(schema))
        self._metadata.create_all(connection)
        connection.execute(insert(self._meta), {"name": "schema", "value": str(SCHEMA)})
        widths = [{"magnitude": each, "width": width} for each, width in _WIDTHS.items()]
        connection.execute(insert(self._magnitudes), widths)

    def said(self, connection: Connection, name: str) -> str | None:
        """What `meta` says under a name."""
        wanted = select(self._meta.c.value).where(self._meta.c.name == name)
        return connection.execute(wanted).scalar()

    def say(self, connection: Connection, name: str, value: str) -> None:
        """Puts a new name into `meta`."""
        connection.execute(insert(self._meta), {"name": name, "value": value})

    def in_use(self, connection: Connection) -> Mapping[str, InUse]:
        """The tables that answer for each projection at its version of today."""
        found = connection.execute(self._used).all()
        return {
            projection.name: InUse(generation, position, self.table(projection, generation))
            for name, version, generation, position in found
            for projection in self._projections
            if (projection.name, projection.version) == (name, version)
        }

    def table(self, projection: AnyProjection, generation: int) -> Table:
        """The table of one generation."""
        return table_of(projection, generation, schema=self._database.schema)

    def misshapen(self, connection: Connection) -> list[AnyProjection]:
        """The projections whose tables were made in another shape, or are not there."""
        schema = self._database.schema
        there = set(inspect(connection).get_table_names(schema=schema))
        shapes = {
            (name, version, generation): shape
            for name, version, generation, shape in connection.execute(
                select(
                    self._checkpoints.c.name,
                    self._checkpoints.c.version,
                    self._checkpoints.c.generation,
                    self._checkpoints.c.shape,
                ).where(self._checkpoints.c.building == 0)
            )
        }
        return [
            projection
            for projection in self._projections
            for (name, version, generation), shape in shapes.items()
            if (name, version) == (projection.name, projection.version)
            and (
                shape != shape_of(projection)
                or self.table(projection, generation).name not in there
            )
        ]

    def begin(self, connection: Connection, projection: AnyProjection, *, building: bool) -> Table:
        """A new, empty generation of a projection's table; one to be filled by a rebuild gets its indexes later."""
        there = self._checkpoints.c
        latest = connection.execute(
            select(func.max(there.generation)).where(
                there.name == projection.name, there.version == projection.version
            )
        ).scalar()
        generation = (latest or 0) + 1
        table = self.table(projection, generation)
        connection.execute(CreateTable(table))
        if not building:
            self.index(connection, projection, table)
        row: dict[str, Any] = {
            "name": projection.name,
            "version": projection.version,
            "generation": generation,
            "position": 0,
            "shape": shape_of(projection),
            "building": int(building),
        }
        connection.execute(insert(self._checkpoints), row)
        return table

    def index(self, connection: Connection, projection: AnyProjection, table: Table) -> None:
        """Makes the indexes; the rows of a table that is filled by then are sorted once for each."""
        for index in indexes_of(projection, table):
            connection.execute(CreateIndex(index))

    def move(
        self, connection: Connection, tables: Mapping[AnyProjection, Table], position: int
    ) -> None:
        """Moves the checkpoints of these tables."""
        which = [
            {
                "of": each.name,
                "at_version": each.version,
                "in_generation": _generation(table),
                "to": position,
            }
            for each, table in tables.items()
        ]
        connection.execute(self._moved, which)

    def swap(self, connection: Connection, projection: AnyProjection, table: Table) -> None:
        """From here on this table answers; the one before it is taken away."""
        self._drop(connection, projection, self._checkpoints.c.building == 0)
        connection.execute(
            update(self._checkpoints)
            .where(
                self._checkpoints.c.name == projection.name,
                self._checkpoints.c.version == projection.version,
                self._checkpoints.c.generation == _generation(table),
            )
            .values(building=0)
        )

    def abandon(self, connection: Connection) -> None:
        """Takes away what rebuilds left unfinished."""
        for projection in self._projections:
            self._drop(connection, projection, self._checkpoints.c.building == 1)

    def remove(self, connection: Connection, projection: AnyProjection) -> None:
        """Takes away every table of a projection at its version."""
        self._drop(connection, projection, text("1 = 1"))

    def _drop(self, connection: Connection, projection: AnyProjection, which: Any) -> None:
        there = self._checkpoints.c
        mine = (there.name == projection.name, there.version == projection.version, which)
        generations = connection.execute(select(there.generation).where(*mine)).scalars().all()
        for generation in generations:
            self._database.drop(connection, self.table(projection, generation))
        connection.execute(delete(self._checkpoints).where(*mine))


def _generation(table: Table) -> int:
    return int(table.name.rpartition("_")[2])
