"""Backups from the command line: taken while the ledger is served, and restored where nothing is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.backups import Manifest, Restored, take
from api.backups import restore as put_back
from api.cli.edge import DONE
from api.cli.showing import say, show_json
from api.cli.stopping import stops_tidily
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
Entries = Annotated[Path, Parameter(name="ENTRIES", help="The file with the entries.")]
Keys = Annotated[
    Path, Parameter(name="KEYS", help="The file with the keys, to be kept apart from it.")
]

KeysIfAny = Annotated[
    Path | None,
    Parameter(
        name="KEYS",
        help="The file with the keys; without it the entries are restored alone, to be read and verified.",
    ),
]


def backup(entries: Entries, keys: Keys, /, *, as_json: AsJson = False) -> int:
    """Writes a backup into two new files, entries in one and keys in the other, while all work on.

    The master key and the signer's folder are in neither: back them up by themselves.
    """
    settings = Settings()
    with stops_tidily():
        taken = take(settings, entries, keys)
    if as_json:
        show_json(
            _of_files(taken.entries, taken.keys)
            | {"master_key": str(settings.master_key_file), "swept": taken.swept}
        )
        return DONE
    say(
        numbered(
            taken.entries.position,
            "{count} entry is in {file}; without keys it tells nothing personal.",
            "{count} entries are in {file}; without keys it tells nothing personal.",
            file=entries,
        ),
        told(
            "The keys are in {file}, with what lies readable in the home: keep it apart from the other.",
            file=keys,
        ),
        told(
            "In neither are {key} (epoch {epoch}) and the signer beside it: back them up apart from both.",
            key=settings.master_key_file,
            epoch=taken.keys.epoch,
        ),
        told("After an erasure take a new one, and destroy the keys of those before."),
    )
    if taken.swept:
        say(
            numbered(
                taken.swept,
                "Taken away: {count} folder that a backup had left which was cut off.",
                "Taken away: {count} folders that a backup had left which was cut off.",
            )
        )
    return DONE


def restore(entries: Entries, keys: KeysIfAny = None, /, *, as_json: AsJson = False) -> int:
    """Restores a backup into a home or a database with nothing in it; put master key and signer back before.

    The entries alone are restored without keys, to be read and verified by whoever audits them.
    """
    settings = Settings()
    with stops_tidily():
        found = put_back(settings, entries, keys)
    if as_json:
        show_json(
            _of_files(found.entries, found.keys)
            | {"read_only": found.read_only, "master_key_is_here": found.has_master_key}
            | {"erased_until": found.keys and found.keys.made_at}
        )
        return DONE
    say(*_sentences_of(found, settings))
    return DONE


def _of_files(entries: Manifest, keys: Manifest | None) -> dict[str, object]:
    return {
        "ledger_id": entries.ledger_id,
        "position": entries.position,
        "made_at": entries.made_at,
        "epoch": keys and keys.epoch,
        "files": len(entries.files) + (len(keys.files) if keys else 0),
    }


def _sentences_of(found: Restored, settings: Settings) -> list[str]:
    return [
        numbered(
            found.entries.position,
            "{count} entry is restored, as of {at}.",
            "{count} entries are restored, as of {at}.",
            at=_second(found.entries.made_at),
        ),
        *(
            [told("The entries alone are here: what is sealed stays so, and nothing is recorded.")]
            if found.keys is None
            else _sentences_of_keys(found, found.keys, settings)
        ),
        told(
            "Next: `caseledger verify`; views and trees are made again when they are first asked."
        ),
    ]


def _sentences_of_keys(found: Restored, keys: Manifest, settings: Settings) -> list[str]:
    said: list[str] = []
    if not found.has_master_key:
        said.append(
            told(
                "The master key of epoch {epoch} is not here: put it at {file}.",
                epoch=keys.epoch,
                file=settings.master_key_file,
            )
        )
    if not found.has_signer:
        said.append(
            told("If this ledger signs, put the signer's folder back beside the master key.")
        )
    if found.read_only is not None:
        said.append(as_spoken(found.read_only))
    said.append(
        told(
            "What was erased after {at} can be read again under a master key of then: carry out again each erasure "
            "since, by its certificate or order, before anybody works here.",
            at=_second(keys.made_at),
        )
    )
    return said


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
