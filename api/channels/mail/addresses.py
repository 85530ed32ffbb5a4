"""The sender's address and name, from headers as they really come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import getaddresses

from api.channels.mail.decoding import header_text, one_line

_PLAIN = re.compile(r"(?<![^\s<>\"(),;:@])[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+")
_ANGLED = re.compile(r"<([^<>]*)>")
_COMMENT = re.compile(r"\(([^()]*)\)")
_LONGEST = 10_000
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*<[^<>]*@')


def sender_of(values: Iterable[str]) -> tuple[str, str]:
    """Address and name of the first of these headers that has an address; the first's text as the name if none has."""
    spoken = ""
    for value in values:
        address, name = _read(value[:_LONGEST])
        if address:
            return address, name
        spoken = spoken or name
    return "", spoken


def _read(value: str) -> tuple[str, str]:
    """One header; the address is looked for before its words are decoded, since a name can hold anything."""
    folded = value.replace("\r", "").replace("\n", " ")
    for name, address in _listed(folded):
        if "@" in address and not re.search(r"\s", address):
            return one_line(header_text(address)).strip("<>\"' "), _name(_spoken(folded) or name)
    text = one_line(header_text(folded))
    for angled in _ANGLED.finditer(text):
        if "@" in angled[1]:
            return angled[1].strip(), _name(text[: angled.start()])
    found = _PLAIN.search(text)
    if found is None:
        return "", _name(text)
    comment = _COMMENT.search(text)
    return found[0], _name(comment[1] if comment else text.replace(found[0], ""))


def _spoken(value: str) -> str:
    """The name before an address in angles, alone: a comment after it is not of the name."""
    quoted = _QUOTED.search(value)
    if quoted is not None:
        return re.sub(r"\\(.)", r"\1", quoted[1])
    before = value.partition("<")[0] if "<" in value else ""
    return "" if '"' in before or "," in before else before.partition("(")[0] or before


def _listed(value: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([value])
    except (IndexError, ValueError, RecursionError):
        return []


def _name(text: str) -> str:
    name = one_line(header_text(text)).strip()
    return name.strip("\"'").strip() if name[:1] == name[-1:] else name.strip('"').strip()
