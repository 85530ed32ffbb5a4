"""The board from the command line: each team's day, on a screen, on the wall and on one sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.flow.flows import flow_found
from api.cli.flow.rates import (
    RateShown,
    rate_notes,
    rate_sentences,
    rates_left_out,
    rates_today,
)
from api.cli.office.running_out import runs_out, what_runs_out
from api.cli.office.sheet import Sheet, SheetTable, put_sheet
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import NOTHING_MOVED, UNROUTED, Question, question
from api.cli.showing import Column, number, say, show_json, show_table, warn, words
from api.cli.stopping import interrupts_between_passes
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.calendars.zones import day_ended_by
from ledger.policy.telling.days import day_in_words
from projections.flow.board import Board, BoardLine
from projections.flow.board import board as board_of
from projections.flow.by_day import first_told

_TRIES_AGAIN_SECONDS = 5


def board(
    team: Annotated[
        str | None,
        Parameter(name="TEAM", help="A team; 'unrouted' for cases without one; all if left out."),
    ] = None,
    /,
    *,
    page: Annotated[Path | None, Parameter(name="--page")] = None,
    every: Annotated[int | None, Parameter(name="--every")] = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows each team's day: what came in, what waits, what was processed.

    Parameters
    ----------
    page
        Write it as a page (.html) that fills a screen on the wall and prints on one sheet of paper.
    every
        Write the page anew every so many seconds, until stopped; a browser that shows it follows.
    """
    with speaking(language):
        if every is not None:
            _write_for_the_wall(team, page, every, asked)
        with question(asked) as asking:
            rates = _rates(asking, team)
            found = board_found(asking, rates, team=team)
            if page is not None:
                _write(asking, found, rates, page, team=team)
            if asked.as_json:
                show_json(replace(found, running_out=runs_out(asking)))
            elif page is not None:
                say(
                    told(
                        "Written: {file}. A browser shows it, and prints it on one sheet.",
                        file=page,
                    )
                )
            else:
                show_board(asking, found)
                for each in rates:
                    say(*rate_sentences(asking, each))
                say(*rates_left_out(asking, team), *what_runs_out(asking))
    return DONE


def board_found(
    asking: Question, rates: Sequence[RateShown] = (), *, team: str | None = None
) -> Board:
    """The board of the instant that is asked about: of one team where it is named."""
    then, when = asking.then(), asking.when
    if then:
        found = then.board(asking.days)
    else:
        days = [each.day for each in rates]
        found = board_of(
            asking.views, at=when.at, days=asking.days, known_at=when.known_at, rates=days
        )
    return found if team is None else found.of(_code(team))


def show_board(asking: Question, found: Board) -> None:
    """Prints a board; where a team has a rate, also how many it needs by now and in the whole day."""
    columns, lines = board_table(asking, found)
    show_table(told("Board of {on}", on=found.on), columns, lines, empty=NOTHING_MOVED)
    say(asking.foot(found.up_to_date))


def board_table(asking: Question, found: Board) -> tuple[list[Column], list[Sequence[object]]]:
    """A board as columns and a line for each team."""
    rated = any(line.rate for line in found.teams)
    needed = [number("needed by now"), number("needed today")] if rated else []
    columns = [
        words("team", least=16), number("incoming"), number("waiting"), number("paused", spare=2),
        number("queued", spare=3), number("in hand"), number("in transit", spare=4),
        number("overdue"), number("handed on", spare=5), number("processed"),
        number("returned", spare=1), number("net"), *needed,
    ]  # fmt: skip
    lines: list[Sequence[object]] = [
        (
            asking.team(line.team), line.incoming, line.waiting, line.paused,
            line.queued, line.in_hand, line.in_transit, line.overdue,
            line.transferred_out, line.processed, line.returned, line.processed_net,
            *_needed(line)[: 2 * rated],
        )
        for line in found.teams
    ]  # fmt: skip
    return columns, lines


def _needed(line: BoardLine) -> tuple[object, object]:
    return (line.rate.needed_by_now, line.rate.needed) if line.rate else ("", "")


def _code(team: str) -> str | None:
    return None if team == UNROUTED else team


def _rates(asking: Question, team: str | None) -> list[RateShown]:
    """The rates of the day; none as of an instant, since they are told as they were known."""
    if team == UNROUTED:
        return []
    asking.known_team(team)
    if asking.when.as_of is not None:
        return []
    try:
        return rates_today(asking, team)
    except BeyondCalendar as error:
        raise BeyondCalendar(
            f"What a rate asks of that day is not known. {error} Or give --as-of, which leaves rates out.",
            rule=error.rule,
            **error.ground,
        ) from error


