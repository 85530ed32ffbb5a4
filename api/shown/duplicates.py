"""Likely duplicates of a case: what it is compared with is opened for whoever asks, which is recorded before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from ledger.case import CASE
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.errors import Refusal
from ledger.ids import case_stream
from ledger.keeping import case_of
from ledger.personal.opening import Reading
from ledger.policies_then import version_then
from ledger.registers.keeping.accesses import opens_case
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.then import NOW, Then
from projections.comparing import likeness
from projections.comparing.likeness import (
    NAMED_IN,
    TOLD_IN,
    Likeness,
    cases_near,
    matter_of,
    proposed,
    record_of,
    telling_fields,
)
from projections.views import Views

PURPOSE = "To see whether two requests are of the same matter, or two records of one person."


@dataclass(frozen=True, slots=True)
class LikelyDuplicates:
    """What a person is asked to decide about a case: other cases, and other records of its requester.

    `compared` is with how many cases it was; `others` are those that whoever asks may not open, which nobody compared.
    """

    compared: int
    others: int
    cases: tuple[Likeness, ...]
    requester: UUID | None
    records: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """How far a search for duplicates goes: within how long of the case, and how much alike in thousandths."""

    within: timedelta = timedelta(days=90)
    at_least: int = 600


def likely_duplicates(
    ledger: Ledger,
    views: Views,
    case_id: UUID,
    *,
    actor: Actor,
    purpose: str = PURPOSE,
    search: Search = Search(),
    at: datetime | None = None,
    then: Then = NOW,
) -> LikelyDuplicates:
    """Which cases and which records are like this case and its requester; the views must be caught up.

    At another instant what had been said and decided then is compared, of what they may open today. Refusal while
    nobody has said what the case is.
    """
    case = case_of(ledger, case_id, then)
    if case.request_type is None or case.received_at is None:
        raise Refusal(
            "Nobody has said yet what kind of request this is: classify it first, then it is compared "
            "with others of its type.",
            rule="compared-within-a-type",
        )
    near = cases_near(
        views,
        case_id,
        request_type=case.request_type,
        at=case.received_at,
        within=search.within,
        then=then,
    )
    if then.as_of is not None:
        of_it = (
            each for each in near if case_of(ledger, each, then).request_type == case.request_type
        )
        near = tuple(islice(of_it, likeness.AT_MOST))
    policy = ledger.policies().in_force(ledger.clock()).policy
    theirs = tuple(each for each in near if opens_case(case_of(ledger, each), policy, actor))
    others, near = len(near) - len(theirs), theirs
    fields = telling_fields(version_then(ledger, then, at or ledger.clock()).policy)
    streams = tuple(case_stream(each) for each in (case_id, *near))
    reading = Reading(streams, purpose, topics=TOLD_IN, then=then)
    opened = ledger.open_values(reading, actor=actor)
    one, *told = (
        matter_of(each, entries, fields)
        for each, entries in zip((case_id, *near), opened, strict=True)
    )
    asking = {_folded(entries).requester for entries in opened[1:]} - {case.requester, None}
    records = _records(ledger, case.requester, asking, actor, purpose, search, then)
    return LikelyDuplicates(
        len(near), others, proposed(one, told, at_least=search.at_least), case.requester, records
    )


def _records(
    ledger: Ledger,
    requester: UUID | None,
    asking: set[UUID | None],
    actor: Actor,
    purpose: str,
    search: Search,
    then: Then,
) -> tuple[Likeness, ...]:
    """Which of those who asked for the other cases may be the requester under another record."""
    if requester is None or not asking:
        return ()
    parties = [requester, *sorted(each for each in asking if each is not None)]
    streams = tuple(f"party/{each}" for each in parties)
    reading = Reading(streams, purpose, topics=NAMED_IN, then=then)
    opened = ledger.open_values(reading, actor=actor)
    one, *others = (record_of(each, entries) for each, entries in zip(parties, opened, strict=True))
    return proposed(one, others, at_least=search.at_least)


def _folded(entries: Sequence[ReadEntry]) -> Case:
    case: Case = CASE.initial
    for read in entries:
        case = CASE.evolve(case, read.entry)
    return case
