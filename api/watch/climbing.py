"""Escalations that nobody answered in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.escalation.climbing import ClimbEscalation
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.policy.telling.alerting import before_the_director, climbs_at
from projections.lists.calling import Unanswered, broken_promises, unanswered


def unanswered_escalations(seen: Seen) -> Iterator[Sequence[Request]]:
    """`ClimbEscalation` for each escalation whose next step has come, those first that are oldest.

    So it has for one that was answered with by when somebody would act, once that has passed.
    """
    for page in unanswered(seen.views, at=seen.now):
        if climbing := [_climbing(each) for each in page if _is_time(each, seen)]:
            yield climbing
    for page in broken_promises(seen.views, at=seen.now):
        yield [_climbing(each) for each in page]


def _is_time(each: Unanswered, seen: Seen) -> bool:
    compiled = seen.version.compiled
    if before_the_director(each.parties, compiled.policy.office.director):
        return False
    return climbs_at(compiled, each.since_at, immediate=each.immediate) <= seen.now


def _climbing(each: Unanswered) -> Request:
    step = each.climbed + 1
    cause = (case_stream(each.case_id), str(each.escalation_id), str(step))
    return Request(
        ClimbEscalation(case_id=each.case_id, escalation_id=each.escalation_id, step=step),
        machine("watch"),
        derived_uuid(each.since_at, "watch-climb", *cause),
    )
