"""Shapes: the JSON schema of an answer, from the type that it is made of, as `as_json` writes it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from ledger.facts import Fact

Schema = dict[str, Any]

_NAMED: dict[str, type] = {}

_PLAIN: Mapping[Any, Schema] = {
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Fraction: {"type": "string", "pattern": r"^-?\d+(/\d+)?$"},
    NoneType: {"type": "null"},
}
ANYTHING: Schema = {}
OBJECT: Schema = {"type": "object", "additionalProperties": True}


def shape_of(kind: Any, defined: dict[str, Schema]) -> Schema:
    """The schema of values of a type; what has fields is put into `defined` under its name and referred to."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return shape_of(UUID if UUID in arguments else arguments[0], defined)
    if origin in (Union, UnionType):
        return _either(arguments, defined)
    if origin is Literal:
        kinds = {type(each) for each in arguments}
        named = _PLAIN.get(kinds.pop(), {}) if len(kinds) == 1 else {}
        return {**named, "enum": list(arguments)}
    if origin in (tuple, list, Sequence, frozenset):
        items = [each for each in arguments if each is not Ellipsis]
        return {
            "type": "array",
            "items": shape_of(items[0], defined) if len(items) == 1 else ANYTHING,
        }
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": shape_of(arguments[1], defined)}
    if isinstance(kind, type) and issubclass(kind, Fact):
        return {**OBJECT, "description": " ".join((kind.__doc__ or "").split())}
    if isinstance(kind, type) and names_of(kind):
        return _with_fields(kind, defined)
    return dict(ANYTHING)


def _either(kinds: Sequence[Any], defined: dict[str, Schema]) -> Schema:
    found = [shape_of(each, defined) for each in kinds]
    return ANYTHING if ANYTHING in found else {"anyOf": found}


def names_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass or a named tuple; none of what is neither."""
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    named: tuple[str, ...] = getattr(kind, "_fields", ())
    return named


def _with_fields(kind: type, defined: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if _NAMED.setdefault(name, kind) is not kind:
        raise TypeError(f"two answers are named {name}: {kind} and {_NAMED[name]}")
    if name not in defined:
        defined[name] = {}  # so that a type may hold its own kind
        hints = get_type_hints(kind, include_extras=True)
        names = names_of(kind)
        defined[name] = {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "required": list(names),
            "additionalProperties": False,
            "properties": {each: shape_of(hints[each], defined) for each in names},
        }
    return {"$ref": f"#/components/schemas/{name}"}
