"""Asking: what every route of GeoReport needs of a request: its arguments, form, language, policy and key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.bodies import refuse_unwelcome
from api.http.identity.principals import Principal
from api.http.open311.arguments import Arguments, pairs_of
from api.http.open311.errors import KeyMissing, NothingThere
from api.http.open311.forms import MEDIA_TYPES, Form, form_of, rendered
from api.http.open311.uploads import IN_PARTS, Upload, parts_of
from api.http.reading.in_turn import in_turn
from api.http.refusing.languages import language_of
from api.http.refusing.problems import EdgeProblem
from api.http.service import Service
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language

_FORM = "application/x-www-form-urlencoded"
_OURS = re.compile(r"(?:^|,)\s*(?:en|fr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of GeoReport, read."""

    service: Service
    http: HttpRequest
    arguments: Arguments
    form: Form
    language: Language
    version: PolicyVersion
    at: datetime
    uploads: tuple[Upload, ...] = ()

    @classmethod
    def of(
        cls,
        http: HttpRequest,
        pairs: Sequence[tuple[str, str]] = (),
        uploads: tuple[Upload, ...] = (),
    ) -> Asked:
        """What is asked; InvalidCommand or NothingThere where it is not for us or cannot be read."""
        service: Service = http.app.state.service
        arguments = Arguments.of([*pairs_of(http.scope["query_string"]), *pairs])
        _refuse_unwelcome(arguments)
        version = service.in_force()
        ours, named = version.policy.open311.jurisdiction, arguments.one("jurisdiction_id")
        if ours is not None and named is not None and named.casefold() != ours.casefold():
            raise NothingThere(f"This jurisdiction_id is not here: this is '{ours}'.")
        language = language_of(http.headers.get("accept-language"))
        form = form_of(http.url.path)
        at = service.ledger.clock()
        return cls(service, http, arguments, form, language, version, at, uploads)

    @property
    def policy(self) -> Policy:
        return self.version.policy

    @property
    def language_said(self) -> Language | None:
        """The language, where whoever asks names one of ours."""
        named = _OURS.search(self.http.headers.get("accept-language", ""))
        return self.language if named is not None else None

    def said(self) -> list[tuple[str, list[str]]]:
        """All that was sent in one order, files by their digests: the same for the same request sent again."""
        files = [("files", [each.digest for each in self.uploads])] if self.uploads else []
        return [*self.arguments.said(), *files]

    def principal(self) -> Principal:
        """Who asks, by `api_key` or by a header; KeyMissing where they show none."""
        if not self.shows_key:
            raise KeyMissing
        headers = self.http.headers
        return self.service.identities.principal(headers, token=self.arguments.one("api_key"))

    @property
    def shows_key(self) -> bool:
        return self.arguments.one("api_key") is not None or any(
            name in self.http.headers for name in ("authorization", "x-api-key")
        )

    def answered(
        self, root: str, said: Any, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        """An answer in the form that the address asks for."""
        told = {"Cache-Control": "no-cache", "Vary": "Accept-Language", **(headers or {})}
        return Response(rendered(root, said, self.form), status, told, MEDIA_TYPES[self.form])


async def sent(http: HttpRequest) -> Asked:
    """What is asked with a form in the body, the query, or both; in parts where files come with it."""
    said = http.headers.get("content-type", _FORM)
    kind = said.partition(";")[0].strip().lower()
    if kind == IN_PARTS:
        service: Service = http.app.state.service
        busy = LedgerUnavailable("Others send pictures just now: send it again in a few seconds.")
        async with in_turn(service.uploads, seconds=service.settings.wait_seconds, otherwise=busy):
            pairs, uploads = await run_in_threadpool(parts_of, await http.body(), said)
        return Asked.of(http, pairs, uploads)
    body = await http.body()
    if body and kind != _FORM:
        raise InvalidCommand(f"Send the arguments as {_FORM} or {IN_PARTS}.")
    return Asked.of(http, pairs_of(body))


def _refuse_unwelcome(arguments: Arguments) -> None:
    try:
        refuse_unwelcome(dict(arguments.said()))
    except EdgeProblem as error:
        raise InvalidCommand(
            "An argument holds a control character, which makes a text look other than it is: send it without."
        ) from error
