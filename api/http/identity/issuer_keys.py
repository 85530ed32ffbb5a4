"""The keys of an issuer: found by discovery, kept for a while, and asked for again when one is not known.

OpenID Connect Discovery 1.0 says where they lie (JSON Web Key Set, RFC 7517). Whoever shows a made-up key id
gets the issuer asked at most once every so many seconds; while the issuer is down, what is known is used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import orjson
import structlog

from api.http.identity.demo_login import LOOPBACK
from ledger.errors import InvalidCommand, LedgerUnavailable

ALGORITHMS = {"RS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
"""How a token may be signed, each with the kind of key that it takes: what a header asks for decides nothing."""
_RSA_BITS_AT_LEAST = 2_048
_FRESH_SECONDS = 300.0
_STALE_SECONDS = 86_400.0
_AGAIN_SECONDS = 10.0
_ANSWER_SECONDS = 5.0
_BYTES_AT_MOST = 262_144
_KEYS_AT_MOST = 64


@dataclass(frozen=True, slots=True)
class _Published:
    """A key that signs tokens, in the one way that it may."""

    key: Any
    algorithm: str


@dataclass(frozen=True, slots=True)
class _Set:
    """The keys as they were published at an instant of the process's own clock."""

    at: float
    by_id: Mapping[str | None, _Published] = field(default_factory=dict[str | None, _Published])


class IssuerKeys:
    """The keys of one issuer, shared by all threads: one asks the issuer, the others go on with what is known."""

    def __init__(
        self,
        issuer: str,
        *,
        jwks_url: str | None = None,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """InvalidCommand unless the issuer is asked over TLS, or on the loopback."""
        self._issuer = issuer
        self._jwks_url = jwks_url
        for url in (issuer, jwks_url):
            if url is not None and not _is_safe(url):
                raise InvalidCommand(
                    f"'{url}' is not an https address: keys that came another way could be anybody's."
                )
        self._now = now
        self._asking = threading.Lock()
        self._known: _Set | None = None
        self._asked_at: float | None = None
        self._failed = False

    @property
    def answers(self) -> bool | None:
        """Whether the issuer gave its keys when it was asked last; None before it was."""
        return None if self._known is None and not self._failed else not self._failed

    @contextmanager
    def sought(self) -> Generator[None]:
        """In the block the issuer is asked until it answers: who runs the service hears first where it does not."""
        ended = threading.Event()

        def seek() -> None:
            self._ask(waits=True)
            while self._known is None:
                if ended.wait(_AGAIN_SECONDS):
                    return
                self._ask(waits=True)
            self._asked_at = None  # a key that is new since is asked for at once

        threading.Thread(target=seek, name="caseledger-issuer", daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def key(self, kid: str | None, algorithm: str) -> Any:
        """The key of this id for this algorithm; None if the issuer has none.

        LedgerUnavailable where the issuer does not answer, so that nobody can tell.
        """
        if not self.is_known(kid):
            self._ask(waits=self._standing() is None)
        known = self._standing()
        found = known.by_id.get(kid) if known is not None else None
        if found is None and (known is None or self._failed):
            raise LedgerUnavailable(
                "The issuer of tokens does not answer just now, and this token's key is not known: try again "
                "in a moment."
            )
        return found.key if found is not None and found.algorithm == algorithm else None

    def only_key_now(self, algorithm: str) -> Any:
        """The key of an issuer that has one and names it in no token, as it is now: it may be another than before."""
        self._ask(waits=False)
        return self.key(None, algorithm)

    def is_known(self, kid: object) -> bool:
        """Whether a key is known, and was asked for lately."""
        known = self._known
        fresh = known is not None and self._now() - known.at < _FRESH_SECONDS
        return known is not None and fresh and kid in known.by_id

    def _standing(self) -> _Set | None:
        """What is known, unless that is so old that a key withdrawn since would live on."""
        known = self._known
        return known if known is not None and self._now() - known.at < _STALE_SECONDS else None

    def _ask(self, *, waits: bool) -> None:
        """Asks the issuer, unless it was asked a moment ago or somebody is asking; `waits` for them to end."""
        if not self._asking.acquire(blocking=waits, timeout=_ANSWER_SECONDS * 2 if waits else -1):
            return
        try:
            now = self._now()
            if self._asked_at is not None and now - self._asked_at < _AGAIN_SECONDS:
                return
            self._asked_at = now
            log = structlog.get_logger().bind(issuer=self._issuer)
            try:
                self._known, failed_before = _Set(now, self._published()), self._failed
                self._failed = False
                if failed_before:
                    log.info("issuer", outcome="answers-again")
            except (httpx.HTTPError, ValueError, RecursionError) as error:
                self._failed = True
                log.warning("issuer", outcome="no-keys", kind=type(error).__name__, why=str(error))
        finally:
            self._asking.release()

    def _published(self) -> Mapping[str | None, _Published]:
        with httpx.Client(timeout=_ANSWER_SECONDS, follow_redirects=False) as client:
            said = _object_at(client, self._jwks_url or self._discovered(client))
        keys = said.get("keys")
        if not isinstance(keys, list):
            raise ValueError("a key set has a list of keys")
        found: dict[str | None, _Published] = {}
        for each in keys[:_KEYS_AT_MOST]:
            published = _signing(each)
            if published is not None:
                found[each.get("kid")] = published
        if len(found) == 1:  # an issuer with one key need not name it
            found[None] = next(iter(found.values()))
        else:
            found.pop(None, None)
        return found

    def _discovered(self, client: httpx.Client) -> str:
        said = _object_at(client, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        url = said.get("jwks_uri")
        if said.get("issuer") != self._issuer:
            raise ValueError("the configuration is of another issuer")
        if not isinstance(url, str) or not _is_safe(url):
            raise ValueError("the configuration names no key set that can be asked for safely")
        return url


def _object_at(client: httpx.Client, url: str) -> Mapping[str, Any]:
    """The JSON object at an address; httpx.HTTPError or ValueError where there is none of a modest size."""
    raw = bytearray()
    with client.stream("GET", url, headers={"Accept": "application/json"}) as answer:
        if answer.status_code != 200:
            raise ValueError(f"answered with {answer.status_code}")
        for chunk in answer.iter_bytes():
            raw += chunk
            if len(raw) > _BYTES_AT_MOST:
                raise ValueError("is too long")
    return _object(bytes(raw))


def _object(raw: bytes) -> Mapping[str, Any]:
    found = orjson.loads(raw)
    if not isinstance(found, dict):
        raise ValueError("is no object")
    return found


def _signing(said: object) -> _Published | None:
    """A published key, if it signs tokens in a way that is believed here; others are passed over."""
    if not isinstance(said, dict) or said.get("use", "sig") != "sig" or "d" in said:
        return None
    kid = said.get("kid")
    if kid is not None and not isinstance(kid, str):
        return None
    try:
        key = jwt.PyJWK(said)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    algorithm = key.algorithm_name
    if ALGORITHMS.get(algorithm) != said.get("kty"):
        return None
    if algorithm == "RS256" and key.key.key_size < _RSA_BITS_AT_LEAST:
        return None
    return _Published(key.key, algorithm)


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
