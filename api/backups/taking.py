"""Taking a backup: entries and what is sealed in one file, keys and what is readable in another, while all work on.

The entries are copied first, so that every key that opens something of them is in the other file. What
can be made again (views, trees of proofs) is left out; the master key and the signer are never in either.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from api.backups import dumps
from api.backups.archive import FORMAT, Manifest, Packing, Part
from api.backups.home_files import LEDGER, VAULT, beside_the_databases, copied, is_sealed
from api.backups.working import swept, working_folder
from api.new_files import new_file
from api.webhooks.deliveries import FILE as DELIVERIES
from ledger.errors import InvalidCommand
from ledger.sealing.secrets import PERSON_SECRET
from ledger.settings import Settings
from ledger.store import LedgerStore, open_ledger_store, open_vault_store


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup holds: the manifests of its two parts; how many folders of one that was cut off were taken away."""

    entries: Manifest
    keys: Manifest
    swept: int = 0


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of a database, or two: as of which entry, and for the keys under which epoch's master key."""

    paths: tuple[Path, ...]
    position: int
    epoch: int | None = None


def take(settings: Settings, entries: Path, keys: Path) -> Taken:
    """Writes a backup of the ledger that the settings name into two new files; nothing is left if it fails.

    VaultMissing where the entries alone are here: a file without keys is no backup of them.
    """
    home = settings.home.resolve()
    for path in (entries, keys):
        if path.resolve().is_relative_to(home):
            raise InvalidCommand(f"{path} lies in the home itself: name a place elsewhere.")
    if entries.resolve() == keys.resolve():
        raise InvalidCommand(f"{entries} cannot hold entries and keys: name two files.")
    backup, left = secrets.token_hex(16), sum(map(swept, {entries.parent, keys.parent}))
    with (
        closing(open_ledger_store(settings.location)) as live,
        closing(open_vault_store(settings.location)),
        working_folder(entries) as of_entries,
        working_folder(keys) as of_keys,
        new_file(entries, made_in=of_entries) as entries_file,
        new_file(keys, made_in=of_keys) as keys_file,
    ):
        return Taken(
            _packed(settings, live, "entries", backup, entries_file, of_entries),
            _packed(settings, live, "keys", backup, keys_file, of_keys),
            left,
        )


def _packed(
    settings: Settings, live: LedgerStore, part: Part, backup: str, file: IO[bytes], folder: Path
) -> Manifest:
    """Fills one part; copies that it needs lie in its folder meanwhile."""
    copy = _entries if part == "entries" else _keys
    with Packing(file) as packing:
        found = copy(settings, live, folder)
        for path in found.paths:
            packing.add(path.name, path)
        for name, path in beside_the_databases(settings):
            if is_sealed(name) == (part == "entries") and path.exists():
                packing.add(name, copied(path, folder))
        manifest = Manifest(
            format=FORMAT,
            part=part,
            backup=backup,
            ledger_id=live.ledger_id.hex(),
            store="postgresql" if settings.database_url else "sqlite",
            position=found.position,
            epoch=found.epoch,
            made_at=datetime.now(UTC),
            made_by=version("caseledger"),
            files=packing.files,
        )
        packing.conclude(manifest)
    return manifest


def _entries(settings: Settings, _live: LedgerStore, folder: Path) -> _Copy:
    """How far deliveries are is copied first: it knows no entry that is not there, and so goes on where it was."""
    if isinstance(settings.location, str):
        path = folder / dumps.LEDGER
        return _Copy((path,), dumps.dump_entries(settings.location, path))
    there = (settings.home / each for each in (DELIVERIES, LEDGER))
    paths = tuple(copied(each, folder) for each in there if each.exists())
    with closing(open_ledger_store(folder)) as copy:
        return _Copy(paths, copy.tip())


def _keys(settings: Settings, live: LedgerStore, folder: Path) -> _Copy:
    """Every key of an entry is in the vault before the entry is in the log."""
    position = live.tip()
    if isinstance(settings.location, str):
        path = folder / dumps.VAULT
        return _Copy((path,), position, dumps.dump_keys(settings.location, path))
    path = copied(settings.home / VAULT, folder)
    with closing(open_vault_store(folder)) as copy:
        secret = copy.secret(PERSON_SECRET)
    return _Copy((path,), position, None if secret is None else secret[0])
