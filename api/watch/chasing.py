"""Chases of which time has called for the next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.chasing import ReachChaseStep
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import stamp
from projections.chasing import ChaseCall, chases_calling


def chase_steps(seen: Seen) -> Iterator[Sequence[Request]]:
    """`ReachChaseStep` for each chase that calls by now, those first that called first."""
    after: ChaseCall | None = None
    while page := chases_calling(seen.views, at=seen.now, after=after):
        yield [_reaching(each) for each in page]
        after = page[-1]


def _reaching(call: ChaseCall) -> Request:
    step = call.reached + 1
    cause = (case_stream(call.case_id), call.plan, str(step), stamp(call.calls_at))
    return Request(
        ReachChaseStep(case_id=call.case_id, step=step),
        machine("watch"),
        derived_uuid(call.calls_at, "watch-chase", *cause),
    )
