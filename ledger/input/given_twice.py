"""Given twice: a key that stands twice in an object of JSON, of which each parser takes the value that it prefers.

RFC 7493, section 2.3, forbids it; by RFC 8259, section 4, nobody can tell what it means.
"""

from __future__ import annotations

import json
from collections.abc import Callable

_Pairs = list[tuple[str, object]]


class _GivenTwice(Exception):
    """A key stands twice in an object."""


def given_twice(raw: bytes) -> str | None:
    """A key that an object of this JSON gives more than once, as parsers read it; None where there is none.

    What is no JSON in UTF-8 must have been refused before (ValueError), as what is very deep (RecursionError).
    """
    return _name_given_twice(raw, _AS_WRITTEN)


def given_twice_in_either_case(raw: bytes) -> str | None:
    """The same where capitals do not matter in a key, as in SCIM (RFC 7643, section 2.1)."""
    return _name_given_twice(raw, _IN_EITHER_CASE)


def _name_given_twice(raw: bytes, decoder: json.JSONDecoder) -> str | None:
    try:
        decoder.decode(raw.decode())
    except _GivenTwice as found:
        return str(found)
    return None


def _each_once(pairs: _Pairs) -> None:
    if len(dict(pairs)) < len(pairs):
        _refuse_second(pairs, str)


def _each_once_in_either_case(pairs: _Pairs) -> None:
    _refuse_second(pairs, str.lower)


def _refuse_second(pairs: _Pairs, read: Callable[[str], str]) -> None:
    seen: set[str] = set()
    for name, _ in pairs:
        if read(name) in seen:
            raise _GivenTwice(name)
        seen.add(read(name))


def _decoder(hook: Callable[[_Pairs], None]) -> json.JSONDecoder:
    """Reads keys alone: numbers stay as they are written, since a long one would take long."""
    return json.JSONDecoder(object_pairs_hook=hook, parse_int=str, parse_float=str)


_AS_WRITTEN = _decoder(_each_once)
_IN_EITHER_CASE = _decoder(_each_once_in_either_case)
