"""Chases to begin by a plan published later, and those of which time has called for the next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.intake.chasing import BeginChase
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import EPOCH, stamp
from projections.lists.chasing import ChaseCall, Unplanned, chases_calling, unplanned


def chases_begun(seen: Seen) -> Iterator[Sequence[Request]]:
    """`BeginChase` for each open case that lacks something that nobody chases, of a type that has a plan.

    It had none when the case was opened, or began none when the case was opened again.
    """
    for request_type, kind in seen.version.policy.types.items():
        for page in unplanned(seen.views, request_type) if kind.chase else ():
            yield [_beginning(each, seen.version.digest) for each in page]


def _beginning(case: Unplanned, policy: str) -> Request:
    again = [] if case.reopened_at is None else [stamp(case.reopened_at)]
    begun = derived_uuid(EPOCH, "watch-chase-begun", case_stream(case.case_id), policy, *again)
    return Request(BeginChase(case_id=case.case_id), machine("watch"), begun)


def chase_steps(seen: Seen) -> Iterator[Sequence[Request]]:
    """`ReachChaseStep` for each chase that calls by now, those first that called first."""
    for page in chases_calling(seen.views, at=seen.now):
        yield [_reaching(each) for each in page]


def _reaching(call: ChaseCall) -> Request:
    step = call.reached + 1
    cause = (case_stream(call.case_id), call.plan, str(step), stamp(call.calls_at))
    return Request(
        ReachChaseStep(case_id=call.case_id, step=step),
        machine("watch"),
        derived_uuid(call.calls_at, "watch-chase", *cause),
    )
