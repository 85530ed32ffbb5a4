"""The log of the service: a line of JSON for each command and each failure on stderr, without personal data."""

from __future__ import annotations

import sys

import structlog


def log_as_json() -> None:
    """Lets the process log so."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
