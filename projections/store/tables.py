"""The tables in which rows lie, for both databases, and how a row is written into one and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import orjson
from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from projections.fold.engine import AnyProjection, Version
from projections.fold.projection import Row
from projections.fold.temporal import CURRENT, FOREVER, instant_at, magnitude, microseconds

SCHEMA = 1
"""The version of the tables themselves; any other is made anew."""

KNOWN = ("key", "place", "known_from", "known_to", "magnitude", "position")
"""The columns that every table begins with."""

_STILL = f"magnitude = {CURRENT}"


_OPEN = "standing <> 'resolved'"


class Asked(NamedTuple):
    """An index for a question: the columns that it finds and answers by, and the rows it is about."""

    name: str
    columns: tuple[str, ...]
    where: str


ASKED: dict[str, tuple[Asked, ...]] = {
    "accesses": (
        Asked("read", ("stream", "read_at", "key"), _STILL),
        Asked("by", ("reader", "read_at", "key"), _STILL),
    ),
    "cases": (
        Asked(
            "turn",
            (
                "team",
                "lane",
                "turn_at",
                "received_at",
                "key",
                "known_from",
                "standing",
                "owner",
                "magnitude",
            ),
            f"{_STILL} AND {_OPEN}",
        ),
        Asked(
            "standing",
            ("team", "standing", "due_at", "known_from", "magnitude"),
            f"{_STILL} AND {_OPEN}",
        ),
        Asked(
            "carried",
            ("team", "owner", "waiting", "effort_points", "lane", "standing", "magnitude"),
            f"{_STILL} AND {_OPEN}",
        ),
        Asked(
            "then",
            (
                "team",
                "magnitude",
                "known_from",
                "known_to",
                "standing",
                "due_at",
                "lane",
                "turn_at",
                "received_at",
                "key",
            ),
            f"magnitude < {CURRENT} AND {_OPEN}",
        ),
        Asked("received", ("received_at", "key", "request_type", "standing", "magnitude"), _STILL),
        Asked("unopened", ("unopened_since", "key"), f"{_STILL} AND unopened_since IS NOT NULL"),
        Asked("unrouted", ("unrouted_since", "key"), f"{_STILL} AND unrouted_since IS NOT NULL"),
        Asked(
            "unconfirmed",
            ("unconfirmed_since", "key"),
            f"{_STILL} AND unconfirmed_since IS NOT NULL",
        ),
        Asked("waiting", ("overlong_since", "key"), f"{_STILL} AND overlong_since IS NOT NULL"),
        Asked("unheard", ("unanswered_since", "key"), f"{_STILL} AND unanswered_since IS NOT NULL"),
        Asked("promised", ("promised_at", "key"), f"{_STILL} AND promised_at IS NOT NULL"),
        Asked("settling", ("settles_at", "key"), f"{_STILL} AND settles_at IS NOT NULL"),
        Asked("undecided", ("undecided_since", "key"), f"{_STILL} AND undecided_since IS NOT NULL"),
        Asked("returning", ("return_since", "key"), f"{_STILL} AND return_since IS NOT NULL"),
        Asked("unanswered", ("accept_by", "key"), f"{_STILL} AND accept_by IS NOT NULL"),
    ),
    "chases": (
        Asked("calling", ("calls_at", "key"), f"{_STILL} AND calls_at IS NOT NULL"),
        Asked(
            "unplanned",
            ("request_type", "key", "plan", "resolved", "reopened_at"),
            f"{_STILL} AND plan = '' AND NOT resolved",
        ),
    ),
    "clocks": (
        Asked("calling", ("calls_at", "key", "place"), f"{_STILL} AND calls_at IS NOT NULL"),
        Asked("then", ("magnitude", "known_from", "known_to"), f"magnitude < {CURRENT}"),
    ),
    "escalations": (
        Asked(
            "unanswered",
            ("delivered_at", "key", "place"),
            f"{_STILL} AND acknowledged_at IS NULL AND NOT at_the_top AND NOT warning AND climbed < 2 AND NOT asleep",
        ),
        Asked(
            "promised",
            ("act_by", "key", "place"),
            f"{_STILL} AND act_by IS NOT NULL AND NOT warning AND climbed < 2 AND NOT asleep",
        ),
        Asked("owed", ("since_at", "key", "place"), f"{_STILL} AND delivered_at IS NULL"),
    ),
    "obligations": (
        Asked("calling", ("calls_at", "key", "place"), f"{_STILL} AND calls_at IS NOT NULL"),
        Asked("owed", ("member", "key", "place"), f"{_STILL} AND ended_at IS NULL"),
    ),
    "spans": (
        Asked("lasting", ("from_at",), f"{_STILL} AND to_at IS NULL AND outcome IS NULL"),
        Asked("ended", ("to_at", "from_at"), f"{_STILL} AND to_at IS NOT NULL AND outcome IS NULL"),
        Asked("then", ("magnitude", "known_from", "known_to"), f"magnitude < {CURRENT}"),
    ),
    "recusals": (Asked("left", ("member", "key"), _STILL),),
    "holds": (Asked("held", ("case_id", "placed_at", "key"), f"{_STILL} AND released_at IS NULL"),),
    "tray": (Asked("waiting", ("kind", "received_at", "key"), f"{_STILL} AND handled_at IS NULL"),),
    "wards": (Asked("minors", ("key",), f"{_STILL} AND minor AND guardians <> '[]'"),),
}
"""What is asked of each projection's table, and can be found without reading all of it.

