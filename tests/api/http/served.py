"""A served ledger for tests: a real server on the loopback, and callers who speak HTTP to it and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from api.http import HttpSettings, Service, create_app, opened_service
from api.http.identity import issuer_keys
from api.http.serving import health
from api.http.serving.listening import listening_on
from api.webhooks import worker
from ledger.policy.document.policy import Policy
from ledger.settings import Settings
from tests.ledgers import HandClock, Place, office_policy
from tests.patience import LIMIT_SECONDS, WITHIN_SECONDS

_KEYS = count(1)
health._TURN_SECONDS = LIMIT_SECONDS
issuer_keys._ANSWER_SECONDS = LIMIT_SECONDS
worker._STOPS_WITHIN_SECONDS = LIMIT_SECONDS
SECRET = "only for tests, and long enough for HMAC"


@dataclass
class Caller:
    """Somebody who asks: their token, and what they say besides."""

    client: httpx.Client
    token: str | None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def get(self, path: str, **headers: str) -> httpx.Response:
        """What a read is answered with."""
        return self.ask("GET", path, headers=headers)

    def post(
        self, path: str, said: object, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """What a command is answered with; under a key of its own if none is given."""
        headers["Idempotency-Key"] = key or f"test-{next(_KEYS)}"
        return self.ask("POST", path, headers=headers, json=said)

    def ask(
        self, method: str, path: str, *, headers: Mapping[str, str], **more: Any
    ) -> httpx.Response:
        """Any request."""
        said = {
            name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()
        }
        if self.token is not None:
            said = {"Authorization": f"Bearer {self.token}", **said}
        return self.client.request(method, path, headers=said, **more)

    def opened(self, **fields: object) -> str:
        """The reference of a new case about a pothole."""
        said = {
            "channel": "phone",
            "request_type": "RDW-POT",
            "language": "en",
            "region": "HAL",
            **fields,
        }
        answer = self.post("/v1/cases", said)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["reference"])

    def seen(self, reference: str) -> str:
        """The entity tag of a case as it stands."""
        return self.get(f"/v1/cases/{reference}").headers["ETag"]


@dataclass(frozen=True)
class Served:
    """A service that listens, and how to become somebody there."""

    url: str
    service: Service
    clock: HandClock
    client: httpx.Client
    place: Place
    tokens: dict[str, str] = field(default_factory=dict[str, str])

    def as_member(self, member: str, **headers: str) -> Caller:
        """A caller who logged in as a member."""
        if member not in self.tokens:
            said = self.client.post("/demo/login", json={"member": member})
            assert said.status_code == 200, said.text
            self.tokens[member] = said.json()["token"]
        return Caller(self.client, self.tokens[member], headers)

    def with_token(self, token: str | None, **headers: str) -> Caller:
        """A caller who shows a token or a key."""
        return Caller(self.client, token, headers)

    def nobody(self) -> Caller:
        """A caller who shows nothing."""
        return Caller(self.client, None)


@contextmanager
def serving(place: Place, *, policy: Policy | None = None, **settings: Any) -> Generator[Served]:
    """A new ledger with a policy, the office's if none is given, served until the block ends."""
    place.lay(policy or office_policy())
    http = HttpSettings(demo_secret=SecretStr(SECRET), trust_seconds=0.0, **settings)
    where = (
        Settings(database_url=SecretStr(place.location), master_key=place.master_key)
        if isinstance(place.location, str)
        else Settings(home=place.location, master_key=place.master_key)
    )
    with (
        opened_service(where, http, clock=place.clock) as service,
        listening(service) as url,
        httpx.Client(base_url=url, timeout=WITHIN_SECONDS, verify=False) as client,
    ):
        yield Served(url, service, place.clock, client, place)


@contextmanager
def listening(service: Service, app: FastAPI | None = None) -> Generator[str]:
    """The address at which a service answers, by an application of its own if none is given."""
    with answering(app or create_app(service), ending=service.draining.set) as url:
        yield url


@contextmanager
def answering(app: FastAPI, *, ending: Callable[[], object] = lambda: None) -> Generator[str]:
    """The address at which an application answers until the block ends; `ending` is said before it is waited for."""
    server = uvicorn.Server(listening_on(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            threading.Event().wait(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        ending()
        server.should_exit = True
        thread.join()
