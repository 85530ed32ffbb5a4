"""Uploads: a form in parts (multipart/form-data, RFC 7578), its fields as pairs, and the pictures that came with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value
from hashlib import sha256

from api.unwelcome import UNWELCOME
from ledger.errors import InvalidCommand

IN_PARTS = "multipart/form-data"
FILES_AT_MOST = 20
_PARTS_AT_MOST = 300
_HEAD_AT_MOST = 4_096
_KIND = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_ANY_KIND = "application/octet-stream"
_DISPOSITION, _CODING = "content-disposition", "content-transfer-encoding"
_AS_IT_IS = ("", "7bit", "8bit", "binary")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: what its sender calls it, of what kind it says it is, and its bytes."""

    name: str
    media_type: str
    raw: bytes

    @property
    def digest(self) -> str:
        return sha256(self.raw).hexdigest()


def parts_of(raw: bytes, content_type: str) -> tuple[list[tuple[str, str]], tuple[Upload, ...]]:
    """The fields of a form in parts, and its files; InvalidCommand where it cannot be read.

    Under which name a file is sent is not looked at: clients call it `media`, `media[]`, `photo1`. A field of files in
    which nothing was chosen is none.
    """
    pairs: list[tuple[str, str]] = []
    files: list[Upload] = []
    for section in _sections(raw, _boundary(content_type)):
        headers, content = _part(section)
        name, file = _said(headers, "name"), _said(headers, "filename")
        if name is None:
            raise InvalidCommand("A part of the form has no name: give each one.")
        if file is None:
            pairs.append((name, _text(content)))
        elif file or content:
            files.append(Upload(_last_of(file), _kind(headers), content))
    if len(files) > FILES_AT_MOST:
        raise InvalidCommand(f"More than {FILES_AT_MOST} files came with it: send fewer.")
    return pairs, tuple(files)


def _boundary(content_type: str) -> bytes:
    said = Message()
    said["content-type"] = content_type
    found = said.get_boundary("")
    if not 0 < len(found) <= 70 or not found.isascii():
        raise InvalidCommand("The form says no boundary of its parts: name it in Content-Type.")
    return found.encode()


def _sections(raw: bytes, boundary: bytes) -> list[bytes]:
    """The bytes between the boundaries, in order."""
    body, sections = b"\r\n" + raw, list[bytes]()
    delimiter = re.compile(rb"\r\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    begun: int | None = None
    for found in delimiter.finditer(body):
        if begun is not None:
            sections.append(body[begun : found.start()])
            if len(sections) > _PARTS_AT_MOST:
                raise InvalidCommand(f"There are more than {_PARTS_AT_MOST} arguments: send fewer.")
        if found[1]:
            return sections
        begun = found.end() + 2
    raise InvalidCommand("The form ends before its last part does: send it whole.")


def _part(section: bytes) -> tuple[Message, bytes]:
    head, blank, content = section.partition(b"\r\n\r\n")
    if not blank or len(head) > _HEAD_AT_MOST:
        raise InvalidCommand("A part of the form has no name: give each one.")
    headers = HeaderParser().parsestr(_text(head))
    if str(headers.get(_CODING, "")).strip().lower() not in _AS_IT_IS:
        raise InvalidCommand("A part of the form is coded for the way: send its bytes as they are.")
    return headers, content


def _said(headers: Message, parameter: str) -> str | None:
    """A parameter of what a part says of itself."""
    found = headers.get_param(parameter, header=_DISPOSITION)
    if found is None:
        return None
    said = collapse_rfc2231_value(found)
    if UNWELCOME.search(said):
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


def _kind(headers: Message) -> str:
    said = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
    return said if _KIND.fullmatch(said) else _ANY_KIND
