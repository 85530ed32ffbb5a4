"""The outermost layer: limits on size and time, headers of security, an id for each request, no traces."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from time import monotonic, perf_counter
from uuid import UUID

import structlog
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.answering.answers import COMPRESSED
from api.http.answering.lasting import lasts
from api.http.refusing.problems import EdgeProblem
from api.http.refusing.telling import Dialect, dialect_of, told
from api.http.serving.logs import problem_logged
from api.http.serving.metrics import Metrics
from api.http.settings import HttpSettings
from api.unwelcome import UNWELCOME
from ledger.randomness import Randomness
from projections.store.progress import WANTED_UNTIL

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
)


class Outermost:
    """Bounds every request and dresses every answer."""

    def __init__(
        self,
        app: ASGIApp,
        settings: HttpSettings,
        metrics: Metrics,
        *,
        dialects: Sequence[Dialect] = (),
    ) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._dialects = dialects
        self._random = Randomness()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        instance = f"urn:uuid:{UUID(bytes=self._random(16), version=4)}"
        scope.setdefault("state", {})["instance"] = instance
        dialect = dialect_of(scope["path"], self._dialects)
        dressed = _HEADERS if dialect is None else (*dialect.dressed, *_HEADERS)
        answer = _Answer(send, instance, dressed, only_head=scope["method"] == "HEAD")
        if answer.only_head:  # what GET is answered with, but for its content (RFC 9110, 9.3.2)
            scope["state"]["only_head"] = True
            scope = {**scope, "method": "GET"}
        try:
            _refuse_ambiguous(scope)
            body = _Bounded(receive, self._most_bytes(scope, dialect), _declared(scope))
            if lasts(scope.get("path", "")):
                await self._app(scope, body, answer)
            else:
                seconds = self._settings.timeout_seconds
                WANTED_UNTIL.set(monotonic() + _SAID_SOONER * seconds)
                async with asyncio.timeout(seconds):
                    await self._app(scope, body, answer)
        except EdgeProblem as error:
            await self._instead(error, scope, receive, answer)
        except (TimeoutError, asyncio.CancelledError):  # cancelled where the service ends meanwhile
            await self._instead(EdgeProblem("timed-out", _TOO_LONG), scope, receive, answer)
        except ClientDisconnect:
            pass  # whoever asked left before they had said it all: nobody hears an answer
        except Exception as error:  # noqa: BLE001 - the one place where a defect meets a caller
            scope["state"]["in_log"] = True
            structlog.get_logger().exception("defect", kind=type(error).__name__, instance=instance)
            await self._instead(EdgeProblem("defect", _DEFECT), scope, receive, answer)
        finally:
            self._metrics.answered(scope, answer.status, answer.seconds())

    def _most_bytes(self, scope: Scope, dialect: Dialect | None) -> int:
        """How large a body may be: larger where it brings files to whoever takes some."""
        kinds = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
        in_parts = any(each.strip().lower().startswith(b"multipart/form-data") for each in kinds)
        if in_parts and dialect is not None and dialect.takes_files:
            return self._settings.max_upload_bytes
        return self._settings.max_body_bytes

    async def _instead(
        self, error: EdgeProblem, scope: Scope, receive: Receive, answer: _Answer
    ) -> None:
        if answer.status is not None:
            return
        request = HttpRequest(scope)
        problem_logged(request, error)
        response = told(request, error, instance=answer.instance, dialects=self._dialects)
        await response(scope, receive, answer)


_SAID_SOONER = 0.9
"""In this part of the time for an answer what works case by case gives up by itself: nothing else ends its thread."""
_CODING = b"transfer-encoding"
_ONCE = {
    each.lower().encode(): each
    for each in (
        *("Authorization", "X-API-Key", "Content-Type", "Audit-Reason", "Correlation-Id"),
        *("Acting-Role", "Acting-Team", "Acting-Delegation", "On-Behalf-Of", "Inquiry"),
    )
}
"""What says who asks, as whom and of what kind, by its name in small letters."""
_SLASH = re.compile(rb"%(?:2f|5c)", re.IGNORECASE)
_TOO_LONG = (
    "The answer took too long; whether anything was recorded is told by asking again with the same "
    "Idempotency-Key."
)
_DEFECT = (
    "A defect on our side, which is logged: nothing half-done was recorded; tell us the instance."
)


class _Answer:
    """Sends on what is answered, with the headers that every answer has."""

    def __init__(
        self, send: Send, instance: str, dressed: Sequence[tuple[bytes, bytes]], *, only_head: bool
    ) -> None:
        self._send = send
        self._dressed = dict(reversed(dressed))  # of two of a name the first
        self.instance = instance
        self.only_head = only_head
        self.status: int | None = None
        """What it is answered with; None until the answer begins."""
        self._asked_at = perf_counter()
        self._begun_at = 0.0

    def seconds(self) -> float:
        """How long it took until the answer began, or takes by now."""
        return (perf_counter() if self.status is None else self._begun_at) - self._asked_at

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self._begun_at = message["status"], perf_counter()
            headers = message.setdefault("headers", [])
            names = {name.lower() for name, _ in headers}
            if b"content-encoding" in names:
                headers[:] = [(name, _compressed(name, value)) for name, value in headers]
            headers.extend(each for each in self._dressed.items() if each[0] not in names)
            headers.append((b"request-id", self.instance.encode()))
            await self._send(message)
            if self.only_head:  # at once, so that an answer that lasts is told that nobody hears it
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        elif not self.only_head:
            await self._send(message)


def _compressed(name: bytes, value: bytes) -> bytes:
    """A header of a compressed answer: other bytes have another strong tag (RFC 9110, section 8.8.3.3)."""
    strong = name.lower() == b"etag" and value.startswith(b'"')
    return value[:-1] + COMPRESSED.encode() + b'"' if strong else value


class _Bounded:
    """Receives a body up to a size; EdgeProblem for a longer one, before it is read where it says its length."""

    def __init__(self, receive: Receive, most: int, declared: int | None) -> None:
        if declared is not None and declared > most:
            raise EdgeProblem("body-too-large", _too_large(most))
        self._receive = receive
        self._most = most
        self._taken = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            raise EdgeProblem("body-too-large", _too_large(self._most))
        return message


def _refuse_ambiguous(scope: Scope) -> None:
    """Refuses what a proxy in front may have understood otherwise than we would.

    A slash that is written as %2F is none (RFC 3986, section 2.2), and no name holds a control character; of a host
    there is one (RFC 9112, section 3.2); and of two tokens, roles or kinds of body either could be meant. What was
    coded for the way otherwise is not decoded here.
    """
    if _SLASH.search(scope.get("raw_path", b"")) or UNWELCOME.search(scope["path"]):
        raise EdgeProblem("not-found")
    names = [name for name, _ in scope["headers"]]
    twice = next((said for name, said in _ONCE.items() if names.count(name) > 1), None)
    if scope["http_version"] == "1.1" and names.count(b"host") != 1:
        twice = "Host"
    if twice is not None:
        raise EdgeProblem("malformed-request", f"{twice}: send it once.")
    coded = [said.strip().lower() for name, said in scope["headers"] if name == _CODING]
    if coded not in ([], [b"chunked"]):
        raise EdgeProblem(
            "malformed-request", "Transfer-Encoding: chunked is understood, and nothing else."
        )


def _declared(scope: Scope) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return None


def _too_large(most: int) -> str:
    return f"The body is larger than {most} bytes: send less, and documents by their digest."
