"""What reaches the simulated department: matters of invented people, in their season, through every channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from api.department.demand.asked import (
    CHANNELS,
    DEMAND,
    FRENCH_PERCENT,
    FRENCH_POINTS,
    INCOMPLETE_PERCENT,
    REGIONS,
    ROBOTS,
    SOMETIMES_INCOMPLETE,
    UNKNOWN,
    Demand,
)
from api.department.demand.requesters import a_name, a_phone, answer_to
from api.department.desk import Desk
from api.department.matter import Matter
from ledger.case.known.answers import Answer
from ledger.policy.document.conditions import Severity

T = TypeVar("T")
_ON_A_DAY_OFF = 10
"""Of a hundred that come on a working day."""
_NOT_ASKED_BACK = frozenset({"name", "language", "danger_now"})
_ASKED_LATER = frozenset({"interview_language"})


def weighted(desk: Desk, weights: Mapping[T, float]) -> T:
    """One of these, each as often as its weight says."""
    return desk.chance.choices([*weights], [*weights.values()])[0]


def demand_of(kind: str) -> Demand:
    """How a type is asked for."""
    return DEMAND.get(kind, UNKNOWN)


def arrivals(desk: Desk, *, cases: int, first_on: date, last_on: date) -> Iterator[Matter]:
    """So many matters over these dates, as they arrive; more on working days, and each type in its season."""
    days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    types = [code for code, kind in desk.policy.types.items() if not kind.reviews]
    of_day = {day: {kind: _weight(desk, kind, day) for kind in types} for day in days}
    whole = {day: sum(weights.values()) for day, weights in of_day.items()}
    drawn = desk.chance.choices(days, [whole[day] for day in days], k=cases)
    coming = sorted((_time(desk, day, kind), kind) for day, kind in _kinds(desk, drawn, of_day))
    earlier: list[Matter] = []
    for at, kind in coming:
        matter = _matter(desk, kind, at, earlier)
        earlier.append(matter)
        yield matter


def _weight(desk: Desk, kind: str, day: date) -> float:
    asked = demand_of(kind)
    counting = desk.compiled.calendars.counting[desk.policy.office.counting_calendar]
    share = 100 if counting.counts(day) else _ON_A_DAY_OFF
    return asked.weight * asked.season[day.month - 1] * share / 10_000


def _kinds(
    desk: Desk, drawn: Sequence[date], of_day: Mapping[date, Mapping[str, float]]
) -> Iterator[tuple[date, str]]:
    for day in sorted(drawn):
        yield day, weighted(desk, of_day[day])


def _time(desk: Desk, day: date, kind: str) -> datetime:
    """In office hours for the most part; what comes in danger comes at any hour."""
    days = desk.compiled.calendars.days_of(desk.policy.office.zone)
    anytime = demand_of(kind).danger_percent >= 30 or desk.happens("outside hours", 12)
    first, last = (5 * 60, 23 * 60) if anytime else (8 * 60 + 40, 16 * 60 + 10)
    return days.begin(day) + timedelta(minutes=desk.chance.randrange(first, last))


def _matter(desk: Desk, kind: str, at: datetime, earlier: Sequence[Matter]) -> Matter:
    lately = [each for each in earlier[-80:] if each.at < at - timedelta(days=3)]
    if lately and desk.happens("brings the same matter again", 5):
        return _again(desk, desk.chance.choice(lately), at)
    chance, asked = desk.chance, demand_of(kind)
    region = weighted(desk, {each: n for each, n in REGIONS.items() if each in desk.policy.regions})
    french = desk.happens("French", FRENCH_PERCENT[region in FRENCH_POINTS])
    language = "fr" if french else "en"
    channel = _channel(desk, kind, language)
    danger = desk.happens(f"danger {kind}", asked.danger_percent)
    severity, criterion = _severity(desk, kind, danger=danger)
    name, phone = a_name(chance), a_phone(chance)
    answers = _answers(desk, kind, language, at, name=name, phone=phone, danger=danger)
    kept_back = _kept_back(desk, kind, channel, answers)
    lapses = _lapses(desk, kind)
    return Matter(
        case_id=next(desk.ids),
        party_id=next(desk.ids),
        name=name,
        phone=phone,
        channel=channel,
        kind=kind,
        taken_as=_taken_as(desk, kind, channel),
        language=language,
        region=None if desk.happens("region not known", 2) else region,
        severity=severity,
        criterion=criterion,
        answers=answers,
        kept_back=kept_back,
        at=at,
        silent=bool(kept_back)
        and desk.happens(
            "never answers a chase" if lapses else "never answers", 50 if lapses else 12
        ),
        bouncing=desk.happens("belongs nowhere", 3) and not danger,
    )


def _lapses(desk: Desk, kind: str) -> bool:
    """Whether a request of this type lapses by itself if what is missing never comes."""
    plan = desk.policy.chases.get(desk.policy.types[kind].chase or "")
    return plan is not None and plan.steps[-1].act == "lapse"


def _again(desk: Desk, before: Matter, at: datetime) -> Matter:
    """The same person about the same thing, with everything that was asked for, by another door."""
    others = [each for each in CHANNELS if each != before.channel and each in desk.policy.channels]
    return replace(
        before,
        case_id=next(desk.ids),
        channel=desk.chance.choice(others),
        taken_as=before.kind,
        answers={**before.answers, **before.kept_back},
        kept_back={},
        at=at,
        silent=False,
        repeat_of=before.case_id,
        in_hand=False,
        done=set(),
        bouncing=False,
    )


def _channel(desk: Desk, kind: str, language: str) -> str:
    known = desk.policy.channels
    if kind == "IAC-MBR" and "member" in known:
        return "member"
    robot = ROBOTS.get(kind, "")
    if robot in known and desk.happens(f"by {robot}", 15):
        return robot
    channel = weighted(desk, {each: n for each, n in CHANNELS.items() if each in known})
    french_form = f"{channel}-{language}"
    return french_form if french_form in known else channel


def _taken_as(desk: Desk, kind: str, channel: str) -> str | None:
    """The type under which a matter is opened: mostly its own, sometimes another, sometimes none yet."""
    if channel in ("email", "letter", "web", "web-fr") and desk.happens(
        "sort of matter unsaid", 12
    ):
        return None
    other = demand_of(kind).mistaken_for
    if other in desk.policy.types and desk.happens("taken for something else", 15):
        return other
    return kind


def _severity(desk: Desk, kind: str, *, danger: bool) -> tuple[Severity, str | None]:
    if danger:
        return "immediate_danger", "life"
    if kind == "INC-EMG" or (kind == "INC-APP" and desk.happens("shelter at risk", 15)):
        return "harm_within_days", "shelter"
    if kind.startswith("INC-") and desk.happens("money at a date", 40):
        return "rights_or_money_at_a_date", "income"
    if kind in ("IAC-GEN", "IAC-SLF", "HSG-TEN"):
        return "rights_or_money_at_a_date", "legal-date"
    return "other", None


def _answers(
    desk: Desk, kind: str, language: str, at: datetime, *, name: str, phone: str, danger: bool
) -> dict[str, Answer]:
    policy, chance, terms = desk.policy, desk.chance, desk.policy.types[kind]
    on = desk.compiled.calendars.days_of(policy.office.zone).date_of(at)
    asked = demand_of(kind)
    said = asked.fr if language == "fr" else asked.en
    known: dict[str, Answer] = {"name": name, "contact": phone, "language": language}
    known |= {"description": chance.choice(said), "danger_now": danger}
    if kind.startswith("IAC-") and "about_self" in terms.required:
        known["about_self"] = True
    wanted = [*policy.office.asks, *terms.required, *(group[0] for group in terms.one_of)]
    wanted += [each for each in terms.optional if desk.happens(f"also says {each}", 25)]
    wanted += [each for each in policy.office.offers if desk.happens(f"says {each}", 3)]
    return {
        code: known[code]
        if code in known
        else answer_to(
            code, policy.fields[code], _drawn(desk, code), kind=kind, language=language, on=on
        )
        for code in dict.fromkeys(wanted)
    }


def _drawn(desk: Desk, code: str) -> Random:
    """By which chance a field is answered: what forms ask since later by its own, which moves nothing else."""
    return desk.shares.chance_of(f"answers {code}") if code in _ASKED_LATER else desk.chance


def _kept_back(
    desk: Desk, kind: str, channel: str, answers: dict[str, Answer]
) -> dict[str, Answer]:
    """What is not said at first: one or two of the things that are needed."""
    percent = INCOMPLETE_PERCENT.get(channel, SOMETIMES_INCOMPLETE)
    if not desk.happens(f"incomplete by {channel}", percent):
        return {}
    required = {*desk.policy.types[kind].required, "description"} & answers.keys()
    needed = sorted(required - _NOT_ASKED_BACK)
    chosen = desk.chance.sample(needed, min(len(needed), desk.chance.choice((1, 1, 2))))
    return {code: answers.pop(code) for code in chosen}
