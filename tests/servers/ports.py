"""Ports for servers that are told where to listen, and begin to later."""

from __future__ import annotations

import socket
from random import SystemRandom

_NOBODYS = range(20_000, 32_000)
"""Below the ports that a system deals out itself (from 32768, or 49152): nobody is given one of these meanwhile."""


def port_for_later() -> int:
    """A port on which nobody listens, and which stays free until it is listened on."""
    for port in SystemRandom().sample(_NOBODYS, 100):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("a hundred ports are taken")
