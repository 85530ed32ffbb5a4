"""Sealed marks: where an answer ended that read on beyond what it shows; its bearer learns nothing from it."""

from __future__ import annotations

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.http.exchanges import Exchange
from ledger.sealing.slots import b64u, from_b64u

_NONCE_BYTES = 12


def sealed(exchange: Exchange, act: str, mark: str) -> str:
    """A mark that nobody can read, and only who was given it can use, for this act."""
    nonce = token_bytes(_NONCE_BYTES)
    return b64u(nonce + _sealing(exchange).encrypt(nonce, mark.encode(), _bound(exchange, act)))


def unsealed(exchange: Exchange, act: str, said: str) -> str | None:
    """The mark; None where this is none that they were given for this act."""
    try:
        raw = from_b64u(said)
        nonce, hidden = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return _sealing(exchange).decrypt(nonce, hidden, _bound(exchange, act)).decode()
    except (ValueError, InvalidTag):
        return None


def _sealing(exchange: Exchange) -> AESGCM:
    return AESGCM(exchange.service.ledger.vault.derived_secret("cursor"))


def _bound(exchange: Exchange, act: str) -> bytes:
    return f"{act} {exchange.principal.actor.id}".encode()
