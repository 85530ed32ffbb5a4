"""Listening: how the application is run, the same way in production, in tests and in benchmarks."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI

_DRAIN_SECONDS = 20


def listening_on(
    app: FastAPI | str, *, host: str, port: int, workers: int | None = None
) -> uvicorn.Config:
    """How a server runs an application, or what makes one; told to stop, it answers what it has begun."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
