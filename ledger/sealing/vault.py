"""The vault: a key for each person and stream, wrapped under a master key that lies outside the database.

Destroying a key erases what it sealed, in every copy, while every digest stays valid. Keys are dealt a
thousand at a time, so that a durable write of keys is paid once in a thousand entries. A person's id is
a keyed digest of the party's stream: without the vault nobody can tell it from a random one.
Without its master key a vault is shut: it tells which keys are here and which were destroyed, and opens nothing.
Where the entries alone are, as with whoever audits them, it is absent: then no key is known.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from threading import Lock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import KeysDamaged, LedgerUnavailable, StartAgain
from ledger.sealing.assignments import Assignments
from ledger.sealing.master_key import KEY_BYTES, MasterKey, master_key_missing
from ledger.sealing.secrets import COMMAND_SECRET, PERSON_SECRET, Secrets, secret_id
from ledger.sealing.wrapping import Wrapping
from ledger.store import VaultStore, WrappedKey, vaults

_DEALT, _EVERY = 1000, 2**31
_KEYS_HELD = 200_000
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Key:
    """A person's key for one stream."""

    key_id: bytes
    cipher: AESGCM


class Vault:
    """Keys by person and stream, dealt, opened and destroyed."""

    def __init__(
        self,
        store: VaultStore | None,
        master: MasterKey | None,
        ledger_id: bytes,
        *,
        successor: Callable[[int], MasterKey] | None = None,
    ) -> None:
        """Opens the vault; LedgerUnavailable if the master key is not the one it was wrapped under.

        Without one it stays shut, and without a store it is absent too. `successor` gives the master key of a later
        epoch, where another process has wrapped it anew under that.
        """
        self._stored = store
        self._successor = successor
        self._ledger_id = ledger_id
        self._by_subject: dict[tuple[str, str], Key] = {}
        self._by_id: dict[bytes, AESGCM | None] = {}
        self._dealt: list[WrappedKey] = []
        self._assigned: list[tuple[bytes, bytes, str]] = []
        self._assigned_upto = 0 if store is None else store.assigned_upto()
        self._looked = False
        self._keyless = set[tuple[str, str]]()
        """Who has no key in a stream, as looked up in this turn: nobody else gives one before it ends."""
        self._wrapping_anew = Lock()
        """Whoever reads meanwhile neither meets keys of the next epoch nor misses those of this one."""
        self._destroyed: frozenset[bytes] | None = None
        self._held: frozenset[bytes] | None = None
        self._wrapping = None if master is None else Wrapping(master, ledger_id)
        self._secrets = None if master is None else self._read_secrets()
        self._assignments = None if store is None else Assignments(store, self._person)

    @property
    def is_shut(self) -> bool:
        """Whether no master key is here that would open it."""
        return self._wrapping is None

    @property
    def is_absent(self) -> bool:
        """Whether none of its keys is here either."""
        return self._stored is None

    @property
    def assignments(self) -> Assignments:
        """Who has which key; VaultMissing of one that is absent."""
        if self._assignments is None:
            raise vaults.missing()
        return self._assignments

    def begin(self) -> None:
        """Called under the writer's lock before sealing; StartAgain where nothing sealed here would open any more.

        Another process may have destroyed keys meanwhile that are held here still: none of them is afterwards.
        """
        self._looked = False
        self._keyless.clear()
        if self._assigned:
            # Given in a turn that recorded nothing: another process may have given them since.
            self.abandon()
        if len(self._by_subject) >= _KEYS_HELD:
            self._by_subject.clear()
        self.look()

    def abandon(self) -> None:
        """Called when what was sealed was not recorded: no key given in it was given."""
        self._assigned, self._dealt, self._by_subject = [], [], {}
        self._assigned_upto = -1

    def key_for(self, subject: str, stream: str) -> Key:
        """The key under which what a stream says about a subject (a party's stream, or itself) is sealed."""
        about = (subject, stream)
        if about not in self._by_subject and about not in self._keyless:
            self.fetch((about,))
        key = self._by_subject.get(about)
        if key is None:
            found = self._next_dealt()
            self._assigned.append((found[0], self._person(subject), stream))
            self._keyless.discard(about)
            key = self._hold(about, found)
        return key

    def fetch(self, about: Iterable[tuple[str, str]]) -> None:
        """Takes in hand the keys of these subjects in these streams that have one, read together."""
        asked = {
            (self._person(each[0]), each[1]): each for each in about if each not in self._by_subject
        }
        if asked:
            found = self._store.keys_for(list(asked))
            for given, each in asked.items():
                if given in found:
                    self._hold(each, found[given])
                else:
                    self._keyless.add(each)

    def _hold(self, about: tuple[str, str], dealt: WrappedKey) -> Key:
        key = self._by_subject[about] = Key(dealt.key_id, AESGCM(self._unwrap(dealt)))
        return key

    def cipher(self, key_id: bytes) -> AESGCM | None:
        """The key of this id, or None if it was destroyed."""
        if key_id in (known := self._by_id):
            return known[key_id]
        return self.ciphers((key_id,))[key_id]

    def ciphers(
        self, key_ids: Collection[bytes], *, held: bool = True
    ) -> dict[bytes, AESGCM | None]:
        """The same of several keys, in one read; `held` for whoever may ask for them again."""
        with self._wrapping_anew:
            found = self._store.wrapped(list(key_ids))
            ciphers = {
                key_id: AESGCM(self._unwrap(WrappedKey(key_id, *found[key_id])))
                if key_id in found
                else None
                for key_id in key_ids
            }
            if held:
                if len(self._by_id) >= _KEYS_HELD:
                    self._by_id = {}
                self._by_id |= ciphers
            return ciphers

    def sound_cipher(self, key_id: bytes) -> AESGCM | None:
        """The key of this id, or None if it was destroyed or is damaged."""
        try:
            return self.ciphers((key_id,), held=False)[key_id]
        except KeysDamaged:
            return None

    def look(self) -> None:
        """Goes on under the next master key if somebody else has wrapped it anew meanwhile; StartAgain without it."""
        with self._wrapping_anew:
            found = self._store.secret(PERSON_SECRET)
            self._refuse_other(self.epoch if found is None else found[0])

    @property
    def master(self) -> MasterKey:
        """The master key that it is wrapped under."""
        return self._under.master

    @property
    def epoch(self) -> int:
        """The epoch of the master key that it is wrapped under."""
        return self.master.epoch

    def keys_of(self, subject: str) -> dict[bytes, str]:
        """The ids of the keys under which something about a subject was sealed, each with its stream."""
        return dict(self._store.keys_of(self._person(subject)))

    def sweep(self) -> None:
        """Leaves no trace of destroyed keys in the vault's files."""
        self._store.sweep()

    def keep_assignments(self, *, tip: int) -> None:
        """Writes down which keys were given to whom, before the entries after `tip` that use them are committed.

        It also says that every assignment up to `tip` is here, so that little is read again after a loss of power.
        """
        if self._assigned or tip >= self._assigned_upto + _DEALT:
            self._store.assign(self._assigned, upto_position=tip)
            self._assigned, self._assigned_upto = [], tip

    @property
    def assigned_since(self) -> bool:
        """Whether others have put on record since it was opened up to which entry keys are assigned."""
        return self._store.assigned_upto() != self._assigned_upto

    def go_on_without(self, *, tip: int) -> None:
        """Takes it that the keys of entries up to `tip` which are lacking or damaged here will not come back."""
        self._store.forget([*self.damaged()])
        self._store.assign((), upto_position=tip)

    def destroyed(self) -> frozenset[bytes]:
        """The ids of keys whose destruction is recorded."""
        if self._destroyed is None:
            self._destroyed = frozenset() if self.is_absent else self._store.destroyed()
        return self._destroyed

    def held(self) -> frozenset[bytes]:
        """The ids of the keys that are here; of those that were dealt since it was first asked it may not know."""
        if self._held is None:
            keys = () if self.is_absent else self._store.all_keys()
            self._held = frozenset(each.key_id for each in keys)
        return self._held

    def holds(self, key_id: bytes) -> bool:
        """Whether the key of this id is here."""
        return key_id in self.held() or self.holds_any((key_id,))

    def holds_any(self, key_ids: Collection[bytes]) -> bool:
        """Whether any of these keys is here, asked of the store alone."""
        return bool(key_ids and not self.is_absent and self._store.wrapped(list(key_ids)))

    def destroy(self, key_ids: frozenset[bytes], *, successor: MasterKey) -> None:
        """Destroys keys: the survivors are wrapped anew under the next epoch's master key, in one transaction.

        The caller writes `successor` durably before, and destroys the old master key after.
        """
        with self._wrapping_anew:
            self._destroy(key_ids, successor)

    def damaged(self) -> frozenset[bytes]:
        """The ids of the keys that are here and that nobody can open; of a shut one none is known."""
        if self.is_shut:
            return frozenset()
        return frozenset(each.key_id for each in self._store.all_keys() if not self._is_sound(each))

    def refuse_damaged(self, *, apart_from: Collection[bytes]) -> None:
        """KeysDamaged where other keys than these are: of what is wrapped anew no older copy brings any back.

        What was given to nobody yet has sealed nothing, and is let go.
        """
        damaged = self.damaged() - frozenset(apart_from)
        dealt = (
            {each.key_id for each in self._store.unassigned(_EVERY)} if damaged else set[bytes]()
        )
        if given := damaged - dealt:
            raise vaults.damaged(len(given))
        if damaged:
            self._store.forget([*damaged])

    def _destroy(self, key_ids: frozenset[bytes], successor: MasterKey) -> None:
        self.refuse_damaged(apart_from=key_ids)
        anew = Wrapping(successor, self._ledger_id)
        survivors = [
            (each.key_id, anew.wrap(each.key_id, self._unwrap(each)))
            for each in self._store.all_keys()
            if each.key_id not in key_ids
        ]
        secrets = [
            (name, anew.wrap(secret_id(name), secret))
            for name, secret in self._known.by_name.items()
        ]
        self._store.rewrap(
            epoch=successor.epoch, keys=survivors, secrets=secrets, destroyed=sorted(key_ids)
        )
        self._go_on_under(successor)

    def _go_on_under(self, successor: MasterKey) -> None:
        """Lets go of every key that is held: which are destroyed the store alone knows."""
        self._wrapping = Wrapping(successor, self._ledger_id)
        self._by_subject, self._by_id = {}, {}
        self._dealt, self._destroyed, self._held = [], None, None

    def command_digest(self, body: bytes) -> bytes:
        """The keyed digest of a command's body or of a caller's key, 16 bytes: nobody can guess a body from it."""
        return self._known.command_digest(body)

    def derived_secret(self, *of: str) -> bytes:
        """The 32 bytes that these words always give here, as `Secrets.derived` says."""
        return self._known.derived(*of)

    def close(self) -> None:
        """Lets go of the store."""
        if self._stored is not None:
            self._stored.close()

    def _person(self, subject: str) -> bytes:
        return self._known.person(subject)

    def _next_dealt(self) -> WrappedKey:
        if not self._looked:
            self._forget_given_away()
        if not self._dealt:
            taken = {key_id for key_id, _, _ in self._assigned}
            self._dealt = [
                each
                for each in self._store.unassigned(_DEALT)
                if each.key_id not in taken and each.epoch == self.epoch and self._is_sound(each)
            ]
        if not self._dealt:
            wrap = self._under.wrap
            fresh = [
                WrappedKey(key_id, self.epoch, wrap(key_id, os.urandom(KEY_BYTES)))
                for key_id in (os.urandom(_ID_BYTES) for _ in range(_DEALT))
            ]
            self._store.deal(fresh)
            self._dealt = fresh
        return self._dealt.pop()

    def _forget_given_away(self) -> None:
        """Another process may have given away what was dealt before: the mark it left behind tells."""
        self._looked = True
        if (upto := self._store.assigned_upto()) != self._assigned_upto:
            self._assigned_upto = upto
            self._dealt = []

    @property
    def _store(self) -> VaultStore:
        """Where its keys are; VaultMissing of one that is absent."""
        if self._stored is None:
            raise vaults.missing()
        return self._stored

    @property
    def _under(self) -> Wrapping:
        """What its keys are wrapped under; MasterKeyMissing of a vault that is shut."""
        if self._wrapping is None:
            raise master_key_missing()
        return self._wrapping

    @property
    def _known(self) -> Secrets:
        """Its secrets; MasterKeyMissing of a vault that is shut."""
        if self._secrets is None:
            raise master_key_missing()
        return self._secrets

    def _read_secrets(self) -> Secrets:
        return Secrets(command=self._secret(COMMAND_SECRET), person=self._secret(PERSON_SECRET))

    def _secret(self, name: str) -> bytes:
        found = self._store.secret(name)
        if found is None:
            if next(iter(self._store.all_keys()), None) is not None:
                raise vaults.lacks_secret(name)
            secret = os.urandom(KEY_BYTES)
            self._store.keep_secret(name, self.epoch, self._under.wrap(secret_id(name), secret))
            return secret
        try:
            return self._unwrap(WrappedKey(secret_id(name), *found))
        except KeysDamaged as error:
            raise LedgerUnavailable(
                "This master key does not open this vault: put back the master key that was made "
                "with this ledger (or written at its last erasure)."
            ) from error

    def _unwrap(self, key: WrappedKey) -> bytes:
        self._refuse_other(key.epoch)
        return self._under.unwrap(key)

    def _is_sound(self, key: WrappedKey) -> bool:
        """Of a later epoch are those that another process wrapped anew just now, under a key that is not known here."""
        if key.epoch > self.epoch:
            secret = self._store.secret(PERSON_SECRET)
            return secret is not None and secret[0] == key.epoch
        try:
            return key.epoch == self.epoch and bool(self._unwrap(key))
        except KeysDamaged:
            return False

    def _refuse_other(self, epoch: int) -> None:
        if epoch > self.epoch and self._successor is not None:
            successor = self._successor(epoch)
            if successor.epoch == epoch:
                self._go_on_under(successor)
        if epoch != self.epoch:
            raise StartAgain(
                f"The vault is wrapped under the master key of epoch {epoch}, and this one is of epoch "
                f"{self.epoch}: start again with the master key that belongs to the vault."
            )
