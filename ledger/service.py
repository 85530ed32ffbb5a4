"""The ledger as the rest of the house sees it: commands in, receipts out, entries read with their proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from ledger.case import carried
from ledger.commands import Command, Request
from ledger.durable_files import make_folder
from ledger.entry import Actor, Entry, Receipt
from ledger.errors import CaseNotFound, LedgerError, LedgerUnavailable
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying.behind import behind_what_was_signed, refuse_behind, without_keys
from ledger.evidence.verifying.read_only import refuse_read_only
from ledger.ids import derived_uuid, stream_or_bits, subject_id_of, uuid7
from ledger.kinds import KINDS, kind_of
from ledger.making import closed_on_failure, key_there, new_vault, refuse_signer_of_another
from ledger.personal.erasing import finish_begun
from ledger.personal.opening import Reading, open_streams
from ledger.policy.access import Purpose
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.policy.routing.presence import Directory
from ledger.randomness import Randomness
from ledger.registers.directory import directory_id
from ledger.registers.policies import POLICY, policy_id
from ledger.remembered import ReadOn, Remembered
from ledger.sealing.disclosing import Disclosed, disclosed_entry
from ledger.sealing.master_key import MasterKey, master_key_missing
from ledger.sealing.reading import ReadEntry, office_entry, verified_entry
from ledger.sealing.vault import Vault
from ledger.sealing.vault_at import vault_at
from ledger.store import (
    LedgerStore,
    StoredRow,
    create_ledger_store,
    making_alone,
    open_ledger_store,
)
from ledger.then import NOW, Then
from ledger.writer.asked import command_key
from ledger.writer.streams import entry_of
from ledger.writer.writer import Outcome, Writer

Clock = Callable[[], datetime]
Standing = Callable[[], tuple[int, Load]]


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def _nothing_seen() -> tuple[int, Load]:
    return 0, Load()


class Ledger:
    """One ledger: its store, its vault and its writer. Use it as a context manager, or close it."""

    def __init__(
        self,
        store: LedgerStore,
        vault: Vault,
        *,
        master_key: Path,
        clock: Clock = now,
        standing: Standing = _nothing_seen,
        read_only: str | None = None,
    ) -> None:
        """`master_key` is the file of the key that the vault is wrapped under.

        `standing` gives the load as of a position, from the views; without it the log itself is folded once.

        `read_only` is the sentence with which every command is answered, if the ledger is not to be written to.
        """
        self.store = store
        self.vault = vault
        self._master_key = master_key
        self.clock = clock
        self.policy_id = policy_id(store.ledger_id)
        self._policy_stream = f"policy/{self.policy_id}"
        self.directory_id = directory_id(store.ledger_id)
        self.directory_stream = f"directory/{self.directory_id}"
        self._policies = ReadOn(store, self._policy_stream, POLICY)
        self._cases = Remembered(store, self._look_up_case)
        self._beginners = Remembered(store, self._look_up_beginner)
        self._random = Randomness()
        self.lacks_keys = without_keys(store, vault)
        self.read_only = store.unwritable or read_only or (self.lacks_keys and str(self.lacks_keys))
        self.bears_loss = False
        """Something is recorded also where not all is here that was signed for, as that it is lost."""
        self._writer = Writer(
            store,
            vault,
            kinds=KINDS,
            policy_stream=self._policy_stream,
            directory_stream=self.directory_stream,
            carried=carried,
            standing=standing,
            refuse_behind=lambda: self.bears_loss or refuse_behind(store, master_key),
            clock=clock,
            random=self._random,
        )

    @classmethod
    def create(cls, location: Path | str, *, master_key: Path, clock: Clock = now) -> Self:
        """Makes a new ledger in a home folder or a PostgreSQL database, with a new master key in its own file.

        Refusal if there is one already, or somebody makes one just now. What was interrupted half-way is
        finished by asking again.
        """
        with making_alone(location):
            try:
                store, is_new = open_ledger_store(location), False
            except LedgerUnavailable:
                if master_key.exists():
                    raise key_there(master_key) from None
                refuse_signer_of_another(Signer.beside(master_key))
                store, is_new = create_ledger_store(location), True
            with closed_on_failure(store):
                keys = new_vault(location, store)
                with closed_on_failure(keys):
                    make_folder(master_key.parent, 0o777)
                    made = MasterKey.new().write_new(master_key)
                    if is_new and not made:
                        raise key_there(master_key)
                    vault = Vault(keys, MasterKey.read(master_key), store.ledger_id)
                    return cls(store, vault, master_key=master_key, clock=clock)

    @classmethod
    def open(
        cls,
        location: Path | str,
        *,
        master_key: Path,
        clock: Clock = now,
        standing: Standing = _nothing_seen,
        shut: bool = False,
    ) -> Self:
        """Opens the ledger that lies there; LedgerUnavailable if there is none or the master key is not its own.

        MasterKeyMissing where none lies there, unless it may be `shut`: then nothing sealed is opened or recorded,
        and the vault may be missing too.
        """
        store = open_ledger_store(location)
        with closed_on_failure(store):
            vault = vault_at(location, store.ledger_id, master_key=master_key, shut=shut)
            with closed_on_failure(vault):
                behind = behind_what_was_signed(store, Signer.beside(master_key))
                ledger = cls(
                    store,
                    vault,
                    master_key=master_key,
                    clock=clock,
                    standing=standing,
                    read_only=str(master_key_missing()) if vault.is_shut else behind,
                )
                if ledger.read_only is None:
                    if MasterKey.read(master_key).epoch < ledger.vault.epoch:
                        with store.exclusive():
                            ledger._finish_change()
                    finish_begun(ledger)
                return ledger

    def close(self) -> None:
        """Lets go of the store and the vault; everything acknowledged is durable already."""
        self.vault.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def handle(
        self,
        command: Command,
        *,
        actor: Actor,
        command_id: UUID | None = None,
        effective_at: datetime | None = None,
        expected_version: int | None = None,
        basis: str | None = None,
        correlation: str | None = None,
        causation: str | None = None,
    ) -> Receipt:
        """Decides and records one command; the receipt means that it is durable.

        The same command id again gives the first receipt. Raises the Refusal or InvalidCommand that says why not,
        VersionConflict where `expected_version` is stale, LedgerUnavailable where nothing could be written.
        """
        request = Request(
            command,
            actor,
            command_id,
            effective_at,
            expected_version,
            basis,
            correlation,
            causation,
        )
        return self.ask(request)

    def ask(self, request: Request) -> Receipt:
        """Decides and records one request, as `handle` does."""
        (outcome,) = self.handle_all([request])
        if isinstance(outcome, LedgerError):
            raise outcome
        return outcome

    def handle_all(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """Decides and records these in order and in one durable write; each is answered with its receipt or error."""
        return self.writer.submit(requests)

    @property
    def writer(self) -> Writer:
        """Who decides and records; raises why nothing may be recorded, if that is so."""
        if self.read_only is not None:
            refuse_read_only(self, self._master_key)
        return self._writer

    def look(self) -> None:
        """Records nothing; raises what every command would hear now, as when nothing can be written."""
        self.vault.look()
        self.writer.look()

    def first_receipt(self, request: Request) -> Receipt | None:
        """The receipt that a command id has already; None if it has none, a Refusal if it stands for something else."""
        return self._writer.first_receipt(request)

    def receipt_of_command(self, command_id: UUID) -> Receipt | None:
        """The receipt that a command of this id got, whatever it asked; None if none was recorded."""
        return self._writer.receipt_of(command_id)

    def change_master_key(self) -> int:
        """Wraps every key anew under a new master key, which takes the place of the old one; answers its epoch.

        An older copy of the vault can then be opened by nobody who has only the new master key. Whoever
        else has the ledger open goes on under it, where they find it in the same file.
        """
        with self.store.exclusive():
            self._finish_change()
            self._wrap_anew(frozenset())
        return self.vault.epoch

    def destroy_keys(self, key_ids: Collection[bytes]) -> None:
        """Destroys those of the keys that are left; survivors are wrapped under a new master key."""
        with self.store.exclusive():
            self._finish_change()
            left = frozenset(each for each in key_ids if self.vault.holds(each))
            if left:
                self._wrap_anew(left)
            self.vault.sweep()

    def _wrap_anew(self, destroyed: frozenset[bytes]) -> None:
        successor = MasterKey.next_beside(self._master_key)
        self.vault.destroy(destroyed, successor=successor)
        self._finish_change()

    def _finish_change(self) -> None:
        """The key that the vault is wrapped under takes its place, if it lies beside it still.

        The former one goes only once no promotion of a standby could bring back what it opens.
        """
        self.vault.look()
        if MasterKey.read(self._master_key).epoch < self.vault.epoch:
            self.store.settled()
            key = MasterKey.read_for(self._master_key, self.vault.epoch)
            key.write(self._master_key)

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(self.clock(), self._random(10))

    def derived_id(self, at: datetime, *causes: str) -> UUID:
        """The one id that these causes at this instant always give here, and that nobody else can guess from them."""
        digest = self.vault.command_digest("\0".join(causes).encode())
        return derived_uuid(at, digest.hex())

    def pseudonym(self, source: str, name: str) -> str:
        """What a person of another system is called in office slots: the same name of the same source always alike."""
        digest = self.vault.command_digest(b"\0".join((source.encode(), name.encode())))
        return f"x-{digest.hex()[:12]}"

    def policies(self) -> Policies:
        """Every policy published so far; those known before are not read and compiled again."""
        return self._policies.get()

    def directory(self, then: Then = NOW) -> Directory:
        """Who is absent when and who has left, as far as it was recorded, or counts then."""
        return self.state_of(self.directory_stream, then)

    def state_of(self, stream: str, then: Then = NOW) -> Any:
        """How a stream stands by the fold of its kind, or stood then; of now it trusts the store, as decisions do."""
        if then.is_now:
            return self._writer.state_of(stream)
        return then.state(kind_of(stream), self.read(stream))

    def begun_by(self, stream: str) -> str | None:
        """Who recorded the first entry of a stream; None if it has none."""
        return self._beginners.get(stream)

    def find_case(self, reference: str) -> UUID:
        """The case that a reference (or a case id) names; CaseNotFound if there is none."""
        found = self._cases.get(stream_or_bits(reference))
        if found is None:
            raise CaseNotFound(f"No case {reference} is in this ledger: check the reference.")
        return found

    def _look_up_beginner(self, stream: str) -> str | None:
        rows = self.store.stream(stream, upto_version=1)
        return entry_of(rows[0]).actor.id if rows else None

    def _look_up_case(self, name: str) -> UUID | None:
        """By its stream, or by the bits of its reference, however either was written."""
        stream = name
        if name.isdecimal():
            stream = self._reserved_in(b"r" + int(name).to_bytes(7, "big")) or ""
        there = stream and self.store.stream(stream, upto_version=1)
        return subject_id_of(stream) if there else None

    def stream_of_command(self, command_id: UUID) -> str | None:
        """The stream in which the command of this id was recorded; None if none was."""
        return self._reserved_in(command_key(command_id))

    def _reserved_in(self, key: bytes) -> str | None:
        position = self.store.reserved([key]).get(key)
        return self.store.entries(after=position - 1, limit=1)[0].stream if position else None

    def entries(self, *, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """All entries in the order of the log, their office part; trusts the store."""
        for chunk in self.store.scan(after=after, upto=upto):
            for position, stream, version, topic, state in chunk:
                yield office_entry(position, stream, version, topic, state)

    def read(self, stream: str, *, upto_version: int | None = None) -> list[ReadEntry]:
        """The entries of a stream, each verified, personal values sealed."""
        rows = self.store.stream(stream, upto_version=upto_version)
        return [verified_entry(row, self.store.ledger_id) for row in rows]

    def read_opened(
        self,
        stream: str,
        *,
        actor: Actor,
        purpose: str,
        purpose_code: Purpose | None = None,
        topics: Collection[str] | None = None,
    ) -> list[ReadEntry]:
        """The same with personal values opened, of these topics or of all; who reads what and why is recorded before.

        NotAuthorised, and on record, where this actor may not for this purpose.
        """
        only = None if topics is None else frozenset(topics)
        (found,) = self.open_values(Reading((stream,), purpose, purpose_code, only), actor=actor)
        return found

    def open_values(self, reading: Reading, *, actor: Actor) -> list[list[ReadEntry]]:
        """The entries of several streams with personal values opened, recorded as one reading before."""
        return open_streams(self, reading, actor, verified_entry)

    def disclosed(self, stream: str, *, versions: Collection[int]) -> list[Disclosed]:
        """Entries of a stream with the salts of their office values, personal values as digests."""
        rows = self._versions(stream, versions)
        return [disclosed_entry(row, self.store.ledger_id) for row in rows]

    def disclosed_opened(
        self,
        stream: str,
        *,
        versions: Collection[int],
        actor: Actor,
        purpose: str,
        purpose_code: Purpose | None = None,
        inquiry: UUID | None = None,
    ) -> list[Disclosed]:
        """The same with personal values opened; who read them and on what purpose is recorded before."""
        only = frozenset(versions)
        reading = Reading((stream,), purpose, purpose_code, inquiry=inquiry, versions=only)
        (found,) = open_streams(self, reading, actor, disclosed_entry)
        return [each for each in found if each.entry.version in only]

    def _versions(self, stream: str, versions: Collection[int]) -> list[StoredRow]:
        upto = max(versions, default=0)
        rows = self.store.stream(stream, upto_version=upto) if upto else []
        return [row for row in rows if row.version in versions]
