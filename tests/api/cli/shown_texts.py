"""What the command line may say: every text in its source that comes on the screen, found by reading."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import dedent

from tests.house import ROOT

SAID_ELSEWHERE = {
    "wording", "due",  # both languages stand there side by side
    "menu", "menu_lines", "named_settings", "asking", "given_words", "marks",  # help has its own
    "edge", "told_now", "whole_numbers",  # refusals have their own
}  # fmt: skip
"""Rooms and modules of the command line whose texts are held by other tests, or by their shape."""
OF_COLUMNS = {"Column", "number", "words"}
SAYING = {*OF_COLUMNS, "told", "warn", "show_table", "say", "progress_bar"}
NOT_FOR_THE_SCREEN = {
    "Parameter",
    "Group",
    "Sentence",
    "str",
    "replace",
    "startswith",
    "endswith",
    "removeprefix",
}
PROSE = re.compile(r"[A-Za-z]{2}[,:;.]? [a-z({]|[A-Za-z]{2}[:;.]$")
COMMAND = re.compile(r"`[^`]*`")


def sources_that_show() -> Iterator[str]:
    below = ROOT / "api" / "cli"
    for each in below.rglob("*.py"):
        if not SAID_ELSEWHERE & {*each.relative_to(below).with_suffix("").parts}:
            yield each.read_text("utf-8")


class Shown(ast.NodeVisitor):
    """Headings, and every text of a few words, that may come on the screen: none that help says, or a refusal."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.tables: dict[str, set[str]] = {}
        """What lies in tables, by their names, and of which of them something is said."""
        self.looked_up: set[str] = set()

    def visit_Raise(self, node: ast.Raise) -> None: ...

    def visit_arguments(self, node: ast.arguments) -> None: ...

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in SAYING:
            for each in node.args if name == "say" else node.args[:1]:
                self._heading(each)
        for each in node.args[1:3] if name == "numbered" else ():
            self._heading(each)
        if name not in NOT_FOR_THE_SCREEN:
            self.generic_visit(node)

    def _heading(self, node: ast.expr) -> None:
        match node:
            case ast.Constant(value=str() as said):
                self.texts.add(said)
            case ast.IfExp(body=one, orelse=other):
                self._heading(one)
                self._heading(other)
            case ast.Subscript(value=ast.Name(id=name)):
                self.looked_up.add(name)
            case _:
                pass

    def visit_Assign(self, node: ast.Assign) -> None:
        self._table(node.targets[0], node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._table(node.target, node.value)
        self.generic_visit(node)

    def _table(self, named: ast.expr, value: ast.expr | None) -> None:
        match named, value:
            case ast.Name(id=name), ast.Dict(values=values):
                said = (each.value for each in values if isinstance(each, ast.Constant))
                self.tables[name] = {each for each in said if isinstance(each, str)}
            case _:
                pass

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and PROSE.search(COMMAND.sub("", node.value)):
            self.texts.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        said = "".join(
            str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values
        )
        if PROSE.search(COMMAND.sub("", said)):
            self.texts.add(said)
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                self.visit(each.value)


def texts_of(*read: str) -> set[str]:
    texts = {""}
    for each in read:
        shown = Shown()
        shown.visit(ast.parse(dedent(each)))
        texts |= shown.texts.union(*(shown.tables.get(name, ()) for name in shown.looked_up))
    return texts - {""}
