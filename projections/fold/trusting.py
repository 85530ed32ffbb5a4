"""Facts made of what is stored without checking it again: it was checked before it was recorded.

Validation takes five times as long, most of it for values that nobody looks at here. What does not
have exactly the fields of today's fact is validated after all, so that it is refused in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from ledger.facts import Concealed, Fact, Json, PartlyErased, SharedText, fact_from, topics

M = TypeVar("M", bound=BaseModel)
_Convert = Callable[[Any], Any]
_AS_THEY_ARE = (str, int, bool, Concealed, PartlyErased, SharedText)
_set: Callable[[object, str, object], None] = object.__setattr__


def fact_trusted(topic: str, schema: int, values: dict[str, Json]) -> Fact:
    """The fact that these stored values say, in today's schema; takes the dictionary for its own."""
    making = _facts().get((topic, schema))
    if making is None:
        return fact_from(topic, schema, values)
    if values.keys() == making.names:
        return _model_of(making, values)
    whole = {**making.defaults, **values}  # recorded before the fact gained optional fields
    if whole.keys() != making.names:
        return fact_from(topic, schema, values)
    return _model_of(making, whole)


class _Making(NamedTuple, Generic[M]):
    """The fields of a kind of model, how the JSON of some becomes their value, and what is there for an absent one."""

    kind: type[M]
    names: set[str]
    converts: tuple[tuple[str, _Convert], ...]
    defaults: Mapping[str, Any]


def _model_of(making: _Making[M], values: dict[str, Json]) -> M:
    kind, names, converts, _ = making
    for name, convert in converts:
        value = values[name]
        if value is not None:
            values[name] = convert(value)
    model = object.__new__(kind)
    _set(model, "__dict__", values)
    _set(model, "__pydantic_fields_set__", names)
    _set(model, "__pydantic_extra__", None)
    _set(model, "__pydantic_private__", None)
    return model


@cache
def _facts() -> dict[tuple[str, int], _Making[Fact]]:
    """What is known of every fact at its schema version of today."""
    return {(topic, kind.schema_version): _making(kind) for topic, kind in topics().items()}


@cache
def _making(kind: type[M]) -> _Making[M]:
    found = {name: _convert(field.annotation) for name, field in kind.model_fields.items()}
    converts = tuple((name, convert) for name, convert in found.items() if convert is not None)
    optional = {name: each for name, each in kind.model_fields.items() if not each.is_required()}
    defaults = {name: each.get_default() for name, each in optional.items()}
    return _Making(kind, set(found), converts, defaults)


def _convert(hint: Any) -> _Convert | None:
    """How JSON that is not null becomes a value of this type; None if it is one already."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _convert(parts[0])
    if origin in (Union, UnionType):
        several = [_convert(part) for part in parts if part is not NoneType]
        if len(several) > 1 and any(several):
            raise _untaught(f"{hint} leaves open what its JSON says")
        return several[0]
    if origin is tuple:
        each = _convert(parts[0])
        return tuple if each is None else lambda values: tuple(map(each, values))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        making = _making(hint)
        return lambda values: _model_of(making, values)
    if hint is AwareDatetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if hint is UUID:
        return UUID
    if hint in _AS_THEY_ARE or origin is Literal or (origin and issubclass(origin, Mapping)):
        return None
    if isinstance(hint, type) and is_dataclass(hint):
        return _filled(hint)
    raise _untaught(f"nobody said how JSON becomes {hint}")


def _untaught(what: str) -> AssertionError:
    """A defect of ours: a TypeError would be told as an entry that a later version wrote."""
    return AssertionError(what)


def _filled(kind: type) -> _Convert:
    """How an object of JSON becomes one of these, a plain value that stands in facts."""
    found = {name: _convert(hint) for name, hint in get_type_hints(kind).items()}
    converts = tuple(
        (field.name, found[field.name] or _as_it_is) for field in fields(cast("Any", kind))
    )
    return lambda values: kind(**{name: convert(values[name]) for name, convert in converts})


def _as_it_is(value: Any) -> Any:
    return value
