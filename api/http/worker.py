"""A process of the service: the ledger opened by the settings, its webhooks delivered, closed at the end."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import structlog
from fastapi import FastAPI

from api.environment import from_environment
from api.http.app import create_app
from api.http.service import Service, opened_service
from api.http.settings import HttpSettings
from api.log_lines import log_as_json
from api.telemetry import telemetry
from api.webhooks.settings import WebhookSettings
from api.webhooks.worker import delivering
from ledger.errors import LedgerError
from ledger.service import Clock, now
from ledger.settings import Settings

_AFTER_FAILURE_SECONDS = 2.0
_NOT_DONE = 2
FACTORY = "api.http.worker:worker_app"


@contextmanager
def working_service(
    settings: Settings, http: HttpSettings, *, clock: Clock = now
) -> Generator[Service]:
    """The service as a process that serves has it: deliveries are made in it, by one process at a time."""
    log_as_json()
    with (
        telemetry() as told,
        opened_service(settings, http, clock=clock, telemetry=told) as service,
        delivering(
            settings.location,
            service.ledger,
            service.feed,
            service.arrivals,
            from_environment(WebhookSettings),
            attempted=told.attempted,
        ),
    ):
        yield service


def worker_app() -> FastAPI:
    """The application of one of several such processes, as uvicorn starts them."""
    signal.signal(
        signal.SIGHUP, signal.SIG_IGN
    )  # whoever started it hears that, and says what is to be done
    Thread(target=_end_after_parent, name="caseledger-parent", daemon=True).start()
    resources = ExitStack()
    try:
        service = resources.enter_context(working_service(Settings(), HttpSettings()))
    except LedgerError as error:
        structlog.get_logger().error("worker", outcome=error.code, why=str(error))
        Event().wait(_AFTER_FAILURE_SECONDS)  # the next one is started at once
        raise SystemExit(_NOT_DONE) from error
    return create_app(service, closing=resources.close)


def _end_after_parent() -> None:
    """Ends this process, as SIGTERM does, once the one that started it is gone: nobody else would."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
