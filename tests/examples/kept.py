"""The file in which example answers are kept, a line an operation.

An answer is out of date where anything that it says is another, a number or an instant too: the office does the same
each time. What is drawn by chance is compared by where it stands, and how long something took is not compared at all.
Whoever adds a step writes the answers anew that count or date what comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from api.http.described import examples

FILE = Path(examples.__file__).with_suffix(".json")
_CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids
    r"|[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-Z*~$=]"  # references of cases
    r"|eyJ[\w-]+\.[\w-]+\.[\w-]+"  # tokens
    r"|whsec_[\w+/]+=*|\+[0-9a-f]{8}\+[\w+/]+=*"  # secrets and keys
    r'|(?<=W/\\")[\w-]{20}|(?<="body":")[\w-]{22}'  # tags of answers, digests of bodies
    r"|(?<![\w+/])[\w+/]{43,}={0,2}|(?<![\w-])[\w-]{32,}(?![\w-])"  # digests and signatures
    r"|(?<=[0-9]-)[0-9a-f]{16}\b"  # the beginning of a digest in the id of an event
    r"|(?<=_bucket\{)[^}]*\} [0-9.]+"  # how many took so long, and how many were written at once
)
"""What follows from chance: it is the same where all of it is."""
_MOVING = {
    "POST /v1/people/search": re.compile(r'(?<="position":)[0-9]+|(?<="Ledger-Position":")[0-9]+')
}
"""How far the views are while they move: that somebody is sought is recorded just before they are read."""


def kept() -> dict[str, Any]:
    """What is kept; nothing where no file is there."""
    found: dict[str, Any] = orjson.loads(FILE.read_bytes()) if FILE.exists() else {}
    return found


def write(said: Mapping[str, Mapping[str, Any]]) -> None:
    """Keeps this."""
    parts = (f"{_text(part)}: {{\n{_lines(named)}\n}}" for part, named in said.items())
    FILE.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def as_written(said: Mapping[str, Any], *, before: Mapping[str, Any]) -> dict[str, Any]:
    """What is said now, but as it was written before where the two differ by chance alone."""
    return {
        part: {
            name: each
            if different(before.get(part, {}).get(name), each, of=name)
            else before[part][name]
            for name, each in named.items()
        }
        for part, named in said.items()
    }


def different(was: Any, now: Any, *, of: str = "") -> bool:
    """Whether two answers of an operation differ by more than chance."""
    moving = _MOVING.get(of)
    said = [_text(each) if moving is None else moving.sub("", _text(each)) for each in (was, now)]
    return without_chance(said[0]) != without_chance(said[1])


def without_chance(said: str) -> str:
    """A text in which each id and digest is called by where it came up first."""
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return names.setdefault(found.group(), f"#{len(names)}")

    return _CHANCE.sub(named, said)


def _lines(named: Mapping[str, Any]) -> str:
    return ",\n".join(f"{_text(name)}: {_text(each)}" for name, each in named.items())


def _text(said: Any) -> str:
    return orjson.dumps(said).decode()
