"""Decoding: bytes in whatever charset a mail claims become text that can be recorded; what is broken is mended."""

from __future__ import annotations

import binascii
import codecs
import re
import unicodedata
from base64 import b64decode
from email.errors import HeaderParseError
from email.header import decode_header

_MEANT = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "iso-2022-jp": "iso2022_jp_ext",
}
"""What senders mean by a name: mostly a charset that holds the named one and that their program really writes."""
_OR_ELSE = {"iso2022_jp_ext": "cp932", "iso2022_jp": "cp932", "gb18030": "big5"}
"""What else it is where it is not what it says."""
_NOT_TEXT = frozenset({"base64", "hex", "rot13", "zlib", "bz2", "uu", "quopri", "idna", "punycode"})
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bBqQ]\?[^?]*\?=")
_SPLIT_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_REVERSES = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidi controls that make a text read otherwise than it stands there."""
_SPACES = re.compile(r"[ \t\n\f\v]+")
_SURROGATES = re.compile("[\ud800-\udfff]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")


def decoded(raw: bytes, charset: str | None) -> str:
    """The text of bytes: in the charset that is claimed, else UTF-8, else what old Western programs write."""
    claimed = _known(charset)
    for name in (claimed, _OR_ELSE.get(claimed or ""), "utf-8"):
        if name is None:
            continue
        try:
            return raw.decode(name)
        except ValueError:  # UnicodeError among them
            continue
    return raw.decode("cp1252" if claimed in (None, "utf-8") else claimed, errors="replace")


def _known(charset: str | None) -> str | None:
    """Python's name of a charset of text; None if there is none of this name."""
    name = (charset or "").strip().strip("'\"").lower()
    try:
        found = codecs.lookup(_MEANT.get(name, name))
    except (LookupError, ValueError):
        return None
    return None if found.name in _NOT_TEXT else found.name


def recordable(text: str) -> str:
    """The text as it may stand in an entry: line ends alike, no NUL, no half characters, nothing that reverses it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\ufffd", text)
    return _REVERSES.sub("", _CONTROLS.sub("", text))


def one_line(text: str) -> str:
    """The same of a header: on one line, without white space around."""
    return _SPACES.sub(" ", recordable(text)).strip(" ")


def charset_of_words(value: str) -> str | None:
    """The charset of the first encoded word of a header, if it has one."""
    found = _ENCODED_WORD.search(value)
    return found[0].split("?")[1].partition("*")[0] if found else None


def header_text(value: str, *, charset: str | None = None) -> str:
    """A header's value with its encoded words read (RFC 2047), also where they are broken.

    Bytes that stand bare are in the charset that the rest of the message is in, if they can be.
    """
    value = _bare(value.replace("\r", "").replace("\n", ""), charset)
    if "=?" not in value:
        return value
    joined = _SPLIT_WORDS.sub(r"\1", value)
    found = ""
    end = 0
    held, held_charset = b"", ""
    for match in _ENCODED_WORD.finditer(joined):
        between = joined[end : match.start()]
        raw, charset = _word(match[0])
        if held and (between or charset != held_charset):
            found += decoded(held, held_charset)
            held = b""
        found += between
        held, held_charset = held + raw, charset
        end = match.end()
    return found + (decoded(held, held_charset) if held else "") + joined[end:]


def _word(word: str) -> tuple[bytes, str]:
    """The bytes of an encoded word and their charset; words cut inside a character are joined before decoding."""
    _, charset, encoding, text, _ = word.split("?", 4)
    charset = charset.partition("*")[0]
    if encoding in "bB":
        return _base64(text), charset
    try:
        ((raw, _),) = decode_header(f"=?{charset}?q?{text}?=")
    except (HeaderParseError, ValueError, binascii.Error):
        return text.encode(errors="replace"), charset
    return (raw if isinstance(raw, bytes) else raw.encode(errors="replace")), charset


def _base64(text: str) -> bytes:
    """What base64 says, also where its end is missing."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return b64decode(letters + "=" * (-len(letters) % 4))


def _bare(value: str, charset: str | None) -> str:
    """Bytes beyond ASCII that stand bare in a header, as the parser hands them on, as text."""
    if not _SURROGATES.search(value):
        return value
    try:
        raw = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", value)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(raw, charset)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: white space and characters without a shape."""
    return all(each.isspace() or unicodedata.category(each) in ("Cf", "Cc", "Zs") for each in text)
