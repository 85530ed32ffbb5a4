"""Serving: the HTTP interface over the ledger, until it is told to stop, and the keys of other systems."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

from cyclopts import Parameter
from pydantic import SecretStr, ValidationError

from api.cli.edge import DONE
from api.http import HttpSettings, create_app, opened_service
from api.http.demo_login import LOOPBACK
from api.http.listening import Server, listening_on
from api.http.logs import log_as_json
from ledger.errors import InvalidCommand
from ledger.settings import Settings


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8420,
    demo_login: Annotated[bool, Parameter(name="--demo-login", negative="")] = False,
) -> int:
    """Serves the HTTP interface; stopped by SIGTERM it answers what it has begun, and takes nothing more.

    Parameters
    ----------
    host
        The address to listen on; the loopback if left out.
    port
        The port to listen on; 0 for any that is free.
    demo_login
        Let anybody on this machine become any member, for a demonstration.
    """
    http = _settings()
    if (demo_login or http.demo_secret is not None) and host not in LOOPBACK:
        raise InvalidCommand(
            "The demo login is for the loopback alone: leave --host out, or --demo-login and "
            "CASELEDGER_HTTP_DEMO_SECRET."
        )
    if demo_login:
        http = http.model_copy(update={"demo_secret": SecretStr(secrets.token_urlsafe(32))})
    log_as_json()
    with opened_service(Settings(), http) as service:
        config = listening_on(create_app(service), host=host, port=port)
        _Announced(config, service).run()
    return DONE


def _settings() -> HttpSettings:
    try:
        return HttpSettings()
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in wrong["loc"]).upper()
        raise InvalidCommand(f"CASELEDGER_HTTP_{name}: {wrong['msg']}.") from error


class _Announced(Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]  # uvicorn's own list of sockets
        for server in self.servers:
            for socket in server.sockets:
                address, port = socket.getsockname()[:2]
                sys.stderr.write(f"Serving http://{address}:{port}\n")
        sys.stderr.flush()
