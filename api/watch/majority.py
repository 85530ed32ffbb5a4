"""Children who have come of age: what rested on their minority ends with the day on which they did.

When somebody comes of age is sealed. Each day the birth of every child for whom somebody acts as for one
is opened once, which is on record as any reading is; where none acts, none is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from api.machines import machine
from api.watch.proposing import Seen
from ledger.commands import Request
from ledger.ids import derived_uuid
from ledger.personal.opening import Reading
from ledger.registers.people.parties import PartyBirthRecorded
from ledger.registers.people.representing import EndMinority, rests_on_minority
from ledger.sealing.reading import ReadEntry
from projections.lists.wards import Ward, wards_unread
from projections.rows.ward_rows import Guardian

_WATCH = machine("watch")
_PURPOSE = "Whether a child has come of age, which ends what rests on minority"


def children_of_age(seen: Seen) -> Iterator[Sequence[Request]]:
    """`EndMinority` for each who acts for a child that is one no more."""
    days = seen.version.compiled.calendars.days_of(seen.version.policy.office.zone)
    for page in wards_unread(seen.views, reader=_WATCH.id, since=days.begin(seen.today)):
        of_age = zip(page, _of_age_on(seen, page), strict=True)
        yield [
            _ending(ward, guardian, on, days.begin(on))
            for ward, on in of_age
            if on is not None and on <= seen.today
            for guardian in ward.guardians
            if rests_on_minority(guardian.standing, on, days)
        ]


def _of_age_on(seen: Seen, wards: Sequence[Ward]) -> list[date | None]:
    """When each comes of age by what was recorded last; None where that is erased."""
    reading = Reading(
        tuple(f"party/{each.party}" for each in wards),
        _PURPOSE,
        "task",
        frozenset({PartyBirthRecorded.topic}),
    )
    return [_last(entries) for entries in seen.ledger.open_values(reading, actor=_WATCH)]


def _last(entries: Sequence[ReadEntry]) -> date | None:
    facts = [each.entry.fact for each in entries]
    said = [fact.of_age_on for fact in facts if isinstance(fact, PartyBirthRecorded)]
    return date.fromisoformat(said[-1]) if isinstance(said[-1], str) else None


def _ending(ward: Ward, guardian: Guardian, on: date, since: datetime) -> Request:
    representative = UUID(guardian.representative)
    cause = (f"party/{ward.party}", guardian.representative, on.isoformat())
    return Request(
        EndMinority(party_id=ward.party, representative=representative, of_age_on=on),
        _WATCH,
        derived_uuid(since, "watch-majority", *cause),
    )
