"""Clocks of which time has called for something: a rung, the breach, the end of a pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.escalation.reaching import ReachRung
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import stamp
from projections.lists.calling import ClockCall, clocks_calling


def clocks_called(seen: Seen) -> Iterator[Sequence[Request]]:
    """`ReachRung` for each clock that calls by now, those first that called first."""
    for page in clocks_calling(seen.views, at=seen.now):
        yield [_reaching(each) for each in page]


def _reaching(call: ClockCall) -> Request:
    cause = (case_stream(call.case_id), call.clock, str(call.generation), stamp(call.calls_at))
    return Request(
        ReachRung(case_id=call.case_id, clock=call.clock, generation=call.generation),
        machine("watch"),
        derived_uuid(call.calls_at, "watch-clock", *cause),
    )
