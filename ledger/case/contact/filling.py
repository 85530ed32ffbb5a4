"""Filling in a notice: a value for each placeholder of its text, from the case or from whoever issues it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from ledger.case.clocks.foretelling import ToldClock
from ledger.case.clocks.lapsing import lapses_by_notice
from ledger.case.clocks.standing import definition_of
from ledger.case.in_words import Passage
from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.ids import reference_of, subject_id_of
from ledger.input.quoting import quoted
from ledger.policy.document.notices import Template
from ledger.policy.document.policy import Policy
from ledger.policy.telling.days import day_in_words, day_said
from ledger.policy.telling.templates import ACTS, FILLED_BY_CASE
from ledger.policy.values import Language, Words
from ledger.sealing.slots import pieces

_MOMENT = timedelta(microseconds=1)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def filled(
    case: Case,
    template: Template,
    language: Language,
    around: Circumstances,
    *,
    given: Mapping[str, str],
    about: ToldClock,
) -> dict[str, str]:
    """A value for each placeholder of the text; refused where one is wanting or none asks for it.

    The date until which a clock is extended is told as it is reckoned, and no other.
    """
    text = template.texts[language]
    for name in given:
        if name not in template.asks:
            asks = ", ".join(template.asks) or "none"
            raise InvalidCommand(
                f"The template does not ask for {quoted(name, otherwise='this')}; it asks for {asks}."
            )
    said = {name: _said(value, language) for name, value in given.items()}
    known = {**_of_case(case, template, language, around, named=about.clock), **said}
    if template.kind == "extension":
        known["new_date"] = _new_date(given.get("new_date"), about, language)
    values = {name: known.get(name) or "" for name in sorted(text.placeholders)}
    if wanting := [name for name, value in values.items() if not value.strip()]:
        if "new_date" in wanting and template.kind == "extension":
            raise InvalidCommand(
                "The notice says until when the clock is extended, which is reckoned: say by how much (`extends_by`), "
                "in the clock's own unit, once the clock runs."
            )
        own = [name for name in wanting if name in FILLED_BY_CASE]
        if "due_on" in own and _promised(case, template, around):
            raise Refusal(
                "The notice says by when we are to answer, and that date is over: use a template that names none, or "
                "extend the clock first.",
                rule="notice-says-what-is",
            )
        if own:
            raise Refusal(
                f"The notice says {_named(own)}, and the case has none: use another template, or settle it first.",
                rule="notice-says-what-is",
            )
        raise InvalidCommand(
            f"The notice says {_named(wanting)}, and nothing was given for it: give it (`values`)."
        )
    return values


def _said(value: str, language: Language) -> str:
    """A value as the letter says it: a date in the words of its language, as it says those that the case fills in."""
    if _DATE.fullmatch(value) is None:
        return value
    try:
        return day_in_words(date.fromisoformat(value), language)
    except ValueError:  # no such day
        return value


def of_what_is_said(
    passages: Sequence[Passage], given: Mapping[str, str], values: Mapping[str, str]
) -> tuple[Passage, ...]:
    """The passages of the values given, as the letter says these: of a date that stands there in words each word."""
    return tuple(
        each
        if each.of is None or values.get(each.of, given[each.of]) == given[each.of]
        else replace(each, end=len(pieces(values[each.of])))
        for each in passages
    )


def _new_date(said: str | None, about: ToldClock, language: Language) -> str | None:
    """The date until which a clock is extended, as it is reckoned; a letter that promised another would bind us."""
    if about.new_date is None:
        return None
    reckoned = day_in_words(about.new_date, language)
    if said is not None and said.strip() not in (about.new_date.isoformat(), reckoned):
        raise Refusal(
            f"Extended by that much the clock is due on {day_said(about.new_date)}, and the notice would promise "
            "another date: leave the date out, or say by how much it is extended (`extends_by`).",
            rule="notice-says-what-is",
        )
    return reckoned


def _named(placeholders: Sequence[str]) -> str:
    return ", ".join(f"'{each}'" for each in placeholders)


def _of_case(
    case: Case,
    template: Template,
    language: Language,
    around: Circumstances,
    *,
    named: str | None,
) -> dict[str, str | None]:
    """What the case fills in; `due_on` is that of the clock that was named, else the earliest promised that is ahead.

    A clock that the notice itself answers promises nothing more: an acknowledgement does not tell by when it was due.
    """
    version = around.policies.in_force(around.now)
    policy = version.policy
    days = version.compiled.calendars.days_of(policy.office.zone)
    kind = policy.types.get(case.request_type or "")
    team = policy.teams.get(case.team or "")
    if named:
        due = [case.clocks[named]]
    else:
        promised = _promised(case, template, around)
        due = [each for each in promised if each.due_at and each.due_at > around.effective_at]
    warned_at = case.chase.lapses_at if case.chase else None
    lapses_at = warned_at
    if template.kind == "lapse":
        lapses_at = lapses_by_notice(case, around, clock=named)
    said = partial(day_in_words, language=language)
    return {
        "reference": reference_of(subject_id_of(around.stream)),
        "office": policy.office.say(language),
        "request_type": kind.say(language) if kind else None,
        "team": team.say(language) if team else None,
        "received_on": said(days.date_of(case.received_at)) if case.received_at else None,
        "issued_on": said(days.date_of(around.effective_at)),
        "due_on": said(due_on) if (due_on := _first_due_on(due, around)) else None,
        "missing": ", ".join(_missing(case, policy, language)) or None,
        "outcome": _outcome(case, policy, language),
        "legal_basis": case.decided.legal_basis if case.decided else None,
        "lapses_on": said(days.date_of(lapses_at - _MOMENT)) if lapses_at else None,
    }


_NEEDS: Mapping[str, Words] = {
    "identity": Words(en="proof of identity", fr="preuve d'identité"),
    "fee": Words(en="the fee", fr="les droits"),
}
"""What is asked for in the place of a field in which staff note that they have it."""


def _missing(case: Case, policy: Policy, language: Language) -> tuple[str, ...]:
    """What is missing, as whoever asked is told: the need itself where a field is there to prove it."""
    kind = policy.types.get(case.request_type or "")
    unmet = kind.unmet(case.needs) if kind is not None else ()
    fields = [policy.fields[each] for each in sorted(case.missing) if each in policy.fields]
    needs = {each: _NEEDS[each] for each in unmet}
    named = [needs.get(each.proves or "", each) for each in fields]
    return tuple(dict.fromkeys(each.say(language) for each in named))


_FINDINGS = {
    "upheld": Words(en="The decision is upheld", fr="La décision est maintenue"),
    "varied": Words(en="The decision is varied", fr="La décision est modifiée"),
    "substituted": Words(en="Another decision takes its place", fr="La décision est remplacée"),
}
"""What a review found, in words for whoever asked for it."""


def _outcome(case: Case, policy: Policy, language: Language) -> str | None:
    if case.decided is None:
        return None
    code = case.decided.outcome
    words = policy.reasons.close.get(code) or _FINDINGS.get(code)
    return words.say(language) if words else code


def _first_due_on(clocks: Sequence[Clock], around: Circumstances) -> date | None:
    """The last date of the clock that is due first, in the zone in which its days end."""
    due = [(each.due_at, each) for each in clocks if each.due_at is not None]
    if not due:
        return None
    due_at, clock = min(due, key=lambda each: each[0])
    version = around.policies.in_force(around.now)
    zone = definition_of(around, clock).zone if clock.policy else version.policy.office.zone
    return version.compiled.calendars.days_of(zone).date_of(due_at - _MOMENT)


def _promised(case: Case, template: Template, around: Circumstances) -> list[Clock]:
    """Which clocks tell the requester: running to a deadline, no shadow, not answered by the notice."""
    done = {*ACTS.get(template.kind, ())}
    found: list[Clock] = []
    for clock in case.own_clocks:
        terms = definition_of(around, clock)
        told = terms.sense == "deadline" and not terms.shadow
        if told and clock.due_at is not None and done.isdisjoint(terms.stops_on):
            found.append(clock)
    return found
