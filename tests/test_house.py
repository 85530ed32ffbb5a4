"""The rules of the house that no linter knows: purity, sentences, names, sizes, the lock file."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("ledger", "projections", "api")
LINES_AT_MOST = 400

PURE_CORE = (
    "ledger/errors.py",
    "ledger/ids.py",
    "ledger/times.py",
    "ledger/facts.py",
    "ledger/entry.py",
    "ledger/commands.py",
    "ledger/case",
    "ledger/registers",
    "ledger/policy",
    "ledger/evidence/slots.py",
    "ledger/evidence/merkle.py",
    "ledger/evidence/heads.py",
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
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def modules_below(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        if path.is_dir():
            yield from sorted(path.rglob("*.py"))
        elif path.is_file():
            yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


PURE = list(modules_below(*PURE_CORE))
OURS = list(modules_below(*PRODUCT))
ALL = [*OURS, *modules_below("tests")]


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_pure_import(name: str) -> bool:
    root = name.partition(".")[0]
    if root == "ledger":
        core = (dotted(ROOT / place) for place in PURE_CORE)
        return any(f"{name}.".startswith(f"{module}.") for module in core)
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


@pytest.mark.parametrize("path", PURE, ids=named)
def test_the_pure_core_imports_nothing_worldly(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [name for name in imports_of(tree) if not is_pure_import(name)] == []


@pytest.mark.parametrize("path", PURE, ids=named)
def test_the_pure_core_asks_neither_clock_nor_chance_nor_world(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(worldly_acts(tree)) == []


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


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_module_says_in_its_first_sentence_what_it_answers_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not text and path.name == "__init__.py" and "tests" in path.parts:
        return
    docstring = ast.get_docstring(ast.parse(text)) or ""
    first_line = docstring.partition("\n")[0]
    assert first_line.endswith("."), f"begins with {first_line!r}"


@pytest.mark.parametrize("path", OURS, ids=named)
def test_no_module_has_outgrown_one_responsibility(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LINES_AT_MOST, f"{lines} lines: split it by what the domain separates"


@pytest.mark.parametrize("path", ALL, ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_name_says_what_a_thing_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if VAGUE_ENDINGS.search(name)] == []
    assert not VAGUE_STEMS.search(path.stem)


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


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_refusal_is_one_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(refused_in_several_sentences(tree)) == []


@pytest.mark.parametrize(
    "code",
    [
        "raise Refusal('It was used. Record another.', rule='toll-once')",
        "raise InvalidCommand(f'Clock {code} is over. ' 'Give another.')",
    ],
)
def test_the_lint_of_refusals_sees_a_second_sentence(code: str) -> None:
    assert list(refused_in_several_sentences(ast.parse(code))) != []


@pytest.mark.parametrize("path", list(modules_below("tests")), ids=named)
def test_no_test_sleeps(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    slept = [f for f in calls if "sleep" in (getattr(f, "attr", None), getattr(f, "id", None))]
    assert [f"line {f.lineno}" for f in slept] == []


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
