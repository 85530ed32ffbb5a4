"""Every due date of one case, laid out day by day from the certificates that its entries recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from api.due.answer import DefinedIn, DueReckoned, said_of
from api.due.asked import Found
from api.due.law import Law
from ledger.entry import Entry
from ledger.policy.clocks.history import ClockState
from ledger.policy.in_force import Policies
from projections.one_case.reckonings import ClockReckoned, RecordedDate, reckonings


@dataclass(frozen=True, slots=True)
class ClockLaidOut(DueReckoned):
    """A clock of a case laid out, with every date that was recorded for it and whether it holds; `counted_by` is the
    policy whose calendars count, `claimed_at` when it is said to have been kept, which nobody approved yet."""

    clock_state: ClockState
    counted_by: DefinedIn
    case_generation: int
    claimed_at: datetime | None
    recorded: tuple[RecordedDate, ...]


def clocks_laid_out(
    entries: Iterable[Entry], policies: Policies, *, at: datetime
) -> tuple[ClockLaidOut, ...]:
    """Each clock that we reckon, with every day and every certificate."""
    return tuple(
        ClockLaidOut(
            **said_of(found_of(each, at)),
            clock_state=each.clock.state,
            counted_by=DefinedIn("published", str(each.counted_by.number)),
            case_generation=each.clock.generation,
            claimed_at=each.clock.claimed.kept_at if each.clock.claimed else None,
            recorded=each.dates,
        )
        for each in reckonings(entries, policies, at=at)
    )


def found_of(each: ClockReckoned, at: datetime) -> Found:
    """The clock as `due` asks of it: its law is the policy by which it was armed.

    One that ended did so as was recorded: where it lapsed, or awaits approval that its time was kept, the count alone
    does not tell.
    """
    policy = each.law.policy
    law = Law(
        "published",
        str(each.law.number),
        each.law.compiled.clocks,
        each.calendars,
        each.counted_by.policy.calendars,
        policy.reasons.wait,
        str(each.counted_by.number),
    )
    authorities = tuple(extension.authority for extension in each.history.extensions)
    reckoning = each.reckoning
    if not each.clock.open:
        reckoning = replace(reckoning, state=each.clock.state)
    return Found(law, each.definition, each.history, reckoning, each.duties, authorities, (), at)
