"""Showing an answer: a table for people, JSON for programs, one sentence where there is nothing to show."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Literal

import orjson
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from projections.answers import as_json

_PLAIN_WIDTH = 10_000
"""Piped into another program nothing is folded: a row is a line."""

_FOLDED_TO = 28
"""Words in a table are not folded to less than this."""
_GAP = 3

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its side, and whether a narrow terminal may fold it."""

    heading: str
    side: Side = "left"
    folds: bool = False


def number(heading: str) -> Column:
    """A column of numbers."""
    return Column(heading, "right")


def words(heading: str) -> Column:
    """A column of words, which a narrow terminal folds."""
    return Column(heading, folds=True)


def console() -> Console:
    """Where people read: colours on a terminal that takes them (NO_COLOR is heeded), plain text elsewhere."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=_PLAIN_WIDTH, color_system=None)


def show_table(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, empty: str
) -> None:
    """Prints rows under their headings; with none, the sentence that says what would be here."""
    screen = console()
    found = [[_cell(value) for value in row] for row in rows]
    screen.print(Text(title, style="bold"))
    if not found:
        screen.print(Text(f"  {empty}"))
        return
    if not screen.is_terminal:
        _print_plainly(screen, columns, found)
        return
    if _width_wanted(columns, found) > screen.width:
        _print_cards(screen, columns, found)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(
            escape(column.heading),
            justify=column.side,
            no_wrap=not column.folds,
            overflow="fold" if column.folds else "ellipsis",
        )
    for row in found:
        table.add_row(*row)
    screen.print(table)


def _width_wanted(columns: Sequence[Column], rows: list[list[Text]]) -> int:
    """How wide a terminal must be for a table in which only words are folded."""
    width = 0
    for place, column in enumerate(columns):
        natural = max(len(column.heading), *(row[place].cell_len for row in rows))
        width += _GAP + (min(natural, _FOLDED_TO) if column.folds else natural)
    return width


def _print_cards(screen: Console, columns: Sequence[Column], rows: list[list[Text]]) -> None:
    """For a terminal that is too narrow for a table: each row by itself, every value after its heading."""
    for first, *others in rows:
        screen.print(Text(first.plain or columns[0].heading, style="bold"))
        said = [
            f"{column.heading} {cell.plain}"
            for column, cell in zip(columns[1:], others, strict=True)
            if cell.plain
        ]
        if said:
            screen.print(Padding(Text(" · ".join(said)), (0, 0, 0, 2)))


def _print_plainly(screen: Console, columns: Sequence[Column], rows: list[list[Text]]) -> None:
    """A row is a line, whatever its length; columns are set apart by two spaces."""
    lines = [
        [column.heading for column in columns],
        *([cell.plain for cell in row] for row in rows),
    ]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.rjust(width) if column.side == "right" else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        )
        screen.print(Text("  ".join(cells).rstrip()))


def say(*sentences: str) -> None:
    """Prints sentences, each on a line of its own."""
    screen = console()
    for sentence in sentences:
        screen.print(Text(sentence))


def show_json(answer: object) -> None:
    """Prints an answer as JSON: keys sorted, instants in UTC with six digits of a second."""
    said = orjson.dumps(as_json(answer), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    sys.stdout.write(said.decode() + "\n")


def due(instant: datetime | None, zone: tzinfo) -> str:
    """A due instant as people say it: the midnight that ends a day belongs to that day."""
    if instant is None:
        return ""
    if instant.astimezone(zone).time() == time.min:
        return f"end of {(instant - timedelta(seconds=1)).astimezone(zone):%Y-%m-%d}"
    return local(instant, zone)


def local(instant: datetime | None, zone: tzinfo) -> str:
    """An instant as a clock on the office's wall shows it, to the minute; nothing for none."""
    return "" if instant is None else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _cell(value: object) -> Text:
    match value:
        case None | False:
            return Text("")
        case True:
            return Text("yes")
        case Text():
            return value
        case _:
            return Text(str(value))
