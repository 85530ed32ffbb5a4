"""Answers made short: of a list its first two, of a text its first lines; what is left is as it was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

_ITEMS, _NAMES, _LARGE_BYTES = 2, 4, 2_000
_PLAIN_ITEMS = 12
"""So many are left of a list of texts or numbers, such as the path of a proof."""
_PAGE = 1_500
_LINES: Mapping[str, int] = {"text/csv": 3, "application/x-ndjson": 2}
_WHOLE = frozenset({"GET /v1/cases/{ref}/proof", "GET /v1/checkpoint"})
"""What proves nothing any more once it is cut."""


def trimmed(operation: str, kind: str, body: Any) -> Any:
    """An answer of this kind, short."""
    if operation in _WHOLE:
        return body
    if not isinstance(body, str):
        return _cut(body)
    if kind in _LINES:
        return "".join(body.splitlines(keepends=True)[: _LINES[kind]])
    if kind == "text/event-stream":
        retry, event, *_ = body.split("\n\n")
        return f"{retry}\n\n{event}\n\n"
    if kind == "text/html":
        return f"{body[:_PAGE]}…" if len(body) > _PAGE else body
    if kind.endswith("xml"):
        return _cut_xml(body)
    return _a_sample_each(body)


def _cut(value: Any) -> Any:
    match value:
        case list():
            plain = not any(isinstance(each, dict | list) for each in value)
            return [_cut(each) for each in value[: _PLAIN_ITEMS if plain else _ITEMS]]
        case dict():
            found = {name: _cut(each) for name, each in value.items()}
            if len(found) > _NAMES and _is_table(found) and len(orjson.dumps(found)) > _LARGE_BYTES:
                return dict([*found.items()][:_NAMES])
            return found
        case _:
            return value


def _is_table(value: Mapping[str, Any]) -> bool:
    """Whether the values are all of one kind with parts, as in a table by name, and not fields of their own."""
    return all(isinstance(each, dict) for each in value.values())


def _cut_xml(body: str) -> str:
    root = etree.fromstring(body.encode())
    for parent in root.iter():
        met: dict[str, int] = {}
        for child in list(parent):
            met[child.tag] = met.get(child.tag, 0) + 1
            if met[child.tag] > _ITEMS:
                parent.remove(child)
    declared = re.match(r"<\?xml.*?\?>\s*", body)
    return (declared.group() if declared else "") + etree.tostring(root, encoding="unicode")


def _a_sample_each(body: str) -> str:
    """Of counts and times for Prometheus what each is, with one sample."""
    lines, kept = body.splitlines(keepends=True), list[str]()
    for before, line in zip(["#", *lines], lines, strict=False):
        if line.startswith("#") or before.startswith("#"):
            kept.append(line)
    return "".join(kept)
