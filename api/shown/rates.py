"""The rate of a team on a day: as it was set, what it asks, the days ahead, and when the target can be met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.rates import EffortRecorded, RateSet
from ledger.store import LedgerStore
from projections.flow.rates import DayRate, PlannedDay, day_rate, earliest_on, plan, rate_of

if TYPE_CHECKING:
    from projections.views import Views

_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RateShown:
    """A team's rate on a day: as it was set, what it asks, the days ahead, and when the target can be met."""

    rate: RateSet
    day: DayRate
    ahead: Sequence[PlannedDay]
    earliest_on: date | None
    effort: EffortRecorded | None


def rate_shown(
    views: Views,
    store: LedgerStore,
    version: PolicyVersion,
    team: str,
    *,
    at: datetime,
    known_at: datetime | None,
) -> RateShown | None:
    """The rate of a team on the day of an instant, as known now or at another; None if it has none."""
    state = rate_of(store, team, known_at=known_at)
    on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(at)
    day = day_rate(views, state, version, on=on, at=at, known_at=known_at)
    if day is None or state.rate is None:
        return None
    return RateShown(
        state.rate,
        day,
        plan(day, state.rate, version, upto=on + _AHEAD),
        earliest_on(state.rate.earliest_days, state.rate, version),
        state.effort,
    )
