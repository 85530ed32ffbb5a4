"""Refusing: whoever might approve that a time was kept says that they do not; the clock is late, and stays so (row 30).

What was refused is not asked again for that clock and minute, nor approved ahead: nobody looks for another approver.
Whoever said that it was kept is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pydantic import Field

from ledger.case.alarms import alarm, raise_at_once
from ledger.case.clocks.approving import clock_that, refuse_nobody
from ledger.case.clocks.facts import with_clock
from ledger.case.in_words import InWords, Words
from ledger.case.known.approvals import acting, to_the_minute
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import derived_uuid
from ledger.times import Instant

TIME_REFUSED = "time_refused"


@fact
class DatingBackRefused(Fact):
    """A second person refuses that a clock ended in its time, as was entered: it counts as late, and stays so.

    It ended when that was entered, at `ended_at`, and not at `kept_at`.
    """

    clock: str
    generation: int
    kept_at: Instant
    ended_at: Instant
    reason: PersonalText


class RefuseDatingBack(InWords):
    """Refuse, as a second person, that the time of a clock was kept, where that was entered and awaits approval."""

    clock: str
    reason: Words = Field(min_length=1)


@decides(RefuseDatingBack)
def refuse_dating_back(
    case: Case, asked: RefuseDatingBack, around: Circumstances
) -> Sequence[Happened]:
    """It is refused once, with the reason, by whoever might have approved it; whoever said it is told."""
    clock = clock_that(case.known(), asked.clock)
    refuse_nobody(around)
    claim = clock.claimed
    if claim is None:
        raise UnlawfulTransition(
            f"Nothing that was entered of clock {clock.code} awaits approval: there is nothing to refuse.",
            rule="refuses-what-was-asked",
            clock=clock.code,
        )
    if not claim.by.isdisjoint(acting(around.actor)):
        raise NotAuthorised(
            f"You entered yourself that the time of clock {clock.code} was kept: let somebody else answer it."
        )
    decision = Decision(case, around)
    refused = DatingBackRefused(
        clock=clock.code,
        generation=clock.generation,
        kept_at=claim.kept_at,
        ended_at=claim.entered_at,
        reason=asked.reason,
    )
    decision.happens(refused, at=around.now)
    raise_at_once(
        decision,
        TIME_REFUSED,
        clock.code,
        str(clock.generation),
        since=around.now,
        party=claim.told_by,
    )
    return decision.happened


def alarm_of_refusal(stream: str, clock: str, generation: int, *, since: datetime) -> UUID:
    """The escalation by which it was told that the time of a clock was refused at an instant."""
    return derived_uuid(since, "alarm", stream, TIME_REFUSED, clock, str(generation))


@evolves(DatingBackRefused)
def _refused(case: Case, refused: DatingBackRefused, at: datetime) -> Case:
    clock = case.clocks.get(refused.clock)
    if clock is None or clock.claimed is None:
        return case
    that = (refused.clock, refused.generation, to_the_minute(refused.kept_at))
    return with_clock(
        changed(case, refusals=case.refusals | {that}),
        refused.clock,
        claimed=None,
        refused=refused.kept_at,
        history=replace(clock.history, stopped_at=refused.ended_at),
    )


alarm(
    TIME_REFUSED,
    lambda case, _around: any(each.refused is not None for each in case.clocks.values()),
    of="any",
)
