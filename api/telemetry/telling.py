"""Telling: the telemetry of this process, as the environment asks for it, until the block ends."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module

from api.telemetry.asked_for import asked_for
from api.telemetry.hooks import Telemetry


@contextmanager
def telemetry() -> Generator[Telemetry]:
    """What OpenTelemetry is told by; of what nobody asks for, or cannot have, nothing is imported."""
    wanted = asked_for()
    if not wanted:
        yield Telemetry()
        return
    with import_module("api.telemetry.exporting").exporting(wanted) as told:
        yield told
