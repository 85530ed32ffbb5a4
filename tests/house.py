"""The modules of the house as its rules see them: which there are, their text, their trees, what they import."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("ledger", "projections", "api")


def modules_below(*places: str) -> Iterator[Path]:
    """The modules in these folders, and those that are named themselves."""
    for place in places:
        path = ROOT / place
        if path.is_dir():
            yield from sorted(path.rglob("*.py"))
        elif path.is_file():
            yield path


def named(path: Path) -> str:
    """Where a module lies."""
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """The name by which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OURS = list(modules_below(*PRODUCT))
ALL = [*OURS, *modules_below("tests")]


@cache
def text_of(path: Path) -> str:
    """What stands in a module; each is read once for all the rules."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as the compiler sees it."""
    return ast.parse(text_of(path))


def broken(paths: Iterable[Path], faults: Callable[[Path], Iterable[object]]) -> dict[str, object]:
    """The faults that a rule finds, by module; those without any are left out."""
    found = {named(path): [*faults(path)] for path in paths}
    return {module: told for module, told in found.items() if told}


def imports_of(tree: ast.AST) -> Iterator[str]:
    """What a module imports, name by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
