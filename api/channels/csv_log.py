"""CSV event logs: a header, then a row an event, the rows of one case wherever they stand.

Since the rows of a case may lie anywhere in the file, what is mapped of every row is held until the
file ends: memory grows with the number of rows, about a kilobyte each, not with what else they say.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import TextIOWrapper
from typing import IO

from api.channels.log_files import Encoding, as_text, is_text
from api.channels.rows import (
    MAX_VALUE_CHARACTERS,
    CaseRows,
    LogRow,
    SetAside,
    digest_pairs,
    listed,
    shown,
)
from ledger.errors import InvalidCommand
from ledger.input.quoting import counted

CASE_PREFIX = "case:"
MAX_LINE_CHARACTERS = 1024 * 1024
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Header:
    """Where mapped attributes stand in a row: those of the case as `case:NAME`, else as `NAME`."""

    columns: tuple[str, ...]
    case: Mapping[str, int]
    event: Mapping[str, int]
    missing: tuple[str, ...]


def read_csv(
    stream: IO[bytes],
    *,
    file: str,
    case_keys: frozenset[str],
    event_keys: frozenset[str],
    case_id: str,
    delimiter: str | None = None,
    encoding: Encoding = "utf-8",
) -> Iterator[CaseRows | SetAside]:
    """The cases of a CSV file in the order of their first rows, after each row that cannot be used.

    A missing column, a quote left open, an overlong line and an end within a row raise InvalidCommand: the file
    as a whole is not what the mapping takes it for, or not all of it is there.
    """
    with as_text(stream, encoding) as text:
        lines = _Lines(text, file, encoding)
        header, found = _header(lines, case_keys, event_keys, delimiter)
        if header.missing:
            raise InvalidCommand(
                f"{file} has no column {_quoted(header.missing)}, which the mapping names; "
                f"its columns are {_quoted(header.columns)}."
            )
        cases: dict[str, list[tuple[Mapping[str, str], LogRow]]] = {}
        for row in _rows(lines, header, found):
            match row:
                case SetAside():
                    yield row
                case (said, event):
                    cases.setdefault(said[case_id], []).append((said, event))
    if not cases and lines.rows == 0:
        raise InvalidCommand(f"{file} has a header and no rows.")
    for rows in cases.values():
        yield _gathered(rows)


class _Lines:
    """The lines of the text, each of bounded length; those of the row being read are at hand."""

    def __init__(self, text: TextIOWrapper, file: str, encoding: Encoding) -> None:
        self.file = file
        self.encoding: Encoding = encoding
        self.number = 0
        self.rows = 0
        self.current: list[str] = []
        self._text = text

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MAX_LINE_CHARACTERS + 1):
            self.number += 1
            if len(line) > MAX_LINE_CHARACTERS:
                raise InvalidCommand(
                    f"Line {self.number} of {self.file} is longer than "
                    f"{MAX_LINE_CHARACTERS:,} characters: it cannot be a row of an event log."
                )
            self.current.append(line)
            yield line

    def ends_within(self, values: list[str], header: Header) -> bool:
        """Whether the file stops within this row. That the last line has no end is allowed (RFC 4180, 2.2)."""
        if self.current[-1].endswith(("\n", "\r")):
            return False
        return len(values) < len(header.columns) or not is_text(values[-1])

    def place(self) -> str:
        first = self.number - len(self.current) + 1
        return f"line {self.number}" if first >= self.number else f"lines {first} to {self.number}"


def _header(
    lines: _Lines, case_keys: frozenset[str], event_keys: frozenset[str], delimiter: str | None
) -> tuple[Header, str]:
    """The header, by the stated delimiter or by the one that shows most of the mapped columns."""
    first = next(iter(lines), "")
    if not first.strip():
        raise InvalidCommand(
            f"The first line of {lines.file} is empty: take it out, so that the first one names the columns."
        )
    if not is_text(first):
        raise InvalidCommand(f"The header of {lines.file} is {_not_in(lines.encoding)}")
    tried: list[tuple[Header, str]] = []
    for each in (delimiter,) if delimiter else _DELIMITERS:
        try:
            columns = next(csv.reader([first], delimiter=each, strict=True), [])
        except csv.Error:
            continue
        tried.append((_placed(columns, case_keys, event_keys), each))
    if not tried:
        raise InvalidCommand(f"The first line of {lines.file} is no CSV header: a quote is open.")
    header, found = min(tried, key=lambda one: (len(one[0].missing), -len(one[0].columns)))
    doubled = {name for name in header.columns if header.columns.count(name) > 1}
    used = {header.columns[at] for at in (*header.case.values(), *header.event.values())}
    if doubled & used:
        raise InvalidCommand(
            f"{lines.file} has the column {_quoted(sorted(doubled & used))} more than once: "
            "nobody can tell which is meant; rename one."
        )
    return header, found


def _placed(columns: list[str], case_keys: frozenset[str], event_keys: frozenset[str]) -> Header:
    at = {name: number for number, name in reversed(list(enumerate(columns)))}
    case = {key: at.get(CASE_PREFIX + key, at.get(key)) for key in sorted(case_keys)}
    event = {key: at.get(key) for key in sorted(event_keys)}
    missing = {key for found in (case, event) for key, place in found.items() if place is None}
    return Header(
        tuple(columns),
        {key: place for key, place in case.items() if place is not None},
        {key: place for key, place in event.items() if place is not None},
        tuple(sorted(missing)),
    )


def _rows(
    lines: _Lines, header: Header, delimiter: str
) -> Iterator[tuple[Mapping[str, str], LogRow] | SetAside]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    # A value that repeats from row to row is kept once.
    once: dict[str, str] = {}
    while True:
        lines.current.clear()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.rows += 1
            yield _unreadable(lines, error)
            continue
        if not values:
            continue
        lines.rows += 1
        problem = _problem(values, header, lines.encoding)
        if problem and lines.ends_within(values, header):
            raise InvalidCommand(
                f"{lines.file} ends in the middle of its last row ({lines.place()}), which has no line end: it was cut "
                "off, so nothing of it is taken; fetch it again, or end the line if that is all of the row."
            )
        if problem:
            yield SetAside(lines.rows, lines.place(), problem, _raw_digest(lines).hex())
            continue
        said = {key: once.setdefault(values[at], values[at]) for key, at in header.case.items()}
        event = {key: once.setdefault(values[at], values[at]) for key, at in header.event.items()}
        digest = digest_pairs(list(zip(header.columns, values, strict=True)))
        yield said, LogRow(lines.rows, lines.place(), event, digest)


def _unreadable(lines: _Lines, error: csv.Error) -> SetAside:
    whole = len(lines.current) == 1 and lines.current[0].count('"') % 2 == 0
    if "unexpected end" in str(error) or ("field limit" in str(error) and not whole):
        raise InvalidCommand(
            f"Row {lines.rows} of {lines.file} ({lines.place()}) has a quote that is never closed, "
            "so the rows after it cannot be told apart: close it, or double it if it is meant."
        ) from error
    reason = f"it is not sound CSV: {error}"
    return SetAside(lines.rows, lines.place(), reason, _raw_digest(lines).hex())


def _problem(values: list[str], header: Header, encoding: Encoding) -> str | None:
    if len(values) != len(header.columns):
        return (
            f"it has {counted(len(values), 'value', 'values')} where the header has "
            f"{counted(len(header.columns), 'column', 'columns')}"
        )
    if not all(map(is_text, values)):
        return f"it is {_not_in(encoding)}"
    for key, at in (*header.case.items(), *header.event.items()):
        if len(values[at]) > MAX_VALUE_CHARACTERS:
            return (
                f"its value of {shown(key)} is {len(values[at]):,} characters long; "
                f"at most {MAX_VALUE_CHARACTERS:,} are read"
            )
    return None


def _not_in(encoding: Encoding) -> str:
    return (
        f"not {encoding.upper()} text: save the file as UTF-8, or name its encoding in the mapping, as in "
        '[csv] encoding = "windows-1252".'
    )


def _quoted(names: Iterable[str]) -> str:
    return listed([shown(name) for name in names])


def _raw_digest(lines: _Lines) -> bytes:
    return sha256("".join(lines.current).encode("utf-8", "surrogateescape")).digest()


def _gathered(rows: list[tuple[Mapping[str, str], LogRow]]) -> CaseRows:
    """One case of the rows that name it; what its first row with a value says of it counts."""
    attributes: dict[str, str] = {}
    differing: dict[str, int] = {}
    digest = sha256()
    for said, row in rows:
        digest.update(row.digest)
        for key, value in said.items():
            if not attributes.get(key):
                attributes[key] = value
            elif value and value != attributes[key]:
                differing.setdefault(key, row.number)
    return CaseRows(
        rows[0][1].place,
        attributes,
        tuple(row for _, row in rows),
        digest.digest(),
        tuple(sorted(differing.items())),
    )
