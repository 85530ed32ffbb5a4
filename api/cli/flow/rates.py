"""Rates from the command line: what each asks of the day, set and dropped, and what is done about missed days."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, in_force, question
from api.cli.showing import Column, due, number, say, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, decimal, told
from api.cli.wording.spoken import speaking
from api.cli.writing.asking import as_command
from api.shown.rates import RateShown, rate_shown
from api.verbs import FLOW_VERBS
from ledger.errors import InvalidCommand
from projections.answers import up_to_date
from projections.flow.rates import rate_of

_TO_BE_ANSWERED = "{team} missed {on}: to be answered by {at}, with `caseledger rate answer`."
_NOT_ANSWERED = "{team} missed {on}: NOT ANSWERED by {at}, so it is brought before the leader."
_SEES_TO_IT = "{team}: {owner} sees to it ({cause}), to be looked at on {on}."
_SEES_TO_IT_BY_ID = (
    "{team}: {owner} sees to it ({cause}), to be looked at on {on}; countermeasure {id}."
)
_NO_RATE = "No team has a rate: set one with `caseledger rate set TEAM TARGET DATE`."


def show(
    team: Annotated[
        str | None, Parameter(name="TEAM", help="A team; all that have a rate if left out.")
    ] = None,
    /,
    *,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows what each team's rate asks of the day and the hour, what was done, and what is done about misses."""
    with speaking(language), question(asked) as asking:
        if asking.when.as_of is not None:
            raise InvalidCommand(
                "A rate is told as it was known: give --known-at instead of --as-of."
            )
        found = rates_today(asking, team)
        if asked.as_json:
            with asking.views.reading("spans", "cases") as reading:
                standing = up_to_date(reading, asking.when.known_at)
            show_json({"up_to_date": standing, "at": asking.when.at, "teams": found})
            return DONE
        show_rates(asking, found, alone=team is not None)
    return DONE


def rates_today(question: Question, team: str | None = None) -> list[RateShown]:
    """The rates of the day asked about: of one team, or of all that have one."""
    question.known_team(team)
    versions = question.policies.versions
    if not versions:
        return []
    version = question.policies.in_force(question.when.at)
    teams = [team] if team is not None else sorted(version.policy.teams)
    when, store = question.when, question.ledger.store
    found = [
        rate_shown(question.views, store, version, each, at=when.at, known_at=when.known_at)
        for each in teams
    ]
    return [each for each in found if each is not None]


def rates_left_out(question: Question, team: str | None = None) -> list[str]:
    """That rates are left out as of an instant, where there is one: they are told as they were known."""
    version = in_force(question)
    if question.when.as_of is None or version is None:
        return []
    teams = [team] if team is not None else version.policy.teams
    if all(rate_of(question.ledger.store, each).rate is None for each in teams):
        return []
    return [told("What a rate asks is told as it was known: give --known-at instead of --as-of.")]


def show_rates(question: Question, found: Sequence[RateShown], *, alone: bool = False) -> None:
    """Prints what each rate asks of the day; of one asked about alone, also the days ahead."""
    show_table(
        told("Rates on {on}", on=question.days.date_of(question.when.at)),
        [
            words("team", least=16), number("target"), Column("by when"), number("at the start"), number("a full day"),
            number("today"), number("by now"), number("net"), number("missed"),
        ],
        [
            (
                question.team(each.day.team), each.day.target, each.day.target_on, each.day.waiting_start,
                decimal(each.day.per_day), each.day.needed, each.day.needed_by_now, each.day.net,
                len(each.day.missed),
            )
            for each in found
        ],
        empty=_NO_RATE,
    )  # fmt: skip
    for each in found:
        say(*rate_sentences(question, each))
        if alone:
            _show_days(each)


def rate_sentences(question: Question, found: RateShown) -> list[str]:
    """What to know of a team's rate this morning, a sentence each: first what it needs by which hour."""
    day, zone = found.day, question.days.zone
    if not day.needed or not day.by_hour:
        return rate_notes(question, found)
    marks = ", ".join(
        told("{needed} by {at}", needed=mark.needed, at=f"{mark.at.astimezone(zone):%H:%M}")
        for mark in day.by_hour
    )
    by_hour = told("{team} by the hour: {marks}.", team=day.team, marks=marks)
    return [by_hour, *rate_notes(question, found)]


def rate_notes(question: Question, found: RateShown, *, ids: bool = True) -> list[str]:
    """What else to know of it, a sentence each; without the `ids` of countermeasures where nobody types them."""
    day, zone, team = found.day, question.days.zone, found.day.team
    said: list[str] = []
    if day.begins_on is not None:
        begins = "{team}: set today, it asks of each day from {on} on."
        said.append(told(begins, team=team, on=day.begins_on))
    if day.over:
        passed = "{team}: the target date {on} has passed; set a new one."
        said.append(told(passed, team=team, on=day.target_on))
    if found.rate.feasible is False:
        reached = told("never reached")
        if found.earliest_on:
            reached = told("not reached before {on}", on=found.earliest_on)
        said.append(
            told(
                "{team}: more than it can do ({capacity} a full day, {by} on {on}); at that the target is {reached}.",
                team=team,
                capacity=_ratio(found.rate.capacity),
                by=told(found.rate.capacity_from or ""),
                on=found.rate.set_on,
                reached=reached,
            )
        )
    if found.rate.below_floor:
        said.append(
            told(
                "{team}: the target is below what is always under way (arrivals times the median days "
                "from owner to end).",
                team=team,
            )
        )
    for each in day.missed:
        missed = _NOT_ANSWERED if each.alarmed else _TO_BE_ANSWERED
        said.append(told(missed, team=team, on=each.on, at=due(each.answer_by, zone)))
    sees = _SEES_TO_IT_BY_ID if ids else _SEES_TO_IT
    said += [
        told(
            sees,
            team=team,
            owner=each.owner,
            cause=coded("cause", each.cause),
            on=each.check_on,
            id=each.countermeasure_id,
        )
        for each in day.countermeasures
    ]
    return said


def _ratio(ratio: tuple[int, int] | None) -> str:
    return "" if ratio is None else decimal(Fraction(*ratio))


def _show_days(found: RateShown) -> None:
    show_table(
        "The days ahead, if nothing changes",
        [Column("day"), number("weighs"), number("to clear")],
        [(each.on, decimal(each.weight, decimals=2), each.needed) for each in found.ahead],
        empty="No working day is left before the target date.",
    )
    effort = found.effort
    if effort is not None:
        say(
            told(
                "Staff time of {on} ({found_by}): {contact} minutes a failure contact, {case} a case, {day} a day in "
                "all.",
                on=effort.on,
                found_by=told(effort.found_by),
                contact=effort.contact_minutes,
                case=effort.case_minutes,
                day=effort.staff_minutes_a_day,
            )
        )


_VERBS = {
    "set_": "rate-set",
    "drop": "rate-drop",
    "effort": "rate-effort",
    "answer": "rate-answer",
    "close": "rate-close",
}
"""What each verb of a rate is called here."""


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    if name in _VERBS:
        return as_command(FLOW_VERBS[_VERBS[name]])
    raise AttributeError(name)
