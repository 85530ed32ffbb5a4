"""Refusals as the source has them: every sentence that whoever asks can be answered with, found by reading.

A sentence is followed to where it is written: through names, parameters, keyword arguments, what functions
return, and both sides of an `if`. A value in it is a hole, and what is not written out in the source is none.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from tests.api.sentences.source import (
    Function,
    Module,
    Placed,
    Scope,
    assigned,
    name_of,
    parameters_of,
    path_of,
)

HOLE = "\0"
_ERRORS = frozenset({"LedgerError", "EdgeProblem", "ScimProblem"})
_SECOND = frozenset({"EdgeProblem", "ScimProblem", "Bar", "Finding"})
"""What takes a code before its sentence."""
_BESIDE = ("Bar", "Finding")
"""What is told in sentences as refusals are, and is no error."""
_REASONS = {"Misgiven": 2, "SetAside": 2, "UnreadableTime": 0, "_Failed": 0}
"""What is given a reason, and in which place: words that stand in a table, or in a sentence."""
_KEPT = frozenset({"read_only"})
"""Sentences that an object is given, and keeps until it refuses with them."""
_OF_MANY = frozenset({"open", "read"})
"""Methods that files and much else have, too: nobody can tell here which is called."""
Seen = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """What is refused with at a place of the source: its sentences, values in them as holes.

    `told` are the same where a value that is words of the source is said in those words.
    """

    place: str
    said: frozenset[str]
    told: frozenset[str]


class Source:
    """Some modules and what they import, all the way down, without those that are left out."""

    def __init__(self, starts: Sequence[str], *, without: Sequence[str] = ()) -> None:
        self.unread: list[str] = []
        """Places where what is refused with is not written out in the source."""
        self.modules: dict[str, Module] = {}
        self._met: dict[int, tuple[ast.JoinedStr, Scope]] = {}
        """Every sentence with values that a refusal was followed to."""
        self._given_in: dict[int, Mapping[str, list[ast.expr]]] = {}
        self._returns_in: dict[int, Sequence[ast.expr]] = {}
        asked = [*starts]
        while asked:
            name = asked.pop()
            path = path_of(name)
            if name in self.modules or path is None or name.startswith(tuple(without)):
                continue
            found = Module(name, ast.parse(path.read_text(encoding="utf-8"))).read()
            self.modules[name] = found
            for module, each in found.imported.values():
                asked += [module, f"{module}.{each}"]

    @cached_property
    def kinds(self) -> Mapping[str, ast.ClassDef]:
        """The classes of errors, by name."""
        classes = [
            node
            for module in self.modules.values()
            for node in module.tree.body
            if isinstance(node, ast.ClassDef)
        ]
        found: dict[str, ast.ClassDef] = {}
        while True:
            names = {*_ERRORS, *found}
            more = {
                each.name: each
                for each in classes
                if each.name in names or any(name_of(base) in names for base in each.bases)
            }
            if more.keys() == found.keys():
                return found
            found = more

    @cached_property
    def _calls_of(self) -> Mapping[str, list[tuple[ast.Call, Scope]]]:
        found: dict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        for module in self.modules.values():
            for call, scope in module.calls:
                found[name_of(call.func)].append((call, scope))
        return found

    @cached_property
    def _raised(self) -> list[tuple[ast.expr, Scope]]:
        """What refusals are made with."""
        found: list[Placed] = []
        for name in (*self.kinds, *_BESIDE):
            at = 1 if name in _SECOND else 0
            for call, scope in self._calls_of.get(name, ()):
                found += [(each, scope) for each in call.args[at : at + 1]]
                found += [(each.value, scope) for each in call.keywords if each.arg == "sentence"]
        return found

    def refusals(self) -> Iterator[Written]:
        """Everything that a refusal is made with, and what each kind of error says by itself."""
        for kind in self.kinds.values():
            said = frozenset({(ast.get_docstring(kind) or "").partition("\n")[0].strip()})
            yield Written(kind.name, said, said)
        for node, scope in self._raised:
            place = f"{scope.module}: {ast.unparse(node)}"
            said, told = (self.texts(node, scope, deep=deep) for deep in (False, True))
            if said is None or told is None:
                self.unread.append(place)
            else:
                yield Written(place, frozenset(said), frozenset(told))

    def unfitting(self, within: Sequence[str]) -> Iterator[tuple[str, str]]:
        """What validators of these modules say of a value that does not fit, each with its place."""
        for call, scope in self._calls_of.get("ValueError", ()):
            if scope.module.startswith(tuple(within)):
                for text in self.texts(call.args[0], scope, deep=False) or ():
                    yield text, scope.module

    def reasons(self) -> Iterator[tuple[str, str]]:
        """Why a row was set aside, or a witness has not cosigned, as it stands in the source, each with its place."""
        for name, at in _REASONS.items():
            for call, scope in self._calls_of.get(name, ()):
                for each in call.args[at : at + 1]:
                    for word in self._words(each, scope):
                        yield word, scope.module

    def words_in_holes(self, *, of: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Words of the source that can stand in the holes of these sentences, each with its place."""
        for node, scope in tuple(self._met.values()):
            if (self.texts(node, scope, deep=False) or frozenset()) <= of:
                place = f"{scope.module}: {ast.unparse(node)}"
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        for word in self._words(part.value, scope):
                            yield word, place

    def _words(
        self, node: ast.expr, scope: Scope, met: set[tuple[str, ...]] | None = None
    ) -> Iterator[str]:
        """Words that an expression can be, where others of its values are not written out in the source.

        What was `met` on the way is not followed again.
        """
        met = set[tuple[str, ...]]() if met is None else met
        others: Sequence[Placed] = ()
        match node:
            case ast.Constant(value=str() as said):
                yield said
            case ast.JoinedStr():
                yield from self.texts(node, scope) or ()
            case ast.IfExp(body=one, orelse=other):
                others = [(one, scope), (other, scope)]
            case ast.BoolOp(values=values) | ast.Dict(values=values):
                others = [(each, scope) for each in values]
            case ast.Call(keywords=keywords) if name_of(node.func) == "quoted":
                given = [each.value for each in keywords if each.arg == "otherwise"]
                others = [(given[0] if given else ast.Constant("This"), scope)]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=args):
                others = [*self._table(name, scope), *((each, scope) for each in args[1:])]
            case ast.Call(func=ast.Name(id=name)) if ("returns", name) not in met:
                others = list(self._returned(name, scope.module))
                met.add(("returns", name))
            case ast.Subscript(value=ast.Name(id=name)):
                others = self._table(name, scope)
            case ast.Name(id=name):
                key, others, _ = self._meant(name, scope)
                others = () if key in met else others
                met.add(key)
            case _:
                pass
        for each, place in others:
            yield from self._words(each, place, met)

    def texts(
        self, node: ast.expr, scope: Scope, seen: Seen = frozenset(), *, deep: bool = True
    ) -> set[str] | None:
        """What an expression can say, values in it as holes; None where it is not written out in the source.

        Deeply, a value that is words of the source is said in those words.
        """
        match node:
            case ast.Constant(value=str() as said):
                return {said}
            case ast.Constant(value=None) | ast.Call(func=ast.Name(id="str")):
                return set()  # nothing, or another refusal, which says its own sentence
            case ast.JoinedStr(values=parts):
                self._met[id(node)] = (node, scope)
                each = [self._part(part, scope, seen, deep=deep) for part in parts]
                return {_joined(texts) for texts in product(*map(sorted, each))}
            case ast.IfExp(body=one, orelse=other):
                return self._all([(one, scope), (other, scope)], seen, deep=deep)
            case ast.BoolOp(values=values) | ast.Dict(values=values):
                return self._all([(each, scope) for each in values], seen, deep=deep)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, then = (self.texts(side, scope, seen, deep=deep) for side in (left, right))
                if first is None or then is None:
                    return None
                return {_joined(each) for each in product(sorted(first), sorted(then))}
            case ast.NamedExpr(value=value):
                return self.texts(value, scope, seen, deep=deep)
            case ast.Subscript(value=ast.Name(id=name)):
                table = self._table(name, scope)
                return self._all(table, seen, deep=deep) if table else None
            case ast.Name(id=name):
                return self._named(name, scope, seen, deep=deep)
            case ast.Attribute(value=ast.Name(id=other), attr=name):
                found = self._constant_of(other, name, scope.module) or self._kept_as(name)
                return self._all(found, seen, deep=deep) if found else None
            case ast.Call(func=ast.Name(id=name)) if ("returns", name) not in seen:
                returned = list(self._returned(name, scope.module))
                seen |= {("returns", name)}
                return self._all(returned, seen, deep=deep) if returned else None
            case _:
                return None

    def _all(self, nodes: Sequence[Placed], seen: Seen, *, deep: bool) -> set[str] | None:
        found = set[str]()
        for node, scope in nodes:
            texts = self.texts(node, scope, seen, deep=deep)
            if texts is None:
                return None
            found |= texts
        return found

    def _part(self, part: ast.expr, scope: Scope, seen: Seen, *, deep: bool) -> set[str]:
        """A part of an f-string: a value is a hole, unless it stands for words of the source."""
        match part:
            case ast.FormattedValue(value=ast.Name() | ast.Subscript() as value) if deep:
                texts = self.texts(value, scope, seen, deep=deep)
                words = texts and all(not each or _wordy(each) for each in texts)
                return texts if texts and words else {HOLE}
            case ast.Constant(value=said):
                return {str(said)}
            case _:
                return {HOLE}

    def _named(self, name: str, scope: Scope, seen: Seen, *, deep: bool) -> set[str] | None:
        """What a name stands for; None where not all of it is written out in the source."""
        key, meant, whole = self._meant(name, scope)
        if key in seen or not meant or not whole:
            return None
        return self._all(meant, seen | {key}, deep=deep)

    def _meant(self, name: str, scope: Scope) -> tuple[tuple[str, ...], list[Placed], bool]:
        """What a name was given in its function, or callers give, or a constant; and whether that is all of it."""
        for depth in range(len(scope.functions), 0, -1):
            function = scope.functions[depth - 1]
            around = Scope(scope.module, scope.functions[:depth])
            given = [(each, around) for each in self._assigned_in(function).get(name, ())]
            if name in parameters_of(function):
                asked = list(self._given(function, name, scope.module))
                meant = [*given, *(each for each in asked if each is not None)]
                return (scope.module, function.name, name), meant, None not in asked
            if given:
                return (scope.module, function.name, name), given, True
        home, called = self._home(name, scope.module)
        return (home, called), self._constant(home, called), True

    def _given(self, function: Function, name: str, module: str) -> Iterator[Placed | None]:
        """What each caller gives for a parameter; None where one gives it in no way that is read here."""
        places = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        behind = zip(reversed(places), reversed(function.args.defaults), strict=False)
        named = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        defaults = dict(behind) | {each.arg: default for each, default in named if default}
        own = 1 if places and places[0] in ("self", "cls") else 0
        if own and function.name in _OF_MANY:
            yield None
            return
        for call, scope in self._calls_of.get(function.name, ()):
            if not own and self._called(call.func, scope.module) != (module, function.name):
                continue  # another of that name
            keywords = {each.arg: each.value for each in call.keywords}
            at = places.index(name) - own if name in places else len(call.args)
            found = call.args[at] if at < len(call.args) else keywords.get(name, defaults.get(name))
            yield None if found is None else (found, scope)

    def _table(self, name: str, scope: Scope) -> list[Placed]:
        """A constant that is a table, of which a value is looked up."""
        found = self._constant(*self._home(name, scope.module))
        return [each for each in found if isinstance(each[0], ast.Dict)]

    def _assigned_in(self, function: Function) -> Mapping[str, list[ast.expr]]:
        if id(function) not in self._given_in:
            found: dict[str, list[ast.expr]] = defaultdict(list)
            for node in ast.walk(function):
                for name, value in assigned(node):
                    found[name].append(value)
            self._given_in[id(function)] = found
        return self._given_in[id(function)]

    def _home(self, name: str, module: str) -> tuple[str, str]:
        """Where a name of a module comes from, and what it is called there."""
        while (found := self.modules[module].imported.get(name)) and found[0] in self.modules:
            module, name = found
        return module, name

    def _called(self, func: ast.expr, module: str) -> tuple[str, str]:
        """The function that is called, by its module and name, where it is none of an object's."""
        match func:
            case ast.Name(id=name):
                return self._home(name, module)
            case ast.Attribute(value=ast.Name(id=other), attr=name):
                home = ".".join(self.modules[module].imported.get(other, ()))
                return self._home(name, home) if home in self.modules else ("", name)
            case _:
                return "", name_of(func)

    def _constant(self, module: str, name: str) -> list[Placed]:
        found = self.modules[module].constants.get(name) if module in self.modules else None
        return [] if found is None else [(found, Scope(module))]

    def _constant_of(self, other: str, name: str, module: str) -> list[Placed]:
        """What `other.name` says, where `other` is a module."""
        return self._constant(".".join(self.modules[module].imported.get(other, ())), name)

    def _kept_as(self, name: str) -> list[Placed]:
        """What objects are given by this name and keep, where that is read."""
        return [
            (each.value, scope)
            for calls in (self._calls_of.values() if name in _KEPT else ())
            for call, scope in calls
            for each in call.keywords
            if each.arg == name
        ]

    def _returned(self, name: str, module: str) -> Iterator[Placed]:
        home, called = self._home(name, module)
        for function in self.modules[home].functions.get(called, ()):
            for value in self._returns_of(function):
                yield value, Scope(home, (function,))

    def _returns_of(self, function: Function) -> Sequence[ast.expr]:
        if id(function) not in self._returns_in:
            self._returns_in[id(function)] = [
                node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Return) and node.value is not None
            ]
        return self._returns_in[id(function)]


def _wordy(text: str) -> bool:
    return any(each.isalpha() for each in text.replace(HOLE, ""))


def _joined(texts: tuple[str, ...]) -> str:
    """The texts in a row, where holes without anything between them are one."""
    said = "".join(texts)
    while HOLE * 2 in said:
        said = said.replace(HOLE * 2, HOLE)
    return said
