"""Connections: how much of a request's head is taken in and how long it is waited for, and how many are open at once.

Nobody has to say who they are to open one, so none may keep memory or a file descriptor for as long as it likes.
"""

from __future__ import annotations

import resource
import socket
from asyncio import BaseTransport, TimerHandle, Transport
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, cast

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.http.answering.lasting import lasts
from api.http.refusing.problems import MEDIA_TYPE
from ledger.errors import LedgerUnavailable

IDLE_SECONDS = 75
"""Longer than callers and proxies keep a connection idle: one that both end at once loses whatever is asked on it."""
_FILES_WANTED = 16_384
_FILES_NEEDED = 128
_FILES_OF_OUR_OWN = 192
"""For the databases and whatever else the process opens; never more than half of what it may."""
_UNSENT_MILLISECONDS = 60_000
"""How long an answer lies unread at the other end before the kernel gives the connection up."""

_TOO_LARGE = "The head of this request is too large: send less in its headers and its address."
_TOO_MANY = "Too many connections are open: ask again in a moment."
_UNREADABLE = "This is no HTTP/1.1: check the head of the request, and how its body is framed."


def _answer(status: HTTPStatus, said: str, *more: str) -> bytes:
    """A problem (RFC 9457) to whom nobody knows in which language to answer, and ends the connection."""
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": said,
    }
    content = orjson.dumps(problem)
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Content-Type: {MEDIA_TYPE}",
        "Content-Language: en",
        f"Content-Length: {len(content)}",
        "Connection: close",
        *more,
    )
    return "\r\n".join((*head, "", "")).encode() + content


def make_room() -> None:
    """Lets this process open as many files as it may, up to some thousands; LedgerUnavailable if those are too few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(_FILES_WANTED, hard)
    if wanted < _FILES_NEEDED:
        raise LedgerUnavailable(
            f"A service needs {_FILES_NEEDED} files open at a time at least, and here {wanted} may be: raise "
            "`ulimit -n`, the hard one, and start it again."
        )
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections() -> int:
    """How many connections leave files enough for the work that is asked on them."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _FILES_WANTED if soft == resource.RLIM_INFINITY else soft
    return max(files - _FILES_OF_OUR_OWN, files // 2)


class BoundedProtocol(HttpToolsProtocol):
    """HTTP as the server speaks it, where a head that is too large, too slow or one connection too many is ended."""

    head_bytes: ClassVar[int] = 65_536
    head_seconds: ClassVar[float] = 20.0
    idle_seconds: ClassVar[float] = IDLE_SECONDS
    at_most: ClassVar[int | None] = None
    """How many connections may be open at once; as many as the process has files for where nothing is said."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._in_head = False
        self._in_body = False
        self._taken = 0
        """What came since anything of a request was complete."""
        self._head = 0
        """How large the head of a request is, also where all of it came at once."""
        self._ends: TimerHandle | None = None
        self._begun = False
        """Whether the time runs from the first byte of a head on, or of what of a body follows its answer."""
        self._said_all = False
        """Whether the last answer was given, and what is still to come of its request is passed over."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Transport", transport))
        _give_up_unsent(transport)
        if len(self.connections) > (self.at_most or most_connections()):
            self._refuse(_answer(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MANY, "Retry-After: 5"))
        else:
            self._ends_after(self.idle_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._waits_no_longer()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override] - asyncio asks for a bool; uvicorn says None
        """Whoever shuts their side once they have asked is answered still, and only then is the connection closed.

        Nothing else tells that they have gone, so what lasts is ended: it would go on for nobody.
        """
        asked = self.cycle
        if asked is None or asked.response_complete or self._in_head or self._in_body:
            return False
        if lasts(asked.scope["path"]):
            return False
        asked.keep_alive = False
        return True

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._taken > self.head_bytes:
            self._refuse(_answer(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, _TOO_LARGE))
        elif not self._begun and self._lacks_something():
            self._begun = True
            self._ends_after(self.head_seconds)

    def send_400_response(self, msg: str) -> None:
        if self._said_all:
            self.transport.close()
        elif self._head > self.head_bytes:
            self._refuse(_answer(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, _TOO_LARGE))
        else:
            self._refuse(_answer(HTTPStatus.BAD_REQUEST, _UNREADABLE))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head = True, 0

    def on_url(self, url: bytes) -> None:
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_body:  # a trailer is no header: none may say who asks (RFC 9110, section 6.5.1)
            return
        self._head += len(name) + len(value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._said_all or self._head > self.head_bytes:
            raise ValueError("refused")  # the parser stops before anybody is asked
        self._in_head, self._in_body, self._begun, self._taken = False, True, False, 0
        self._waits_no_longer()
        super().on_headers_complete()
        self.cycle.transport = cast("Transport", _Ending(self.transport, self._end_answered))

    def on_body(self, body: bytes) -> None:
        self._taken = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body, self._taken = False, 0
        super().on_message_complete()
        if self._said_all:
            self.transport.close()
        elif self.cycle is not None and self.cycle.response_complete:
            # It was answered before all of it came: from here on the connection is idle as any other.
            self._begun = False
            self._ends_after(self.idle_seconds)

    def _lacks_something(self) -> bool:
        """Whether a head has begun and not ended, or nobody works on what is still to come of a body."""
        worked_on = self.cycle is not None and not self.cycle.response_complete
        return self._in_head or (not worked_on and (self._in_body or self._taken > 0))

    def _ends_after(self, seconds: float) -> None:
        """Ends the connection unless the head of a request is complete by then."""
        self._waits_no_longer()
        self._ends = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def _waits_no_longer(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _end_answered(self) -> None:
        """Ends the connection after its last answer; one to which a body is still being sent once that has come.

        Ended at once, what comes then would be answered with a reset, which overtakes the answer (RFC 9112, section
        9.6): a proxy that asks on a new connection each time would say that nobody is there.
        """
        if not self._in_body:
            self.transport.close()
            return
        self._said_all = self._begun = True
        self.transport.write_eof()
        self._ends_after(self.head_seconds)

    def _refuse(self, answer: bytes) -> None:
        """Says why, unless another answer is under way, and ends the connection."""
        self._waits_no_longer()
        if self._said_all or self._owes_another():
            self.transport.abort()
            return
        self.transport.write(answer)
        self.transport.close()

    def _owes_another(self) -> bool:
        """Whether an answer is under way, or owed to a request before the one that is being read."""
        asked = self.cycle
        if asked is None or asked.response_complete:
            return False
        return asked.response_started or bool(self.pipeline) or not self._in_body


class _Ending:
    """A connection as an answer sees it: ended after it, as whoever speaks HTTP ends one."""

    def __init__(self, transport: Transport, end: Callable[[], None]) -> None:
        self.write = transport.write
        self.is_closing = transport.is_closing
        self.close = end


def _give_up_unsent(transport: BaseTransport) -> None:
    """Lets the kernel end a connection whose other end takes nothing more, where it knows how."""
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
        option = getattr(socket, "TCP_USER_TIMEOUT", None)
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, _UNSENT_MILLISECONDS)
