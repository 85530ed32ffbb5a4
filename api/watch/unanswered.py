"""Transfers that nobody answered in their window: the receiving leader becomes accountable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.times import stamp
from projections.lists.calling import Overlooked, overlooked


def transfers_unanswered(seen: Seen) -> Iterator[Sequence[Request]]:
    """`EscalateTransfer` for each transfer whose window has passed, the oldest first."""
    for page in overlooked(seen.views, "never_accepted"):
        passed = [each for each in page if each.since <= seen.now]
        if passed:
            yield [_escalating(each) for each in passed]
        if len(passed) < len(page):
            return


def _escalating(case: Overlooked) -> Request:
    cause = (case_stream(case.case_id), stamp(case.since))
    return Request(
        EscalateTransfer(case_id=case.case_id, accept_by=case.since),
        machine("watch"),
        derived_uuid(case.since, "watch-unanswered", *cause),
    )
