"""A sheet: what an office hangs on its wall as a page that fills a screen, and prints on one sheet of paper.

It carries no script and asks nothing of anybody, so that it is shown from a file as well as from a server.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from api.cli.showing import Column
from api.cli.wording.in_french import told
from api.unwelcome import harmless
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.policy.values import Language

_STYLE = Path(__file__).with_name("sheet.css")
_MADE_BY = "caseledger board"
_LINE, _ROW, _APART, _FIGURES, _ENDS = 1.45, 1.55, 0.6, 6.8, 4.5
"""How high things are by `sheet.css`, where a letter is 1: lines, rows, what sets tables apart, figures, both ends."""
_GAP = 2
_READABLE = 130
"""So many characters of a sentence have room in a line at least."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table on a sheet; with no rows it says the sentence that is given for that."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    caption: str = ""
    empty: str = ""

    @property
    def height(self) -> float:
        """How high it is, as a multiple of the size of its letters; a heading may take two lines."""
        return _LINE * (1 + bool(self.caption)) + _ROW * self.rules + _APART

    @property
    def rules(self) -> int:
        """How many lines are drawn across it, each under a row or the headings."""
        return 1 + len(self.rows)

    @property
    def width(self) -> int:
        """About how many characters it is wide; a heading of several words is folded."""
        cells = [
            [*told(column.heading).split(), *(str(row[place]) for row in self.rows)]
            for place, column in enumerate(self.columns)
        ]
        widest = [max(map(len, each), default=0) for each in cells]
        return sum(each + _GAP for each in widest)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet: its title and time, figures to be read from afar, tables, sentences, its foot."""

    title: str
    at: str
    figures: Sequence[tuple[str, int]]
    tables: Sequence[SheetTable]
    sentences: Sequence[str]
    foot: str

    @property
    def height(self) -> float:
        """How high it is, as a multiple of the size of its letters, which is chosen by it."""
        figures = _FIGURES if self.figures else 0
        tables = sum(each.height for each in self.tables)
        sentences = sum(1 + len(each) // max(self.width, _READABLE) for each in self.sentences)
        return _ENDS + figures + tables + _LINE * sentences

    @property
    def rules(self) -> int:
        """How many lines are drawn across it, which are as thick however small the letters."""
        return sum(each.rules for each in self.tables)

    @property
    def width(self) -> int:
        """About how many characters its widest table is wide."""
        return max((each.width for each in self.tables), default=0)


def put_sheet(path: Path, sheet: Sheet, language: Language, *, every: int | None = None) -> None:
    """Puts a sheet in the place of the one before; a browser that shows it looks again `every` so many seconds.

    That is for a wall alone: what somebody reads is not taken from under their eyes (WCAG 2.2, 2.2.1).
    InvalidCommand where something else lies there, LedgerUnavailable where it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and _MADE_BY.encode() not in path.read_bytes()[:400]:
            raise InvalidCommand(f"{path} is no board: give another name, or move it away.")
        part.write_bytes(_page(sheet, language, every))
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise LedgerUnavailable(f"{path} cannot be written: {error.strerror or error}.") from error


def _page(sheet: Sheet, language: Language, every: int | None) -> bytes:
    html = Element("html", lang=language)
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="generator", content=_MADE_BY)
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    if every is not None:
        SubElement(head, "meta", {"http-equiv": "refresh", "content": str(every)})
    _said(head, "title", sheet.title)
    SubElement(head, "style").text = _STYLE.read_text(encoding="utf-8")
    size = f"--height:{sheet.height:.1f};--rules:{sheet.rules};--width:{sheet.width}"
    body = SubElement(html, "body", style=size)
    header = SubElement(body, "header")
    _said(header, "h1", sheet.title)
    _said(header, "p", sheet.at)
    main = SubElement(body, "main")
    if sheet.figures:
        figures = SubElement(main, "dl")
        for name, count in sheet.figures:
            figure = SubElement(figures, "div")
            _said(figure, "dt", name)
            _said(figure, "dd", count)
    for each in sheet.tables:
        _add_table(main, each)
    if sheet.sentences:
        sentences = SubElement(main, "ul")
        for sentence in sheet.sentences:
            _said(sentences, "li", sentence)
    _said(SubElement(body, "footer"), "p", sheet.foot)
    return b"<!DOCTYPE html>\n" + tostring(html, encoding="utf-8", method="html")


def _add_table(parent: Element, shown: SheetTable) -> None:
    if not shown.rows:
        _said(parent, "p", f"{shown.caption}: {shown.empty}" if shown.caption else shown.empty)
        return
    table = SubElement(parent, "table")
    if shown.caption:
        _said(table, "caption", shown.caption)
    headings = SubElement(SubElement(table, "thead"), "tr")
    for column in shown.columns:
        _said(headings, "th", told(column.heading), {"scope": "col", "class": column.side})
    rows = SubElement(table, "tbody")
    for values in shown.rows:
        row = SubElement(rows, "tr")
        for column, value in zip(shown.columns, values, strict=True):
            named = column is shown.columns[0] and column.side == "left"
            _said(row, "th" if named else "td", value, {"scope": "row"} if named else {})


def _said(
    parent: Element, tag: str, said: object, attributes: dict[str, str] | None = None
) -> None:
    SubElement(parent, tag, attributes or {}).text = harmless(str(said))
