"""Listening: how the application is run, the same way in production, in tests and in benchmarks."""

from __future__ import annotations

import errno
import socket
import sys
from signal import SIG_IGN, SIGHUP, SIGINT, SIGTERM, getsignal, signal

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from api.http.serving.connections import IDLE_SECONDS, BoundedProtocol, make_room
from ledger.errors import InvalidCommand, LedgerUnavailable

_DRAIN_SECONDS = 20
_STALLS_SECONDS = 60
"""A process that says nothing for longer is ended and another started: on a busy machine to start takes seconds."""
_PORTS = 65_535
ENDING = (SIGTERM, SIGINT, SIGHUP)
"""What tells a service to end, but where whoever starts it lets it be ignored, as `nohup` does."""


class Workers(Multiprocess):
    """Processes that answer, one at each socket, started again as soon as it ends; all end with their terminal.

    Who comes while one is started again waits at its socket. Here no end is kept of the pipe by which a worker is
    asked whether it lives: one that ends before it has answered would else be waited for as long as one that stalls,
    and whoever tells the service to stop too.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        ignored = [each for each in ENDING if getsignal(each) is SIG_IGN]
        super().__init__(config, sockets)
        for each in ignored:
            signal(each, SIG_IGN)

    def handle_hup(self) -> None:
        self.handle_term()

    def handle_ttin(self) -> None:
        """Nothing: there is a worker for each socket, no more."""

    def handle_ttou(self) -> None:
        """Nothing: who came to the socket of a worker that is gone would wait for ever."""

    def init_processes(self) -> None:
        self.processes = [self._begun(at) for at in self.sockets]

    def keep_subprocess_alive(self) -> None:
        for place, each in enumerate(self.processes):
            if self.should_exit.is_set() or each.is_alive(self.config.timeout_worker_healthcheck):
                continue
            each.kill()
            each.join()
            if each.exitcode == STARTUP_FAILURE:  # another would fail as well
                self.should_exit.set()
            elif not self.should_exit.is_set():
                self.processes[place] = self._begun(self.sockets[place])

    def _begun(self, at: socket.socket) -> Process:
        process = Process(self.config, [at])
        process.start()
        process.child_conn.close()
        return process


def listening_at(host: str, port: int) -> socket.socket:
    """A socket at an address of this machine; one sentence says why there cannot be one."""
    return _bound(host, port)


def sockets_at(host: str, port: int, *, number: int) -> list[socket.socket]:
    """So many sockets at one address, over which Linux spreads whoever comes; elsewhere one, so many times.

    Of one that several processes accept at, the first to wake takes all connections that come at once, and answers
    them for as long as they are kept (SO_REUSEPORT, socket(7)).
    """
    first = _bound(host, port)  # refused where somebody else listens already
    if number == 1 or sys.platform != "linux":
        return [first] * number
    port = first.getsockname()[1]
    first.close()
    found = [_bound(host, port, shared=True) for _ in range(number)]
    for each in found:
        each.listen()  # from here on the address is taken
    return found


def _bound(host: str, port: int, *, shared: bool = False) -> socket.socket:
    if not 0 <= port <= _PORTS:
        raise InvalidCommand(f"--port must be from 0 to {_PORTS}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
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
