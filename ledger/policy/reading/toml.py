"""Reading a policy document from TOML: everything wrong with it at once, each with its line."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ledger.policy.document.locating import KeyPath, dotted, line_of, lines_of
from ledger.policy.document.policy import Policy
from ledger.policy.document.problems import PolicyError, Problem
from ledger.policy.reading.misshapen import unknown_beside
from ledger.policy.reading.packs import Pack, completed
from ledger.policy.reading.references import wrong_references

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_SENTENCES = {
    "missing": "is missing: add it",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be a text in quotes",
    "tuple_type": "must be a list in [ ]",
    "mapping_type": "must be a table",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}


def read_policy(
    text: str, *, file: str, packs: Callable[[], Mapping[str, Pack]] = dict[str, Pack]
) -> Policy:
    """The policy that a TOML text says, with the packs it names; PolicyError with every problem found if it says none.

    Problems of shape (unknown keys, wrong kinds of value) are found together, and with them what is named and nowhere
    defined; once there are none, all problems of reference (a clock without its calendar) are found together.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(file, (_not_toml(str(error), text),)) from error
    except RecursionError as error:
        problem = Problem(0, "", "The file is nested too deeply to be read: flatten its lists.")
        raise PolicyError(file, (problem,)) from error
    lines = lines_of(text)
    document = _with_packs(document, packs, file, lines)
    try:
        policy = Policy.model_validate(document)
    except ValidationError as error:
        beside = unknown_beside(document, error, _path_in)
        problems = _shape_problems(error, document, lines)
        problems += tuple(_problem(path, said, lines) for path, said in beside)
        raise PolicyError(file, _sorted(problems)) from error
    if wrong := wrong_references(policy):
        raise PolicyError(file, _sorted(_problem(path, said, lines) for path, said in wrong))
    return policy


def _with_packs(
    document: dict[str, Any],
    packs: Callable[[], Mapping[str, Pack]],
    file: str,
    lines: Mapping[KeyPath, int],
) -> dict[str, Any]:
    named = document.get("packs")
    if not named or not isinstance(named, list):
        return document
    known, wanted = packs(), cast("list[object]", named)
    wrong = [
        _problem(
            ("packs", place),
            f"names the pack '{name}', which does not come with the program; allowed: "
            f"{', '.join(sorted(known)) or 'none'}",
            lines,
        )
        for place, name in enumerate(wanted)
        if name not in known
    ]
    if wrong:
        raise PolicyError(file, tuple(wrong))
    return completed(document, (known[str(name)] for name in wanted))


def _not_toml(said: str, text: str) -> Problem:
    found = _AT_LINE.search(said)
    line = int(found.group(1)) if found else text.count("\n") + 1
    reason = _AT_LINE.sub("", said).removesuffix(" (at end of document)")
    return Problem(line, "", f"This is not TOML: {reason[:1].lower()}{reason[1:]}.")


def _shape_problems(
    error: ValidationError, document: Mapping[str, Any], lines: Mapping[KeyPath, int]
) -> tuple[Problem, ...]:
    details = error.errors(include_url=False, include_context=True)
    return tuple(_problem(_path_in(document, each), _sentence(each), lines) for each in details)


def _sorted(problems: typing.Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda each: (each.line, each.key)))


def _problem(path: KeyPath, said: str, lines: Mapping[KeyPath, int]) -> Problem:
    key = dotted(path)
    return Problem(line_of(path, lines), key, f"{key or 'The document'} {said}.")


def _path_in(document: object, detail: ErrorDetails) -> KeyPath:
    """Where in the document the error lies: the steps of its location that are steps of the document."""
    path: KeyPath = ()
    value: Any = document
    *steps, last = detail["loc"] or ("",)
    for step in steps:
        if isinstance(value, Mapping) and step in value:
            value = cast("Mapping[Any, Any]", value)[step]
            path = (*path, step)
        elif (
            isinstance(value, list)
            and isinstance(step, int)
            and step < len(cast("list[Any]", value))
        ):
            value = cast("list[Any]", value)[step]
            path = (*path, step)
    known = isinstance(value, Mapping) or (isinstance(value, list) and isinstance(last, int))
    in_document = detail["type"] == "missing" or (
        last in value if isinstance(value, Mapping) else isinstance(last, int)
    )
    return (*path, last) if known and in_document else path


def _sentence(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            allowed = _allowed_at(detail["loc"][:-1])
            return f"is not a key here{_meant(str(detail['loc'][-1]), allowed)}"
        case "value_error":
            return str(context["error"])
        case "literal_error" | "enum":
            allowed = re.findall(r"'([^']*)'", str(context["expected"]))
            return (
                f"cannot be {_value_shown(detail['input'])}{_meant(str(detail['input']), allowed)}"
            )
        case "union_tag_invalid" | "union_tag_not_found":
            allowed = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
            return f"needs a known kind{_meant(str(context.get('tag', '')), allowed or _KINDS)}"
        case "string_pattern_mismatch":
            return (
                f"cannot be {_value_shown(detail['input'])}: a code is letters, digits, '-', '_' or '.', "
                "and begins with a letter or digit"
            )
        case "greater_than" | "greater_than_equal":
            return f"must be at least {context.get('ge', context.get('gt'))}"
        case "less_than" | "less_than_equal":
            return f"must be at most {context.get('le', context.get('lt'))}"
        case "string_too_long":
            return f"is too long: at most {context['max_length']} characters"
        case _:
            said = detail["msg"].removeprefix("Input should be").strip()
            return _SENTENCES.get(kind, f"must be {said}")


_KINDS = ("counting", "office")


def _value_shown(value: object) -> str:
    shown = f"'{value}'" if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _meant(given: str, allowed: typing.Sequence[str]) -> str:
    near = get_close_matches(given, allowed, n=1)
    guess = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{guess}; allowed: {', '.join(sorted(allowed))}" if allowed else guess


def _allowed_at(location: tuple[int | str, ...]) -> list[str]:
    """The keys that the schema knows at a location of a validation error."""
    here: Any = Policy
    for step in location:
        here = _step(here, step)
        if here is None:
            return []
    model = _model_in(here)
    return list(model.model_fields) if model else []


def _step(here: Any, step: int | str) -> Any:
    for kind in _alternatives(here):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if step in kind.model_fields:
                return kind.model_fields[str(step)].annotation
            if step == _tag_of(kind):
                return kind
        arguments = typing.get_args(kind)
        if arguments and issubclass(typing.get_origin(kind) or object, Mapping):
            return arguments[1]
        if arguments and typing.get_origin(kind) is tuple and isinstance(step, int):
            return arguments[0]
    return None


def _alternatives(kind: Any) -> list[Any]:
    if typing.get_origin(kind) is typing.Annotated:
        return _alternatives(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [each for part in typing.get_args(kind) for each in _alternatives(part)]
    return [kind]


def _model_in(kind: Any) -> type[BaseModel] | None:
    models = [
        each
        for each in _alternatives(kind)
        if isinstance(each, type) and issubclass(each, BaseModel)
    ]
    return models[0] if models else None


def _tag_of(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    values = typing.get_args(kind.annotation) if kind else ()
    return values[0] if len(values) == 1 else ""
