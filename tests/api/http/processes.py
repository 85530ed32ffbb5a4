"""`caseledger serve` as a process of its own, over a new ledger, for tests of what only a process does."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import httpx

from ledger.service import Ledger
from tests.ledgers import Place, publish_office
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger

SECRET = "only for tests of processes, and long enough"
"""What demo logins are signed with, so that a test makes its own."""


@contextmanager
def running(
    place: Place,
    *options: str,
    prepared: Callable[[Ledger], Any] = publish_office,
    **set_so: str,
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A service over a new ledger, its environment set so, stopped after the block; its process, and a client of it."""
    with place.create() as ledger:
        prepared(ledger)
    where = (
        {"CASELEDGER_DATABASE_URL": place.location}
        if isinstance(place.location, str)
        else {"CASELEDGER_HOME": str(place.location)}
    )
    environment = {
        **os.environ,
        **where,
        "CASELEDGER_MASTER_KEY": str(place.master_key),
        "CASELEDGER_HTTP_DEMO_SECRET": SECRET,
        **set_so,
    }
    asked = ("serve", "--port", "0", *options)
    with Caseledger(*asked, env=environment, stdout=None) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            assert said.startswith("Serving http://"), said
            with httpx.Client(
                base_url=said.split()[1], timeout=WITHIN_SECONDS, verify=False
            ) as client:
                wait_until(lambda: client.get("/health/ready").status_code == 200)
                yield process, client
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.communicate(timeout=WITHIN_SECONDS)
            finally:
                process.kill()


def wait_until(true: Any) -> None:
    """Returns once something holds; the service may not answer before."""
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        try:
            if true():
                return
        except httpx.TransportError:
            pass
        Event().wait(0.05)
    raise AssertionError("it did not come to hold in time")
