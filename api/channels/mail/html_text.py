"""HTML as text: paragraphs, line breaks, lists, rows and quotations stay; scripts, styles and comments do not."""

from __future__ import annotations

import re

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
_DEEPEST = 400
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def charset_said(raw: bytes) -> str | None:
    """The charset that an HTML document itself says that it is in."""
    found = _CHARSET.search(raw[:4096])
    return found[1].decode("ascii", "replace") if found else None


def html_text(source: str) -> str:
    """What a person sees of it, quotations marked with `>`; empty if that is nothing."""
    source = _XML_DECLARATION.sub("", source.replace("\0", ""))
    if is_blank(source):
        return ""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return re.sub(r"<[^>]*>", " ", source)
    seen = _Seen()
    seen.element(root, depth=0)
    return seen.text()


class _Seen:
    """Lines as they are seen so far."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._quoted = 0
        self._kept_as_is = 0

    def element(self, element: html.HtmlElement, *, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or depth > _DEEPEST:
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
            self._line = "* "
        self._words(element.text)
        for child in element:
            self.element(child, depth=depth + 1)
            self._words(child.tail)
        if tag in ("td", "th"):
            self._words(" ")
        if tag in _BLOCKS:
            self._end_line()
        if tag in _PARAGRAPHS:
            self._paragraph()
        self._quoted -= tag == "blockquote"
        self._kept_as_is -= tag == "pre"

    def _words(self, said: str | None) -> None:
        if not said:
            return
        if self._kept_as_is:
            *whole, rest = said.split("\n")
            for line in whole:
                self._line += line
                self._end_line(even_if_empty=True)
            self._line += rest
            return
        said = re.sub(r"[ \t\r\n\f]+", " ", said)
        if said.startswith(" ") and (not self._line or self._line.endswith(" ")):
            said = said[1:]
        self._line += said

    def _end_line(self, *, even_if_empty: bool = False) -> None:
        line = self._line.replace("\u00a0", " ").rstrip()
        self._line = ""
        if line or even_if_empty:
            self._lines.append(self._mark(line))

    def _paragraph(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark(""))

    def _mark(self, line: str) -> str:
        return f"{'> ' * self._quoted}{line}".rstrip()

    def text(self) -> str:
        self._end_line()
        while self._lines and not self._lines[-1].strip("> "):
            self._lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")
