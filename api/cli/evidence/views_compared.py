"""The views as they lie there, held row by row against those that a rebuild makes of the same entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from api.cli.progress import Tell
from ledger.errors import LedgerError, LedgerUnavailable
from ledger.evidence.verifying.examining import Finding
from ledger.ids import reference_of
from ledger.store import LedgerStore, Location
from projections.store.databases import ViewsDamaged
from projections.views import PROJECTIONS, Reading, Views

_KEYS_A_PAGE = 1_000
_TOLD = 20
_LAST_KEY = "~"
"""Comes after every key."""


def views_as_rebuilt(location: Location, store: LedgerStore, *, tell: Tell) -> list[Finding]:
    """What in the views is not as a rebuild makes it; of very much the first.

    LedgerUnavailable where that cannot be told now, as on a full disk: it says nothing of the views; ReadAlone where
    they cannot be brought on, as on a standby.
    """
    names = [each.name for each in PROJECTIONS]
    try:
        with (
            TemporaryDirectory(prefix="caseledger-verify-") as folder,
            Views.open(location) as live,
            Views.open(Path(folder)) as fresh,
        ):
            rebuilt = fresh.rebuild(store, ledger_at=location, progress=lambda at: tell(*at))
            live.catch_up(store, upto=rebuilt)
            with live.reading(*names) as lying:
                fresh.catch_up(store, upto=lying.position)
                with fresh.reading(*names) as made:
                    return [
                        finding for name in names for finding in _differences(name, lying, made)
                    ]
    except LedgerError as error:
        if isinstance(error, LedgerUnavailable) and not isinstance(error, ViewsDamaged):
            raise
        return [Finding("views-unreadable", str(error))]


def _differences(name: str, lying: Reading, made: Reading) -> list[Finding]:
    found: list[Finding] = []
    for after, upto in _pages(name, made):
        there, wanted = _rows(name, lying, after, upto), _rows(name, made, after, upto)
        if there != wanted:
            keys = sorted({str(row[0]) for row in {*there} ^ {*wanted}})
            found += [_finding(name, key) for key in keys[: _TOLD - len(found)]]
        if len(found) >= _TOLD:
            break
    return found


def _pages(name: str, made: Reading) -> Iterator[tuple[str, str]]:
    """Ranges of keys, which together hold every key there can be."""
    after = ""
    while True:
        keys = made.rows(
            f"SELECT DISTINCT key FROM {{{name}}} WHERE key > :after ORDER BY key LIMIT :limit",
            after=after,
            limit=_KEYS_A_PAGE,
        )
        if len(keys) < _KEYS_A_PAGE:
            yield after, _LAST_KEY
            return
        yield after, keys[-1][0]
        after = keys[-1][0]


def _rows(name: str, reading: Reading, after: str, upto: str) -> Sequence[tuple[object, ...]]:
    found = reading.rows(
        f"SELECT * FROM {{{name}}} WHERE key > :after AND key <= :upto "
        "ORDER BY key, known_from, place",
        after=after,
        upto=upto,
    )
    return [tuple(row) for row in found]


def _finding(name: str, key: str) -> Finding:
    return Finding(
        "view-differs",
        f"The view {name} of case {_named(key)} is not as a rebuild makes it: run `caseledger rebuild`.",
        stream=f"case/{key}",
    )


def _named(key: str) -> str:
    try:
        return reference_of(UUID(key))
    except ValueError:
        return key
