"""A document that is misshapen: what it names that is nowhere defined, as far as what is sound of it can tell.

Whoever writes a policy is told both at once; one fault of shape hid every code that was mistyped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ledger.policy.document.locating import KeyPath
from ledger.policy.document.naming import NOT_DEFINED, Wrong
from ledger.policy.document.policy import Policy
from ledger.policy.reading.references import wrong_references

_ANOTHER_KIND = ("_type", "_attributes_type", "union_tag_not_found", "union_tag_invalid")
"""The endings of errors of a value that is of another kind: a table that is none may define anything."""
_A_VALUE = frozenset({"string_type", "int_type", "bool_type", "date_type", "time_type"})

PathOf = Callable[[object, ErrorDetails], KeyPath]
"""Where in a document an error lies."""


def unknown_beside(
    document: Mapping[str, Any], error: ValidationError, path_of: PathOf
) -> list[Wrong]:
    """What the rest of a document names and does not define; nothing where too little of it is left to tell.

    What is misshapen is taken out, and what lacks something goes whole: what was named there is not told as unknown.
    """
    rest: Any = deepcopy(document)
    gone, lists = set[str](), set[KeyPath]()
    while True:
        details = error.errors(include_url=False)
        paths = {_fault(rest, each, path_of) for each in details}
        if any(len(path) < 2 for path in paths) or any(map(_may_define_anything, details)):
            return []
        for path in sorted(paths, key=_last_first, reverse=True):
            gone |= _taken_out(rest, path)
            lists |= {path[:-1]} if isinstance(path[-1], int) else set()
        try:
            policy = Policy.model_validate(rest)
        except ValidationError as further:
            error = further
            continue
        found = wrong_references(policy)
        return [each for each in found if _is_unknown(each, gone) and not _within(each[0], lists)]


def _fault(rest: object, detail: ErrorDetails, path_of: PathOf) -> KeyPath:
    """What has to go: of something that is missing whatever lacks it."""
    path = path_of(rest, detail)
    return path[:-1] if detail["type"] == "missing" else path


def _may_define_anything(detail: ErrorDetails) -> bool:
    return detail["type"].endswith(_ANOTHER_KIND) and detail["type"] not in _A_VALUE


def _last_first(path: KeyPath) -> tuple[int, str, int]:
    """Sorts what lies deep behind what lies around it, and the elements of a list by their places."""
    return len(path), str(path[:-1]), path[-1] if isinstance(path[-1], int) else 0


def _taken_out(rest: Any, path: KeyPath) -> set[str]:
    """Takes a part out of a document; the codes that it may have defined."""
    *around, last = path
    for step in around:
        rest = rest[step]
    out = rest.pop(last)
    codes: list[object] = [last, out]
    if isinstance(out, Mapping):
        codes.append(cast("Mapping[str, object]", out).get("code"))
    return {each for each in codes if isinstance(each, str)}


def _is_unknown(wrong: Wrong, gone: Iterable[str]) -> bool:
    _, said = wrong
    return NOT_DEFINED in said and not any(f"'{code}', {NOT_DEFINED}" in said for code in gone)


def _within(path: KeyPath, lists: Iterable[KeyPath]) -> bool:
    """Whether a path leads through a list whose elements have other places by now."""
    return any(path[: len(each)] == each for each in lists)
