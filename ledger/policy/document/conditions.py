"""Conditions on what is known of a case, tried in three values: holds, does not hold, cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import BeforeValidator, Field, model_validator

from ledger.policy.values import Code, Scalar, Section, YesNo

Family: TypeAlias = Literal["phone", "email", "web", "walk_in", "mail", "referral"]
Severity: TypeAlias = Literal[
    "immediate_danger", "harm_within_days", "rights_or_money_at_a_date", "other"
]
FieldKind: TypeAlias = Literal["text", "number", "money", "date", "yes_no", "choice", "item"]
"""Money is whole cents of the office's currency: so it is kept, compared and sent; people write and read an amount."""
Answer: TypeAlias = str | int | bool | None
Verdict: TypeAlias = bool | None
"""True: it holds. False: it does not. None: it cannot be told from what is known."""


def _as_list(value: object) -> object:
    return cast("object", value) if isinstance(value, list | tuple) else (value,)


OneOrMore: TypeAlias = Annotated[tuple[Scalar, ...], BeforeValidator(_as_list), Field(min_length=1)]


class Condition(Section):
    """What a value must be. Written `"web"` or `["web", "email"]` for one of these, else as a table of comparisons."""

    one_of: OneOrMore | None = None
    is_not: OneOrMore | None = None
    present: YesNo | None = None
    above: Scalar | None = None
    at_least: Scalar | None = None
    below: Scalar | None = None
    at_most: Scalar | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError(
                "says nothing: give one_of, is_not, present, above, at_least, below or at_most"
            )
        return self

    @property
    def compared(self) -> tuple[Answer, ...]:
        """Every value that this condition compares with."""
        several = (*(self.one_of or ()), *(self.is_not or ()))
        single = (self.above, self.at_least, self.below, self.at_most)
        return (*several, *(each for each in single if each is not None))

    @property
    def orders(self) -> bool:
        """Whether it asks for more or less, not only for equal."""
        return any(
            each is not None for each in (self.above, self.at_least, self.below, self.at_most)
        )


def _as_condition(value: object) -> object:
    if isinstance(value, Mapping | Condition):
        return cast("object", value)
    return {"one_of": value}


Asked: TypeAlias = Annotated[Condition, BeforeValidator(_as_condition)]


class When(Section):
    """All of these must hold; of `any`, at least one."""

    type: Asked | None = None
    programme: Asked | None = None
    region: Asked | None = None
    channel: Asked | None = None
    family: Asked | None = None
    language: Asked | None = None
    interview_language: Asked | None = None
    severity: Asked | None = None
    flags: tuple[Code, ...] = ()
    answers: Mapping[Code, Asked] = {}
    any: tuple[When, ...] = ()

    def named(self) -> Iterator[tuple[str, Condition]]:
        """Each condition of this level with the name of the fact that it asks for."""
        for name in PLAIN_FACTS:
            condition = getattr(self, name)
            if condition is not None:
                yield name, condition
        for name in sorted(self.answers):
            yield f"answers.{name}", self.answers[name]


