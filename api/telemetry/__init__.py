"""Telemetry: traces and metrics of the service for whoever runs it, through OpenTelemetry where that is installed."""

from __future__ import annotations

from api.telemetry.asked_for import AskedFor, asked_for
from api.telemetry.hooks import Telemetry
from api.telemetry.telling import telemetry

__all__ = ["AskedFor", "Telemetry", "asked_for", "telemetry"]
