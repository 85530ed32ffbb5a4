"""The source as it is read: modules with their calls, functions, imports and constants, and where each stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROOTS = ("ledger", "projections", "api")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its module, and the functions around it from the outermost."""

    module: str
    functions: tuple[Function, ...] = ()


Placed = tuple[ast.expr, Scope]


@dataclass(slots=True)
class Module:
    """What is looked up in a module."""

    name: str
    tree: ast.Module
    calls: list[tuple[ast.Call, Scope]] = field(default_factory=list[tuple[ast.Call, Scope]])
    functions: dict[str, list[Function]] = field(default_factory=dict[str, list[Function]])
    imported: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    constants: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])

    def read(self) -> Module:
        self.constants = dict(each for node in self.tree.body for each in assigned(node))
        waiting: list[tuple[ast.AST, Scope]] = [(self.tree, Scope(self.name))]
        while waiting:
            node, scope = waiting.pop()
            match node:
                case ast.Call():
                    self.calls.append((node, scope))
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions.setdefault(node.name, []).append(node)
                    scope = Scope(self.name, (*scope.functions, node))
                case ast.ImportFrom(module=str() as module, names=names):
                    for each in names:
                        self.imported[each.asname or each.name] = (module, each.name)
                case _:
                    pass
            waiting += [(each, scope) for each in ast.iter_child_nodes(node)]
        return self


def path_of(module: str) -> Path | None:
    if module.partition(".")[0] not in ROOTS:
        return None
    path = ROOT.joinpath(*module.split("."))
    found = (path.with_suffix(".py"), path / "__init__.py")
    return next((each for each in found if each.is_file()), None)


def name_of(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def parameters_of(function: Function) -> set[str]:
    given = function.args
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((each.id, value) for each in targets if isinstance(each, ast.Name))
        case (
            ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            yield name, value
        case ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=rows)):
            for row in rows:
                match row:
                    case (
                        ast.Tuple(elts=values)
                        | ast.Starred(value=ast.GeneratorExp(elt=ast.Tuple(elts=values)))
                    ):
                        named = zip(targets, values, strict=False)
                        yield from (
                            (each.id, value) for each, value in named if isinstance(each, ast.Name)
                        )
                    case _:
                        pass
        case _:
            pass
