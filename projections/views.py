"""Views: the tables of all projections, kept up with the log, rebuilt from it, and read as of one moment."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, TextClause, text

from ledger.errors import LedgerError
from ledger.store import LedgerStore, Location
from projections.fold.engine import AnyProjection, Version
from projections.fold.projection import R, Row
from projections.fold.temporal import microseconds
from projections.rows.access_rows import ACCESSES
from projections.rows.cases import CASES
from projections.rows.chase_rows import CHASES
from projections.rows.clocks import CLOCKS
from projections.rows.erasure_rows import ERASURES
from projections.rows.escalations import ESCALATIONS
from projections.rows.hold_rows import HOLDS
from projections.rows.obligations import OBLIGATIONS
from projections.rows.recusal_rows import RECUSALS
from projections.rows.spans import SPANS
from projections.rows.tray_rows import TRAY
from projections.rows.ward_rows import WARDS
from projections.store.control import Control, InUse
from projections.store.databases import Database, ViewsDamaged, ViewsUnmade
from projections.store.places import database_at, place_of_views
from projections.store.progress import Cancelled, OnProgress, Progress
from projections.store.rebuilding import BATCH, Rebuilt, rebuild
from projections.store.saving import look_up, take_in

PROJECTIONS: tuple[AnyProjection, ...] = (
    ACCESSES, CASES, CHASES, CLOCKS, ERASURES, ESCALATIONS, HOLDS, OBLIGATIONS, RECUSALS,
    SPANS, TRAY, WARDS,
)  # fmt: skip
"""Every projection that is kept in tables."""
FAR_BEHIND = 30_000
"""So many entries are taken in within seconds, however long the log is."""
_SOONER_MADE_ANEW = 8
"""An entry is folded in a rebuild in less than this part of the time in which it is taken in."""


class Views:
    """The views of one ledger. Use them as a context manager, or close them.

    `notices` says in a sentence each what had to be thrown away when they were opened or caught up.
    """

    def __init__(self, location: Location, projections: Sequence[AnyProjection]) -> None:
        self._ledger_at = location
        self._closing = ExitStack()
        self.location = self._closing.enter_context(place_of_views(location))
        self.projections = tuple(projections)
        self.notices: list[str] = []
        self._made_anew = False
        self._whole_of: LedgerStore | None = None
        self.database: Database = database_at(self.location)
        self._closing.callback(self.database.close)
        self.control = Control(self.database, self.projections)
        try:
            self._make_ready()
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(
        cls, location: Location, *, projections: Sequence[AnyProjection] = PROJECTIONS
    ) -> Self:
        """The views of the ledger at a location, made if they are not there; `catch_up` fills them."""
        return cls(location, projections)

    def close(self) -> None:
        """Closes every connection."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def position(self) -> int:
        """The last entry that every view knows."""
        with self.database.reading() as connection:
            return _least(self.control.in_use(connection))

    def positions(self) -> dict[str, int]:
        """The last entry that each projection knows: one that stays behind has stopped."""
        with self.database.reading() as connection:
            return {name: each.position for name, each in self.control.in_use(connection).items()}

    def catch_up(
        self,
        store: LedgerStore,
        *,
        batch: int = BATCH,
        upto: int | None = None,
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Takes in the entries after the checkpoint; answers the last position known then.

        Rows and checkpoint are saved together, a batch at a time; views that are far behind are made anew, which
        is sooner done. A projection that fails stops at the entry before with a LedgerError that says where;
        nothing is skipped. What was taken in when `cancelled` says so stays.
        """
        position, tip = self._are_there(store), store.tip()
        last = tip if upto is None else min(upto, tip)
        if upto is None and _is_far(position, tip) and not self._made_anew:
            self._made_anew = True
            with suppress(LedgerError):  # told below, where it is still so
                self.rebuild(
                    store,
                    shards=1,
                    progress=progress,
                    cancelled=cancelled,
                    only_if=self._far_behind,
                )
            position = self.position()
        while position < last and not (cancelled and cancelled()):
            position = self._take_in(store, batch, last)
            if progress is not None:
                progress(Progress(position, last))
        return position

    def rebuild(
        self,
        store: LedgerStore,
        *,
        shards: int | None = None,
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
        ledger_at: Location | None = None,
        only_if: Callable[[LedgerStore], bool] | None = None,
    ) -> int:
        """Makes every view again from the log; answers the position that the new ones know.

        `ledger_at` is where other processes find the ledger, if not where these views lie.
        Until they are caught up the views before answer. `shards` is how many processes share the
        work: one a core if it is left out, none for a short log. When `cancelled` says so, or
        anything fails, the views before stay in use and LedgerUnavailable is raised. `only_if` is asked
        once nobody else makes them.
        """
        self._belong_to(store)
        return rebuild(
            Rebuilt(
                self.location,
                ledger_at or self._ledger_at,
                self.database,
                self.control,
                self.projections,
            ),
            store,
            shards=shards,
            progress=progress,
            cancelled=cancelled,
            only_if=only_if,
        )

    @contextmanager
    def reading(self, *names: str) -> Generator[Reading]:
        """Everything read in the block is as of one moment; `names` are the projections that are read."""
        with self.database.reading() as connection:
            in_use = self.control.in_use(connection)
            reading = Reading(connection, {name: in_use[name] for name in names}, self.projections)
            if self._whole_of and not reading.position and _is_far(0, self._whole_of.tip()):
                raise ViewsUnmade
            yield reading

    def read_once_made(self, store: LedgerStore) -> None:
        """From now on ViewsUnmade for who reads what knows nothing of a log that is long: none of it would be true."""
        self._whole_of = store

    def _far_behind(self, store: LedgerStore) -> bool:
        """Whether the views are sooner made anew than brought on."""
        return _is_far(self.position(), store.tip())

    def _make_ready(self) -> None:
        try:
            with self.database.reading() as connection:
                made = self.control.of_this_make(connection)
                ready = made and not self._lacking(connection)
        except ViewsDamaged:
            made, ready = False, False
        if ready:
            return
        if made is False:
            self.notices.append(
                "The views were damaged or made by another version: they are made again from the "
                "log, and nothing is lost."
            )
            self.database.start_anew()
        with self.database.writing() as connection:
            if not self.control.of_this_make(connection):
                self.control.make(connection)
            for projection in self.control.misshapen(connection):
                self.notices.append(
                    f"The view {projection.name} was made in another shape: it is made again from "
                    "the log, and nothing is lost."
                )
                self.control.remove(connection, projection)
            for projection in self._lacking(connection):
                self.control.begin(connection, projection, building=False)

    def _lacking(self, connection: Connection) -> list[AnyProjection]:
        misshapen = self.control.misshapen(connection)
        in_use = self.control.in_use(connection)
        return [each for each in self.projections if each in misshapen or each.name not in in_use]

    def _are_there(self, store: LedgerStore) -> int:
        """The last entry that every view knows; those deleted or damaged while they were open are made again first."""
        try:
            return self._belong_to(store)
        except ViewsDamaged:
            self._make_ready()
            return self._belong_to(store)

    def _belong_to(self, store: LedgerStore) -> int:
        """The last entry that every view knows; views of another ledger, or of one that knew more, are thrown away."""
        mine = store.ledger_id.hex()
        with self.database.reading() as connection:
            of = self.control.said(connection, "ledger_id")
            in_use = self.control.in_use(connection)
        if of == mine and max(each.position for each in in_use.values()) <= store.tip():
            return _least(in_use)
        if of is not None:
            self.notices.append(
                "The views belong to another ledger, or to a later state of this one: they are made "
                "again from the log, and nothing is lost."
            )
            self.database.start_anew()
            self._make_ready()
        with self.database.writing() as connection:
            if self.control.said(connection, "ledger_id") is None:
                self.control.say(connection, "ledger_id", mine)
        return self.position()

    def _take_in(self, store: LedgerStore, batch: int, last: int) -> int:
        with self.database.writing() as connection:
            in_use = self.control.in_use(connection)
            position = _least(in_use)
            behind = [each for each in self.projections if in_use[each.name].position == position]
            tables = [in_use[each.name].table for each in behind]
            ahead = [each.position for each in in_use.values() if each.position > position]
            position, failure = take_in(
                self.database,
                connection,
                self.control,
                dict(zip(behind, tables, strict=True)),
                store,
                after=position,
                upto=min([last, *ahead]),
                batch=batch,
            )
        if failure is not None:
            raise failure
        return position


class Reading:
    """Views as of one moment: their rows and what they are up to date with."""

    def __init__(
        self,
        connection: Connection,
        in_use: Mapping[str, InUse],
        projections: Sequence[AnyProjection],
    ) -> None:
        self._connection = connection
        self._in_use = in_use
        self._projections = {each.name: each for each in projections}
        self.position = _least(in_use)
        self.versions = {name: self._projections[name].version for name in in_use}

    def rows(self, statement: str, **parameters: object) -> Sequence[Any]:
        """What a statement finds; `{cases}` in it stands for the table of cases, and so on."""
        return self._connection.execute(self._named(statement), parameters).all()

    def rows_of(
        self, kind: type[R], keys: Sequence[str], *, known_at: datetime | None = None
    ) -> dict[str, tuple[R, ...]]:
        """The rows of a kind for these keys, as they are known now or were at an instant, by key."""
        found: dict[str, tuple[R, ...]] = {}
        for version in self.versions_of(kind, keys, known_at=known_at):
            row = version.row
            assert isinstance(row, kind)
            found[version.key] = (*found.get(version.key, ()), row)
        return found

    def versions_of(
        self, kind: type[Row], keys: Sequence[str], *, known_at: datetime | None = None
    ) -> list[Version]:
        """The same with the span over which each was known and the entry that made it, by key and place."""
        projection = next(each for each in self._projections.values() if each.row is kind)
        return look_up(
            self._connection,
            projection,
            self._in_use[projection.name].table,
            keys,
            known_at=None if known_at is None else microseconds(known_at),
        )

    def _named(self, statement: str) -> TextClause:
        names = {name: each.table.fullname for name, each in self._in_use.items()}
        schema = next(iter(self._in_use.values())).table.schema
        magnitudes = f"{schema}.magnitudes" if schema else "magnitudes"
        return text(statement.format(magnitudes=magnitudes, **names))


def _least(in_use: Mapping[str, InUse]) -> int:
    return min(each.position for each in in_use.values())


def _is_far(position: int, last: int) -> bool:
    return last - position > max(FAR_BEHIND, last // _SOONER_MADE_ANEW)
