"""An office that is asked in this process: each operation's first answer is kept, as an integrator hears it."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import SecretStr

from api.http import HttpSettings, Service, create_app, opened_service
from api.http.app import every_route
from ledger.policy.document.policy import Policy
from ledger.settings import Settings
from tests.api.http.served import SECRET
from tests.examples.streaming import begun
from tests.ledgers import HandClock, Place

SERVED_AT = "http://127.0.0.1:8420"
"""Where `caseledger serve` answers."""
OUTSIDE = "https://ledger.office.example"
"""Where that office says it is reached from outside."""
ABOUT_AN_ANSWER = ("ETag", "Ledger-Position", "Content-Language", "Link", "Location")


@dataclass
class Office:
    """It, and what it was heard to answer: by operation and kind."""

    home: Path
    service: Service
    app: FastAPI
    clock: HandClock
    runner: asyncio.Runner
    client: httpx.AsyncClient
    document: Mapping[str, Any]
    answers: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    differing: dict[str, Any] = field(default_factory=dict[str, Any])
    """Operations whose answer to the same key again was another, or whose own example was refused."""
    _asked: int = 0

    @property
    def tip(self) -> int:
        return self.service.ledger.store.tip()

    def did(
        self, path: str, said: Mapping[str, Any] | None = None, *, by: str, **headers: str
    ) -> dict[str, Any]:
        """What a command is answered with, the example of its description with this said otherwise; it is done."""
        operation = operation_of("POST", path)
        body = {**self.example_of("POST", path), **(said or {})}
        body = {name: each for name, each in body.items() if each is not None}
        known = f"POST {operation}" in self.answers
        key = self.key() | headers
        answer = done(self.ask("POST", path, by=by, json=body, headers=key))
        if not known:
            again = done(self.ask("POST", path, by=by, json=body, headers=key))
            if not repeats(answer, again):
                self.differing[operation] = (answer.text, again.text)
        found: dict[str, Any] = answer.json()
        return found

    def read(self, path: str, *, by: str | None, **headers: str) -> httpx.Response:
        """What a read is answered with."""
        return done(self.ask("GET", path, by=by, headers=headers))

    def ask(
        self,
        method: str,
        path: str,
        *,
        by: str | None = None,
        headers: Mapping[str, str] | None = None,
        app: FastAPI | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Any request, a minute after the one before it, once the views know all that was recorded.

        What is answered is kept, the first of each operation.
        """
        self.clock.pass_by(minutes=1)
        self.service.projector.wait_for(self.tip, seconds=self.service.settings.wait_seconds)
        said = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if by is not None:
            said["Authorization"] = f"Bearer {self.token(by)}"
        answer = self.runner.run(self._answer(method, path, said, app, more))
        if answer.is_success and app is None:
            self._keep(answer)
        return answer

    def wait_until(self, instant: datetime) -> None:
        """Nothing happens until then."""
        assert self.clock.at < instant, f"it is {self.clock.at} already"
        self.clock.at = instant

    def follow(self, path: str, *, by: str, accept: str) -> None:
        """Follows a stream up to its first event."""
        headers = {
            "Host": SERVED_AT.removeprefix("http://"),
            "Authorization": f"Bearer {self.token(by)}",
            "Accept": accept,
        }
        raw = [(name.lower().encode(), said.encode()) for name, said in headers.items()]
        said = self.runner.run(begun(self.app, path, headers=raw))
        kept = self.answers.setdefault(f"GET {operation_of('GET', path)}", {})
        kept[accept] = {"headers": {}, "body": said}

    def token(self, member: str) -> str:
        """What a member, or whoever holds a key, shows."""
        demo = self.service.demo
        assert demo is not None
        return member if "_" in member else demo.token(member)

    async def _answer(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        app: FastAPI | None,
        more: Mapping[str, Any],
    ) -> httpx.Response:
        if app is None:
            return await self.client.request(method, path, headers=headers, **more)
        async with asked_of(app) as client:
            return await client.request(method, path, headers=headers, **more)

    def example_of(self, method: str, path: str) -> dict[str, Any]:
        """What the description shows to be sent there."""
        operation = self.document["paths"][operation_of(method, path)][method.lower()]
        shown = operation.get("requestBody", {"content": {"none": {}}})["content"]
        found: dict[str, Any] = next(iter(shown.values())).get("example", {})
        return found

    def key(self) -> dict[str, str]:
        """The headers of a write of its own, whatever was seen."""
        self._asked += 1
        return {"Idempotency-Key": f"example-{self._asked}", "If-Match": "*"}

    def _keep(self, answer: httpx.Response) -> None:
        if not answer.content:
            return
        operation = operation_of(answer.request.method, answer.request.url.path)
        kept = self.answers.setdefault(f"{answer.request.method} {operation}", {})
        kind = answer.headers["Content-Type"].partition(";")[0]
        about = {name: answer.headers[name] for name in ABOUT_AN_ANSWER if name in answer.headers}
        written = (
            "json" in kind.rpartition("/")[2].split("+")[-1].split("-") and "ndjson" not in kind
        )
        body = answer.json() if written else answer.text if _is_text(kind) else None
        if body is not None:
            kept.setdefault(kind, {"headers": about, "body": body})


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind.endswith(("xml", "ndjson"))


def done(answer: httpx.Response) -> httpx.Response:
    """An answer that is no refusal."""
    request = answer.request
    assert answer.is_success, f"{request.method} {request.url}: {answer.text} {request.content!r}"
    return answer


def repeats(answer: httpx.Response, again: httpx.Response) -> bool:
    """Whether an answer to the same key is the first one, and says that it is."""
    return (
        answer.status_code == 201
        and again.status_code == 200
        and again.headers.get("Idempotency-Replayed") == "true"
        and {**answer.json(), "fresh": False} == again.json()
    )


def operation_of(method: str, path: str) -> str:
    """The path of the route by which something is asked."""
    bare = path.partition("?")[0]
    for routes in every_route():
        for route in routes.router.routes:
            assert isinstance(route, APIRoute)
            if method in (route.methods or ()) and route.path_regex.match(bare):
                return route.path
    raise AssertionError(f"{method} {bare} is no address")


def asked_of(app: FastAPI) -> httpx.AsyncClient:
    """Who asks an application without a socket."""
    plain = {"Accept-Encoding": "identity"}
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url=SERVED_AT, headers=plain)


@contextmanager
def office_at(
    place: Place, policy: Policy, *, document: Mapping[str, Any] | None = None
) -> Generator[Office]:
    """An office with a policy, opened until the block ends; the description is that of any office."""
    place.lay(policy)
    assert not isinstance(place.location, str)
    settings = Settings(home=place.location, master_key=place.master_key)
    http = HttpSettings(demo_secret=SecretStr(SECRET), trust_seconds=0.0, public_url=OUTSIDE)
    with (
        opened_service(settings, http, clock=place.clock) as service,
        asyncio.Runner() as runner,
    ):
        app = create_app(service)
        client = asked_of(app)
        yield Office(
            place.location, service, app, place.clock, runner, client, document or app.openapi()
        )
        runner.run(client.aclose())
