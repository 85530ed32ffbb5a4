"""Alert terms of a policy: for how long an alert waits for its answer, and a case before it alarms."""

from __future__ import annotations

from ledger.policy.values import Amount, Section


class Alerting(Section):
    """What a policy says of alerts that nobody answers, and of cases that stand still."""

    answer_within_working_days: Amount = 1
    """An escalation climbs a step each time that so much time has passed without an answer."""
    answer_within_hours_in_danger: Amount = 1
    waiting_at_most_working_days: Amount = 20
    """A case that waits for longer alarms."""
