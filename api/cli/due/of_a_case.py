"""Showing every due date of one case: each clock as `due` lays it out, and the dates that were recorded for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from api.cli.due.shown import show_due
from api.cli.due.words import DueWords
from api.cli.reading.about_case import AboutCase
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
from api.due.of_a_case import clocks_laid_out, found_of
from ledger.entry import Entry
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from projections.one_case.reckonings import ClockReckoned, reckonings


def show_clocks(
    about: AboutCase, entries: Sequence[Entry], language: Language, *, as_json: bool
) -> None:
    """Prints each clock of a case day by day, or gives it all in plain values."""
    at = about.when.at
    if as_json:
        show_json(about.answer(clocks=clocks_laid_out(entries, about.policies, at=at)))
    else:
        show_reckonings(entries, about.policies, at=at, language=language)
        say(about.foot)


def show_reckonings(
    entries: Sequence[Entry], policies: Policies, *, at: datetime, language: Language
) -> None:
    """Prints each clock: every date that was recorded for it, then the last one as `due` lays it out."""
    found = [*reckonings(entries, policies, at=at)]
    for each in found:
        telling = DueWords(language, each.calendars.days_of(each.definition.zone).zone)
        show_due(found_of(each, at), language)
        if claim := each.clock.claimed:
            say(telling.say("claimed", on=telling.at(claim.kept_at)))
        _show_dates(each, telling)
        say("")
    if not found:
        say(DueWords(language, UTC).say("no_clock"))


def _show_dates(each: ClockReckoned, telling: DueWords) -> None:
    columns = [
        number(telling.say("recorded_in")),
        Column(telling.say("recorded_at")),
        words(telling.say("recorded_what")),
        Column(telling.say("recorded_due")),
        Column(telling.say("recorded_holds")),
    ]
    rows = [
        (
            date.position,
            local(date.at, telling.zone),
            telling.say(f"date.{date.because}"),
            due(date.due_at, telling.zone),
            telling.say("holds" if date.holds else "holds_not"),
        )
        for date in each.dates
    ]
    show_table(telling.say("recorded", clock=each.clock.code), columns, rows, empty="")
