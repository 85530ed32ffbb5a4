"""Restoring a backup where nothing is: checked whole first, then put in its place, or nothing of it.

Until the last file lies in its place the home is marked, so that nobody opens it; a restore that was cut
off is finished by asking again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.backups import dumps
from api.backups.archive import Manifest, opened
from api.backups.home_files import LEDGER, kept_apart
from ledger.durable_files import make_durable
from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable, Refusal
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying.behind import behind_what_was_signed
from ledger.input.quoting import in_entries
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault_at import vault_at
from ledger.settings import Settings
from ledger.store import Location, open_ledger_store, under_maintenance

_STAGED = ".restoring"
_REASON = "a restore that is not finished; ask for it again"
_OF_THE_MARK = frozenset({"maintenance", "ledger.lock", "turn.init", _STAGED})


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, without `keys` the entries alone; why nothing may be recorded yet, if that is so.

    What was erased since `keys` were copied is not erased here: of that nothing in a backup tells.
    """

    entries: Manifest
    keys: Manifest | None
    read_only: str | None
    has_master_key: bool
    has_signer: bool


def restore(settings: Settings, entries: Path, keys: Path | None = None) -> Restored:
    """Restores a backup to where the settings say; Refusal where something is there, or the two do not fit.

    Entries alone are restored for whoever audits them, to be read and verified without keys.
    """
    with (
        opened(entries, "entries") as of_entries,
        nullcontext() if keys is None else opened(keys, "keys") as of_keys,
    ):
        keyed = None if of_keys is None else of_keys.manifest
        _refuse_other_place(of_entries.manifest, settings)
        if keyed is None:
            _refuse_without_keys(settings.master_key_file)
        else:
            _refuse_unfitting(of_entries.manifest, keyed, settings.master_key_file)
        _refuse_taken(settings)
        staged = settings.home / _STAGED
        made_home = not settings.home.exists()
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(staged, ignore_errors=True)
        try:
            for part in filter(None, (of_entries, of_keys)):
                part.take_out(staged)
            usable = partial(
                _refuse_unusable,
                entries=of_entries.manifest,
                master_key=None if keyed is None else settings.master_key_file,
            )
            if settings.database_url is None:
                usable(staged)
            _put_in_place(settings, staged, refuse_unusable=usable)
        except OSError as error:
            raise LedgerUnavailable(
                f"{settings.home} cannot be written ({error.strerror or error}), and the restore is not finished: put "
                "that right and ask for it again."
            ) from error
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            if made_home and not any(settings.home.iterdir()):
                settings.home.rmdir()
    signer = Signer.beside(settings.master_key_file)
    with closing(open_ledger_store(settings.location)) as store:
        behind = behind_what_was_signed(store, signer) if signer.is_here else None
    has_key = settings.master_key_file.exists()
    return Restored(of_entries.manifest, keyed, behind, has_key, signer.is_here)


def _refuse_other_place(entries: Manifest, settings: Settings) -> None:
    if (entries.store == "postgresql") != (settings.database_url is not None):
        raise InvalidCommand(
            "This backup is of a ledger in PostgreSQL: name an empty database in CASELEDGER_DATABASE_URL."
            if entries.store == "postgresql"
            else "This backup is of a ledger in a home folder: leave CASELEDGER_DATABASE_URL out."
        )


def _refuse_without_keys(master_key: Path) -> None:
    if master_key.exists():
        raise Refusal(
            f"Entries alone are restored for whoever reads without keys, and a master key is at {master_key}: give "
            "the file with the keys too, or name a place without one.",
            rule="keys-with-a-master-key",
        )


def _refuse_unfitting(entries: Manifest, keys: Manifest, path: Path) -> None:
    if (entries.ledger_id, entries.store) != (keys.ledger_id, keys.store):
        raise Refusal(
            "The keys are those of another ledger: give the file that was written with these entries, or a later "
            "one of the same ledger.",
            rule="keys-of-this-ledger",
        )
    if keys.position < entries.position:
        raise Refusal(
            f"The keys are those of {in_entries(keys.position)}, and there are {entries.position}: what came since "
            "could not be opened; give the keys of the same backup, or later ones.",
            rule="keys-of-these-entries",
        )
    if path.exists() and (here := MasterKey.read_for(path, keys.epoch).epoch) != keys.epoch:
        raise Refusal(
            f"These keys are opened by the master key of epoch {keys.epoch}, and {path} is of epoch {here}: give the "
            "keys of a backup that was taken since the last erasure or rekey.",
            rule="keys-of-this-epoch",
        )


def _refuse_taken(settings: Settings) -> None:
    """Refusal if anything is there but the master key and the signer, or what a restore before has left."""
    home = settings.home
    if isinstance(settings.location, str):
        dumps.refuse_taken(settings.location)
    mark = home / "maintenance"
    if not home.exists() or (mark.exists() and mark.read_text(encoding="utf-8") == _REASON):
        return
    there = _others(settings)
    if there:
        raise Refusal(
            f"{home} already holds {there[0].name}: restore into a folder with nothing in it but the master key "
            "and the signer.",
            rule="one-ledger-a-home",
        )


def _others(settings: Settings) -> list[Path]:
    """What lies in the home besides the master key, the signer and what marks a restore."""
    apart = kept_apart(settings)
    return sorted(
        each
        for each in settings.home.absolute().iterdir()
        if each.name not in _OF_THE_MARK and each not in apart
    )


def _refuse_unusable(where: Location, *, entries: Manifest, master_key: Path | None) -> None:
    """The stores open, are what the manifest says, and the master key opens the vault if it is here.

    None stands for it where the entries are restored alone.
    """
    with closing(open_ledger_store(where)) as ledger:
        if (ledger.ledger_id.hex(), ledger.tip()) != (entries.ledger_id, entries.position):
            raise IntegrityFailure(
                "The entries of this backup are not those that its manifest names, and nothing was restored: use "
                "another copy of it."
            )
        if master_key is not None:
            vault_at(where, ledger.ledger_id, master_key=master_key, shut=True).close()


def _put_in_place(
    settings: Settings, staged: Path, *, refuse_unusable: Callable[[Location], None]
) -> None:
    with under_maintenance(settings.home, reason=_REASON):
        for each in _others(settings):  # what a restore that was cut off had put there
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if isinstance(settings.location, str):
            dumps.begin_restoring(settings.location)
        _move(staged, settings.home, leaving={dumps.LEDGER, dumps.VAULT, *_OF_THE_MARK})
        if isinstance(settings.location, str):
            # Last too: nobody opens a database before its files lie there, and until then it is empty.
            scripts = (staged / each for each in (dumps.LEDGER, dumps.VAULT))
            dumps.load(settings.location, [each for each in scripts if each.exists()])
            refuse_unusable(settings.location)


def _move(staged: Path, home: Path, *, leaving: Collection[str]) -> None:
    """Moves all into the home, the ledger itself last, and makes it durable."""
    for each in filter(Path.is_dir, staged.rglob("*")):
        make_durable(each)
    names = sorted((each.name for each in staged.iterdir()), key=lambda name: name == LEDGER)
    for name in names:
        if name not in leaving:
            (staged / name).rename(home / name)
    make_durable(home)
