"""Patching: what a user would be after the operations of a PATCH (RFC 7644, section 3.5.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.http.scim.errors import ScimProblem
from api.http.scim.users import STANDING, attributes, by_its_own_name

_OPERATIONS = frozenset({"add", "replace", "remove"})
_MOST = 100
_SEVERAL = frozenset({"groups", "roles"})
_ONE_OF = re.compile(r'(groups|roles)\[value eq "([^"]{1,64})"\]', re.IGNORECASE)
_PART_OF_SEVERAL = re.compile(r"(groups|roles)\W.*", re.DOTALL)
_PART_OF_ACTIVE = re.compile(r"active\W.*", re.DOTALL)
_WITHIN = f"{STANDING.lower()}:"


def patched(said: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """A user's attributes by names in small letters, after each operation; what is not kept here is passed over."""
    found = {name.lower(): value for name, value in said.items()}
    operations = {name.lower(): value for name, value in body.items()}.get("operations")
    if not isinstance(operations, list) or not 1 <= len(operations) <= _MOST:
        raise _syntax(f"Give Operations: a list of 1 to {_MOST}.")
    for each in operations:
        if not isinstance(each, Mapping):
            raise _syntax("Each of the Operations is an object with op, path and value.")
        _apply(found, {str(name).lower(): value for name, value in each.items()})
    return found


def _apply(found: dict[str, Any], operation: Mapping[str, Any]) -> None:
    kind = operation.get("op")
    if not isinstance(kind, str) or kind.lower() not in _OPERATIONS:
        raise _syntax("op is add, replace or remove.")
    path, value = operation.get("path"), operation.get("value")
    if path is None:
        if not isinstance(value, Mapping):
            raise _syntax("Without a path the value is an object of attributes.")
        for name, each in attributes(value).items():
            _set(found, kind.lower(), name, each)
    elif isinstance(path, str):
        _set(found, kind.lower(), path, value)
    else:
        raise ScimProblem("malformed-request", "path is a text.", "invalidPath")


def _set(found: dict[str, Any], kind: str, path: str, value: Any) -> None:
    path = by_its_own_name(path)
    name = path.lower()
    one = _ONE_OF.fullmatch(path)
    if one is not None and kind == "remove":
        several = one.group(1).lower()
        found[several] = [each for each in _values(found[several]) if each != one.group(2)]
    elif _PART_OF_SEVERAL.fullmatch(name):
        # Passed over, somebody would keep what they are to have no more.
        raise ScimProblem(
            "malformed-request",
            "One of several values can be removed: give all that are to stay, without a filter.",
            "invalidPath",
        )
    elif name in _SEVERAL:
        before = _values(found[name]) if kind == "add" else []
        found[name] = [] if kind == "remove" else [*before, *_values(value)]
    elif name.startswith(_WITHIN):
        within = {**_lowered(found.get(STANDING.lower()))}
        within[name.removeprefix(_WITHIN)] = None if kind == "remove" else value
        found[STANDING.lower()] = within
    elif name == "externalid":
        found[name] = None if kind == "remove" else value
    elif name in ("active", "username", STANDING.lower()):
        if kind == "remove":
            raise ScimProblem(
                "malformed-request", "This stands for good: replace it.", "mutability"
            )
        found[name] = value
    elif _PART_OF_ACTIVE.fullmatch(name):  # passed over, somebody who leaves would stay
        raise ScimProblem(
            "malformed-request", "active has no parts: its path is active.", "invalidPath"
        )


def _values(said: Any) -> list[str]:
    each = said if isinstance(said, list) else [said]
    found = [one.get("value") if isinstance(one, Mapping) else one for one in each]
    if not all(isinstance(one, str) for one in found):
        raise ScimProblem(
            "malformed-request", "groups and roles are lists of codes.", "invalidValue"
        )
    return [str(one) for one in found]


def _lowered(said: Any) -> dict[str, Any]:
    pairs = said.items() if isinstance(said, Mapping) else ()
    return {str(name).lower(): each for name, each in pairs}


def _syntax(sentence: str) -> ScimProblem:
    return ScimProblem("malformed-request", sentence, "invalidSyntax")
