"""Sample bodies: of each command the smallest that its description in OpenAPI allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BY_FORMAT = {
    "uuid": "019de001-4c00-7000-8000-000000000001",
    "date-time": "2026-03-02T12:30:00Z",
    "date": "2026-03-02",
}


def smallest_body(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    """What may be sent with an operation, as its example has it where it has one; None where nothing is."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    found, example = _smallest(content["schema"], document), content.get("example", {})
    return {name: example.get(name, value) for name, value in found.items()}


def _smallest(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return _smallest(found, document)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for either in ("anyOf", "oneOf", "allOf"):
        if either in schema:
            return _smallest(schema[either][0], document)
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            return {name: _smallest(schema["properties"][name], document) for name in needed}
        case "array":
            return [_smallest(schema["items"], document)] * schema.get("minItems", 0)
        case "string":
            said = _BY_FORMAT.get(schema.get("format", ""))
            return said or ("a" * 64 if "pattern" in schema else "x" * schema.get("minLength", 1))
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case kind:
            raise AssertionError(f"no sample of {kind} is known: say here what one is")
