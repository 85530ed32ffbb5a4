"""Looking up whoever calls without a number: their cases and records, by what they say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ledger.case.people.concerned import CasePartyAdded
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.ids import case_stream, reference_of, subject_id_of
from ledger.keeping import case_of
from ledger.personal.opening import Reading
from ledger.personal.seeking import Search, Seeking, begun_search, texts_in
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from projections.answers import UpToDate, up_to_date
from projections.comparing.likeness import NAMED_IN, TOLD_IN
from projections.comparing.sought import Match, Sought
from projections.disclosures.scope import personal_values
from projections.lists.listing import Received, Within, received_since
from projections.lists.shown_to import ShownTo
from projections.rows.case_rows import CaseRow, CaseStatus, status
from projections.views import Views

FOUND_AT_MOST = 20
"""More are shown to nobody: who is found by so little is not found."""
DAYS, DAYS_AT_MOST = 1_100, 36_600
"""How far back cases are sought where nothing is said, and at most."""
_AT_ONCE = 200
_TOLD_IN = TOLD_IN | {CasePartyAdded.topic}
_ANSWERS = "answers."
_NONE_BEFORE = "party/"
Tell = Callable[[int, int], None]
"""Told how many of how many are compared."""


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

    `cases_compared` are those received since `since`, of all teams (`everywhere`) or near the reader alone, those
    received last first. Where there are older ones, asked the same again after `cursor` they are compared: it names the
    last case and record that were compared, whosever they are, so whoever asks is given it sealed.
    """

    up_to_date: UpToDate
    since: datetime
    everywhere: bool
    cases_compared: int
    records_compared: int
    cases: tuple[FoundCase, ...]
    records: tuple[FoundRecord, ...]
    more: int
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """How many cases, and how many records, are compared at most, and after which those that come before them."""

    at_most: int | None = None
    case: Received | None = None
    record: str | None = None

    @classmethod
    def of(cls, mark: str, *, at_most: int) -> Bound:
        """The bound after what an answer ended with, as it told it itself."""
        at, case, record = mark.split(" ")
        return cls(at_most, (int(at), case), record)

    def after(self, cases: Sequence[Received], records: Sequence[str]) -> str | None:
        """What these end with; None where there are no more."""
        if self.at_most is None or max(len(cases), len(records)) < self.at_most:
            return None
        case = cases[-1] if cases else self.case or (0, "")
        record = records[-1] if records else self.record or _NONE_BEFORE
        return f"{case[0]} {case[1]} {record}"


ALL = Bound()


def looked_up(
    ledger: Ledger,
    views: Views,
    seeking: Seeking,
    *,
    actor: Actor,
    at: datetime,
    days: int,
    bound: Bound = ALL,
    progress: Tell | None = None,
) -> LookedUp:
    """Who may be meant, as things stand now; the views must be caught up.

    That somebody is sought is recorded before anything is compared, and what is shown of whom before it is
    shown. NotAuthorised for whoever may open no case; InvalidCommand where too little is said.
    """
    sought, policies = Sought(seeking.said), ledger.policies()
    search = begun_search(ledger, seeking, actor=actor)
    since = at - timedelta(days=days)
    cases = received_since(
        views,
        since,
        within=None if search.sought.everywhere else _within(policies, actor, at),
        shown_to=ShownTo(frozenset({actor.id, actor.on_behalf_of or actor.id})),
        before=bound.case,
        limit=bound.at_most,
    )
    theirs = _records_in(search, bound)
    comparing = _Comparing(search, sought, _apart(policies, at), progress, len(cases) + len(theirs))
    streams = [case_stream(UUID(key)) for _, key in cases]
    comparing.compare(theirs, streams, whole=bound.at_most is None)
    found, records = comparing.cases, comparing.records
    shown = _likest(found)
    parties = _likest(records)
    said = _matched_texts(ledger, seeking, actor, {**shown, **parties})
    with views.reading("cases") as reading:
        rows = reading.rows_of(CaseRow, [key.partition("/")[2] for key in shown])
        standing = up_to_date(reading, None)
    of_records = frozenset(map(subject_id_of, records))
    return LookedUp(
        standing,
        since,
        search.sought.everywhere,
        len(cases),
        len(comparing.seen),
        tuple(
            _found_case(ledger, stream, match, row, said[stream], of_records, at)
            for stream, match in shown.items()
            for row in rows[stream.partition("/")[2]]
        ),
        tuple(
            FoundRecord(subject_id_of(each), match.alike, said[each])
            for each, match in parties.items()
        ),
        len(found) + len(records) - len(shown) - len(parties),
        bound.after(cases, theirs),
    )


def _records_in(search: Search, bound: Bound) -> list[str]:
    """The records of parties that are compared in their own right, those last made first; none where it may not be."""
    store = search.ledger.store
    if not search.sought.records:
        return []
    if bound.at_most is None:
        return store.streams("party")
    return store.latest_streams("party", before=bound.record, limit=bound.at_most)


class _Comparing:
    """Compares records and cases a few at a time, and keeps those in which it stands."""

    def __init__(
        self,
        search: Search,
        sought: Sought,
        apart: frozenset[str],
        progress: Tell | None,
        of: int,
    ) -> None:
        self._search, self._sought, self._apart = search, sought, apart
        self._progress, self._of, self._done = progress, of, 0
        self.seen: set[str] = set()
        """The records that were compared."""
        self.records: dict[str, Match] = {}
        self.cases: dict[str, Match] = {}

    def compare(self, records: Sequence[str], cases: Sequence[str], *, whole: bool) -> None:
        """Compares all of these, and the records of whoever is on one of the cases, if these are not the `whole`."""
        for some in _a_few_of(records):
            self._compare_records(some)
            self._progressed(len(some))
        for some in _a_few_of(cases):
            if self._search.sought.records and not whole:
                named = self._search.named_on(some, _TOLD_IN)
                self._compare_records(sorted(named - self.seen))
            self.cases |= _cases(self._search, self._sought, some, self.records, apart=self._apart)
            self._progressed(len(some))

    def _compare_records(self, streams: Sequence[str]) -> None:
        self.seen |= {*streams}
        for said in self._search.said_in(streams, NAMED_IN):
            if (match := self._sought.match(said.words)) is not None:
                self.records[said.stream] = match

    def _progressed(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._of)


def _a_few_of(streams: Sequence[str]) -> Iterator[Sequence[str]]:
    return (streams[at : at + _AT_ONCE] for at in range(0, len(streams), _AT_ONCE))


def _cases(
    search: Search,
    sought: Sought,
    cases: Sequence[str],
    records: Mapping[str, Match],
    *,
    apart: frozenset[str],
) -> dict[str, Match]:
    """The cases in whose answers it stands, or on which somebody is whose record it stands in."""
    found: dict[str, Match] = {}
    of_records = {subject_id_of(stream): match for stream, match in records.items()}
    for said in search.said_in(cases, _TOLD_IN, about=of_records):
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


def _matched_texts(
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
    case_id = subject_id_of(stream)
    case: Case = case_of(ledger, case_id)
    roles = {party: role for party, role in case.parties if party in records}
    if case.requester in records:
        roles = {case.requester: "requester", **roles}
    party, role = next(iter(roles.items()), (None, None))
    return FoundCase(
        reference_of(case_id),
        case_id,
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
