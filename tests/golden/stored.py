"""Golden files: entries as they were stored by an earlier version, with the keys that open them.

They are written once and never made again: what is in them is what readers of today must understand.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.facts import Concealed, Fact, dump
from ledger.sealing.master_key import MasterKey
from ledger.sealing.slots import b64u, from_b64u
from ledger.sealing.vault import Vault
from ledger.store import StoredRow, WrappedKey
from ledger.store.sqlite.vault import FILE, SqliteVaultStore

HERE = Path(__file__).resolve().parent
FACTS = HERE / "facts"
KEYS = HERE / "keys.json"
SHARED = HERE / "shared_text.json"
"""A note about several people, which lies in a sealed part for each."""


@dataclass(frozen=True)
class GoldenEntry:
    """One stored entry and what its readers are to find in it."""

    row: StoredRow
    blobs: tuple[bytes, ...]
    schema: int
    opened: dict[str, Any]
    office: dict[str, Any]
    actor: dict[str, Any]
    context: dict[str, Any]


def path_of(topic: str, schema: int) -> Path:
    """Where the golden file of a topic's schema version lies."""
    return FACTS / f"{topic}.{schema}.json"


def golden_files() -> list[Path]:
    """Every golden file there is."""
    return sorted(FACTS.glob("*.json"))


def read(path: Path) -> GoldenEntry:
    """The entry in a golden file."""
    said = json.loads(path.read_text(encoding="utf-8"))
    state = said["state"].encode()
    row = StoredRow(said["position"], said["stream"], said["version"], said["topic"], state)
    blobs = tuple(from_b64u(blob) for blob in said["sealed"])
    return GoldenEntry(
        row, blobs, said["schema"], said["opened"], said["office"], said["actor"], said["context"]
    )


def write(path: Path, entry: GoldenEntry) -> None:
    """Writes a golden file; one that is there already is never made again."""
    said = {
        "topic": entry.row.topic,
        "schema": entry.schema,
        "position": entry.row.position,
        "stream": entry.row.stream,
        "version": entry.row.version,
        "state": entry.row.state.decode(),
        "sealed": [b64u(blob) for blob in entry.blobs],
        "opened": entry.opened,
        "office": entry.office,
        "actor": entry.actor,
        "context": entry.context,
    }
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def as_read(fact: Fact, *, sealed: bool) -> dict[str, Any]:
    """A fact's fields as JSON values, as a reader finds them: its personal values opened or sealed."""
    said, plan = dump(fact), type(fact).plan
    if sealed:
        said |= {name: Concealed.SEALED.value for name, _ in plan.personal}
        if plan.answers:
            personal = dict.fromkeys(said["answers"]["personal"], Concealed.SEALED.value)
            said["answers"] = {**said["answers"], "personal": personal}
    return said


def ledger_id() -> bytes:
    """The id of the ledger to which every golden entry belongs."""
    return bytes.fromhex(json.loads(KEYS.read_text(encoding="utf-8"))["ledger"])


def new_keys() -> None:
    """Makes the ledger's id and its master key, once."""
    with KEYS.open("x", encoding="utf-8") as file:
        made = {
            "ledger": os.urandom(16).hex(),
            "master": {"epoch": 1, "key": MasterKey.new().secret.hex()},
            "secrets": {},
            "keys": [],
        }
        file.write(json.dumps(made, indent=1) + "\n")


@contextmanager
def opened_vault(folder: Path) -> Generator[Vault]:
    """A vault made in this folder that holds the keys of the golden entries."""
    said = json.loads(KEYS.read_text(encoding="utf-8"))
    master = MasterKey(said["master"]["epoch"], bytes.fromhex(said["master"]["key"]))
    store = SqliteVaultStore.create(folder)
    keys = [tuple(bytes.fromhex(each[part]) for part in _KEY_PARTS) for each in said["keys"]]
    store.deal([WrappedKey(key_id, master.epoch, wrapped) for key_id, wrapped, _ in keys])
    assigned = [
        (key_id, person, each["stream"])
        for (key_id, _, person), each in zip(keys, said["keys"], strict=True)
    ]
    store.assign(assigned, upto_position=0)
    for name, wrapped in said["secrets"].items():
        store.keep_secret(name, master.epoch, bytes.fromhex(wrapped))
    with closing(Vault(store, master, ledger_id())) as vault:
        yield vault


def keep_keys(vault: Vault, folder: Path) -> None:
    """Writes down every key that was given away, and the secrets, beside those that were there."""
    vault.keep_assignments(tip=0)
    said = json.loads(KEYS.read_text(encoding="utf-8"))
    with closing(sqlite3.connect(folder / FILE)) as connection:
        rows = connection.execute(_GIVEN_AWAY).fetchall()
        secrets = connection.execute("SELECT name, wrapped FROM secrets ORDER BY name").fetchall()
    said["secrets"] = {name: wrapped.hex() for name, wrapped in secrets}
    said["keys"] = [
        {"key_id": key_id.hex(), "wrapped": wrapped.hex(), "person_id": person.hex(), "stream": at}
        for key_id, wrapped, person, at in rows
    ]
    KEYS.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


_KEY_PARTS = ("key_id", "wrapped", "person_id")
_GIVEN_AWAY = """
SELECT key_id, wrapped, person_id, stream
FROM keys
WHERE person_id IS NOT NULL
ORDER BY stream, person_id
"""
