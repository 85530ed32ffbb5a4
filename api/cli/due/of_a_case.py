"""Every due date of one case, laid out day by day from the certificates that its entries recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from api.cli.due.asked import Found
from api.cli.due.law import Law
from api.cli.due.shown import due_as_json, show_due
from api.cli.due.words import DueWords
from api.cli.reading.about_case import AboutCase
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
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
        show_json(about.answer(clocks=reckonings_as_json(entries, about.policies, at=at)))
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
        show_due(_as_found(each, at), language)
        if claim := each.clock.claimed:
            say(telling.say("claimed", on=telling.at(claim.kept_at)))
        _show_dates(each, telling)
        say("")
    if not found:
        say(DueWords(language, UTC).say("no_clock"))


def reckonings_as_json(
    entries: Sequence[Entry], policies: Policies, *, at: datetime
) -> list[dict[str, Any]]:
    """The same with every day and every certificate."""
    return [
        {
            **due_as_json(_as_found(each, at)),
            "clock_state": each.clock.state,
            "counted_by": {"kind": "published", "name": str(each.counted_by.number)},
            "case_generation": each.clock.generation,
            "claimed_at": each.clock.claimed.kept_at if each.clock.claimed else None,
            "recorded": each.dates,
        }
        for each in reckonings(entries, policies, at=at)
    ]


def _as_found(each: ClockReckoned, at: datetime) -> Found:
    """The clock as `due` asks of it: its law is the policy by which it was armed.

    One that ended did so as was recorded: where it lapsed, or awaits approval that its time was kept, the count alone
    does not tell.
    """
    policy = each.law.policy
    law = Law(
        "published",
        str(each.law.number),
        each.law.compiled.clocks,
        each.calendars,
        each.counted_by.policy.calendars,
        policy.reasons.wait,
        str(each.counted_by.number),
    )
    authorities = tuple(extension.authority for extension in each.history.extensions)
    reckoning = each.reckoning
    if not each.clock.open:
        reckoning = replace(reckoning, state=each.clock.state)
    return Found(law, each.definition, each.history, reckoning, each.duties, authorities, (), at)


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
    show_table(f"{telling.say('recorded')}: {each.clock.code}", columns, rows, empty="")
