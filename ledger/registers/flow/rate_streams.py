"""The stream of a team's rate: what is decided in it, and how it evolves."""

from __future__ import annotations

from ledger.commands import Kind
from ledger.entry import Entry, Happened
from ledger.registers.flow.countermeasures import (
    CloseCountermeasure,
    CloseRateDay,
    RaiseRateNotWorked,
    RecordCountermeasure,
    RecordRateAlertDelivered,
    close_countermeasure,
    close_rate_day,
    evolve_countermeasures,
    raise_rate_not_worked,
    record_countermeasure,
    record_rate_alert_delivered,
)
from ledger.registers.flow.rates import (
    DropRate,
    RecordEffort,
    SetRate,
    TeamRate,
    drop_rate,
    evolve_rate,
    record_effort,
    set_rate,
)


def evolve(state: TeamRate, happened: Happened | Entry) -> TeamRate:
    """A team's rate after one more fact."""
    return evolve_countermeasures(evolve_rate(state, happened.fact), happened.fact)


RATE = Kind(
    "rate",
    TeamRate(),
    {
        SetRate: set_rate,
        DropRate: drop_rate,
        RecordEffort: record_effort,
        CloseRateDay: close_rate_day,
        RecordCountermeasure: record_countermeasure,
        CloseCountermeasure: close_countermeasure,
        RaiseRateNotWorked: raise_rate_not_worked,
        RecordRateAlertDelivered: record_rate_alert_delivered,
    },
    evolve,
)
