"""Resolved cases whose quiet window is over: settled, or where care is needed proposed to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.alarms import RaiseAlarm
from ledger.case.outcome.settling import SettleCase
from ledger.commands import CaseCommand, Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import stamp
from projections.lists.calling import QuietCase, quiet_cases


def quiet_windows_over(seen: Seen) -> Iterator[Sequence[Request]]:
    """`SettleCase` for each, then the alarm that a person is to do it; those first that are quiet longest.

    Where care is needed the first changes nothing; elsewhere the second does not, the case being settled.
    """
    for page in quiet_cases(seen.views, at=seen.now):
        yield [request for each in page for request in _settling(each)]


def _settling(case: QuietCase) -> tuple[Request, ...]:
    commands: tuple[CaseCommand, ...] = (
        SettleCase(case_id=case.case_id),
        RaiseAlarm(case_id=case.case_id, alarm="settling_proposed", since=case.settles_at),
    )
    return tuple(_proposed(case, command) for command in commands)


def _proposed(case: QuietCase, command: CaseCommand) -> Request:
    cause = (type(command).__name__, case_stream(case.case_id), stamp(case.settles_at))
    return Request(command, machine("watch"), derived_uuid(case.settles_at, "watch-settle", *cause))
