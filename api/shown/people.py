"""People on a case: who is concerned, each by all records of theirs, sealed or opened for somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.case.state import Case
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.then import Then
from projections.comparing.persons import records_of
from projections.one_case.people import PersonOnCase, concerned_in, person_on

ReadRecords = Callable[[tuple[str, ...]], Sequence[Sequence[ReadEntry]]]
"""The entries that count of each of these streams, in their order."""


def people_on(
    ledger: Ledger, case: Case, then: Then, read: ReadRecords | None = None
) -> tuple[PersonOnCase, ...]:
    """Who is concerned in a case, or was then; what is personal stays sealed unless `read` opens it."""
    concerned = concerned_in(case)
    records = {party: records_of(ledger.store, party, then) for party in concerned}
    streams = tuple(dict.fromkeys(f"party/{each}" for one in records.values() for each in one))
    found = (read or _sealed(ledger, then))(streams) if streams else ()
    entries = dict(zip(streams, found, strict=True))
    return tuple(
        person_on(
            party,
            roles,
            [
                each
                for record in (*records[party][1:], party)
                for each in entries[f"party/{record}"]
            ],
        )
        for party, roles in concerned.items()
    )


def _sealed(ledger: Ledger, then: Then) -> ReadRecords:
    return lambda streams: [then.of(ledger.read(stream)) for stream in streams]
