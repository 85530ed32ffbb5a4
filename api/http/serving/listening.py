"""Listening: how the application is run, the same way in production, in tests and in benchmarks."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from signal import SIG_IGN, SIGHUP, SIGINT, SIGTERM, getsignal, signal
from typing import cast

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.http.serving.connections import IDLE_SECONDS, BoundedProtocol, make_room
from ledger.errors import InvalidCommand, LedgerUnavailable

_DRAIN_SECONDS = 20
_STALLS_SECONDS = 60
"""A process that says nothing for longer is ended and another started: on a busy machine to start takes seconds."""
_PORTS = 65_535
_SPREADS = sys.platform == "linux"
"""Whether connections are spread over the sockets at one address."""
HERE = "127.0.0.1"
ENDING = (SIGTERM, SIGINT, SIGHUP)
"""What tells a service to end, but where whoever starts it lets it be ignored, as `nohup` does."""


@dataclass(frozen=True, slots=True)
class ItsOwn:
    """A process that is given this unpickles it as a socket of its own, beside those of others at the same address.

    Of one that several accept at, the first to wake takes all connections that come at once, and answers them for as
    long as they are kept; over several at one address Linux spreads them (SO_REUSEPORT, socket(7)).
    """

    host: str
    port: int

    def __reduce__(self) -> tuple[Callable[[str, int], socket.socket], tuple[str, int]]:
        return partial(listening_at, beside=True), (self.host, self.port)


class Workers(Multiprocess):
    """Processes that answer, each started again as soon as it ends; all end when their terminal is closed.

    Each has a socket of its own, where the system spreads callers over several, beside one that is theirs together: as
    long as none of them is there, whoever comes waits at that.

    Here no end is kept of the pipe by which a worker is asked whether it lives: one that ends before it has
    answered would else be waited for as long as one that stalls, and whoever tells the service to stop too.
    """

    def __init__(self, config: uvicorn.Config, at: socket.socket) -> None:
        ignored = [each for each in ENDING if getsignal(each) is SIG_IGN]
        given = [at, ItsOwn(*at.getsockname()[:2])] if _SPREADS else [at]
        super().__init__(config, cast("list[socket.socket]", given))
        for each in ignored:
            signal(each, SIG_IGN)

    def handle_hup(self) -> None:
        self.handle_term()

    def init_processes(self) -> None:
        super().init_processes()
        self._hear_them_end()

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        self._hear_them_end()

    def _hear_them_end(self) -> None:
        for each in self.processes:
            each.child_conn.close()


def shared_at(host: str, port: int) -> socket.socket:
    """A socket for workers, who may have their own beside it: whoever comes waits there until one of them has begun."""
    found = listening_at(host, port)  # refused where somebody else listens already
    if _SPREADS:
        port = found.getsockname()[1]
        found.close()
        found = listening_at(host, port, beside=True)
    found.listen()  # from here on the address is taken
    return found


def listening_at(host: str, port: int, *, beside: bool = False) -> socket.socket:
    """A socket at an address of this machine, which others may have `beside` it; a sentence says why there is none."""
    if not 0 <= port <= _PORTS:
        raise InvalidCommand(f"--port must be from 0 to {_PORTS}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if beside:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise LedgerUnavailable(_why_not(error, host, port)) from error
    found.set_inheritable(True)  # several processes may answer
    return found


def address_of(host: str, port: int) -> str:
    """An address of this machine as a browser takes it: an IPv6 one in brackets (RFC 3986, section 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        listened = address_of(host, port).removeprefix("http://")
        return f"Something listens at {listened} already: end that, or give another --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"You may not listen at port {port}: give a --port above 1023, and let a proxy have the low one."
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: give --host 127.0.0.1, or 0.0.0.0 for all of its own."
    return f"{host}:{port} cannot be listened at ({error.strerror}): give another --host or --port."


def listening_on(
    app: FastAPI | str, *, host: str, port: int, workers: int | None = None
) -> uvicorn.Config:
    """How a server runs an application, or what makes one; told to stop, it answers what it has begun."""
    make_room()
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        timeout_worker_healthcheck=_STALLS_SECONDS,
    )


def stops_when_told(server: uvicorn.Server) -> None:
    """Lets a signal end a server also before it minds signals itself; afterwards it raises them again, for nobody."""

    def told(_number: int, _frame: object) -> None:
        server.should_exit = True

    for each in ENDING:
        if getsignal(each) is not SIG_IGN:
            signal(each, told)
