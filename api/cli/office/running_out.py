"""What runs out soon, as whoever looks at the office in the morning is told it: calendars and delegations."""

from __future__ import annotations

from api.cli.reading.question import Question
from api.cli.wording.in_french import told
from ledger.policy.running_out import RunsOut, running_out


def runs_out(asking: Question) -> tuple[RunsOut, ...]:
    """What runs out soon after the instant that is asked about."""
    return running_out(asking.policies, asking.when.at)


def what_runs_out(asking: Question) -> list[str]:
    """What does, a sentence each."""
    sentences: list[str] = []
    for each in runs_out(asking):
        if each.what == "calendar":
            said = told(
                "Calendar {code} ends on {on}, and no due date is laid out past it: publish the policy with the years "
                "that follow.",
                code=each.code,
                on=each.ends_on,
            )
        else:
            said = told(
                "Delegation {code} has its last day on {on}, and none takes its place: publish the policy with one "
                "that does.",
                code=each.code,
                on=each.ends_on,
            )
        sentences.append(said)
    return sentences