def _write_for_the_wall(team: str | None, page: Path | None, every: int, asked: Asked) -> NoReturn:
    """The page as it is now, again and again; what cannot be reached for a while ends nothing."""
    if every < 1:
        raise InvalidCommand("--every must be at least 1 second.")
    if page is None or asked.as_json or asked.known_at or asked.as_of:
        raise InvalidCommand(
            "--every writes the page as it is now: give --page FILE with it, and no --json, --known-at or --as-of."
        )
    said, written = "", False
    with interrupts_between_passes() as rest:
        while True:
            try:
                with question(asked) as asking:
                    rates = _rates(asking, team)
                    found = board_found(asking, rates, team=team)
                    _write(asking, found, rates, page, team=team, every=every)
                if not written:
                    say(
                        told(
                            "Written: {file}, and again every {every} s until stopped.",
                            file=page,
                            every=every,
                        )
                    )
                said, written = "", True
                rest(every)
            except LedgerUnavailable as error:
                if not written:
                    raise
                if str(error) != said:
                    said = str(error)
                    warn(
                        "{why} The page stays as it is, and is written again once that can be.",
                        why=said,
                    )
                rest(min(every, _TRIES_AGAIN_SECONDS))


def _write(
    asking: Question,
    found: Board,
    rates: Sequence[RateShown],
    page: Path,
    *,
    team: str | None,
    every: int | None = None,
) -> None:
    if page.suffix != ".html":
        raise InvalidCommand("--page is opened in a browser: give it a name that ends in .html.")
    on, zone = day_in_words(found.on, spoken()), asking.days.zone
    at = "" if day_ended_by(found.at, zone) else f"{found.at.astimezone(zone):%H:%M}"
    foot = asking.foot(found.up_to_date)
    if team is None:
        table = SheetTable(*board_table(asking, found), empty=told(NOTHING_MOVED))
        sheet = Sheet(told("Board of {on}", on=on), at, (), (table,), what_runs_out(asking), foot)
    else:
        (line,) = found.teams
        sheet = Sheet(
            told("{team}: board of {on}", team=asking.team(line.team), on=on),
            at,
            _figures(line),
            (_standing(line), *_hours(asking, line), _days_before(asking, found, line.team)),
            _sentences(asking, rates, team),
            foot,
        )
    put_sheet(page, sheet, spoken(), every=every)


def _figures(line: BoardLine) -> list[tuple[str, int]]:
    """What can be read from the other side of the room."""
    shown = [
        ("incoming", line.incoming),
        ("waiting", line.waiting),
        ("processed", line.processed),
        ("net", line.processed_net),
    ]
    if line.rate is not None:
        shown += [("needed by now", line.rate.needed_by_now), ("needed today", line.rate.needed)]
    return [(told(name), count) for name, count in shown]


def _standing(line: BoardLine) -> SheetTable:
    """How what waits stands, and what of the day's movement the figures do not tell apart."""
    columns = [
        number("queued"), number("in hand"), number("in transit"), number("paused"), number("overdue"),
        number("handed on"), number("returned"),
    ]  # fmt: skip
    counts = (
        line.queued, line.in_hand, line.in_transit, line.paused, line.overdue,
        line.transferred_out, line.returned,
    )  # fmt: skip
    return SheetTable(columns, [counts])


def _hours(asking: Question, line: BoardLine) -> list[SheetTable]:
    """What the rate needs by which hour."""
    marks = line.rate.by_hour if line.rate is not None and line.rate.needed else ()
    zone = asking.days.zone
    columns = [number(f"{each.at.astimezone(zone):%H:%M}") for each in marks]
    needed = [each.needed for each in marks]
    return [SheetTable(columns, [needed], told("Needed by the hour"))] if marks else []


def _days_before(asking: Question, found: Board, team: str | None) -> SheetTable:
    """The days before, as far as anything moved or waited on them."""
    flow = flow_found(asking, first_told(found.on), found.on)
    columns = [
        Column("day"),
        number("incoming"),
        number("waiting"),
        number("processed"),
        number("net"),
    ]
    rows = [
        (
            each.on,
            each.incoming,
            each.waiting_end,
            each.processed - each.transferred_out,
            each.processed_net,
        )
        for each in reversed(flow.days)
        if each.team == team and each.on < found.on
    ]
    return SheetTable(
        columns, rows, told("The days before"), empty=told("Nothing waited, came or went.")
    )


def _sentences(asking: Question, rates: Sequence[RateShown], team: str) -> list[str]:
    said = [each for rate in rates for each in rate_notes(asking, rate, ids=False)]
    return [*said, *rates_left_out(asking, team), *what_runs_out(asking)]
