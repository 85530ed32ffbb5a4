"""The command line: `caseledger`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from api.cli.edge import run
from api.cli.menu import menu

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs `caseledger` with these arguments, or those of the process; its exit code."""
    if arguments is None:
        return run(menu(), sys.argv[1:], alone=True)
    return run(menu(), arguments)
