"""Obligations that are overdue: a ruling, a task, a follow-up, a receipt from another body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.alarms import RaiseAlarm
from ledger.case.work.overdue import CallObligation
from ledger.commands import Command, Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import stamp
from projections.lists.owing import ObligationCall, obligations_calling


def obligations_overdue(seen: Seen) -> Iterator[Sequence[Request]]:
    """What is recorded of each obligation that is overdue, those first that are so longest."""
    for page in obligations_calling(seen.views, at=seen.now):
        yield [_calling(each) for each in page]


def _calling(call: ObligationCall) -> Request:
    cause = (case_stream(call.case_id), call.kind, call.owed_id, stamp(call.calls_at))
    command_id = derived_uuid(call.calls_at, "watch-obligation", *cause)
    return Request(_command(call), machine("watch"), command_id)


def _command(call: ObligationCall) -> Command:
    if call.kind == "adjudication":
        return RaiseAlarm(case_id=call.case_id, alarm="adjudication_overdue", since=call.calls_at)
    return CallObligation(case_id=call.case_id, owed_id=UUID(call.owed_id), due_at=call.calls_at)
