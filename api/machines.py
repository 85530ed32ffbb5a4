"""The machines that act for the office by themselves, each with its version."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from ledger.entry import Actor


@cache
def machine(name: str) -> Actor:
    """A machine of ours as an actor, under the version of this software."""
    return Actor("machine", name, version=version("caseledger"))
