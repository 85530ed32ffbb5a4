"""API keys as they are shown: `clk_`, the id of the key and its secret; made once, known by digest."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hashlib import sha256
from hmac import compare_digest
from time import monotonic
from uuid import UUID

from api.http.identity.principals import Claim, Unauthenticated
from ledger.registers.integrations.api_keys import ApiKey
from ledger.service import Ledger
from ledger.then import NOW, Then

_MARK = "clk_"
_SECRET_BYTES = 32
_KNOWN_AT_MOST = 1_024
_NO_DIGEST = "0" * 64


def new_key(key_id: UUID) -> tuple[str, str]:
    """A new key as it is handed over, and the digest that the ledger keeps of its secret."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    return f"{_MARK}{key_id.hex}_{secret}", _digest(secret)


def api_key(ledger: Ledger, key_id: UUID, then: Then = NOW) -> ApiKey:
    """A key as it stands in the ledger, or stood then."""
    return ledger.state_of(f"apikey/{key_id}", then)


class ApiKeys:
    """Knows keys of integrations; what the ledger says of one is asked again every so many seconds."""

    def __init__(
        self, ledger: Ledger, *, trust_seconds: float, now: Callable[[], float] = monotonic
    ) -> None:
        self._ledger = ledger
        self._trust_seconds = trust_seconds
        self._now = now
        self._known: dict[UUID, tuple[float, ApiKey]] = {}

    def __call__(self, token: str) -> Claim | None:
        """The claim of a key; None for what is no key, Unauthenticated for one that opens nothing."""
        if not token.startswith(_MARK):
            return None
        name, _, secret = token.removeprefix(_MARK).partition("_")
        try:
            key = self._key(UUID(hex=name))
        except ValueError as error:
            raise Unauthenticated("This is not a key that was issued here.") from error
        # A key that was never issued is compared too, so that the time tells nothing of which ones were.
        same = compare_digest(key.digest or _NO_DIGEST, _digest(secret))
        if key.member is None or not same:
            raise Unauthenticated("This is not a key that was issued here.")
        if not key.opens(at=self._ledger.clock()):
            raise Unauthenticated("This key was revoked or has expired: ask for a new one.")
        return Claim(key.member, key.scopes)

    def at_once(self, token: str) -> bool:
        """Whether the ledger was asked of this key a moment ago."""
        name = token.removeprefix(_MARK).partition("_")[0]
        try:
            return not token.startswith(_MARK) or self._known_still(UUID(hex=name)) is not None
        except ValueError:
            return True

    def _known_still(self, key_id: UUID) -> ApiKey | None:
        known = self._known.get(key_id)
        return None if known is None or self._now() - known[0] >= self._trust_seconds else known[1]

    def _key(self, key_id: UUID) -> ApiKey:
        now = self._now()
        if (known := self._known_still(key_id)) is not None:
            return known
        found = api_key(self._ledger, key_id)
        if found.member is not None:  # ids that somebody makes up fill no memory
            if len(self._known) >= _KNOWN_AT_MOST:
                self._known.clear()
            self._known[key_id] = now, found
        return found


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
