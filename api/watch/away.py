"""Cases of people who are not there: absent for longer than the policy allows, or gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.custody.rehoming import MoveForAbsence, RehomeCase
from ledger.commands import Command, Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import EPOCH
from projections.lists.owing import CaseHeld, cases_of
from projections.lists.paging import PAGE

Asking = Callable[[CaseHeld], Command]


def moved_for_absence(seen: Seen) -> Iterator[Sequence[Request]]:
    """`MoveForAbsence` for each case of somebody who is absent today; the ledger knows the threshold."""
    absent = [absence.member for absence in seen.directory.absent(seen.today)]

    def asking(held: CaseHeld) -> Command:
        return MoveForAbsence(case_id=held.case_id, member=held.member)

    return _proposals(seen, absent, asking)


def rehomed(seen: Seen) -> Iterator[Sequence[Request]]:
    """`RehomeCase` for each case of somebody who has left by today."""

    def asking(held: CaseHeld) -> Command:
        return RehomeCase(case_id=held.case_id, member=held.member)

    return _proposals(seen, list(seen.directory.gone_by(seen.today)), asking)


def _proposals(seen: Seen, members: Collection[str], asking: Asking) -> Iterator[Sequence[Request]]:
    held = cases_of(seen.views, members)
    for first in range(0, len(held), PAGE):
        yield [_request(each, asking(each)) for each in held[first : first + PAGE]]


def _request(held: CaseHeld, command: Command) -> Request:
    """A case can come back to somebody who is not there, so the entry that made it so is part of the cause."""
    cause = (type(command).__name__, case_stream(held.case_id), held.member, str(held.position))
    return Request(command, machine("watch"), derived_uuid(EPOCH, "watch-away", *cause))
