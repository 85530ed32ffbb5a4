"""Mappings as files: TOML, with every problem named by file, line, key and what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from api.channels.mapping import Mapping
from api.channels.request_mapping import RequestMapping
from api.channels.rows import listed
from ledger.errors import InvalidCommand
from ledger.policy.document.locating import KeyPath, dotted, line_of, lines_of
from ledger.policy.document.problems import Problem

M = TypeVar("M", bound=BaseModel)
MAX_MAPPING_BYTES = 1024 * 1024


class MappingError(InvalidCommand):
    """The mapping cannot be used as it is written."""

    code = "invalid-mapping"

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        said = (f"{file}, line {p.line or 1}, {p.key}: {p.sentence}." for p in problems)
        super().__init__("\n".join(said))
        self.file = file
        self.problems = problems


def find_mapping(name: str) -> Mapping:
    """The shipped mapping of that name, or the one in the file of that path; InvalidCommand for one of requests."""
    found = find_any_mapping(name)
    if isinstance(found, RequestMapping):
        raise InvalidCommand(
            f"The mapping '{name}' is of requests, and a log is wanted: give one with [case] and [event]."
        )
    return found


def find_any_mapping(name: str) -> Mapping | RequestMapping:
    """The shipped mapping of that name, or the one in the file of that path: of a log, or of requests."""
    if name in shipped_mappings():
        shipped = files("api.channels").joinpath("mappings", f"{name}.toml")
        return read_any_mapping(shipped.read_text("utf-8"), file=f"{name}.toml")
    path = Path(name)
    try:
        if path.stat().st_size > MAX_MAPPING_BYTES:
            raise InvalidCommand(f"{path} is too big for a mapping: more than 1 MiB.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidCommand(f"{path} is not UTF-8 text: save the mapping as UTF-8.") from error
    except (OSError, ValueError) as error:
        raise InvalidCommand(
            f"There is no mapping '{name}': give the path of a TOML file, or one of the shipped "
            f"mappings: {', '.join(shipped_mappings())}."
        ) from error
    return read_any_mapping(text, file=path.name)


def shipped_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    found = files("api.channels").joinpath("mappings").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in found if f.name.endswith(".toml")))


def read_mapping(text: str, *, file: str) -> Mapping:
    """The mapping of a log that a TOML text says; MappingError names every problem in it."""
    return _checked(_document(text, file), text, file, Mapping)


def read_any_mapping(text: str, *, file: str) -> Mapping | RequestMapping:
    """The mapping that a TOML text says: of requests where it has the section `request`, else of a log."""
    document = _document(text, file)
    if "request" in document:
        return _checked(document, text, file, RequestMapping)
    return _checked(document, text, file, Mapping)


def _document(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at line ")
        number = place.partition(",")[0]
        line = int(number) if number.isdecimal() else text.count("\n") + 1
        raise MappingError(file, (Problem(line, "TOML", message),)) from error


def _checked(document: dict[str, Any], text: str, file: str, model: type[M]) -> M:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        lines = lines_of(text)
        found = [_problem(dict(details), lines, model) for details in error.errors()]
        raise MappingError(file, tuple(sorted(found, key=lambda p: p.line))) from error


def _problem(details: dict[str, Any], lines: dict[KeyPath, int], model: type[BaseModel]) -> Problem:
    place: KeyPath = details["loc"]
    return Problem(line_of(place, lines), dotted(place), _sentence(place, details, model))


def _sentence(place: KeyPath, details: dict[str, Any], model: type[BaseModel]) -> str:
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return unknown("no such key", str(place[-1]), _keys_at(place[:-1], model))
        case "missing":
            return "is required"
        case "value_error":
            return str(context["error"])
        case "literal_error":
            return f"allowed: {context['expected']}"
        case "string_pattern_mismatch":
            return f"allowed: what matches {context['pattern']} (lower case, no blanks)"
        case "string_too_short":
            return "is empty; leave the key out if there is no such attribute"
        case "model_type" | "dict_type":
            return f"is a section: write it as [{place[0]}]"
        case _:
            message: str = details["msg"]
            return message[:1].lower() + message[1:]


def _keys_at(place: KeyPath, model: type[BaseModel]) -> list[str]:
    for step in place:
        field = model.model_fields.get(str(step))
        kinds = [field.annotation, *get_args(field.annotation)] if field else []
        inner = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not inner:
            return []
        model = inner[0]
    return list(model.model_fields)


def unknown(what: str, name: str, there: Iterable[str], *, told_as: str = "allowed") -> str:
    """The sentence for a name that is not there: the nearest that is, and all of them."""
    names = list(there)
    near = get_close_matches(name, names, n=1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{what}{hint}; {told_as}: {listed(names) or 'none'}"
