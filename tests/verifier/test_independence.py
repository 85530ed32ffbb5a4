"""The verifier shares no code with what it verifies: the standard library and `cryptography`, nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.house import imports_of, modules_below, named

ALLOWED = {"cryptography"}
WORLDLY = {"socket", "urllib", "http", "subprocess", "asyncio", "sqlite3", "random", "time"}


@pytest.mark.parametrize("path", list(modules_below("api/verifier")), ids=named)
def test_the_verifier_imports_nothing_of_the_ledger_and_reaches_no_network(path: Path) -> None:
    for name in imports_of(ast.parse(path.read_text(encoding="utf-8"))):
        root = name.partition(".")[0]
        if root == "api":
            assert name.startswith("api.verifier."), name
        else:
            assert root in sys.stdlib_module_names | ALLOWED, name
            assert root not in WORLDLY, name
