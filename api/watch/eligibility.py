"""Cases at the head of a queue that nobody present may take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.alarms import RaiseAlarm
from ledger.case.custody.pulling import NO_PRESENT_SKILL
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.policy.flow.pulling import who_may
from ledger.times import stamp
from projections.lists.queues import Candidate, candidates
from projections.lists.standing_alarms import over_since


def no_present_skill(seen: Seen) -> Iterator[Sequence[Request]]:
    """An alarm for each case that stands before the first one of its queue that somebody may take.

    It holds since the case came, or since the last alarm of this was over.
    """
    over = over_since(seen.views, NO_PRESENT_SKILL)
    for team in seen.version.policy.teams:
        if stuck := _stuck(seen, team):
            yield [_raising(each, over.get(UUID(each.key))) for each in stuck]


def _stuck(seen: Seen, team: str) -> Sequence[Candidate]:
    """The cases of a queue that stand before the first one that somebody may take."""
    policy = seen.version.policy
    found = candidates(seen.views, team, version=seen.version, at=seen.now)[1]

    def nobody(each: Candidate) -> bool:
        return not who_may(each.waiting, policy, team, directory=seen.directory, on=seen.today)

    return [*takewhile(nobody, found)]


def _raising(candidate: Candidate, over_at: datetime | None) -> Request:
    since = over_at or candidate.waiting.received_at
    case_id = UUID(candidate.key)
    cause = (case_stream(case_id), NO_PRESENT_SKILL, stamp(since))
    return Request(
        RaiseAlarm(case_id=case_id, alarm=NO_PRESENT_SKILL, since=since),
        machine("watch"),
        derived_uuid(since, "watch-alarm", *cause),
    )
