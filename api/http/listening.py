"""Listening: how the application is run, the same way in production, in tests and in benchmarks."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI

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
