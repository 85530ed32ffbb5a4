"""What in a policy document refers to something that is not there, or says two things at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import get_args

from ledger.policy.calendars.counting import CountingTerms, OfficeTerms
from ledger.policy.document.chases import wrong_plans
from ledger.policy.document.conditions import Condition, Family, Severity, When, is_date
from ledger.policy.document.locating import KeyPath
from ledger.policy.document.naming import Wrong, each_unknown, unknown
from ledger.policy.document.policy import (
    TRIAGE,
    Channel,
    Policy,
    RequestType,
    RoutingRule,
)
from ledger.policy.document.retention import PAID
from ledger.policy.reading.exempting import wrong_disclosing
from ledger.policy.reading.timing import (
    counting_calendars,
    milestones_of,
    office_calendars,
    wrong_cap,
    wrong_clocks,
    wrong_rung,
)
from ledger.policy.routing.presence import wrong_directory_system
from ledger.policy.telling.mailing import wrong_mail
from ledger.policy.telling.money import IN_CENTS
from ledger.policy.telling.offering import wrong_open311
from ledger.policy.telling.templates import wrong_templates


def wrong_references(policy: Policy) -> list[Wrong]:
    """Everything that is referred to and is not there."""
    return [
        *_office(policy),
        *_calendars(policy),
        *_regions(policy),
        *_channels(policy),
        *_people(policy),
        *_fields(policy),
        *wrong_clocks(policy),
        *_types(policy),
        *_retention_events(policy),
        *unknown(
            ("keeping", "inquiry_clock"), policy.keeping.inquiry_clock, policy.clocks, "clock"
        ),
        *wrong_plans(policy.chases, policy.reasons.close),
        *_routing(policy),
        *_pull(policy),
        *each_unknown(
            ("calls", "excluded_types"), policy.calls.excluded_types, policy.types, "request type"
        ),
        *each_unknown(
            ("calls", "complaint_types"), policy.calls.complaint_types, policy.types, "request type"
        ),
        *_delegations(policy),
        *_templates(policy),
        *wrong_disclosing(policy),
        *wrong_mail(policy),
        *wrong_open311(policy),
        *wrong_directory_system(policy),
    ]


def _pull(policy: Policy) -> Iterator[Wrong]:
    if policy.pull is None:
        return
    for code, kind in policy.pull.types.items():
        yield from unknown(("pull", "types", code), code, policy.types, "request type")
        yield from each_unknown(
            ("pull", "types", code, "skills"), kind.skills, policy.skills, "skill"
        )
    for code, regions in policy.pull.regions.items():
        yield from unknown(("pull", "regions", code), code, policy.members, "member")
        yield from each_unknown(("pull", "regions", code), regions, policy.regions, "region")


def _office(policy: Policy) -> Iterator[Wrong]:
    office = policy.office
    yield from unknown(
        ("office", "counting_calendar"), office.counting_calendar, counting_calendars(policy),
        "counting calendar",
    )  # fmt: skip
    yield from unknown(
        ("office", "office_calendar"),
        office.office_calendar,
        office_calendars(policy),
        "office calendar",
    )
    yield from each_unknown(("office", "asks"), office.asks, policy.fields, "field")
    yield from each_unknown(("office", "offers"), office.offers, policy.fields, "field")
    yield from unknown(("office", "director"), office.director, policy.members, "member")
    for index, rung in enumerate(policy.rungs):
        yield from wrong_rung(("rungs", index), rung, policy)


def _calendars(policy: Policy) -> Iterator[Wrong]:
    for code, terms in policy.calendars.items():
        path: KeyPath = ("calendars", code)
        if terms.ends_on < terms.begins_on:
            yield (*path, "ends_on"), f"is before begins_on, {terms.begins_on}"
        dated = terms.holidays if isinstance(terms, CountingTerms) else terms.exceptions
        key = "holidays" if isinstance(terms, CountingTerms) else "exceptions"
        seen = set[object]()
        for index, each in enumerate(dated):
            if each.on in seen:
                yield (*path, key, index), f"names {each.on} a second time"
            seen.add(each.on)
            if not terms.begins_on <= each.on <= terms.ends_on:
                yield (
                    (*path, key, index),
                    f"lies outside the calendar: {terms.begins_on} to {terms.ends_on}",
                )
        if isinstance(terms, OfficeTerms) and terms.closed_on_holidays_of is not None:
            yield from _observed(path, terms, policy)


def _observed(path: KeyPath, terms: OfficeTerms, policy: Policy) -> Iterator[Wrong]:
    path = (*path, "closed_on_holidays_of")
    code = terms.closed_on_holidays_of or ""
    yield from unknown(path, code, counting_calendars(policy), "counting calendar")
    observed = policy.calendars.get(code)
    if isinstance(observed, CountingTerms) and observed.ends_on < terms.ends_on:
        yield path, f"is a calendar that ends {observed.ends_on}, before the office's own"


def _regions(policy: Policy) -> Iterator[Wrong]:
    for code, region in policy.regions.items():
        yield from unknown(("regions", code, "within"), region.within, policy.regions, "region")
        around, seen = region.within, {code}
        while around is not None and around in policy.regions:
            if around in seen:
                yield ("regions", code, "within"), "makes a circle: a region cannot lie in itself"
                break
            seen.add(around)
            around = policy.regions[around].within


def _channels(policy: Policy) -> Iterator[Wrong]:
    kinds = {*policy.types, TRIAGE}
    for code, channel in policy.channels.items():
        for category, kind in channel.categories.items():
            path: KeyPath = ("channels", code, "categories", category)
            yield from unknown(path, kind, kinds, "request type")
        yield from _options(("channels", code), channel)


def _options(path: KeyPath, channel: Channel) -> Iterator[Wrong]:
    """Every option of a form maps to a type or to triage, and nothing is mapped that the form does not offer."""
    for index, option in enumerate(channel.options):
        if option not in channel.categories:
            yield (
                (*path, "options", index),
                f"offers '{option}', which categories do not map: add its type or '{TRIAGE}'",
            )
    for category in channel.categories if channel.options else ():
        yield from unknown((*path, "categories", category), category, channel.options, "option")


def _people(policy: Policy) -> Iterator[Wrong]:
    for code, team in policy.teams.items():
        yield from each_unknown(("teams", code, "regions"), team.regions, policy.regions, "region")
        yield from each_unknown(("teams", code, "skills"), team.skills, policy.skills, "skill")
        yield from unknown(("teams", code, "leader"), team.leader, policy.members, "member")
        yield from each_unknown(("teams", code, "on_call"), team.on_call, policy.members, "member")
    for code, member in policy.members.items():
        yield from each_unknown(("members", code, "teams"), member.teams, policy.teams, "team")
        yield from each_unknown(("members", code, "skills"), member.skills, policy.skills, "skill")
    adjudicator = policy.custody.adjudicator
    yield from unknown(("custody", "adjudicator"), adjudicator, policy.members, "member")


def _fields(policy: Policy) -> Iterator[Wrong]:
    for code, field in policy.fields.items():
        path: KeyPath = ("fields", code)
        if field.when is not None:
            yield from _when((*path, "when"), field.when, policy)
        yield from unknown((*path, "raises_flag"), field.raises_flag, policy.flags, "flag")


def _retention(path: KeyPath, kind: RequestType, policy: Policy) -> Iterator[Wrong]:
    """Every outcome that is kept otherwise is one there is, and so is its class."""
    for outcome, retention in kind.retention_by_outcome.items():
        at: KeyPath = (*path, "retention_by_outcome", outcome)
        yield from unknown(at, outcome, policy.reasons.close, "outcome")
        yield from unknown(at, retention, policy.retention, "class")


def _retention_events(policy: Policy) -> Iterator[Wrong]:
    """A class begins on a milestone that there is, or on a date that is asked for."""
    dates = {code for code, field in policy.fields.items() if field.kind == "date"}
    for code, terms in policy.retention.items():
        at: KeyPath = ("retention", code, "event")
        yield from unknown(
            at, terms.event, {*milestones_of(policy), *dates, PAID}, "milestone or date"
        )


def _types(policy: Policy) -> Iterator[Wrong]:
    for code, kind in policy.types.items():
        path: KeyPath = ("types", code)
        yield from unknown((*path, "programme"), kind.programme, policy.programmes, "programme")
        yield from unknown((*path, "retention"), kind.retention, policy.retention, "class")
        yield from _retention(path, kind, policy)
        yield from unknown((*path, "chase"), kind.chase, policy.chases, "plan")
        yield from each_unknown((*path, "required"), kind.required, policy.fields, "field")
        yield from each_unknown((*path, "optional"), kind.optional, policy.fields, "field")
        for index, group in enumerate(kind.one_of):
            yield from each_unknown((*path, "one_of", index), group, policy.fields, "field")
        if kind.deadline_bearing and not kind.clocks:
            yield (
                (*path, "deadline_bearing"),
                "says that it bears a deadline, but it arms no clock: add clocks = [...]",
            )
        yield from _type_clocks(path, kind, policy)
        yield from _checklist(path, kind, policy)


def _checklist(path: KeyPath, kind: RequestType, policy: Policy) -> Iterator[Wrong]:
    seen = {"complete"}
    for index, check in enumerate(kind.checklist):
        where: KeyPath = (*path, "checklist", index)
        if check.code in seen:
            yield (*where, "code"), f"'{check.code}' is the code of another check of this type"
        seen.add(check.code)
        yield from each_unknown((*where, "fields"), check.fields, policy.fields, "field")
        if check.when is not None:
            yield from _when((*where, "when"), check.when, policy)


def _type_clocks(path: KeyPath, kind: RequestType, policy: Policy) -> Iterator[Wrong]:
    for index, armed in enumerate(kind.clocks):
        where: KeyPath = (*path, "clocks", index)
        yield from unknown(where, armed.clock, policy.clocks, "clock")
        if armed.when is not None:
            yield from _when((*where, "when"), armed.when, policy)
        yield from wrong_cap((*where, "not_after"), armed, policy)


def _routing(policy: Policy) -> Iterator[Wrong]:
    last = len(policy.routing) - 1
    defaults = [index for index, rule in enumerate(policy.routing) if rule.default]
    if not defaults:
        yield (
            ("routing", last),
            "is the last rule and not the default: end with a rule that says default = true",
        )
    for index in range((defaults or [last])[0] + 1, last + 1):
        yield ("routing", index), "stands after the default and can never be reached: move it up"
    seen = set[str]()
    for index, rule in enumerate(policy.routing):
        if rule.code in seen:
            yield ("routing", index, "code"), f"'{rule.code}' is the code of an earlier rule"
        seen.add(rule.code)
        yield from _rule(("routing", index), rule, policy)


def _rule(path: KeyPath, rule: RoutingRule, policy: Policy) -> Iterator[Wrong]:
    yield from _when((*path, "when"), rule.when, policy)
    if rule.team is not None and "{" in rule.team:
        yield from _pattern((*path, "team"), rule.team, policy)
    else:
        yield from unknown((*path, "team"), rule.team, policy.teams, "team")
    yield from each_unknown((*path, "teams"), rule.teams, policy.teams, "team")
    yield from unknown((*path, "skill"), rule.skill, policy.skills, "skill")
    if rule.skill is not None and not any(
        rule.skill in policy.teams[code].skills
        for code in (rule.teams or policy.teams)
        if code in policy.teams
    ):
        yield (*path, "skill"), f"'{rule.skill}' is a skill that none of these teams has"
    if rule.overflow is not None:
        yield from each_unknown((*path, "overflow", "to"), rule.overflow.to, policy.teams, "team")
    if rule.confirm is not None:
        yield from unknown((*path, "confirm", "team"), rule.confirm.team, policy.teams, "team")


def _delegations(policy: Policy) -> Iterator[Wrong]:
    for code, each in policy.delegations.items():
        path: KeyPath = ("delegations", code)
        yield from each_unknown((*path, "members"), each.members, policy.members, "member")
        yield from each_unknown((*path, "skills"), each.skills, policy.skills, "skill")
        yield from each_unknown((*path, "types"), each.types, policy.types, "request type")
        yield from each_unknown((*path, "outcomes"), each.outcomes, policy.reasons.close, "outcome")


def _templates(policy: Policy) -> Iterator[Wrong]:
    for code, each in policy.templates.items():
        yield from each_unknown(
            ("templates", code, "types"), each.types, policy.types, "request type"
        )
    yield from wrong_templates(policy)


def _pattern(path: KeyPath, pattern: str, policy: Policy) -> Iterator[Wrong]:
    if pattern.replace("{region}", "").count("{"):
        yield path, f"'{pattern}' can be filled in with {{region}} alone"
        return
    if not any(pattern.replace("{region}", code) in policy.teams for code in policy.regions):
        yield path, f"'{pattern}' is a team for none of the regions: {', '.join(policy.regions)}"


def _when(path: KeyPath, when: When, policy: Policy) -> Iterator[Wrong]:
    known: Mapping[str, Collection[str]] = {
        "type": policy.types,
        "programme": policy.programmes,
        "region": policy.regions,
        "channel": policy.channels,
    }
    closed: Mapping[str, Collection[str]] = {
        "family": get_args(Family),
        "language": policy.office.languages,
        "interview_language": policy.interviewed_in,
        "severity": get_args(Severity),
    }
    for name, condition in when.named():
        if name in known or name in closed:
            for value in condition.compared:
                allowed = known.get(name) or closed.get(name) or ()
                yield from unknown((*path, name), str(value), allowed, name)
        else:
            code = name.removeprefix("answers.")
            yield from _answer((*path, "answers", code), code, condition, policy)
    yield from each_unknown((*path, "flags"), when.flags, policy.flags, "flag")
    for index, branch in enumerate(when.any):
        yield from _when((*path, "any", index), branch, policy)


def _answer(path: KeyPath, code: str, condition: Condition, policy: Policy) -> Iterator[Wrong]:
    yield from unknown(path, code, policy.fields, "field")
    field = policy.fields.get(code)
    if field is None:
        return
    if field.tier != "office":
        yield (
            path,
            "is a personal field, which no rule may look at: raise a flag with raises_flag instead",
        )
    for value in condition.compared:
        fits, allowed = {
            "yes_no": (isinstance(value, bool), "true or false"),
            "number": (type(value) is int, "whole numbers"),
            "money": (type(value) is int, IN_CENTS),
            "date": (isinstance(value, str) and is_date(value), "dates such as 2026-07-01"),
            "choice": (value in field.choices, ", ".join(field.choices)),
            "text": (isinstance(value, str), "texts"),
            "item": (False, "present = true or false"),
        }[field.kind]
        if not fits:
            yield path, f"is compared with '{value}', which it can never be; allowed: {allowed}"
    if condition.orders and field.kind not in ("number", "money", "date"):
        yield (
            path,
            "is neither a number nor money nor a date and has no order: use one_of or is_not",
        )
