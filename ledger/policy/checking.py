"""What a sound policy could do better: short horizons, thin teams, types without a clock, missing French."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias, cast

from pydantic import BaseModel

from ledger.policy.acting.authority import delegated_on, holders
from ledger.policy.clocks.reckoning import applies
from ledger.policy.dates import ONE_DAY, months_after
from ledger.policy.document.clocks import ClockTerms, RungTerms
from ledger.policy.document.conditions import When
from ledger.policy.document.locating import KeyPath, dotted, line_of, lines_of
from ledger.policy.document.policy import Policy, RequestType
from ledger.policy.document.problems import Problem
from ledger.policy.telling.templates import doubtful_templates
from ledger.policy.values import Labelled, Words

HORIZON_MONTHS = 24

Finding: TypeAlias = tuple[KeyPath, str]
"""Where, and what could be better there, to be read after the key."""

Check: TypeAlias = Callable[[Policy, date], Iterator[Finding]]
"""What one question finds in a policy on a day."""


def check(policy: Policy, today: date, *, text: str = "") -> list[Problem]:
    """Every finding, in the order of the document; with lines if its text is given."""
    lines = lines_of(text) if text else {}
    problems = [
        Problem(line_of(path, lines), dotted(path), f"{dotted(path)} {said}.")
        for each in CHECKS
        for path, said in each(policy, today)
    ]
    return sorted(problems, key=lambda each: (each.line, each.key))


def _calendars_reach_far(policy: Policy, today: date) -> Iterator[Finding]:
    """Every calendar that a clock may count by reaches two years ahead: the longest promise is laid out whole."""
    needed = months_after(today, HORIZON_MONTHS)
    for code, terms in policy.calendars.items():
        if terms.ends_on < needed:
            yield (
                ("calendars", code, "ends_on"),
                f"is less than {HORIZON_MONTHS} months ahead: publish it to {needed} or later",
            )


def _nobody_is_alone(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every team has two people for each of its skills, or is known to be few."""
    for code, team in policy.teams.items():
        if team.few_by_design:
            continue
        people = [
            member
            for member in policy.members.values()
            if code in member.teams and member.kind == "person"
        ]
        if len(people) < 2:
            yield ("teams", code), f"has {len(people)} person(s): nobody can stand in"
            continue
        for index, skill in enumerate(team.skills):
            able = sum(
                skill in member.skills or (skill == "fr" and "fr" in member.languages)
                for member in people
            )
            if able < 2:
                yield (
                    ("teams", code, "skills", index),
                    f"names the skill '{skill}', known to {able}: add one, or few_by_design = true",
                )


def _somebody_is_on_call(policy: Policy, _today: date) -> Iterator[Finding]:
    """A step of escalation that calls whoever is on call finds somebody."""
    if any(team.on_call for team in policy.teams.values()):
        return
    for path, rung in _rungs(policy):
        if "on_call" in rung.party:
            yield path, "tells whoever is on call, and no team says who: add on_call to a team"
            return


def _rungs(policy: Policy) -> Iterator[tuple[KeyPath, RungTerms]]:
    for index, rung in enumerate(policy.rungs):
        yield ("rungs", index), rung
    for code, clock in policy.clocks.items():
        for index, rung in enumerate(clock.rungs or ()):
            yield ("clocks", code, "rungs", index), rung


def _types_promise(policy: Policy, today: date) -> Iterator[Finding]:
    """Every type arms a clock with a deadline, whatever the month, the answers and the edition of the law."""
    for code, kind in policy.types.items():
        path: KeyPath = ("types", code)
        deadlines = [each for each in kind.clocks if _is_promise(policy.clocks[each.clock])]
        if not deadlines:
            yield path, "arms no clock with a deadline: nobody is promised anything"
            continue
        always = [
            policy.clocks[each.clock] for each in deadlines if not each.months and each.when is None
        ]
        if not always:
            yield (*path, "clocks"), "arm nothing at times: add a clock without months and when"
            continue
        ends = (clock.effective_until for clock in always if clock.effective_until is not None)
        for day in sorted({today, *(end + ONE_DAY for end in ends if end >= today)}):
            if not any(applies(clock, start_on=day, event_on=day) for clock in always):
                yield (*path, "clocks"), f"arm nothing from {day}: add the edition then in force"


def _is_promise(clock: ClockTerms) -> bool:
    return clock.sense == "deadline" and not clock.shadow


def _judgement_is_delegated(policy: Policy, today: date) -> Iterator[Finding]:
    """Whatever takes judgement somebody may decide today, and every delegation is held by somebody."""
    for code, kind in policy.types.items():
        if kind.judgement and not delegated_on(policy, code, today):
            yield (
                ("types", code, "judgement"),
                f"needs delegated authority, and nobody holds one for it that is valid on {today}",
            )
    for code, each in policy.delegations.items():
        if not any(holders(policy, each)):
            yield ("delegations", code), "is held by no person of the policy"


