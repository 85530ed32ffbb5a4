"""The sheet of a clock: each day of its count, week by week, or each day with the hours that it used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.due.words import SHORT_WEEKDAYS, DueWords
from api.cli.showing import Column, console, number, show_table, words
from api.due.asked import Found, days_of, hours_of, reason_called
from ledger.policy.clocks.day_by_day import LaidDay

_MANY_WEEKS = 12
_ONE_WEEK = timedelta(days=7)
_DAYS = 7
_COUNTED, _OFF, _LATE = "green", "dim", "bold red"


@dataclass(frozen=True, slots=True)
class _Week:
    """Seven dates of a sheet; a place is None before the first date and after the last."""

    begins_on: date
    days: tuple[LaidDay | None, ...]

    @property
    def plain(self) -> bool:
        """Nothing but days that counted and weekends."""
        kinds = {day.kind for day in self.days if day is not None}
        return None not in self.days and kinds <= {"counted", "weekend"}


def show_days(found: Found, say: DueWords) -> None:
    """The days of a clock as a sheet of weeks, a line each."""
    laid = days_of(found)
    weeks = [
        _Week(monday, tuple(_at(laid, monday + timedelta(days=place)) for place in range(7)))
        for monday in _mondays(laid)
    ]
    headings = [say.say("week_of"), *SHORT_WEEKDAYS[say.language], say.say("notes")]
    rows = list(_lines(found, say, weeks))
    screen = console()
    if screen.is_terminal:
        screen.print(Text(say.say("day_by_day"), style="bold"))
        screen.print(_sheet(headings, rows))
    else:
        columns = [Column(headings[0]), *map(number, headings[1:8]), words(headings[8])]
        show_table(say.say("day_by_day"), columns, rows, empty="")
    screen.print(Padding(Text(say.say("legend"), style=_OFF), (0, 0, 0, 2), expand=False))


def _sheet(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """The weeks for a terminal, close enough for one of eighty columns."""
    sheet = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for place, heading in enumerate(headings):
        day = 1 <= place <= _DAYS
        sheet.add_column(
            heading, justify="right" if day else "left", no_wrap=place <= _DAYS, min_width=4 * day
        )
    for row in rows:
        sheet.add_row(*(each if isinstance(each, Text) else Text(str(each)) for each in row))
    return sheet


def _mondays(laid: Sequence[LaidDay]) -> Iterator[date]:
    monday = laid[0].on - timedelta(days=laid[0].on.weekday())
    while monday <= laid[-1].on:
        yield monday
        monday += _ONE_WEEK


def _at(laid: Sequence[LaidDay], on: date) -> LaidDay | None:
    place = (on - laid[0].on).days
    return laid[place] if 0 <= place < len(laid) else None


def _lines(found: Found, say: DueWords, weeks: Sequence[_Week]) -> Iterator[list[object]]:
    """A line a week; in a long sheet the weeks in which nothing happened are told as one."""
    alike: list[_Week] = []
    for week in weeks:
        if len(weeks) > _MANY_WEEKS and week.plain:
            alike.append(week)
            continue
        yield from _told(found, say, alike)
        alike.clear()
        yield _line(found, say, week)
    yield from _told(found, say, alike)


def _told(found: Found, say: DueWords, alike: Sequence[_Week]) -> Iterator[list[object]]:
    if len(alike) > 2:
        yield _line(found, say, alike[0])
        yield ["…", *[""] * 7, say.say("many_weeks", n=len(alike) - 2)]
        yield _line(found, say, alike[-1])
    else:
        yield from (_line(found, say, week) for week in alike)


def _line(found: Found, say: DueWords, week: _Week) -> list[object]:
    due_on = found.reckoning.due_on
    cells = [Text("") if day is None else _cell(day, last=day.on == due_on) for day in week.days]
    return [week.begins_on.isoformat(), *cells, "; ".join(_notes(found, say, week))]


def _cell(day: LaidDay, *, last: bool) -> Text:
    if day.kind == "start":
        return Text("S" if day.number is None else f"S{day.number}", style="bold")
    if day.number is not None:
        return Text(
            f"[{day.number}]" if last else str(day.number), style=_LATE if last else _COUNTED
        )
    sign = {"weekend": "·", "holiday": "H", "waiting": "w", "rolled": ">", "before": "-"}[day.kind]
    return Text("[>]" if last else sign, style=_LATE if last else _OFF)


def _notes(found: Found, say: DueWords, week: _Week) -> Iterable[str]:
    short = SHORT_WEEKDAYS[say.language]
    waited: dict[str, list[str]] = {}
    moved_off = _moved_off(days_of(found))
    for day in week.days:
        if day is None:
            continue
        named = day.kind in ("holiday", "rolled", "before", "start") or day.on == moved_off
        if day.holiday is not None and named:
            yield f"{short[day.on.weekday()]} {day.on.day}: {day.holiday.say(say.language)}"
        if day.kind == "waiting" and day.reason:
            waited.setdefault(day.reason, []).append(short[day.on.weekday()])
    for reason, names in waited.items():
        span = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        yield f"{span}: {reason_called(found, reason, say.language)}"


def _moved_off(laid: Sequence[LaidDay]) -> date | None:
    """The last day of the count where the due date moved off it."""
    rolled = next((place for place, day in enumerate(laid) if day.kind == "rolled"), 0)
    return laid[rolled - 1].on if rolled else None


def show_hours(found: Found, say: DueWords) -> None:
    """The days of an hour clock, with what each of them used."""
    columns = [
        words(say.say("day")),
        Column(say.say("counted_from")),
        number(say.say("used")),
        number(say.say("so_far")),
    ]
    rows = [
        [
            say.day(day.on),
            ", ".join(f"{_wall(say, first)}–{_wall(say, last)}" for first, last in day.spans)
            or say.say("closed"),
            say.hours(day.used),
            say.hours(day.total),
        ]
        for day in hours_of(found)
    ]
    show_table(say.say("day_by_day"), columns, rows, empty="")


def _wall(say: DueWords, at: Any) -> str:
    return at.astimezone(say.zone).strftime("%H:%M")
