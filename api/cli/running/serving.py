"""Serving: the HTTP interface over the ledger, until it is told to stop."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from socket import socket as listening_socket
from tempfile import TemporaryDirectory
from typing import Annotated

import uvicorn
from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.named_settings import unread
from api.cli.showing import warn
from api.cli.wording.as_refused import as_spoken
from api.environment import from_environment
from api.http import create_app
from api.http.identity.demo_login import LOOPBACK
from api.http.identity.oidc import Oidc
from api.http.serving.listening import (
    HERE,
    Workers,
    address_of,
    listening_at,
    listening_on,
    shared_at,
    stops_when_told,
)
from api.http.serving.metrics import COUNTED_TOGETHER
from api.http.settings import HttpSettings
from api.http.worker import FACTORY, working_service
from api.log_lines import log_as_json
from api.projecting.beside import projecting_beside
from api.telemetry import asked_for
from api.webhooks.settings import WebhookSettings
from ledger.errors import InvalidCommand
from ledger.service import Clock, Ledger, now
from ledger.settings import Settings
from ledger.store import refuse_unwritable

_DEMO = "CASELEDGER_HTTP_DEMO_SECRET"
_WORKERS_AT_MOST = 64


def serve(
    *,
    host: str = HERE,
    port: int = 8420,
    workers: int = 1,
    demo_login: Annotated[bool, Parameter(name="--demo-login", negative="")] = False,
) -> int:
    """Serves the HTTP interface; stopped by SIGTERM it answers what it has begun, and takes nothing more.

    Parameters
    ----------
    host
        The address to listen on; the loopback if left out.
    port
        The port to listen on; 0 for any that is free.
    workers
        How many processes answer: one for each core that is to read and answer.
    demo_login
        Let anybody on this machine become any member, for a demonstration.
    """
    settings = Settings()
    http = from_environment(HttpSettings)
    demonstrates = demo_login or http.demo_secret is not None
    if demonstrates and host not in LOOPBACK:
        raise InvalidCommand(
            "The demo login is for the loopback alone: leave --host out, or --demo-login and "
            "CASELEDGER_HTTP_DEMO_SECRET."
        )
    if demonstrates and http.public_url is not None:
        raise InvalidCommand(
            "The demo login is for the loopback alone, and what asks for others may stand before it: leave "
            "CASELEDGER_HTTP_PUBLIC_URL out, or --demo-login and CASELEDGER_HTTP_DEMO_SECRET."
        )
    if not 1 <= workers <= _WORKERS_AT_MOST:
        raise InvalidCommand(f"--workers must be from 1 to {_WORKERS_AT_MOST}.")
    if demo_login:
        os.environ[_DEMO] = secrets.token_urlsafe(32)  # all workers must know the same one
    from_environment(WebhookSettings)
    Oidc.from_settings(http)
    key = settings.master_key_file
    # What is wrong is said here, and once.
    with Ledger.open(settings.location, master_key=key) as ledger:
        refuse_unwritable(ledger.store)  # also of whoever may not, it is recorded that they asked
    config = listening_on(FACTORY, host=host, port=port, workers=workers)
    socket = listening_at(host, port) if workers == 1 else shared_at(host, port)
    warn("Serving {address}", address=address_of(*socket.getsockname()[:2]))
    if others := unread(os.environ):
        warn(
            "Not read, being no settings (`caseledger serve --help` names those): {names}.",
            names=", ".join(others),
        )
    if trouble := asked_for().trouble:
        warn(
            "Telemetry is off: {why}, or set OTEL_SDK_DISABLED=true.",
            why=as_spoken(trouble),
        )
    with projecting_beside(socket):
        if workers == 1:
            _serve_alone(settings, host, socket)
        else:
            _serve_together(config, socket)
    return DONE


def serve_here(
    settings: Settings, at: listening_socket, *, clock: Clock, tell: Callable[[str], None]
) -> None:
    """Serves on the loopback with the demo login and by this clock, until it is told to stop; `tell` hears where."""
    os.environ[_DEMO] = secrets.token_urlsafe(32)
    at.listen()  # whoever asks at once waits until it answers
    tell(f"http://{HERE}:{at.getsockname()[1]}")
    with projecting_beside(at):
        _serve_alone(settings, HERE, at, clock=clock)


def _serve_alone(
    settings: Settings, host: str, socket: listening_socket, *, clock: Clock = now
) -> None:
    """Serves in this very process; what it could never recover from is said as it ends."""
    with working_service(settings, from_environment(HttpSettings), clock=clock) as service:
        server = uvicorn.Server(listening_on(create_app(service), host=host, port=0))
        stops_when_told(server)
        server.run(sockets=[socket])
        if service.health.over is not None:
            raise service.health.over


def _serve_together(config: uvicorn.Config, socket: listening_socket) -> None:
    """Serves in processes that share what they count, each started again when it ends by itself."""
    log_as_json()
    with TemporaryDirectory(prefix="caseledger-counted-") as counted:
        os.environ.setdefault(COUNTED_TOGETHER, counted)
        Workers(config, socket).run()
