"""What the description of the interface says, and whether an example fits it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_DOCUMENT = "urn:description"


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each operation with its path and its method."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def resolved(document: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands here, or in the components where that is referred to."""
    if "$ref" not in said:
        return said
    _, _, part, name = said["$ref"].split("/")
    found: Mapping[str, Any] = document["components"][part][name]
    return found


def wrong_with(document: Mapping[str, Any], schema: Any, example: Any) -> list[str]:
    """What of an example its schema does not allow."""
    whole = Resource.from_contents(document, default_specification=DRAFT202012)
    named = json.loads(json.dumps(schema).replace('"#/', f'"{_DOCUMENT}#/'))
    registry = Registry[Any]().with_resource(_DOCUMENT, whole)
    validator = Draft202012Validator(named, registry=registry, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(example)]
