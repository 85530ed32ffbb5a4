"""HTML as text: paragraphs, line breaks, lists, rows and quotations stay; scripts, styles and comments do not."""

from __future__ import annotations

import re
from html import unescape

from lxml import (
    etree,  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)
    html,
)

from api.channels.mail.decoding import is_blank

_UNSEEN = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "embed", "svg", "iframe"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
        "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol"}
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_MOST_READ = 4 * 1024 * 1024
"""Of a longer page the beginning is read."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def charset_said(raw: bytes) -> str | None:
    """The charset that an HTML document itself says that it is in."""
    found = _CHARSET.search(raw[:4096])
    return found[1].decode("ascii", "replace") if found else None


def html_text(source: str, *, longest: int) -> str:
    """What a person sees of it, quotations marked with `>`; about so much of a longer one, empty if that is nothing."""
    source = _XML_DECLARATION.sub("", source[:_MOST_READ].replace("\0", ""))
    if is_blank(source):
        return ""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _without_tags(source)
    seen = _Seen(longest)
    seen.element(root)
    if any("depth" in each.message for each in parser.error_log):  # it reads no deeper than 256
        return _without_tags(source)
    return seen.text()


def _without_tags(source: str) -> str:
    """For what is built so that no parser reads it: its words, and nothing of its form."""
    return re.sub(r"\s{2,}", "\n", unescape(re.sub(r"<[^<>]*>", " ", source))).strip()


class _Seen:
    """Lines as they are seen so far; once it is enough, nothing more is looked at."""

    def __init__(self, longest: int) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._room = longest
        self._quoted = self._quoted_before = 0
        self._kept_as_is = 0
        self._gap = False
        """Whether an empty line goes before the next one: it is quoted only if both its neighbours are."""
        self._begins = ""

    def element(self, element: html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or self._room < 0:
            return
        if tag == "br":
            self._end_line(even_if_empty=True)
        elif tag in _BLOCKS:
            self._end_line()
        if tag in _PARAGRAPHS:
            self._paragraph()
        self._quoted += tag == "blockquote"
        self._kept_as_is += tag == "pre"
        if tag == "li":
            self._begins = "* "
        self._words(element.text)
        for child in element:
            self.element(child)
            self._words(child.tail)
        if tag in ("td", "th"):
            self._words(" ")
        if tag in _BLOCKS:
            self._end_line()
        if tag in _PARAGRAPHS:
            self._paragraph()
        self._quoted -= tag == "blockquote"
        self._kept_as_is -= tag == "pre"
        if tag == "li":
            self._begins = ""

    def _words(self, said: str | None) -> None:
        if not said:
            return
        if self._kept_as_is:
            *whole, rest = said.split("\n")
            for line in whole:
                if self._room < 0:
                    return
                self._add(line)
                self._end_line(even_if_empty=True)
            self._add(rest)
            return
        said = re.sub(r"[ \t\r\n\f]+", " ", said)
        if said.startswith(" ") and (not self._line or self._line[-1].endswith(" ")):
            said = said[1:]
        self._add(said)

    def _add(self, said: str) -> None:
        if said:
            self._room -= len(said)
            self._line.append(said)

    def _end_line(self, *, even_if_empty: bool = False) -> None:
        line = "".join(self._line).replace("\u00a0", " ").rstrip()
        self._line.clear()
        if not line and not even_if_empty:
            return
        if line:
            line, self._begins = self._begins + line, ""
        if self._gap:
            self._lines.append(_marked("", quoted=min(self._quoted_before, self._quoted)))
        self._room -= 1
        self._lines.append(_marked(line, quoted=self._quoted))
        self._quoted_before, self._gap = self._quoted, False

    def _paragraph(self) -> None:
        self._gap = bool(self._lines) and bool(self._lines[-1].strip("> "))

    def text(self) -> str:
        self._end_line()
        while self._lines and not self._lines[-1].strip("> "):
            self._lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")


def _marked(line: str, *, quoted: int) -> str:
    return f"{'> ' * quoted}{line}".rstrip()