SQLite answers from an index alone only if the columns of its condition stand in it too.
"""


@cache
def table_of(projection: AnyProjection, generation: int, *, schema: str | None = None) -> Table:
    """The table of a projection at its version; each rebuild fills a new generation of it."""
    name = f"{projection.name}_{projection.version}_{generation}"
    known = [
        Column("key", _text(), nullable=False),
        *(Column(each, BigInteger, nullable=False) for each in KNOWN[1:]),
    ]
    said = [
        Column(column.name, column.type_of(), nullable=column.optional)
        for column in columns_of(projection.row)
    ]
    return Table(name, MetaData(schema=schema), *known, *said)


@cache
def indexes_of(projection: AnyProjection, table: Table) -> tuple[Index, ...]:
    """What taking in needs (the current rows of a key) and what questions need."""
    still = text(_STILL)
    current = Index(
        f"{table.name}_current",
        table.c.key,
        table.c.place,
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    indexes = [current, Index(f"{table.name}_history", table.c.key, table.c.known_from)]
    for asked in ASKED.get(projection.name, ()):
        where = text(asked.where)
        columns = [table.c[name] for name in asked.columns]
        name = f"{table.name}_{asked.name}"
        indexes.append(Index(name, *columns, sqlite_where=where, postgresql_where=where))
    return tuple(indexes)


@cache
def shape_of(projection: AnyProjection) -> str:
    """A digest of the table as this software would make it; a table of another shape is made anew."""
    table = table_of(projection, 0)
    asked = ASKED.get(projection.name, ())
    return sha256(f"{SCHEMA}{CreateTable(table)}{asked}".encode()).hexdigest()


def _text() -> TypeEngine[str]:
    """Text that compares by its bytes on both databases."""
    return Text().with_variant(TEXT(collation="C"), "postgresql")


class RowColumn(NamedTuple):
    """A column of a row: how it is called, whether it may be absent, and how its values lie there."""

    name: str
    optional: bool
    type_of: Callable[[], TypeEngine[Any]]
    encode: Callable[[Any], Any] | None
    decode: Callable[[Any], Any] | None


@cache
def columns_of(row: type[Row]) -> tuple[RowColumn, ...]:
    """The columns of a kind of row, told from its fields' types."""
    return tuple(_column(name, hint) for name, hint in get_type_hints(row).items())


def _column(name: str, hint: Any) -> RowColumn:
    optional = get_origin(hint) in (Union, UnionType)
    kind = next(each for each in get_args(hint) if each is not NoneType) if optional else hint
    if get_origin(kind) is tuple:
        return RowColumn(name, False, _text, _dump, _loader(get_args(kind)[0]))
    if get_origin(kind) is Literal or kind is str:
        return RowColumn(name, optional, _text, None, None)
    if kind is bool:
        return RowColumn(name, optional, Boolean, None, bool)
    if kind is int:
        return RowColumn(name, optional, BigInteger, None, None)
    if kind is datetime:
        return RowColumn(name, optional, BigInteger, microseconds, instant_at)
    raise TypeError(f"a row's field {name} cannot be {hint}: rows hold texts, numbers and instants")


@lru_cache(maxsize=16_384)
def _dump(values: tuple[Any, ...]) -> str:
    if not values:
        return "[]"
    if isinstance(values[0], tuple):
        plain: list[Any] = [
            [microseconds(each) if isinstance(each, datetime) else each for each in value]
            for value in values
        ]
        return orjson.dumps(plain).decode()
    return orjson.dumps(values).decode()


def _loader(kind: Any) -> Callable[[str], tuple[Any, ...]]:
    """How the values of a tuple are read again: plain ones, or named tuples with their instants."""
    if not hasattr(kind, "_fields"):
        return lambda said: tuple(orjson.loads(said))
    hints = list(get_type_hints(kind).values())
    timed = [at for at, hint in enumerate(hints) if hint is datetime or datetime in get_args(hint)]

    def load(said: str) -> tuple[Any, ...]:
        if said == "[]":
            return ()
        found: list[Any] = []
        for values in orjson.loads(said):
            for at in timed:
                values[at] = instant_at(values[at]) if values[at] is not None else None
            found.append(kind(*values))
        return tuple(found)

    return load


class Codec:
    """Writes versions of one kind of row as plain tuples in the order of the table's columns, and reads them."""

    def __init__(self, row: type[Row]) -> None:
        columns = columns_of(row)
        self._row = row
        self._encoders = [
            (at, each.encode) for at, each in enumerate(columns, start=len(KNOWN)) if each.encode
        ]
        self._decoders = [(at, each.decode) for at, each in enumerate(columns) if each.decode]
        self.names = (*KNOWN, *(column.name for column in columns))

    def encode(self, version: Version) -> list[Any]:
        """The version as a row of the table."""
        key, place, known_from, known_to, position, row = version
        span = CURRENT if known_to == FOREVER else magnitude(known_from, known_to)
        values = [key, place, known_from, known_to, span, position, *row]
        for at, encode in self._encoders:
            value = values[at]
            if value is not None:
                values[at] = encode(value)
        return values

    def decode(self, stored: Sequence[Any]) -> Version:
        """The version that lies in a row of the table."""
        values = list(stored[len(KNOWN) :])
        for at, decode in self._decoders:
            value = values[at]
            if value is not None:
                values[at] = decode(value)
        key, place, known_from, known_to, _, position = stored[: len(KNOWN)]
        return Version(key, place, known_from, known_to, position, self._row(*values))


@cache
def codec_of(row: type[Row]) -> Codec:
    """The codec of a kind of row."""
    return Codec(row)
