"""A worker process of the service, as uvicorn starts it: opens the ledger by the settings, closes it at the end."""

from __future__ import annotations

from contextlib import ExitStack

from fastapi import FastAPI

from api.http.app import create_app
from api.http.logs import log_as_json
from api.http.service import opened_service
from api.http.settings import HttpSettings
from api.webhooks.settings import webhook_settings
from api.webhooks.worker import delivering
from ledger.settings import Settings

FACTORY = "api.http.worker:worker_app"


def worker_app() -> FastAPI:
    """The application of this process."""
    log_as_json()
    resources = ExitStack()
    settings = Settings()
    service = resources.enter_context(opened_service(settings, HttpSettings()))
    resources.enter_context(
        delivering(
            settings.location, service.ledger, service.feed, service.arrivals, webhook_settings()
        )
    )
    return create_app(service, closing=resources.close)
