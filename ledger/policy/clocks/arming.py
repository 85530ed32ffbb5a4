"""Arming: which clocks a case starts, from which instant, and which of its fields are still wanting. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.reckoning import applies
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.dates import period_after
from ledger.policy.document.clocks import HOURS, ClockDefinition, Period
from ledger.policy.document.conditions import Answer, RoutingFacts, Verdict, tried
from ledger.policy.document.policy import DueCap


@dataclass(frozen=True, slots=True)
class Armed:
    """A clock to start, at which instant, and the date it must not be due after."""

    clock: ClockDefinition
    start_at: datetime
    not_after_on: date | None = None


def armed(
    policy: CompiledPolicy, facts: RoutingFacts, moments: Mapping[str, datetime]
) -> tuple[Armed, ...]:
    """The clocks of the case's type whose starting moment is known.

    `moments` are the instants known so far: `reached_body`, `reached_office`, `complete`, and
    milestones by code. Ask again whenever one more is known. A clock whose condition cannot be told
    is armed: better a clock too many than a promise unseen.
    """
    clocks: list[Armed] = []
    for each in policy.type_clocks.get(facts.type or "", ()):
        clock = each.clock
        start_at = starts_at(clock, policy.calendars, facts=facts, moments=moments)
        if start_at is None:
            continue
        start_on = policy.calendars.days_of(clock.zone).date_of(start_at)
        event_on = _date(facts.answers.get(clock.start_event or ""))
        if event_on is None and clock.start_event in moments:
            event_on = start_on
        if not applies(clock, start_on=start_on, event_on=event_on):
            continue
        if each.months and start_on.month not in each.months:
            continue
        if each.when is not None and tried(each.when, facts, {})[0] is False:
            continue
        clocks.append(Armed(clock, start_at, _latest_on(each.not_after, policy, clock, facts)))
    return tuple(clocks)


def unfounded(
    policy: CompiledPolicy, facts: RoutingFacts, founded: Sequence[Armed]
) -> tuple[str, ...]:
    """The clocks, besides those `armed`, that the case's type would arm were it not for a condition known not to hold.

    One of them may run: it was armed while nobody could tell. It has lost its ground.
    """
    kept = {each.clock.code for each in founded}
    return tuple(
        each.clock.code
        for each in policy.type_clocks.get(facts.type or "", ())
        if each.clock.code not in kept
        and each.when is not None
        and tried(each.when, facts, {})[0] is False
    )


def to_come(
    policy: CompiledPolicy, facts: RoutingFacts, moments: Mapping[str, datetime], *, on: date
) -> tuple[ClockDefinition, ...]:
    """The clocks of the case's type whose starting moment is not known yet, in the editions that hold on this day.

    One whose condition is known not to hold is not among them.
    """
    return tuple(
        each.clock
        for each in policy.type_clocks.get(facts.type or "", ())
        if starts_at(each.clock, policy.calendars, facts=facts, moments=moments) is None
        and applies(each.clock, start_on=on, event_on=on)
        and (each.when is None or tried(each.when, facts, {})[0] is not False)
    )


def starts_at(
    clock: ClockDefinition,
    calendars: Calendars,
    *,
    facts: RoutingFacts,
    moments: Mapping[str, datetime],
) -> datetime | None:
    """The instant that starts a clock, if known: its moment, the date in a field, or its cap if that is earlier."""
    days = calendars.days_of(clock.zone)
    if clock.starts_on == "event":
        named = clock.start_event or ""
        start_at = moments.get(named)
        event_on = _date(facts.answers.get(named))
        if start_at is None and event_on is not None:
            start_at = days.begin(event_on)
    else:
        start_at = moments.get(clock.starts_on)
    if clock.start_cap is not None and clock.start_cap.after in moments:
        first = days.date_of(moments[clock.start_cap.after])
        capped_at = days.begin(last_of(first, clock.start_cap, clock, calendars))
        start_at = capped_at if start_at is None else min(start_at, capped_at)
    return start_at


def wanting(policy: CompiledPolicy, facts: RoutingFacts, given: frozenset[str]) -> tuple[str, ...]:
    """The fields that the case's type requires and that were not given, in order of asking.

    `given` names the answered fields of both tiers. Of a group of which one is enough, the first
    stands for all. A field whose condition does not hold, or cannot be told yet, is not wanting, nor is
    that for the language of a case whose language is known.
    """
    if facts.language is not None:
        given |= {code for code, field in policy.policy.fields.items() if field.sets_language}
    kind = policy.policy.types.get(facts.type or "")
    if kind is None:
        return tuple(code for code in policy.policy.office.asks if code not in given)
    single = ((code,) for code in (*policy.policy.office.asks, *kind.required))
    groups: list[tuple[str, ...]] = [*single, *kind.one_of]
    missing: dict[str, None] = {}
    for group in groups:
        asked = [code for code in group if is_asked(policy, code, facts)]
        if asked and not any(code in given for code in asked):
            missing[asked[0]] = None
    return tuple(missing)


def is_asked(policy: CompiledPolicy, field: str, facts: RoutingFacts) -> Verdict:
    """Whether a field is asked of a case; None if that cannot be told yet."""
    when = policy.field_conditions.get(field)
    return True if when is None else tried(when, facts, {})[0]


def last_of(day: date, period: Period, clock: ClockDefinition, calendars: Calendars) -> date:
    """The last date of a period of a clock that follows a day; hours are whole days."""
    if period.unit == "working_days":
        return calendars.counting[clock.counting_calendar or ""].nth_after(day, period.amount)
    amount = -(-period.amount // 24) if period.unit in HOURS else period.amount
    return period_after(day, amount, period.unit)


def _latest_on(
    cap: DueCap | None, policy: CompiledPolicy, clock: ClockDefinition, facts: RoutingFacts
) -> date | None:
    day = _date(facts.answers.get(cap.field)) if cap is not None else None
    if cap is None or day is None or cap.offset == 0:
        return day
    if cap.unit == "calendar_days":
        return day + timedelta(days=cap.offset)
    code = clock.counting_calendar or policy.policy.office.counting_calendar
    calendar = policy.calendars.counting[code]
    if cap.offset > 0:
        return calendar.nth_after(day, cap.offset)
    return calendar.nth_before(day, -cap.offset)


def _date(answer: Answer) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None
