"""Showing an answer: a table for people, JSON for programs, one sentence where there is nothing to show."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo
from typing import Literal
from uuid import UUID

import orjson
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.wording.in_french import told
from api.unwelcome import harmless, harmless_json
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.policy.calendars.zones import day_ended_by
from projections.answers import as_json

_PLAIN_WIDTH = 10_000
"""Piped into another program nothing is folded: a row is a line."""

_FOLDED_TO = 28
"""Words in a table are not folded to less than this."""
_GAP = 3
_NARROW_GAP = 2


Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its side, and what a narrow terminal may do to it.

    One that `folds` is folded to no less than `least`, and to `most` where that is given, so that another has
    the room; of those with a rank in `spare` the highest is left out first.
    """

    heading: str
    side: Side = "left"
    folds: bool = False
    least: int = _FOLDED_TO
    spare: int = 0
    most: int | None = None


def number(heading: str, *, spare: int = 0) -> Column:
    """A column of numbers."""
    return Column(heading, "right", spare=spare)


def words(
    heading: str, *, least: int = _FOLDED_TO, spare: int = 0, most: int | None = None
) -> Column:
    """A column of words, which a narrow terminal folds."""
    return Column(heading, folds=True, least=least, spare=spare, most=most)


def named(stream: str) -> str:
    """A case by its reference, as commands take it; any other stream by its name."""
    kind, _, key = stream.partition("/")
    return reference_of(UUID(key)) if kind == "case" else stream


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
    columns = [replace(each, heading=told(each.heading)) for each in columns]
    found = [[_cell(value) for value in row] for row in rows]
    screen.print(Text(harmless(told(title)), style="bold"))
    if not found:
        screen.print(Text(f"  {told(empty)}"))
        return
    if not screen.is_terminal:
        _print_plainly(screen, columns, found)
        return
    if _width_wanted(columns, found) <= screen.width:
        _print_table(screen, columns, found)
        return
    kept = _that_fit(columns, found, screen.width)
    if not kept:
        _print_cards(screen, columns, found)
        return
    fitting = [columns[place] for place in kept]
    _print_table(screen, fitting, [[row[place] for place in kept] for row in found], narrow=True)
    if left := [each.heading for each in columns if each not in fitting]:
        said = "Left out, since the terminal is narrow: {columns}; --json has all."
        screen.print(Text(told(said, columns=", ".join(left)), style="dim"))


def _print_table(
    screen: Console, columns: Sequence[Column], rows: list[list[Text]], *, narrow: bool = False
) -> None:
    """A table; on a narrow terminal headings stand in lines and columns nearer to each other."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0) if narrow else (0, 1))
    for column in columns:
        table.add_column(
            Text("\n".join(column.heading.split()) if narrow else column.heading),
            justify=column.side,
            no_wrap=not column.folds,
            overflow="fold" if column.folds else "ellipsis",
            max_width=column.most if narrow else None,
            vertical="top",
        )
    for row in rows:
        table.add_row(*row)
    screen.print(table)


def _that_fit(columns: Sequence[Column], rows: list[list[Text]], width: int) -> list[int]:
    """The places of the columns that a narrow terminal has room for; none where what is needed most is too wide."""
    kept = list(range(len(columns)))
    while (
        _width_wanted(
            [columns[place] for place in kept],
            [[row[place] for place in kept] for row in rows],
            narrow=True,
        )
        > width
    ):
        spare = max(kept, key=lambda place: columns[place].spare)
        if not columns[spare].spare:
            return []
        kept.remove(spare)
    return kept


def _width_wanted(
    columns: Sequence[Column], rows: list[list[Text]], *, narrow: bool = False
) -> int:
    """How wide a terminal must be for a table in which only words are folded."""
    width = 0
    for place, column in enumerate(columns):
        heading = (
            max(map(len, column.heading.split()), default=0) if narrow else len(column.heading)
        )
        natural = max(heading, *(row[place].cell_len for row in rows))
        width += _NARROW_GAP if narrow else _GAP
        width += min(natural, _least(column, place, rows)) if column.folds else natural
    return width


def _least(column: Column, place: int, rows: list[list[Text]]) -> int:
    """To how little a column is folded: not within a word, of its heading neither, if that is not long itself."""
    said = (column.heading, *(row[place].plain for row in rows))
    longest = max((len(word) for each in said for word in each.split()), default=0)
    return max(column.least, min(longest, _FOLDED_TO))


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
        *([" ".join(cell.plain.split("\n")) for cell in row] for row in rows),
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
        screen.print(Text(harmless(sentence)))


def warn(said: str, **fields: object) -> None:
    """Says beside the answer, on stderr, a sentence in the language that is spoken."""
    sys.stderr.write(f"{harmless(told(said, **fields))}\n")
    sys.stderr.flush()


def refuse_limit(limit: int) -> None:
    """Refuses to show no lines, or more than a terminal is for."""
    if not 1 <= limit <= 100_000:
        raise InvalidCommand("--limit must be from 1 to 100000.")


def say_if_cut_short(shown: int, limit: int) -> None:
    """Says that a list may go on where it has as many lines as were asked for."""
    if shown == limit:
        say(
            told(
                "There may be more than these {count}: --limit says how many are shown.",
                count=limit,
            )
        )


def show_json(answer: object) -> None:
    """Prints an answer as JSON: keys sorted, instants in UTC with six digits of a second."""
    said = orjson.dumps(as_json(answer), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    sys.stdout.write(harmless_json(said.decode()) + "\n")


def due(instant: datetime | None, zone: tzinfo, *, of: tzinfo | None = None) -> str:
    """A due instant as people say it: the last moment of a day, and the midnight after it, are that day's end.

    Where it is `of` a clock whose days end in another zone than the office's, that zone is named.
    """
    if instant is None:
        return ""
    there = of or zone
    last = day_ended_by(instant, there)
    if last is None:
        return local(instant, zone)
    said = told("end of {day}", day=last)
    return said if str(there) == str(zone) else f"{said} ({there})"


def since(instant: datetime, zone: tzinfo) -> str:
    """Since when something is so: from the beginning of a day that day, from its last moment its end."""
    there = instant.astimezone(zone)
    return f"{there:%Y-%m-%d}" if there.time() == time.min else due(instant, zone)


def local(instant: datetime | None, zone: tzinfo) -> str:
    """An instant as a clock on the office's wall shows it, to the minute; nothing for none."""
    return "" if instant is None else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _cell(value: object) -> Text:
    match value:
        case None | False:
            return Text("")
        case True:
            return Text(told("yes"))
        case Text():
            return value
        case _:
            return Text(harmless(str(value)))
