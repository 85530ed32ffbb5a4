"""Directory files: users in SCIM 2.0 (RFC 7643) as JSON, one or a list or a ListResponse, or as CSV with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from ledger.errors import InvalidCommand
from ledger.input.given_twice import given_twice_in_either_case
from ledger.input.quoting import counted, quoted

LEAVING = "urn:caseledger:scim:schemas:Leaving"
"""The extension of a SCIM user that says `leftOn` and `successor`, which the core schema has no word for."""
WORK = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
"""The extension of RFC 7643, section 4.3, whose department is a team where no groups are said."""
BYTES_AT_MOST = 16 * 1024 * 1024
_WORDS_AT_MOST = 200
_YES = frozenset({"true", "1", "yes", "y"})
_NO = frozenset({"false", "0", "no", "n"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a directory, by their code here; None where the file does not say."""

    code: str
    active: bool
    name: str | None = None
    groups: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    language: str | None = None
    left_on: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file says: people, and each row that is none with the reason; `whole` unless it is one page of more."""

    people: tuple[Person, ...]
    set_aside: tuple[tuple[int, str], ...]
    whole: bool = True


def read_directory(raw: bytes, *, file: str, code_in: str = "externalid") -> Listed:
    """The people of a file; `code_in` names the attribute that has their code here, `userName` where it is empty.

    InvalidCommand where the file as a whole is neither form.
    """
    if len(raw) > BYTES_AT_MOST:
        raise InvalidCommand(f"{file} has more than {BYTES_AT_MOST} bytes: give it in parts.")
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        rows, whole = _scim(raw.removeprefix(b"\xef\xbb\xbf"), file)
    else:
        rows, whole = _csv(raw, file), True
    people: dict[str, Person] = {}
    set_aside: list[tuple[int, str]] = []
    for place, row in enumerate(rows, start=1):
        try:
            person = _person(row, code_in)
        except ValueError as error:
            set_aside.append((place, str(error)))
            continue
        if person.code in people:
            set_aside.append((place, f"{person.code} stands in the file twice"))
        else:
            people[person.code] = person
    return Listed(tuple(people.values()), tuple(set_aside), whole)


def _scim(raw: bytes, file: str) -> tuple[list[Any], bool]:
    try:
        said = orjson.loads(raw)
        twice = given_twice_in_either_case(raw)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise InvalidCommand(f"{file} is not JSON in UTF-8: {error}.") from error
    if twice is not None:
        raise InvalidCommand(
            f"{file} gives {quoted(twice, otherwise='a key')} more than once in one object, and either could be "
            "meant: give it once."
        )
    if isinstance(said, list):
        return said, True
    known = _lowered(said)
    if "resources" not in known:
        return [said], True
    found = known["resources"]
    if not isinstance(found, list):
        raise InvalidCommand(f"{file}: Resources must be a list of users.")
    total = known.get("totalresults")
    return found, not isinstance(total, int) or total <= len(found)


def _csv(raw: bytes, file: str) -> list[Any]:
    try:
        text = raw.decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns, *rows = [each for each in reader if each] or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidCommand(
            f"{file} is neither SCIM in JSON nor CSV in UTF-8: {error}."
        ) from error
    if len({each.lower() for each in columns}) < len(columns):
        raise InvalidCommand(
            f"{file} has a column more than once: nobody can tell which is meant; rename one."
        )
    if not rows:
        raise InvalidCommand(f"{file} lists nobody: give users in SCIM, or CSV with a header.")
    if len(rows[-1]) < len(columns) and not text.endswith(("\n", "\r")):
        raise InvalidCommand(
            f"{file} ends in the middle of its last row, which has no line end: it was cut off; fetch it again."
        )
    return [
        {name: value for name, value in zip(columns, row, strict=True) if value}
        if len(row) == len(columns)
        else _Uneven(len(row), len(columns))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Uneven:
    """A row with more values than there are columns or fewer: nobody can tell which is which (RFC 4180, 2.4)."""

    values: int
    columns: int


def _person(row: object, code_in: str) -> Person:
    if isinstance(row, _Uneven):
        raise ValueError(
            f"has {counted(row.values, 'value', 'values')} where the header has "
            f"{counted(row.columns, 'column', 'columns')}"
        )
    if not isinstance(row, Mapping):
        raise ValueError("is no user")
    said = _lowered(row)
    leaving = _lowered(said.get(LEAVING.lower()) or {})
    work = _lowered(said.get(WORK.lower()) or {})
    code = next(
        (
            found
            for name in ("code", code_in.lower(), "username")
            if (found := _text(said.get(name)))
        ),
        None,
    )
    if code is None:
        raise ValueError(f"has neither {code_in} nor userName, so nobody can tell who it is")
    named = _lowered(said.get("name")) if isinstance(said.get("name"), Mapping) else {}
    plain_name = said.get("name") if isinstance(said.get("name"), str) else None
    return Person(
        code,
        _truth(said.get("active", True)),
        _text(said.get("displayname") or named.get("formatted") or plain_name),
        _several(
            said.get("groups", said.get("teams", work.get("department"))), ("value", "display")
        ),
        _several(said.get("roles"), ("value",)),
        _language(said.get("preferredlanguage") or said.get("language")),
        _day(leaving.get("lefton") or said.get("left_on")),
        _text(leaving.get("successor") or said.get("successor")),
    )


def _lowered(said: object) -> dict[str, Any]:
    """By names in small letters, since those of SCIM may be written either way (RFC 7643, 2.1)."""
    if not isinstance(said, Mapping):
        raise ValueError("is no user")
    return {str(name).lower(): value for name, value in said.items()}


def _text(said: object) -> str | None:
    if said is None or said == "":
        return None
    if not isinstance(said, str) or len(said) > _WORDS_AT_MOST or not said.isprintable():
        raise ValueError("holds a text that is none, is too long, or has control characters")
    return said.strip() or None


def _truth(said: object) -> bool:
    if isinstance(said, bool):
        return said
    word = str(said).strip().lower()
    if word not in _YES | _NO:
        raise ValueError("says of `active` neither true nor false: say one of the two")
    return word in _YES


def _several(said: object, names: Iterable[str]) -> tuple[str, ...] | None:
    if said is None:
        return None
    if isinstance(said, str):
        return tuple(dict.fromkeys(said.replace(";", " ").replace(",", " ").split()))
    if not isinstance(said, list):
        raise ValueError("says groups or roles that are no list")
    return tuple(dict.fromkeys(_each(said, tuple(names))))


def _each(said: list[Any], names: tuple[str, ...]) -> Iterator[str]:
    for each in said:
        values = (
            [_lowered(each).get(name) for name in names] if not isinstance(each, str) else [each]
        )
        for value in values:
            if text := _text(value):
                yield text


def _language(said: object) -> str | None:
    text = _text(said)
    return text[:2].lower() if text else None


def _day(said: object) -> date | None:
    text = _text(said)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise ValueError("says a date of leaving that is none, such as 2026-03-31") from error
