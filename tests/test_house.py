"""The rules of the house that no linter knows: purity, sentences, names, sizes, the lock file."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.house import (
    ALL,
    OURS,
    PRODUCT,
    ROOT,
    broken,
    dotted,
    imports_of,
    modules_below,
    named,
    text_of,
    tree_of,
)

LINES_AT_MOST = 400

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
PURE_CORE = next(
    tuple(each["source_modules"])
    for each in CONTRACTS
    if each["name"] == "The pure core takes all it needs as arguments"
)
PURE_LIBRARIES = {"pydantic", "pydantic_core", "orjson", "tzdata"}
WORLDLY_MODULES = {
    "asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "warnings",
}  # fmt: skip
WORLDLY_CALLS = {"now", "utcnow", "today", "getenv", "urandom"}
GENERATORS = {"uuid1", "uuid4", "uuid6", "uuid7"}  # those of the standard library, called bare
WORLDLY_BUILTINS = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__"}

VAGUE_ENDINGS = re.compile(r"(?:Manager|Helper|Util|Utils|Impl|Base|Data|Info)$")
VAGUE_STEMS = re.compile(r"(?:^|_)(?:manager|helper|util|impl|base|common|misc)s?$")
FIRST_SENTENCE = re.compile(r'"""[^"].*\.(?:""")?')
TAKEN_OF_TESTS = re.compile(r"tests\.(?:\w+\.)*test_\w+\.\w+")
CLASSES = re.compile(r"^\s*class (\w+)", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def within(name: str) -> bool:
    """Whether a module, or what is imported of one, is of the pure core."""
    return any(f"{name}.".startswith(f"{module}.") for module in PURE_CORE)


PURE = [path for path in OURS if within(dotted(path))]


def is_pure_import(name: str) -> bool:
    root = name.partition(".")[0]
    if root == "ledger":
        return within(name)
    if root in sys.stdlib_module_names:
        return root not in WORLDLY_MODULES
    return root in PURE_LIBRARIES


def worldly_acts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in WORLDLY_CALLS:
                yield f"line {node.lineno} calls {name}()"
            case ast.Call(func=ast.Name(id=name)) if name in WORLDLY_CALLS | WORLDLY_BUILTINS:
                yield f"line {node.lineno} calls {name}()"
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name), args=[], keywords=[]
            ) if name in GENERATORS:
                yield f"line {node.lineno} calls {name}()"
            case ast.Attribute(attr="environ"):
                yield f"line {node.lineno} reads the environment"
            case _:
                continue


def test_the_pure_core_is_where_the_design_puts_it() -> None:
    found = {named(path) for path in PURE}
    assert {"ledger/facts.py", "ledger/entry.py"} <= found


def test_the_pure_core_imports_nothing_worldly() -> None:
    def worldly(path: Path) -> list[str]:
        return [name for name in imports_of(tree_of(path)) if not is_pure_import(name)]

    assert broken(PURE, worldly) == {}


def test_the_pure_core_asks_neither_clock_nor_chance_nor_world() -> None:
    assert broken(PURE, lambda path: worldly_acts(tree_of(path))) == {}


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nat = datetime.now(UTC)",
        "import uuid\nid = uuid.uuid4()",
        "from uuid import uuid7\nid = uuid7()",
        "home = os.environ['HOME']",
        "print('said')",
        "text = open('policy.toml').read()",
    ],
)
def test_the_purity_lint_sees_each_worldly_act(code: str) -> None:
    assert list(worldly_acts(ast.parse(code))) != []


@pytest.mark.parametrize(
    "code",
    ["import time", "from os import path", "import sqlalchemy", "from ledger.store import sqlite"],
)
def test_the_purity_lint_sees_each_worldly_import(code: str) -> None:
    assert not all(is_pure_import(name) for name in imports_of(ast.parse(code)))


def test_every_module_says_in_its_first_sentence_what_it_answers_for() -> None:
    def speechless(path: Path) -> list[str]:
        if not text_of(path) and path.name == "__init__.py" and "tests" in path.parts:
            return []
        first_line = text_of(path).partition("\n")[0]
        return [] if FIRST_SENTENCE.fullmatch(first_line) else [f"begins with {first_line!r}"]

    assert broken(ALL, speechless) == {}


def test_no_module_has_outgrown_one_responsibility() -> None:
    def outgrown(path: Path) -> list[str]:
        lines = text_of(path).count("\n")
        return [] if lines <= LINES_AT_MOST else [f"{lines} lines"]

    assert broken(ALL, outgrown) == {}, "split it by what the domain separates"


def test_imports_run_in_no_circle() -> None:
    graph = grimp.build_graph(*PRODUCT, cache_dir=None)
    imports = {each: graph.find_modules_directly_imported_by(each) for each in graph.modules}
    TopologicalSorter(imports).prepare()  # those for type checkers alone included


def test_what_several_tests_take_lies_in_a_module_without_tests() -> None:
    def borrowed(path: Path) -> list[str]:
        return [name for name in imports_of(tree_of(path)) if TAKEN_OF_TESTS.fullmatch(name)]

    assert broken(modules_below("tests"), borrowed) == {}, "put it beside them in their folder"


