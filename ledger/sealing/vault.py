"""The vault: a key for each person and stream, wrapped under a master key that lies outside the database.

Destroying a key erases what it sealed, in every copy, while every digest stays valid. Keys are dealt a
thousand at a time, so that a durable write of keys is paid once in a thousand entries. A person's id is
a keyed digest of the party's stream: without the vault nobody can tell it from a random one.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import KeysDamaged, LedgerUnavailable, StartAgain
from ledger.sealing.assignments import Assignments
from ledger.sealing.master_key import KEY_BYTES, MasterKey
from ledger.store import VaultStore, WrappedKey, vaults

PERSON_SECRET, COMMAND_SECRET = "person", "command"
_DEALT, _EVERY = 1000, 2**31
_KEYS_HELD = 200_000
_IV_BYTES, _ID_BYTES = 12, 16


@dataclass(frozen=True, slots=True)
class Key:
    """A person's key for one stream."""

    key_id: bytes
    cipher: AESGCM


class Vault:
    """Keys by person and stream, dealt, opened and destroyed."""

    def __init__(
        self,
        store: VaultStore,
        master: MasterKey,
        ledger_id: bytes,
        *,
        successor: Callable[[int], MasterKey] | None = None,
    ) -> None:
        """Opens the vault; LedgerUnavailable if the master key is not the one it was wrapped under.

        `successor` gives the master key of a later epoch, where another process has wrapped it anew under that.
        """
        self._store = store
        self._master = master
        self._successor = successor
        self._ledger_id = ledger_id
        self._by_subject: dict[tuple[str, str], Key] = {}
        self._by_id: dict[bytes, AESGCM | None] = {}
        self._dealt: list[WrappedKey] = []
        self._assigned: list[tuple[bytes, bytes, str]] = []
        self._assigned_upto = store.assigned_upto()
        self._looked = False
        self._keyless = set[tuple[str, str]]()
        """Who has no key in a stream, as looked up in this turn: nobody else gives one before it ends."""
        self._wrapping_anew = Lock()
        """Whoever reads meanwhile neither meets keys of the next epoch nor misses those of this one."""
        self._wrapping_cipher = AESGCM(master.secret)
        self._destroyed: frozenset[bytes] | None = None
        self._held: frozenset[bytes] | None = None
        self._command_secret = self._secret(COMMAND_SECRET)
        self._person_secret = self._secret(PERSON_SECRET)
        self._by_command = hmac.new(self._command_secret, digestmod="sha256")
        self._by_person = hmac.new(self._person_secret, digestmod="sha256")
        self.assignments = Assignments(store, self._person)

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
            self._refuse_other(self._master.epoch if found is None else found[0])

    @property
    def master(self) -> MasterKey:
        """The master key that it is wrapped under."""
        return self._master

    @property
    def epoch(self) -> int:
        """The epoch of the master key that it is wrapped under."""
        return self._master.epoch

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
            self._destroyed = self._store.destroyed()
        return self._destroyed

    def held(self) -> frozenset[bytes]:
        """The ids of the keys that are here; of those that were dealt since it was first asked it may not know."""
        if self._held is None:
            self._held = frozenset(each.key_id for each in self._store.all_keys())
        return self._held

    def holds(self, key_id: bytes) -> bool:
        """Whether the key of this id is here."""
        return key_id in self.held() or bool(self._store.wrapped([key_id]))

    def holds_any(self, key_ids: Collection[bytes]) -> bool:
        """Whether any of these keys is here, asked of the store alone."""
        return bool(key_ids) and bool(self._store.wrapped(list(key_ids)))

    def destroy(self, key_ids: frozenset[bytes], *, successor: MasterKey) -> None:
        """Destroys keys: the survivors are wrapped anew under the next epoch's master key, in one transaction.

        The caller writes `successor` durably before, and destroys the old master key after.
        """
        with self._wrapping_anew:
            self._destroy(key_ids, successor)

    def damaged(self) -> frozenset[bytes]:
        """The ids of the keys that are here and that nobody can open."""
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
        survivors = [
            (each.key_id, self._wrap(successor, each.key_id, self._unwrap(each)))
            for each in self._store.all_keys()
            if each.key_id not in key_ids
        ]
        secrets = [
            (name, self._wrap(successor, _secret_id(name), secret))
            for name, secret in (
                (PERSON_SECRET, self._person_secret),
                (COMMAND_SECRET, self._command_secret),
            )
        ]
        self._store.rewrap(
            epoch=successor.epoch, keys=survivors, secrets=secrets, destroyed=sorted(key_ids)
        )
        self._go_on_under(successor)

    def _go_on_under(self, successor: MasterKey) -> None:
        """Lets go of every key that is held: which are destroyed the store alone knows."""
        self._master, self._wrapping_cipher = successor, AESGCM(successor.secret)
        self._by_subject, self._by_id = {}, {}
        self._dealt, self._destroyed, self._held = [], None, None

    def command_digest(self, body: bytes) -> bytes:
        """The keyed digest of a command's body or of a caller's key, 16 bytes: nobody can guess a body from it."""
        return _keyed_digest(self._by_command, body)

    def derived_secret(self, *of: str) -> bytes:
        """The 32 bytes that these words always give here; nobody who sees them, or other ones, can tell these words'.

        No text begins with the byte that sets these words apart from the body of a command.
        """
        digest = self._by_command.copy()
        digest.update(b"\xffcaseledger/derived/1\x00" + "\0".join(of).encode())
        return digest.digest()

    def close(self) -> None:
        """Lets go of the store."""
        self._store.close()

    def _person(self, subject: str) -> bytes:
        return _keyed_digest(self._by_person, subject.encode())

    def _next_dealt(self) -> WrappedKey:
        if not self._looked:
            self._forget_given_away()
        if not self._dealt:
            taken = {key_id for key_id, _, _ in self._assigned}
            self._dealt = [
                each
                for each in self._store.unassigned(_DEALT)
                if each.key_id not in taken
                and each.epoch == self._master.epoch
                and self._is_sound(each)
            ]
        if not self._dealt:
            fresh = [
                WrappedKey(
                    key_id,
                    self._master.epoch,
                    self._wrap(self._master, key_id, os.urandom(KEY_BYTES)),
                )
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

    def _secret(self, name: str) -> bytes:
        found = self._store.secret(name)
        if found is None:
            if next(iter(self._store.all_keys()), None) is not None:
                raise vaults.lacks_secret(name)
            secret = os.urandom(KEY_BYTES)
            wrapped = self._wrap(self._master, _secret_id(name), secret)
            self._store.keep_secret(name, self._master.epoch, wrapped)
            return secret
        try:
            return self._unwrap(WrappedKey(_secret_id(name), *found))
        except KeysDamaged as error:
            raise LedgerUnavailable(
                "This master key does not open this vault: put back the master key that was made "
                "with this ledger (or written at its last erasure)."
            ) from error

    def _wrap(self, master: MasterKey, key_id: bytes, secret: bytes) -> bytes:
        iv = os.urandom(_IV_BYTES)
        return iv + AESGCM(master.secret).encrypt(iv, secret, self._wrapping(key_id, master.epoch))

    def _unwrap(self, key: WrappedKey) -> bytes:
        key_id, epoch, wrapped = key
        self._refuse_other(epoch)
        try:
            return self._wrapping_cipher.decrypt(
                wrapped[:_IV_BYTES], wrapped[_IV_BYTES:], self._wrapping(key_id, epoch)
            )
        except (InvalidTag, ValueError) as error:  # ValueError of what is too short to be a key
            raise KeysDamaged from error

    def _is_sound(self, key: WrappedKey) -> bool:
        """Of a later epoch are those that another process wrapped anew just now, under a key that is not known here."""
        if key.epoch > self._master.epoch:
            secret = self._store.secret(PERSON_SECRET)
            return secret is not None and secret[0] == key.epoch
        try:
            return key.epoch == self._master.epoch and bool(self._unwrap(key))
        except KeysDamaged:
            return False

    def _refuse_other(self, epoch: int) -> None:
        if epoch > self._master.epoch and self._successor is not None:
            successor = self._successor(epoch)
            if successor.epoch == epoch:
                self._go_on_under(successor)
        if epoch != self._master.epoch:
            raise StartAgain(
                f"The vault is wrapped under the master key of epoch {epoch}, and this one is of epoch "
                f"{self._master.epoch}: start again with the master key that belongs to the vault."
            )

    def _wrapping(self, key_id: bytes, epoch: int) -> bytes:
        return b"caseledger/wrap/1\x00" + self._ledger_id + key_id + epoch.to_bytes(8, "big")


def _keyed_digest(keyed: hmac.HMAC, said: bytes) -> bytes:
    """The first 16 bytes of HMAC-SHA-256, from a copy of the keyed state: setting a key up costs twice the rest."""
    digest = keyed.copy()
    digest.update(said)
    return digest.digest()[:_ID_BYTES]


def _secret_id(name: str) -> bytes:
    return sha256(b"caseledger/secret/1\x00" + name.encode()).digest()[:_ID_BYTES]
