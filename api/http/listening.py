"""Listening: how the application is run, the same way in production, in tests and in benchmarks."""

from __future__ import annotations

from socket import socket

import uvicorn
from fastapi import FastAPI

from api.http.service import Service

_DRAIN_SECONDS = 20


def listening_on(app: FastAPI, *, host: str, port: int) -> uvicorn.Config:
    """How a server runs the application at an address; told to stop, it answers what it has begun."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )


class Server(uvicorn.Server):
    """Serves until it is told to stop, and tells the service so first: answers that last end by themselves."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._service.draining.set()
        await super().shutdown(sockets)
