"""Alarms about who is there that are over: somebody is back, or was heard of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.escalation.ending import EndAlarm
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from projections.lists.standing_alarms import StandingAlarm, standing_alarms


def alarms_ended(seen: Seen) -> Iterator[Sequence[Request]]:
    """`EndAlarm` for each alarm that hangs on who is there and stands; the ledger knows whether it holds."""
    for page in standing_alarms(seen.views):
        yield [_ending(each) for each in page]


def _ending(each: StandingAlarm) -> Request:
    cause = (case_stream(each.case_id), str(each.escalation_id))
    return Request(
        EndAlarm(case_id=each.case_id, escalation_id=each.escalation_id),
        machine("watch"),
        derived_uuid(each.since_at, "watch-ended", *cause),
    )
