"""Looking up whoever calls without a number: their cases and records, by what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ledger.case.people import CasePartyAdded
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.ids import case_stream, reference_of
from ledger.keeping import case_of
from ledger.opening import Reading
from ledger.policy.in_force import Policies
from ledger.seeking import Search, Seeking, begun_search, texts_in
from ledger.service import Ledger
from projections.answers import UpToDate, up_to_date
from projections.case_rows import CaseRow, CaseStatus, status
from projections.disclosures.scope import personal_values
from projections.likeness import NAMED_IN, TOLD_IN
from projections.listing import Within, received_since
from projections.shown_to import ShownTo
from projections.sought import Match, Sought
from projections.views import Views

FOUND_AT_MOST = 20
"""More are shown to nobody: who is found by so little is not found."""
DAYS, DAYS_AT_MOST = 1_100, 36_600
"""How far back cases are sought where nothing is said, and at most."""
_TOLD_IN = TOLD_IN | {CasePartyAdded.topic}
_ANSWERS = "answers."


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case of whoever is sought: in which role they are on it, and what of what was said stands there.

    `alike` is in thousandths. `role` and `party` are None where what was said stands in the answers alone.
    """

    reference: str
    case_id: UUID
    alike: int
    status: CaseStatus
    request_type: str | None
    team: str | None
    owner: str | None
    received_at: datetime
    due_at: datetime | None
    role: str | None
    party: UUID | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of a party that what was said stands in."""

    party: UUID
    alike: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Who was found, the likest first and of those alike the case that was received last; `more` were too.

    `cases_compared` are those received since `since`, of all teams (`everywhere`) or near the reader alone.
    """

    up_to_date: UpToDate
    since: datetime
    everywhere: bool
    cases_compared: int
    records_compared: int
    cases: tuple[FoundCase, ...]
    records: tuple[FoundRecord, ...]
    more: int


def looked_up(
    ledger: Ledger,
    views: Views,
    seeking: Seeking,
    *,
    actor: Actor,
    at: datetime,
    days: int = DAYS,
) -> LookedUp:
    """Who may be meant, as things stand now; the views must be caught up.

    That somebody is sought is recorded before anything is compared, and what is shown of whom before it is
    shown. NotAuthorised for whoever may open no case; InvalidCommand where too little is said.
    """
    sought, policies = Sought(seeking.said), ledger.policies()
    search = begun_search(ledger, seeking, actor=actor)
    records = _records(search, sought)
    since = at - timedelta(days=days)
    cases = received_since(
        views,
        since,
        within=None if search.sought.everywhere else _within(policies, actor, at),
        shown_to=ShownTo(frozenset({actor.id, actor.on_behalf_of or actor.id})),
    )
    found = _cases(search, sought, cases, records, apart=_apart(policies, at))
    shown = _likest(found)
    parties = _likest(records)
    said = _said(ledger, seeking, actor, {**shown, **parties})
    with views.reading("cases") as reading:
        rows = reading.rows_of(CaseRow, [key.partition("/")[2] for key in shown])
        standing = up_to_date(reading, None)
    of_records = frozenset(map(_id, records))
    return LookedUp(
        standing,
        since,
        search.sought.everywhere,
        len(cases),
        len(ledger.store.streams("party")) if search.sought.records else 0,
        tuple(
            _found_case(ledger, stream, match, row, said[stream], of_records, at)
            for stream, match in shown.items()
            for row in rows[stream.partition("/")[2]]
        ),
        tuple(FoundRecord(_id(each), match.alike, said[each]) for each, match in parties.items()),
        len(found) + len(records) - len(shown) - len(parties),
    )


def _records(search: Search, sought: Sought) -> dict[str, Match]:
    if not search.sought.records:
        return {}
    streams = search.ledger.store.streams("party")
    return {
        said.stream: match
        for said in search.said_in(streams, NAMED_IN)
        if (match := sought.match(said.words)) is not None
    }


def _cases(
    search: Search,
    sought: Sought,
    cases: list[UUID],
    records: Mapping[str, Match],
    *,
    apart: frozenset[str],
) -> dict[str, Match]:
    """The cases in whose answers it stands, or on which somebody is whose record it stands in."""
    found: dict[str, Match] = {}
    of_records = {_id(stream): match for stream, match in records.items()}
    for said in search.said_in(list(map(case_stream, cases)), _TOLD_IN, about=of_records):
        words = {
            name: text
            for name, text in said.words.items()
            if name.startswith(_ANSWERS) and name not in apart
        }
        likest = [Match(of_records[party].alike, ()) for party in said.names]
        if (match := sought.match(words)) is not None:
            likest.append(match)
        if likest:
            found[said.stream] = max(likest)
    return found


def _apart(policies: Policies, at: datetime) -> frozenset[str]:
    """The slots of answers that only a compartment may know: nobody is found by them."""
    if not policies.versions:
        return frozenset()
    fields = policies.in_force(at).policy.fields.items()
    return frozenset(
        f"{_ANSWERS}{code}"
        for code, field in fields
        if field.compartment is not None or field.raises_flag is not None
    )


def _within(policies: Policies, actor: Actor, at: datetime) -> Within:
    member = policies.in_force(at).policy.members[actor.id]
    return Within(frozenset(member.teams), actor.id)


def _likest(found: Mapping[str, Match]) -> dict[str, Match]:
    """Those that are shown; of those that are alike the first, as they come."""
    ordered = sorted(found.items(), key=lambda each: -each[1].alike)
    return dict(ordered[:FOUND_AT_MOST])


def _said(
    ledger: Ledger, seeking: Seeking, actor: Actor, found: Mapping[str, Match]
) -> dict[str, dict[str, str]]:
    """By stream what stands in the slots that were matched, opened for whoever asks."""
    said: dict[str, dict[str, str]] = {stream: {} for stream in found}
    streams = tuple(stream for stream, match in found.items() if match.slots)
    if not streams:
        return said
    topics = TOLD_IN | NAMED_IN
    reading = Reading(streams, seeking.purpose, seeking.purpose_code, topics=topics)
    for stream, entries in zip(streams, ledger.open_values(reading, actor=actor), strict=True):
        for each in entries:
            values = texts_in(personal_values(each.entry.fact))
            said[stream] |= {slot: values[slot] for slot in found[stream].slots if slot in values}
    return said


def _found_case(
    ledger: Ledger,
    stream: str,
    match: Match,
    row: CaseRow,
    said: Mapping[str, str],
    records: frozenset[UUID],
    at: datetime,
) -> FoundCase:
    case: Case = case_of(ledger, _id(stream))
    roles = {party: role for party, role in case.parties if party in records}
    if case.requester in records:
        roles = {case.requester: "requester", **roles}
    party, role = next(iter(roles.items()), (None, None))
    return FoundCase(
        reference_of(_id(stream)),
        _id(stream),
        match.alike,
        status(row, at),
        row.request_type,
        row.team,
        row.owner,
        row.received_at,
        row.due_at,
        role,
        party,
        said,
    )


def _id(stream: str) -> UUID:
    return UUID(stream.partition("/")[2])