def _judgement_is_made_ready(policy: Policy, _today: date) -> Iterator[Finding]:
    """Where cases are made ready, each type that takes judgement says what for, and asks what its checks look at."""
    made_ready = any(kind.checklist for kind in policy.types.values())
    for code, kind in policy.types.items():
        if made_ready and kind.judgement and not kind.checklist:
            yield (
                ("types", code, "judgement"),
                "has no checklist as other types have: say what must be so before it is decided",
            )
        asked = asked_by(policy, kind)
        for index, each in enumerate(kind.checklist):
            for field in (*each.fields, *(_answers_of(each.when) if each.when else ())):
                if field not in asked:
                    yield (
                        ("types", code, "checklist", index),
                        f"looks at the field '{field}', which this type does not ask: ask it there too",
                    )


def _answers_of(when: When) -> Iterator[str]:
    yield from when.answers
    for each in when.any:
        yield from _answers_of(each)


def _templates_say_alike(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every template states the recipient's rights where it must, and says the same in each language."""
    yield from doubtful_templates(policy)


def _records_have_an_end(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every personal field has a retention class: that of each type which asks it."""
    for code, kind in policy.types.items():
        if kind.retention is not None:
            continue
        personal = [
            field for field in asked_by(policy, kind) if policy.fields[field].tier == "personal"
        ]
        if personal or policy.retention:
            said = f" ({', '.join(personal)})" if personal else ""
            yield (
                ("types", code),
                f"has no retention class: nobody can say when what it asks{said} may go",
            )


def asked_by(policy: Policy, kind: RequestType) -> tuple[str, ...]:
    """Every field that a type asks, required or not, each once, in order of asking."""
    groups = (code for group in kind.one_of for code in group)
    office = policy.office
    return tuple(
        dict.fromkeys((*office.asks, *kind.required, *groups, *kind.optional, *office.offers))
    )


def _fields_explain_themselves(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every field is asked by a type, with help and the reason why."""
    asked = {code for kind in policy.types.values() for code in asked_by(policy, kind)}
    for code, field in policy.fields.items():
        if code not in asked:
            yield ("fields", code), "is asked by no request type"
        if field.help is None:
            yield ("fields", code), "has no help for whoever is asked"
        if field.why is None:
            yield ("fields", code), "does not say why it is asked"


def _rules_reach_every_team(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every team is reached by a rule, and the default alarms when it is used too much."""
    default = len(policy.routing) - 1
    if policy.routing[default].alarm_above_percent is None:
        yield (
            ("routing", default),
            "is the default and has no alarm_above_percent: nobody hears when it is used too much",
        )
    routed = {code for rule in policy.routing for code in (rule.team, *rule.teams) if code}
    patterns = [code for code in routed if "{region}" in code]
    routed |= {each.replace("{region}", code) for each in patterns for code in policy.regions}
    routed |= {code for rule in policy.routing if rule.overflow for code in rule.overflow.to}
    routed |= {rule.confirm.team for rule in policy.routing if rule.confirm}
    by_skill = {rule.skill for rule in policy.routing if rule.skill and not rule.teams}
    for code, team in policy.teams.items():
        if code not in routed and not by_skill & {*team.skills}:
            yield ("teams", code), "is reached by no routing rule"


def _each_act_has_its_reasons(policy: Policy, _today: date) -> Iterator[Finding]:
    """Every list of reasons that a command on a case takes its code from has one."""
    for name, lacking in _WITHOUT_REASONS.items():
        if not getattr(policy.reasons, name):
            yield ("reasons", name), f"has no code: {lacking}"


_WITHOUT_REASONS = {
    "transfer": "no case can be handed over",
    "decline": "no case that was handed over can be declined",
    "returned": "no case that the rules routed wrongly can be given back",
    "skip": "nobody can pass over a case of a queue",
    "wait": "no case can wait",
    "close": "no case can be resolved",
    "reopen": "no case can be opened again",
    "contact": "no call can be logged, and no mail taken in",
    "escalation": "nobody can escalate a case",
    "severity": "nobody can say how severe a matter is",
}
"""What nobody can do where one of the lists of reasons is empty."""


def _french_is_there(policy: Policy, _today: date) -> Iterator[Finding]:
    if "fr" not in policy.office.languages:
        return
    for path, said in _words(policy, ()):
        if not said.fr:
            yield path, "has no French"


def _words(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Words | Labelled]]:
    if isinstance(value, Words | Labelled):
        yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, each in cast("Mapping[str, Any]", value).items():
            yield from _words(each, (*path, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(cast("tuple[Any, ...]", value)):
            yield from _words(each, (*path, index))


CHECKS: tuple[Check, ...] = (
    _calendars_reach_far,
    _nobody_is_alone,
    _somebody_is_on_call,
    _types_promise,
    _judgement_is_delegated,
    _judgement_is_made_ready,
    _templates_say_alike,
    _records_have_an_end,
    _fields_explain_themselves,
    _rules_reach_every_team,
    _each_act_has_its_reasons,
    _french_is_there,
)
"""Every question that `check` asks of a policy."""