def test_nothing_is_left_for_later() -> None:
    assert broken(ALL, lambda path: UNFINISHED.findall(text_of(path))) == {}


def test_every_name_says_what_a_thing_is() -> None:
    def vague(path: Path) -> list[str]:
        classes = CLASSES.findall(text_of(path))
        stems = [path.stem] if VAGUE_STEMS.search(path.stem) else []
        return [*stems, *(name for name in classes if VAGUE_ENDINGS.search(name))]

    assert broken(ALL, vague) == {}


REFUSALS = {"Refusal", "UnlawfulTransition", "InvalidCommand", "NotAuthorised", "CaseNotFound"}


def refused_in_several_sentences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=kind), args=[said, *_]) if kind in REFUSALS:
                literals = [
                    each.value
                    for each in ast.walk(said)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                if any(re.search(r"[.!?] ", text) for text in literals):
                    yield f"line {node.lineno}: {''.join(literals)}"
            case _:
                continue


def test_a_refusal_is_one_sentence() -> None:
    assert broken(OURS, lambda path: refused_in_several_sentences(tree_of(path))) == {}


def refused_by_no_rule(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Refusal" | "UnlawfulTransition"), keywords=said):
                if not {each.arg for each in said} & {"rule", None}:
                    yield f"line {node.lineno}: {ast.unparse(node)}"
            case _:
                continue


def test_a_refusal_names_its_rule() -> None:
    assert broken(OURS, lambda path: refused_by_no_rule(tree_of(path))) == {}
    assert list(refused_by_no_rule(ast.parse("raise Refusal('It was used: record another.')")))


@pytest.mark.parametrize(
    "code",
    [
        "raise Refusal('It was used. Record another.', rule='toll-once')",
        "raise InvalidCommand(f'Clock {code} is over. ' 'Give another.')",
    ],
)
def test_the_lint_of_refusals_sees_a_second_sentence(code: str) -> None:
    assert list(refused_in_several_sentences(ast.parse(code))) != []


def test_no_test_sleeps() -> None:
    def slept(path: Path) -> list[str]:
        if "sleep" not in text_of(path):
            return []
        calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
        names = ((f, {getattr(f, "attr", None), getattr(f, "id", None)}) for f in calls)
        return [f"line {f.lineno}" for f, said in names if "sleep" in said]

    assert broken(modules_below("tests"), slept) == {}


IMPATIENT_SECONDS = 0.5
CLOCKS = {"monotonic", "perf_counter", "time"}


def test_whoever_lacks_the_real_data_misses_single_tests_and_no_module() -> None:
    """What a module asks for as it is imported ends the collection of all of them where it is not there."""

    def asked(path: Path) -> list[str]:
        beside = (
            each
            for each in tree_of(path).body
            if not isinstance(each, ast.FunctionDef | ast.ClassDef)
        )
        calls = (node for each in beside for node in ast.walk(each) if isinstance(node, ast.Call))
        return [f"line {each.lineno}" for each in calls if ast.unparse(each.func) == "real"]

    assert broken(modules_below("tests"), asked) == {}


def guesses(tree: ast.AST) -> Iterator[str]:
    """Where a test reckons with how fast the machine is, which may stall for many seconds."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="timeout", value=ast.Constant(value=int() | float() as seconds)):
                if seconds >= IMPATIENT_SECONDS:
                    yield f"line {node.value.lineno}: wait for WITHIN_SECONDS"
            case ast.Call(
                func=ast.Attribute(attr="wait" | "join" | "poll"),
                args=[ast.Constant(value=int() | float() as seconds)],
            ):
                if seconds >= IMPATIENT_SECONDS:
                    yield f"line {node.lineno}: wait for WITHIN_SECONDS"
            case ast.keyword(arg="suppress_health_check", value=ast.List(elts=given)):
                if not any(
                    isinstance(each, ast.Attribute) and each.attr == "too_slow" for each in given
                ):
                    yield f"line {node.value.lineno}: HealthCheck.too_slow looks at the clock"
            case ast.Assert(test=ast.Compare(left=left, ops=[ast.Lt() | ast.LtE()])):
                called = (each.func for each in ast.walk(left) if isinstance(each, ast.Call))
                if any(getattr(f, "attr", getattr(f, "id", "")) in CLOCKS for f in called):
                    yield f"line {node.lineno}: how long it took is no promise"
            case _:
                continue


def test_no_test_reckons_with_a_fast_machine() -> None:
    promising = (each for each in modules_below("tests") if each.parent.name != "benchmarks")
    assert broken(promising, lambda path: guesses(tree_of(path))) == {}


@pytest.mark.parametrize(
    "code",
    [
        "process.wait(timeout=60)",
        "thread.join(5)",
        "@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])\ndef test(): ...",
        "assert time.monotonic() - began < 30",
    ],
)
def test_the_lint_of_guesses_sees_them(code: str) -> None:
    assert list(guesses(ast.parse(code))) != []


def test_the_lock_file_holds_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"\S*(?:://|file:|--index-url|--extra-index-url|--find-links)\S*", lock) == []


def test_every_locked_requirement_is_one_version_with_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", lock).strip())
    assert len(requirements) > len(PRODUCT)
    for requirement in requirements:
        assert re.match(r"[\w.-]+==[\w.!+-]+ ", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement
