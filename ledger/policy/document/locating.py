"""Where each key of a TOML text stands: line numbers by key path, which tomllib does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")
_BASIC = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LITERAL = re.compile(r"'([^']*)'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL)
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[btnfr"\\])')
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and array element of a text that is TOML (tomllib has read it)."""
    return _Scan(text).paths()


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """The line of a path, or of the nearest thing around it; 0 if none is known."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 0


def dotted(path: KeyPath) -> str:
    """The path as a person writes it: `types.RDW-POT.clocks[0]`."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        else:
            name = step if _BARE_KEY.fullmatch(step) else f'"{step}"'
            written += f".{name}" if written else name
    return written


class _Scan:
    """One walk over a text, noting where each path begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._line_at = 1, 0
        self._lines: dict[KeyPath, int] = {}
        self._last_of: dict[KeyPath, int] = {}

    def paths(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._to_next():
            if self._text.startswith("[[", self._at):
                table = self._header(2, repeated=True)
            elif self._text[self._at] == "[":
                table = self._header(1, repeated=False)
            else:
                self._pair(table)
        return self._lines

    def _to_next(self) -> bool:
        self._skip(_BLANK)
        return self._at < len(self._text)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found.group()

    def _note(self, path: KeyPath) -> None:
        self._line += self._text.count("\n", self._line_at, self._at)
        self._line_at = self._at
        self._lines.setdefault(path, self._line)

    def _header(self, width: int, *, repeated: bool) -> KeyPath:
        self._at += width
        self._skip(_SPACE)
        *around, last = self._keys()
        path: KeyPath = ()
        for key in around:
            path = self._within(path, key)
        if repeated:
            array = (*path, last)
            self._note(array)
            self._last_of[array] = self._last_of.get(array, -1) + 1
            path = (*array, self._last_of[array])
            self._note(path)
        else:
            path = self._within(path, last)
        self._skip(_SPACE)
        self._at += width
        return path

    def _within(self, path: KeyPath, key: str) -> KeyPath:
        path = (*path, key)
        self._note(path)
        return (*path, self._last_of[path]) if path in self._last_of else path

    def _keys(self) -> list[str]:
        keys = [self._key()]
        self._skip(_SPACE)
        while self._text.startswith(".", self._at):
            self._at += 1
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
        return keys

    def _key(self) -> str:
        match self._text[self._at : self._at + 1]:
            case '"':
                return _ESCAPE.sub(_unescaped, self._skip(_BASIC)[1:-1])
            case "'":
                return self._skip(_LITERAL)[1:-1]
            case _:
                return self._skip(_BARE_KEY)

    def _pair(self, table: KeyPath) -> None:
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path)
        self._at += 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self._text[self._at : self._at + 1]:
            case '"':
                long = self._text.startswith('"""', self._at)
                self._skip(_LONG_BASIC if long else _BASIC)
            case "'":
                long = self._text.startswith("'''", self._at)
                self._skip(_LONG_LITERAL if long else _LITERAL)
            case "[":
                self._elements(path)
            case "{":
                self._inline_table(path)
            case _:
                self._skip(_BARE_VALUE)

    def _elements(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while self._to_next() and self._text[self._at] != "]":
            self._note((*path, index))
            self._value((*path, index))
            index += 1
            self._separator()
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._to_next() and self._text[self._at] != "}":
            self._pair(path)
            self._separator()
        self._at += 1

    def _separator(self) -> None:
        if self._to_next() and self._text[self._at] == ",":
            self._at += 1


def _unescaped(found: re.Match[str]) -> str:
    written = found.group(1)
    return _ESCAPED.get(written) or chr(int(written[1:], 16))
