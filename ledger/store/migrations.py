"""Schemas grow by migrations, applied in order; a newer schema than ours is refused.

A released migration is never edited: the schema of a store is the sum of its migrations.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.errors import IntegrityFailure, LedgerUnavailable

SCHEMA_VERSION = "schema_version"
"""The name under which a store's table `meta` says how far it was migrated."""

_LEDGER_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Migration:
    """The statements that lead to schema `version` from the one before it."""

    version: int
    statements: tuple[str, ...]


def pending(
    found: str | None, migrations: tuple[Migration, ...], *, place: str
) -> tuple[Migration, ...]:
    """The migrations still to apply to a store that says it has schema `found`."""
    if found is None or not found.isdecimal() or int(found) < 1:
        raise IntegrityFailure(
            f"{place} does not say which schema it has: keep it, and restore it from a backup."
        )
    newest = migrations[-1].version
    if int(found) > newest:
        raise LedgerUnavailable(
            f"{place} has schema {found}, written by a newer version of Case Ledger; this one "
            f"knows schemas up to {newest}: install the newer version."
        )
    return tuple(migration for migration in migrations if migration.version > int(found))


def ledger_id_of(said: str | None, *, place: str) -> bytes:
    """The id of a ledger as its store says it."""
    try:
        found = bytes.fromhex(said or "")
    except ValueError:
        found = b""
    if len(found) != _LEDGER_ID_BYTES:
        raise IntegrityFailure(
            f"{place} does not say which ledger it is: keep it, and restore it from a backup."
        )
    return found


def refuse_altered(altered: tuple[str, ...]) -> None:
    """IntegrityFailure where guards were taken away: such a store was opened to be examined alone."""
    if altered:
        raise IntegrityFailure(
            f"The store lacks {', '.join(altered)}, so nothing is recorded in it: restore it from a backup."
        )
