"""The days of a rate that have ended, and missed days about which nobody has said what is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from api.machines import machine
from api.watch.proposing import Seen
from ledger.commands import Request
from ledger.ids import derived_uuid
from ledger.registers.flow.countermeasures import (
    CloseRateDay,
    RaiseRateNotWorked,
    answer_by,
    closing,
)
from ledger.registers.flow.rates import TeamRate, rate_id
from ledger.times import stamp
from projections.flow.rates import day_rate, days_to_close, rate_of


def rate_days_ended(seen: Seen) -> Iterator[Sequence[Request]]:
    """Each day of each team's rate, once the office has closed, as it was known at that closing."""
    for team in seen.version.policy.teams:
        state = rate_of(seen.ledger.store, team)
        for on in days_to_close(state, seen.version, seen.now):
            yield [_closing(seen, team, state, on)]


def rates_not_worked(seen: Seen) -> Iterator[Sequence[Request]]:
    """Each missed day for which the next working morning has passed without an answer."""
    for team in seen.version.policy.teams:
        state = rate_of(seen.ledger.store, team)
        late = [
            _raising(seen, team, on)
            for on in state.unanswered
            if not state.misses[on].alarmed and answer_by(seen.version, on) <= seen.now
        ]
        if late:
            yield late


def _closing(seen: Seen, team: str, state: TeamRate, on: date) -> Request:
    """The rate of the day is the one that was in force as it began."""
    at = closing(seen.version, on)
    days = seen.version.compiled.calendars.days_of(seen.version.policy.office.zone)
    began = rate_of(seen.ledger.store, team, known_at=days.begin(on))
    in_force = began if began.rate is not None else state
    day = day_rate(seen.views, in_force, seen.version, on=on, at=at, known_at=at)
    assert day is not None, "only a day of a rate is closed"
    command = CloseRateDay(
        rate_id=rate_id(seen.ledger.store.ledger_id, team),
        team=team,
        on=on,
        waiting=day.waiting_start,
        per_day=day.per_day.as_integer_ratio(),
        needed=day.needed,
        processed=day.processed,
        returned=day.returned,
    )
    cause = (team, on.isoformat(), stamp(days.begin(on)))
    return Request(command, machine("watch"), derived_uuid(at, "watch-rate-day", *cause))


def _raising(seen: Seen, team: str, on: date) -> Request:
    command = RaiseRateNotWorked(
        rate_id=rate_id(seen.ledger.store.ledger_id, team), team=team, missed_on=on
    )
    since = answer_by(seen.version, on)
    return Request(
        command,
        machine("watch"),
        derived_uuid(since, "watch-rate-not-worked", team, on.isoformat()),
    )
