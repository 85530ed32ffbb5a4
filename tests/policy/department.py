"""The sample department as tests use it: its text, its policy, whole answers to its forms, and days counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ledger.policy import (
    CompiledPolicy,
    Policy,
    RoutingFacts,
    compile_policy,
    digest_policy,
    document_of,
    read_policy,
)
from ledger.policy.checking import asked_by
from ledger.policy.document.conditions import Answer
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.times import EPOCH
from tests.policy.law import NS_SAMPLE_DAYS

DEPARTMENT = Path(__file__).parents[2] / "api" / "department" / "department.toml"
TEXT = DEPARTMENT.read_text(encoding="utf-8")
EVENT_ON = "2027-08-20"
"""The date of every event and plan, unless a test says otherwise."""
BORN_ON = "1984-02-29"
ONE_DAY = timedelta(days=1)


def with_changes(*changes: tuple[str, str]) -> str:
    """The text with pieces replaced, each at its first place; each must be there."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_in(text: str, piece: str) -> int:
    """The line on which a piece begins."""
    return text[: text.index(piece)].count("\n") + 1


@cache
def department() -> Policy:
    """The policy."""
    return read_policy(TEXT, file=DEPARTMENT.name)


@cache
def compiled() -> CompiledPolicy:
    """The policy ready for use, as version 1."""
    return compile_policy(department(), version=1)


@cache
def published() -> Policies:
    """The policy as the only one published, in force from the beginning."""
    document = document_of(department())
    return Policies((PolicyVersion(1, digest_policy(department()), EPOCH, "2026a", document),))


def answers_to(request_type: str, **said: Answer) -> dict[str, Answer]:
    """An answer to everything that a type asks, required or not but for what raises a flag; `said` goes before."""
    policy = department()
    answers: dict[str, Answer] = {}
    for code in asked_by(policy, policy.types[request_type]):
        field = policy.fields[code]
        if field.raises_flag is not None:
            continue
        match field.kind:
            case "number":
                answers[code] = 12_000
            case "date":
                answers[code] = BORN_ON if code.endswith("dob") else EVENT_ON
            case "yes_no":
                answers[code] = False
            case "choice":
                answers[code] = next(iter(field.choices))
            case "text" | "item":
                answers[code] = "As told."
    return {**answers, **said}


def facts(request_type: str | None, region: str | None = "HAL", **said: Any) -> RoutingFacts:
    """What routing knows of a case in English, by telephone, of no special severity."""
    plain: dict[str, Any] = {"channel": "phone", "language": "en", "severity": "other"}
    return RoutingFacts(type=request_type, region=region, **{**plain, **said})


def counts(day: date) -> bool:
    """Whether the department works on a day, by the list of holidays that the vectors of clocks were made with."""
    return day.weekday() < 5 and day.isoformat() not in NS_SAMPLE_DAYS


def working_day(start_on: date, amount: int) -> date:
    """The n-th working day after a date, or before it, walked day by day."""
    day, left = start_on, abs(amount)
    while left:
        day += ONE_DAY if amount > 0 else -ONE_DAY
        left -= counts(day)
    return day


def rolled(start_on: date, days: int) -> date:
    """So many days after a date, moved on to a working day."""
    day = start_on + days * ONE_DAY
    while not counts(day):
        day += ONE_DAY
    return day