PLAIN_FACTS = (
    "type", "programme", "region", "channel", "family", "language", "interview_language", "severity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What routing may look at: nothing personal, and every answer an office-tier one."""

    type: str | None = None
    region: str | None = None
    channel: str | None = None
    language: str | None = None
    severity: str | None = None
    flags: frozenset[str] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    related_teams: Mapping[str, str] = field(default_factory=dict[str, str])
    """Teams that stand in some relation to the case, such as `decider`, which a rule can exclude."""
    interview_language: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What conditions need to know of the document around them."""

    programme_of: Mapping[str, str]
    """Programme by type."""
    family_of: Mapping[str, str]
    """Family by channel."""
    within: Mapping[str, frozenset[str]]
    """For each region, itself and all regions inside it."""
    kinds: Mapping[str, FieldKind]
    """Kind by field."""
    asks: Mapping[str, frozenset[str]]
    """The fields that each type requires."""


@dataclass(frozen=True, slots=True)
class Check:
    """One compiled condition: the fact it looks at, and what it makes of it."""

    key: str
    look: Callable[[RoutingFacts], Any]
    judge: Callable[[Any, RoutingFacts], Verdict]
    source: Literal["", "type", "channel"] = ""
    """The plain fact on which this one rests, recorded with it so that it can be looked up again."""


@dataclass(frozen=True, slots=True)
class CompiledWhen:
    """A condition ready to be tried."""

    checks: tuple[Check, ...]
    any: tuple[CompiledWhen, ...]

    def facts(self) -> tuple[str, ...]:
        """The facts it may look at."""
        below = (key for each in self.any for key in each.facts())
        return tuple(dict.fromkeys((*(check.key for check in self.checks), *below)))


def tried(when: CompiledWhen, facts: RoutingFacts, seen: dict[str, Any]) -> tuple[Verdict, str]:
    """Whether it holds, and the fact that decided so; each fact looked at is put into `seen`.

    A condition that does not hold outweighs one that cannot be told: the answer does not depend
    on the order in which they are written.
    """
    untold = ""
    for check in when.checks:
        value = check.look(facts)
        seen[check.key] = value
        if check.source:
            seen[check.source] = getattr(facts, check.source)
        verdict = check.judge(value, facts)
        if verdict is False:
            return False, check.key
        if verdict is None:
            untold = untold or check.key
    if when.any:
        verdict, key = _any_of(when.any, facts, seen)
        if verdict is False:
            return False, key
        if verdict is None:
            untold = untold or key
    return (None, untold) if untold else (True, "")


def facts_from(seen: Mapping[str, Any]) -> RoutingFacts:
    """The facts that a decision recorded as looked at: enough to decide it again."""

    def below(prefix: str) -> dict[str, Any]:
        return {key[len(prefix) :]: each for key, each in seen.items() if key.startswith(prefix)}

    return RoutingFacts(
        type=seen.get("type"),
        region=seen.get("region"),
        channel=seen.get("channel"),
        language=seen.get("language"),
        interview_language=seen.get("interview_language"),
        severity=seen.get("severity"),
        flags=frozenset(code for code, raised in below("flags.").items() if raised),
        answers=below("answers."),
        related_teams={key: team for key, team in below("related_teams.").items() if team},
    )


def _any_of(
    branches: tuple[CompiledWhen, ...], facts: RoutingFacts, seen: dict[str, Any]
) -> tuple[Verdict, str]:
    untold = failed = ""
    for branch in branches:
        verdict, key = tried(branch, facts, seen)
        if verdict:
            return True, ""
        if verdict is None:
            untold = untold or key
        failed = failed or key
    return (None, untold) if untold else (False, failed)


def compile_when(when: When, words: Vocabulary) -> CompiledWhen:
    """The condition, ready to be tried against the words of one document."""
    checks = [_check(name, condition, words) for name, condition in when.named()]
    checks += [_flag(code) for code in when.flags]
    return CompiledWhen(tuple(checks), tuple(compile_when(each, words) for each in when.any))


def _flag(code: str) -> Check:
    return Check(
        f"flags.{code}",
        lambda facts: code in facts.flags,
        lambda value, _facts: value is True,
    )


def _check(name: str, condition: Condition, words: Vocabulary) -> Check:
    if name.startswith("answers."):
        return _answer_check(name.removeprefix("answers."), condition, words)
    told = judged(condition, "text", inside=words.within if name == "region" else {})
    match name:
        case "programme":
            programmes = words.programme_of
            return Check(
                name, lambda facts: programmes.get(facts.type or ""), _or_not(told), "type"
            )
        case "family":
            families = words.family_of
            return Check(
                name, lambda facts: families.get(facts.channel or ""), _or_untold(told), "channel"
            )
        case "type" | "interview_language":
            return Check(name, lambda facts: getattr(facts, name), _or_not(told))
        case _:
            return Check(name, lambda facts: getattr(facts, name), _or_untold(told))


def _or_not(told: Judge) -> Callable[[Any, RoutingFacts], Verdict]:
    """A case without a type is simply not of this one; nobody has to ask for another language to talk in."""
    return lambda value, _facts: told(value) is True


def _or_untold(told: Judge) -> Callable[[Any, RoutingFacts], Verdict]:
    return lambda value, _facts: told(value)


def _answer_check(name: str, condition: Condition, words: Vocabulary) -> Check:
    told = judged(condition, words.kinds[name])
    asked_by = frozenset(code for code, fields in words.asks.items() if name in fields)

    def judge(value: Any, facts: RoutingFacts) -> Verdict:
        if value is None and condition.present is None and facts.type not in asked_by:
            return False  # nobody asked: an answer that is not needed is not missing
        return told(value)

    return Check(f"answers.{name}", lambda facts: facts.answers.get(name), judge, "type")


Judge: TypeAlias = Callable[[Any], Verdict]
_PYTHON_KIND: Mapping[FieldKind, type] = {"number": int, "money": int, "yes_no": bool}


def judged(
    condition: Condition, kind: FieldKind, *, inside: Mapping[str, frozenset[str]] | None = None
) -> Judge:
    """What a condition makes of one value: None where the value is missing or of another kind than the field's."""
    expected = _PYTHON_KIND.get(kind, str)
    one_of = _widened(condition.one_of, inside or {})
    is_not = _widened(condition.is_not, inside or {})
    present = condition.present
    above: Any = condition.above
    at_least: Any = condition.at_least
    below: Any = condition.below
    at_most: Any = condition.at_most
    ordered = condition.orders
    compares = bool(condition.compared)

    def judge(value: Any) -> Verdict:
        if present is not None and (value is not None) is not present:
            return False
        if not compares:
            return True
        if type(value) is not expected or (kind == "date" and not is_date(value)):
            return None
        if one_of is not None and value not in one_of:
            return False
        if is_not is not None and value in is_not:
            return False
        if not ordered:
            return True
        return bool(
            (above is None or value > above)
            and (at_least is None or value >= at_least)
            and (below is None or value < below)
            and (at_most is None or value <= at_most)
        )

    return judge


def _widened(
    values: tuple[Answer, ...] | None, inside: Mapping[str, frozenset[str]]
) -> frozenset[Answer] | None:
    if values is None:
        return None
    return frozenset(each for value in values for each in inside.get(str(value), (value,)))


def is_date(text: str) -> bool:
    """Whether a text is an ISO date, which sorts by time as it stands."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
