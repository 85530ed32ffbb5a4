"""An exchange: what every route needs of a request: who asks, in which language, under which key and version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.bodies import refuse_unwelcome
from api.http.entity_tags import to_match
from api.http.identity.principals import Principal
from api.http.refusing.languages import language_of
from api.http.refusing.problems import EdgeProblem
from api.http.service import Service
from api.moments import moment_of
from ledger.errors import InvalidCommand
from ledger.personal.opening import Reading
from ledger.policy.values import Language
from ledger.sealing.reading import ReadEntry
from ledger.then import Then
from ledger.times import EPOCH

_KEY_AT_MOST = 255
_VERSION = re.compile(r'"(\d{1,15})(?:-[a-z_]+)*"', re.ASCII)
_WORDS_AT_MOST = 2_000


def uuid_of(said: str) -> UUID:
    """The id in an address; InvalidCommand if it is none."""
    try:
        return UUID(said)
    except ValueError as error:
        raise InvalidCommand("The id in this address is not a UUID.") from error


@dataclass(frozen=True, slots=True)
class When:
    """The instants that a read is about: what passes with time is told at `at`."""

    at: datetime
    known_at: datetime | None
    as_of: datetime | None

    @property
    def then(self) -> Then:
        """What counts."""
        return Then(self.known_at, self.as_of)

    @property
    def is_past(self) -> bool:
        return not self.then.is_now


class Unopened(Exception):
    """Only the head of what would have to be opened was asked for: it is there, and nobody has read it."""


class Exchange:
    """One request, as the routes see it."""

    __slots__ = ("principal", "request", "service", "told_in")

    def __init__(self, service: Service, request: HttpRequest) -> None:
        self.service = service
        self.request = request
        self.principal: Principal = service.identities.principal(request.headers)
        self.told_in: Language | None = None
        """The language of the words that are answered, once there are any."""

    @classmethod
    async def awaited(cls, service: Service, request: HttpRequest) -> Exchange:
        """The same for a coroutine, which an issuer that is slow to answer does not hold up."""
        if service.identities.at_once(request.headers):
            return cls(service, request)
        return await run_in_threadpool(cls, service, request)

    @property
    def language(self) -> Language:
        return language_of(self.request.headers.get("accept-language"))

    def in_words(self, said: Language | None = None) -> Language:
        """The language to answer in, which the answer's head says: this one, else that of whoever asks."""
        self.told_in = said or self.language
        return self.told_in

    def naming_language(self, answer: Response) -> Response:
        """The answer, whose head names the language of its words, where it has any."""
        if self.told_in is not None:
            answer.headers["Content-Language"] = self.told_in
        return answer

    @property
    def audit_reason(self) -> str | None:
        """Why this is asked, in the words of whoever asks."""
        return self._words("audit-reason")

    def reason_to_read(self) -> str:
        """Why personal values are read, in the words of whoever asks; EdgeProblem where they do not say."""
        words = self.audit_reason
        if words is None:
            raise EdgeProblem(
                "malformed-request", "Say in the header Audit-Reason why the values are read."
            )
        return words

    @property
    def correlation(self) -> str | None:
        """The id that other systems follow this by."""
        return self._words("correlation-id")

    def before_opening(self) -> None:
        """Ends what asks for a head alone, for which nothing is opened: that somebody read it would be untrue."""
        if getattr(self.request.state, "only_head", False):
            raise Unopened

    def opened(self, reading: Reading) -> list[list[ReadEntry]]:
        """What a reading asks for, as whoever asks may see it: that they read it is recorded before."""
        self.before_opening()
        found = self.service.ledger.open_values(reading, actor=self.principal.actor)
        self.service.projector.nudge()
        return found

    def command_id(self) -> UUID:
        """The id of the command, from the key that whoever asks gave it; the same key of others is another.

        Nobody can guess the key from the id, which stands in clear for ever: it may be a person's number elsewhere.
        """
        said = self._only("idempotency-key").strip('"')
        if not said or len(said) > _KEY_AT_MOST:
            raise EdgeProblem(
                "malformed-request",
                "Send the header Idempotency-Key: up to 255 characters of your own, new for each command "
                "and the same when you ask again.",
            )
        return self.service.ledger.derived_id(EPOCH, "http", self.principal.actor.id, said)

    def expected_version(self) -> int | None:
        """The version of the stream that whoever asks has seen; None where they do not say or any will do.

        Of several the latest: a stream goes on and never back. A tag that a proxy made weak, as one that compresses
        does, names its version still. What names no version of ours fits none (RFC 9110, section 13.1.1).
        """
        if (said := to_match(self.request)) is None:
            return None
        found = [int(each) for each in _VERSION.findall(said)]
        if not found:
            raise EdgeProblem(
                "version-conflict",
                "If-Match names no version of this: read it again, decide anew and send the ETag that it has.",
            )
        return max(found)

    def when(self) -> When:
        """The instants asked about, in the query; InvalidCommand if one is no time."""
        query, days = self.request.query_params, self.service.days()
        known = query.get("known_at")
        then = query.get("as_of")
        known_at = moment_of(known, option="known_at", days=days) if known else None
        as_of_at = moment_of(then, option="as_of", days=days) if then else None
        return When(as_of_at or known_at or self.service.ledger.clock(), known_at, as_of_at)

    def await_position(self) -> None:
        """Waits until the views know the entry that is to be known at least."""
        said = self.request.query_params.get("min_position")
        if said is None:
            return
        if not (said.isascii() and said.isdecimal()) or len(said) > 15:
            raise InvalidCommand(
                "min_position: give the Ledger-Position that you were answered with."
            )
        position = int(said)
        if position > self.service.ledger.store.tip():
            raise InvalidCommand(f"min_position: no entry {position} is in this ledger yet.")
        self.service.projector.wait_for(position, seconds=self.service.settings.wait_seconds)

    def _only(self, header: str) -> str:
        """What a header says; EdgeProblem where it is there twice, since either could be meant."""
        said = self.request.headers.getlist(header)
        if len(said) > 1:
            raise EdgeProblem("malformed-request", f"{header.title()}: send it once.")
        return said[0].strip() if said else ""

    def _words(self, header: str) -> str | None:
        said = self.request.headers.get(header)
        if said is None:
            return None
        try:  # RFC 9110 leaves bytes beyond ASCII opaque; what is sent today is UTF-8
            said = said.encode("latin-1").decode("utf-8")
        except UnicodeDecodeError as error:
            raise EdgeProblem(
                "malformed-request", f"{header.title()}: write it in UTF-8."
            ) from error
        refuse_unwelcome(said, header.title())
        if len(said) > _WORDS_AT_MOST:
            raise EdgeProblem(
                "malformed-request", f"{header.title()}: at most {_WORDS_AT_MOST} characters."
            )
        return said.strip() or None
