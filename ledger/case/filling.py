"""Filling in a notice: a value for each placeholder of its text, from the case or from whoever issues it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from ledger.case.standing import definition_of
from ledger.case.state import Case, Clock
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.ids import reference_of
from ledger.policy.templates import FILLED_BY_CASE, Template
from ledger.policy.values import Language

_MOMENT = timedelta(microseconds=1)


def filled(
    case: Case,
    template: Template,
    language: Language,
    around: Circumstances,
    *,
    given: Mapping[str, str],
    clock: str | None,
) -> dict[str, str]:
    """A value for each placeholder of the text; refused where one is wanting or none asks for it."""
    text = template.texts[language]
    for name in given:
        if name not in template.asks:
            asks = ", ".join(template.asks) or "none"
            raise InvalidCommand(f"The template does not ask for '{name}'; it asks for {asks}.")
    known = {**_of_case(case, language, around, clock), **given}
    values = {name: known.get(name) or "" for name in sorted(text.placeholders)}
    if wanting := [name for name, value in values.items() if not value.strip()]:
        own = [name for name in wanting if name in FILLED_BY_CASE]
        said = f"The notice says '{wanting[0]}', and "
        if own:
            raise Refusal(
                f"{said}the case has none: use another template, or settle it first.",
                rule="notice-says-what-is",
            )
        raise InvalidCommand(f"{said}nothing was given for it: give it under values.")
    return values


def _of_case(
    case: Case, language: Language, around: Circumstances, named: str | None
) -> dict[str, str | None]:
    """What the case fills in; `due_on` is that of the clock that was named, else the earliest that is promised."""
    version = around.policies.in_force(around.now)
    policy = version.policy
    days = version.compiled.calendars.days_of(policy.office.zone)
    kind = policy.types.get(case.request_type or "")
    team = policy.teams.get(case.team or "")
    clocks = [case.clocks[named]] if named else _promised(case, around)
    due = [clock.due_at for clock in clocks if clock.due_at is not None]
    missing = [policy.fields[each] for each in sorted(case.missing) if each in policy.fields]
    outcome = policy.reasons.close.get(case.decided.outcome) if case.decided else None
    return {
        "reference": reference_of(UUID(around.stream.partition("/")[2])),
        "office": policy.office.say(language),
        "request_type": kind.say(language) if kind else None,
        "team": team.say(language) if team else None,
        "received_on": str(days.date_of(case.received_at)) if case.received_at else None,
        "issued_on": str(days.date_of(around.effective_at)),
        "due_on": str(days.date_of(min(due) - _MOMENT)) if due else None,
        "missing": ", ".join(each.say(language) for each in missing) or None,
        "outcome": outcome.say(language) if outcome else case.decided and case.decided.outcome,
        "legal_basis": case.decided.legal_basis if case.decided else None,
    }


def _promised(case: Case, around: Circumstances) -> list[Clock]:
    """The clocks that tell the requester by when: those that run to a deadline and are no shadow of another."""
    return [
        clock
        for clock in case.clocks.values()
        if clock.open
        and clock.policy is not None
        and definition_of(around, clock).sense == "deadline"
        and not definition_of(around, clock).shadow
    ]
