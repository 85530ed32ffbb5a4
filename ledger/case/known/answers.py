"""Answers: what was given to the fields of a form, each of its field's kind and in its field's tier."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ledger.errors import InvalidCommand
from ledger.facts import Answers
from ledger.input.fitting import TOO_BIG
from ledger.input.quoting import known_codes, quoted
from ledger.policy.document.conditions import is_date
from ledger.policy.document.policy import AskedField, Policy, RequestType
from ledger.policy.telling.money import AN_AMOUNT, IN_CENTS, cents_in


def _no_fraction(value: object) -> object:
    """Refuses 1250.0, which would be taken for 1250: of money, an amount for a hundredth of it."""
    if isinstance(value, float):
        raise PydanticCustomError("fraction", "a number with a fraction")
    return value


Answer = Annotated[str | int | bool | None, BeforeValidator(_no_fraction)]
_YES, _NO = frozenset({"true", "yes", "oui", "1"}), frozenset({"false", "no", "non", "0"})


def not_one_of(what: str, given: str, allowed: Mapping[str, object]) -> str:
    """The sentence that says that the policy has no such thing (`a team`), and what it has."""
    known = known_codes(given, allowed)
    return f"{quoted(given)} is not {what} of the policy in force; it knows {known}."


def given_answers(given: Mapping[str, Answer]) -> dict[str, Answer]:
    """What was given, where a blank is no answer."""
    return {
        name: None if isinstance(value, str) and not value.strip() else value
        for name, value in given.items()
    }


def answered_fields(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The names of the fields that have an answer."""
    return tuple(sorted(name for name, value in answers.items() if value is not None))


def office_answers(policy: Policy, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """What routing may look at of answers: those of the office tier."""
    return {
        name: value
        for name, value in given.items()
        if value is not None and policy.fields[name].tier == "office"
    }


def language_answered(policy: Policy, answers: Mapping[str, Answer]) -> str | None:
    """The language of correspondence that an answer asks for, if the policy has such a field."""
    for name, value in answers.items():
        field = policy.fields.get(name)
        if isinstance(value, str) and field is not None and field.sets_language:
            return value
    return None


def flags_raised(policy: Policy, answered: Collection[str]) -> set[str]:
    """The flags that show that a field was answered whose answer itself must not show."""
    raised = (policy.fields[name].raises_flag for name in answered)
    return {flag for flag in raised if flag is not None}


def answers_by_tier(
    policy: Policy,
    kind: RequestType | None,
    given: Mapping[str, Answer],
    *,
    day_here: Callable[[], date] | None = None,
) -> Answers:
    """Every field of the type, answered or not, in its tier; an unknown field or an unfit answer is refused.

    So is a day that lies ahead of `day_here` where it must have been.
    """
    for name, answer in given.items():
        if name not in policy.fields:
            raise InvalidCommand(not_one_of("a field", name, policy.fields))
        wanted = unfit(policy.fields[name], answer, day_here=day_here)
        if answer is not None and wanted is not None:
            raise InvalidCommand(
                f"The answer to {quoted(name, otherwise='this')} must be {wanted}: ask for it again."
            )
    names = {*given, *policy.office.asks, *policy.office.offers}
    if kind is not None:
        names.update(kind.required, kind.optional, *kind.one_of)
    tiers: dict[str, dict[str, Answer]] = {"office": {}, "personal": {}}
    for name in sorted(names):
        tiers[policy.fields[name].tier][name] = given.get(name)
    return Answers(office=tiers["office"], personal=tiers["personal"])


def unfit(
    field: AskedField,
    answer: Answer,
    *,
    day_here: Callable[[], date] | None = None,
    written: bool = False,
) -> str | None:
    """What an answer to the field must be, if this one is not it; that its day has been where `day_here` is said.

    `written` says that it came as a text, in which money is an amount and no number of cents.
    """
    match field.kind:
        case "yes_no":
            return None if isinstance(answer, bool) else "yes or no (true or false)"
        case "number" | "money":
            if isinstance(answer, bool) or not isinstance(answer, int):
                in_money = AN_AMOUNT if written else IN_CENTS
                return "a whole number" if field.kind == "number" else in_money
            return None if abs(answer) < TOO_BIG else "a smaller number"
        case "date":
            dated = isinstance(answer, str) and is_date(answer)
            if not dated:
                return "a date that exists, written as 2026-07-01"
            ahead = field.past and day_here is not None and str(answer) > day_here().isoformat()
            return "a date that does not lie in the future" if ahead else None
        case "choice":
            known = ", ".join(sorted(field.choices))
            return None if answer in field.choices else f"one of {known}"
        case "text" | "item":
            return None if isinstance(answer, str) else "a text"


def said_in_kind(
    field: AskedField, said: str, date_of: Callable[[datetime], date], *, currency: str | None
) -> Answer:
    """What another system wrote as text, in the kind of the field; as it came where it is none of that kind.

    An instant in the place of a day is the office's date of it, by `date_of`; an amount is in the office's `currency`.
    """
    match field.kind:
        case "yes_no":
            folded = said.lower()
            return True if folded in _YES else False if folded in _NO else said
        case "number":
            return int(said) if re.fullmatch(r"-?\d{1,16}", said, re.ASCII) else said
        case "money":
            return said if (cents := cents_in(said, currency)) is None else cents
        case "date":
            return _day(said, date_of)
        case "choice" | "text" | "item":
            return said


def _day(said: str, date_of: Callable[[datetime], date]) -> str:
    try:
        at = datetime.fromisoformat(said)
        if at.tzinfo is not None:
            return date_of(at.astimezone(UTC)).isoformat()
    except (ValueError, OverflowError):
        return said
    return at.date().isoformat()


def known_answers(answers: Answers) -> dict[str, Answer]:
    """The office answers of a fact that are answers."""
    return {name: value for name, value in answers.office.items() if value is not None}
