"""An issuer for tests: a real server on the loopback that publishes its keys, changes them, and can be down."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

AUDIENCE = "caseledger"
_MAKERS: dict[str, tuple[Any, Any]] = {
    "RS256": (lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048), RSAAlgorithm),
    "ES256": (lambda: ec.generate_private_key(ec.SECP256R1()), ECAlgorithm),
    "EdDSA": (ed25519.Ed25519PrivateKey.generate, OKPAlgorithm),
}


class Watch:
    """The process's own clock, moved by hand."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@dataclass(frozen=True)
class SigningKey:
    """A key of an issuer, by its id."""

    kid: str
    algorithm: str
    private: Any

    def published(self) -> dict[str, Any]:
        """It as a key set has it."""
        public = _MAKERS[self.algorithm][1].to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "kid": self.kid, "use": "sig", "alg": self.algorithm}


@dataclass
class Issuer:
    """What is published now, and how often it was asked for."""

    url: str
    keys: list[SigningKey] = field(default_factory=list[SigningKey])
    configuration: dict[str, Any] = field(default_factory=dict[str, Any])
    extra: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Published besides the keys that it signs with."""
    down: bool = False
    asked: int = 0
    was_asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    """While it is not set, whoever asks for the keys waits."""
    _names: Any = field(default_factory=lambda: count(1))

    @contextmanager
    def slow(self) -> Generator[threading.Event]:
        """Lets whoever asks for the keys wait for `go_on`; what it gives is set once somebody waits."""
        self.was_asked.clear()
        self.go_on.clear()
        try:
            yield self.was_asked
        finally:
            self.go_on.set()

    def new_key(self, algorithm: str = "ES256") -> SigningKey:
        """One more key, which is published from now on."""
        made = SigningKey(f"key-{next(self._names)}", algorithm, _MAKERS[algorithm][0]())
        self.keys.append(made)
        return made

    def rotate(self, algorithm: str = "ES256") -> SigningKey:
        """A new key in the place of all there were."""
        self.keys.clear()
        return self.new_key(algorithm)

    def token(self, member: str | None, key: SigningKey | None = None, **said: Any) -> str:
        """A token for an hour from now that stands for a member; `said` changes or, with None, drops claims."""
        key = key or self.keys[-1]
        header = said.pop("header", {"kid": key.kid})
        return jwt.encode(
            self.claims(member, **said), key.private, algorithm=key.algorithm, headers=header
        )

    def claims(self, member: str | None, **said: Any) -> dict[str, Any]:
        """What such a token says."""
        now = datetime.now(UTC)
        found = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "8c1f",
            "iat": now,
            "exp": now + timedelta(hours=1),
            "caseledger_member": member,
            **said,
        }
        return {name: value for name, value in found.items() if value is not None}

    def answer(self, path: str) -> object:
        """What is published at a path; None for nothing."""
        match path:
            case "/.well-known/openid-configuration":
                return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **self.configuration}
            case "/keys":
                self.asked += 1
                self.was_asked.set()
                self.go_on.wait()
                return {"keys": [*self.extra, *(each.published() for each in self.keys)]}
            case _:
                return None


@contextmanager
def issuing() -> Generator[Issuer]:
    """An issuer that answers on the loopback until the block ends."""
    found = Issuer("")
    found.go_on.set()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = None if found.down else found.answer(self.path)
            raw = b"" if said is None else json.dumps(said).encode()
            self.send_response(503 if found.down else 200 if raw else 404)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
