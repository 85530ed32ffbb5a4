"""Uploads: a form in parts (multipart/form-data, RFC 7578), its fields as pairs, and the pictures that came with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.unwelcome import UNWELCOME
from ledger.errors import InvalidCommand

IN_PARTS = "multipart/form-data"
FILES_AT_MOST = 20
_PARTS_AT_MOST = 300
_KIND = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_ANY_KIND = "application/octet-stream"
_DISPOSITION, _CODING, _TYPE = (
    b"content-disposition",
    b"content-transfer-encoding",
    b"content-type",
)
_AS_IT_IS = (b"", b"7bit", b"8bit", b"binary")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: what its sender calls it, of what kind it says it is, and its bytes."""

    name: str
    media_type: str
    raw: bytes

    @property
    def digest(self) -> str:
        return sha256(self.raw).hexdigest()


@dataclass(slots=True)
class _Part:
    """What one part says of itself, by the lowered name of each header, and what it brings."""

    headers: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    content: bytearray = field(default_factory=bytearray)


class _Parts:
    """The parts as the parser comes upon them, held in memory: what is personal lies in no file on the way."""

    def __init__(self) -> None:
        self.found: list[_Part] = []
        self.is_whole = False
        self._name, self._value = bytearray(), bytearray()

    def on_part_begin(self) -> None:
        if len(self.found) == _PARTS_AT_MOST:
            raise InvalidCommand(f"There are more than {_PARTS_AT_MOST} arguments: send fewer.")
        self.found.append(_Part())

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self.found[-1].headers[bytes(self._name).lower()] = bytes(self._value).strip()
        self._name, self._value = bytearray(), bytearray()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self.found[-1].content += data[start:end]

    def on_end(self) -> None:
        self.is_whole = True


def parts_of(raw: bytes, content_type: str) -> tuple[list[tuple[str, str]], tuple[Upload, ...]]:
    """The fields of a form in parts, and its files; InvalidCommand where it cannot be read.

    Under which name a file is sent is not looked at: clients call it `media`, `media[]`, `photo1`. A field of files in
    which nothing was chosen is none.
    """
    pairs: list[tuple[str, str]] = []
    files: list[Upload] = []
    for part in _taken_apart(raw, content_type):
        said = _said(part.headers)
        name, file, content = said.get("name"), said.get("filename"), bytes(part.content)
        if name is None:
            raise InvalidCommand("A part of the form has no name: give each one.")
        if file is None:
            pairs.append((name, _text(content)))
        elif file or content:
            files.append(Upload(_last_of(file), _kind(part.headers), content))
    if len(files) > FILES_AT_MOST:
        raise InvalidCommand(f"More than {FILES_AT_MOST} files came with it: send fewer.")
    return pairs, tuple(files)


def _taken_apart(raw: bytes, content_type: str) -> list[_Part]:
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise InvalidCommand("The form says no boundary of its parts: name it in Content-Type.")
    parts = _Parts()
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.on_part_begin,
                "on_header_field": parts.on_header_field,
                "on_header_value": parts.on_header_value,
                "on_header_end": parts.on_header_end,
                "on_part_data": parts.on_part_data,
                "on_end": parts.on_end,
            },
        )
        parser.write(raw)
    except FormParserError as error:
        raise _unreadable() from error
    if not parts.is_whole:
        raise _unreadable()
    return parts.found


def _unreadable() -> InvalidCommand:
    return InvalidCommand(
        "The form cannot be taken apart, or ends before its last part does: send it whole, as RFC 7578 says."
    )


def _said(headers: Mapping[bytes, bytes]) -> dict[str, str]:
    """What a part says of itself: its name, and what its file is called."""
    if headers.get(_CODING, b"").lower() not in _AS_IT_IS:
        raise InvalidCommand("A part of the form is coded for the way: send its bytes as they are.")
    _, options = parse_options_header(headers.get(_DISPOSITION))
    said = {_text(name): _text(value) for name, value in options.items()}
    if any(UNWELCOME.search(value) for value in said.values()):
        raise InvalidCommand(
            "An argument holds a control character, which makes a text look other than it is: send it without."
        )
    return said


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidCommand(
            "The arguments are not UTF-8: encode them so and send them again."
        ) from error


def _last_of(path: str) -> str:
    """The name of a file without the folders in which it lay at its sender's."""
    return re.split(r"[/\\]", path)[-1][:200]


def _kind(headers: Mapping[bytes, bytes]) -> str:
    said = headers.get(_TYPE, b"").partition(b";")[0].strip().lower().decode("latin-1")
    return said if _KIND.fullmatch(said) else _ANY_KIND
