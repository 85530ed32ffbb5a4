"""Wrapping: keys and secrets under the master key of one epoch (AES-256-GCM), each bound to its ledger and its id."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import KeysDamaged
from ledger.sealing.master_key import MasterKey
from ledger.store import WrappedKey

_IV_BYTES = 12


class Wrapping:
    """What wraps and unwraps under one master key."""

    def __init__(self, master: MasterKey, ledger_id: bytes) -> None:
        self.master = master
        self._ledger_id = ledger_id
        self._cipher = AESGCM(master.secret)

    def wrap(self, key_id: bytes, secret: bytes) -> bytes:
        """The secret of this id, wrapped."""
        iv = os.urandom(_IV_BYTES)
        return iv + self._cipher.encrypt(iv, secret, self._bound_to(key_id, self.master.epoch))

    def unwrap(self, key: WrappedKey) -> bytes:
        """The secret that was wrapped; KeysDamaged where it does not open under this master key."""
        key_id, epoch, wrapped = key
        try:
            return self._cipher.decrypt(
                wrapped[:_IV_BYTES], wrapped[_IV_BYTES:], self._bound_to(key_id, epoch)
            )
        except (InvalidTag, ValueError) as error:  # ValueError of what is too short to be a key
            raise KeysDamaged from error

    def _bound_to(self, key_id: bytes, epoch: int) -> bytes:
        return b"caseledger/wrap/1\x00" + self._ledger_id + key_id + epoch.to_bytes(8, "big")
