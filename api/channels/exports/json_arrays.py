"""JSON written a member at a time, so that an export of a whole ledger needs no more memory than one of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import orjson


def write_members(out: IO[bytes], members: Iterable[Any]) -> int:
    """Writes an array and answers how many members it has."""
    return _write(out, (orjson.dumps(each) for each in members), brackets=b"[]")


def write_properties(out: IO[bytes], properties: Iterable[tuple[str, Any]]) -> int:
    """Writes an object of these properties, whose names must differ, and answers how many it has."""
    pairs = (orjson.dumps(name) + b":" + orjson.dumps(value) for name, value in properties)
    return _write(out, pairs, brackets=b"{}")


def _write(out: IO[bytes], parts: Iterable[bytes], *, brackets: bytes) -> int:
    count = 0
    out.write(brackets[:1])
    for part in parts:
        out.write(b",\n" if count else b"\n")
        out.write(part)
        count += 1
    out.write(brackets[1:])
    return count
