"""Entries sealed for a test under a vault of their own, one of them about several persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import InstanceOf

from ledger.case.contact.contacts import NoteAdded
from ledger.entry import Actor, Context
from ledger.facts import Concealed, Fact, Personal, PersonalText
from ledger.facts import fact as registered
from ledger.ids import derived_uuid
from ledger.sealing.heads import first_head, next_head
from ledger.sealing.master_key import MasterKey
from ledger.sealing.reading import ReadEntry, verified_entry
from ledger.sealing.sealing import Sealer
from ledger.sealing.vault import Vault
from ledger.store import StoredRow
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence.made_up import registry_kept

LEDGER = bytes(range(16))
NOON = datetime(2026, 3, 8, 16, tzinfo=UTC)
CASE = f"case/{UUID(int=7)}"
ADA, BOB = UUID(int=21), UUID(int=22)
with registry_kept():

    @registered
    class MeetingHeldInATest(Fact):
        """Two people met about a case: a fact about two parties and the case itself."""

        first: UUID
        second: UUID
        words_of_first: Annotated[str | InstanceOf[Concealed] | None, Personal("first")]
        words_of_second: Annotated[str | InstanceOf[Concealed] | None, Personal("second")]
        minutes: PersonalText


@dataclass
class SealingDesk:
    """Seals facts one after the other into streams, and reads them again."""

    folder: Path
    master: MasterKey = field(default_factory=MasterKey.new)
    ledger_id: bytes = LEDGER
    rows: list[StoredRow] = field(default_factory=list[StoredRow])
    blobs: dict[int, list[bytes]] = field(default_factory=dict[int, list[bytes]])

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.vault = Vault(SqliteVaultStore.create(self.folder), self.master, self.ledger_id)
        self.sealer = Sealer(self.vault, self.ledger_id)
        self._heads: dict[str, tuple[int, bytes]] = {}

    def seal(self, fact: Fact, stream: str = CASE) -> StoredRow:
        """The next entry of a stream."""
        version, head = self._heads.get(stream) or (0, first_head(self.ledger_id, stream))
        position = len(self.rows) + 1
        sealed = self.sealer.seal(
            fact,
            actor=Actor("person", "I-02", team="INT"),
            context=Context(NOON, NOON, derived_uuid(NOON, stream, str(position))),
            stream=stream,
            version=version + 1,
            previous=head,
            recorded_at=NOON,
        )
        self._heads[stream] = (version + 1, next_head(head, sealed.digest))
        row = StoredRow(position, stream, version + 1, fact.topic, sealed.state)
        self.rows.append(row)
        self.blobs[position] = [blob for _, blob in sealed.blobs]
        self.vault.keep_assignments(tip=position - 1)
        return row

    def note(self, text: str, stream: str = CASE) -> StoredRow:
        """A note as the next entry of a stream."""
        return self.seal(NoteAdded(note_id=UUID(int=len(self.rows) + 1), text=text), stream)

    def read(self, row: StoredRow, blobs: Sequence[bytes] | None = None) -> ReadEntry:
        """The entry verified and opened, from its own blobs unless the test has others."""
        given = self.blobs[row.position] if blobs is None else blobs
        with registry_kept(MeetingHeldInATest):
            return verified_entry(row, self.ledger_id, blobs=given, vault=self.vault)

    def reopened(self, master: MasterKey | None = None) -> Vault:
        """The vault opened once more, as another process would."""
        return vault_in(self.folder, master or self.master, self.ledger_id)

    def key_of(self, blob: bytes) -> bytes:
        """The id of the key that a blob is sealed under."""
        return blob[1:17]


def vault_in(folder: Path, master: MasterKey, ledger_id: bytes) -> Vault:
    """The vault of a folder; its files are closed again if it does not open under this key."""
    store = SqliteVaultStore(folder)
    try:
        return Vault(store, master, ledger_id)
    except BaseException:
        store.close()
        raise
