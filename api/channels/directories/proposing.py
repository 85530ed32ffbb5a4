"""Proposing: a policy file with the joiners and changes of a directory, every other line as it was."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from api.channels.directories.comparing import Change

_SECTION = re.compile(r"^\s*\[")
_MEMBERS = re.compile(r"^\s*\[members\]\s*(#.*)?$")
_ENTRY = re.compile(r"""^\s*(?:"(?P<quoted>[^"]+)"|(?P<bare>[A-Za-z0-9_-]+))\s*=\s*\{""")
_BARE = re.compile(r"^[A-Za-z0-9_-]+$")


def proposed(text: str, changes: Iterable[Change]) -> tuple[str, tuple[str, ...]]:
    """The text with each change made in the line of its member, and joiners after the last; who was not found.

    Only members that have a line of their own can be changed, `CODE = { ... }` under `[members]`; whoever
    stands otherwise is named, for a person to do by hand.
    """
    lines = text.split("\n")
    places = _places(lines)
    by_hand: list[str] = []
    joining: list[str] = []
    for change in changes:
        if change.joins:
            joining.append(_line(change.member, change.fields))
        elif (place := places.get(change.member)) is None:
            by_hand.append(change.member)
        else:
            lines[place] = _line(change.member, _fields(lines[place], change))
    if joining:
        at = 1 + (max(places.values()) if places else _header_of_members(lines))
        lines[at:at] = joining
    return "\n".join(lines), tuple(by_hand)


def _places(lines: list[str]) -> dict[str, int]:
    """By member the line that is theirs alone."""
    found: dict[str, int] = {}
    within = False
    for place, line in enumerate(lines):
        if _SECTION.match(line):
            within = _MEMBERS.match(line) is not None
        entry = _ENTRY.match(line) if within else None
        if entry is not None and _parsed(line) is not None:
            found[entry["quoted"] or entry["bare"]] = place
    return found


def _header_of_members(lines: list[str]) -> int:
    """Where `[members]` stands, at the end if it stands nowhere yet."""
    for place, line in enumerate(lines):
        if _MEMBERS.match(line):
            return place
    lines += ["[members]"] if lines[-1] == "" else ["", "[members]"]
    return len(lines) - 1


def _parsed(line: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None


def _fields(line: str, change: Change) -> dict[str, Any]:
    said = tomllib.loads(line)
    return {**said[change.member], **change.fields}


def _line(member: str, fields: Mapping[str, Any]) -> str:
    said = ", ".join(f"{name} = {_value(value)}" for name, value in fields.items())
    key = member if _BARE.match(member) else json.dumps(member, ensure_ascii=False)
    return f"{key} = {{ {said} }}"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in value)}]"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
