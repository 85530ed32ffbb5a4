"""A world that is the same each time: what is random is that of the last time, and receivers have addresses."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import shake_256
from itertools import count
from threading import Lock

import pytest

from api.log_lines import Lines

_RECEIVER, _ITS_NETWORK = "203.0.113.7", "203.0.113.0/24"
"""An address that is kept for examples (RFC 5737), to which nothing is sent."""


@contextmanager
def repeatable() -> Generator[None]:
    """What the system draws at random follows from how often it was asked, and no name is looked up outside."""
    drawn, lock = count(), Lock()

    def draw(size: int) -> bytes:
        with lock:
            return shake_256(b"an office for examples %d" % next(drawn)).digest(size)

    def resolved(_name: str, port: int, **_kind: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (_RECEIVER, port))]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "urandom", draw)
        patched.setattr(random, "_urandom", draw)  # `secrets` draws from here
        patched.setattr(socket, "getaddrinfo", resolved)
        patched.setattr(Lines, "lost", 0)  # of the process, in which others may have lost some
        patched.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", _ITS_NETWORK)
        yield
