"""The command line: `caseledger`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from api.cli.edge import run
from api.cli.menu import menu_for

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs `caseledger` with these arguments, or those of the process; its exit code."""
    if arguments is None:
        _open_what_is_closed()
        return run(menu_for, sys.argv[1:], alone=True)
    return run(menu_for, arguments)


def _open_what_is_closed() -> None:
    """Lets what is said on a way out that is closed go nowhere: the next file opened would get its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)
