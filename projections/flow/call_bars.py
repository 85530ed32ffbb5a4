"""Call bars: why a requester is not to be called about the service, as it was known when the day opened.

The rule of a draw says what was looked at, so that a draw made by an earlier rule can still be checked:
from the second on a person's other records and their other open cases count too, and so does what is flagged,
from the third on nobody is drawn who is not known, from the fourth on calls by teams that are no more count, and from
the fifth on whoever waits in immediate danger is left out, and whose case is kept for an investigation, such as a
regulator's of its decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.case import CASE
from ledger.case.contact.calls import RequesterCalled
from ledger.case.people.safe_contact import SAFE_CONTACT
from ledger.case.state import Case
from ledger.ids import case_stream
from ledger.policy.flow.draws import FrameRule
from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.draws import CALLS, Draws, draws_id
from ledger.sealing.reading import office_entry
from ledger.store import LedgerStore
from ledger.then import Then, office_state
from projections.comparing.persons import asked_by_nobody_known, party_known, records_of
from projections.fold.temporal import microseconds
from projections.one_case.details import CaseDetails
from projections.rows.case_rows import CaseRow

if TYPE_CHECKING:
    from projections.views import Views

CALLED_DAYS = 90
"""Calendar days in which nobody is called a second time."""
_AT_COURT = "court"
_LITIGATION, _INVESTIGATION = "litigation", "investigation"
_OPEN = """
    SELECT c.key
    FROM {cases} AS c
    WHERE c.known_from <= :known_at
    AND c.known_to > :known_at
    AND c.standing <> 'resolved'
    AND """
_OF_TYPE = f"{_OPEN} c.request_type = :code"
_WAITING_ON = f"{_OPEN} c.waiting = :code"
_HELD = """
    SELECT h.case_id
    FROM {holds} AS h
    WHERE h.known_from <= :known_at
    AND h.known_to > :known_at
    AND h.released_at IS NULL
    AND h.ground = :ground
"""


@dataclass(frozen=True, slots=True)
class Bars:
    """What bars a call on a day, found once for all cases: who was called lately, and whose dispute is open.

    `called` holds cases and parties; `disputed` cases, `disputing` the parties who asked for them.
    """

    store: LedgerStore
    version: PolicyVersion
    at: datetime
    rule: FrameRule
    called: frozenset[str]
    disputed: frozenset[str]
    disputing: frozenset[UUID]

    def against(self, key: str, row: CaseRow, details: CaseDetails) -> str | None:
        """Why the requester of a case is not to be called; None if they may."""
        if row.imported:
            return "history of another system"
        case = case_known(self.store, key, self.at)
        if self.rule > 2 and asked_by_nobody_known(
            self.version.policy, on_record=case.requester is not None, answered=case.answered
        ):
            return "asked by nobody known"
        person = self._person(case.requester)
        parties = [party_known(self.store, each, Then(self.at)) for each in person]
        on_case = SAFE_CONTACT in details.flags or details.safe_contact
        if on_case or any(party.safe_contact is not None for party in parties):
            return "safe contact is set"
        if any(party.deceased for party in parties):
            return "the requester has died"
        if self.rule > 1 and details.flags:
            return "a person is to look at it first"
        if self.rule > 4 and row.open and case.immediate:
            return "in immediate danger"
        if row.request_type in self.version.policy.calls.excluded_types:
            return "of a type that is not called about"
        if row.waiting == _AT_COURT:
            return "before a court"
        if key in self.disputed or not self.disputing.isdisjoint(person):
            return "a complaint or litigation is open"
        if {key, *map(str, person)} & self.called:
            return f"called within {CALLED_DAYS} days"
        return None

    def _person(self, party: UUID | None) -> Sequence[UUID]:
        """Every record that counts as the requester's."""
        if party is None:
            return ()
        return (party,) if self.rule == 1 else records_of(self.store, party, Then(self.at))


def bars_of(
    views: Views, store: LedgerStore, version: PolicyVersion, at: datetime, *, rule: FrameRule
) -> Bars:
    """What bars calls as it was known at an instant."""
    disputed = _disputed(views, version, at, rule=rule) if rule > 1 else frozenset[str]()
    asked = {requester(store, key, at) for key in disputed}
    return Bars(
        store,
        version,
        at,
        rule,
        _called_lately(store, _draws_by(store, version, at, rule=rule), at),
        disputed,
        frozenset(each for each in asked if each is not None),
    )


def draws_of(store: LedgerStore, team: str, *, known_at: datetime | None = None) -> Draws:
    """Every draw of a team, as recorded, or as known at an instant."""
    rows = store.stream(f"calls/{draws_id(store.ledger_id, team)}")
    return office_state(CALLS, rows, Then(known_at))


def calls_about(store: LedgerStore, key: str) -> Iterable[tuple[RequesterCalled, datetime]]:
    """Every call about a case, with when it was known."""
    for row in store.stream(case_stream(UUID(key))):
        if row.topic == RequesterCalled.topic:
            entry = office_entry(*row)
            fact: Any = entry.fact
            yield fact, entry.context.known_at


def requester(store: LedgerStore, key: str, known_at: datetime) -> UUID | None:
    """The party who asked, as known at an instant; None if nobody said who."""
    return case_known(store, key, known_at).requester


def case_known(store: LedgerStore, key: str, known_at: datetime) -> Case:
    """A case as it was known at an instant."""
    return office_state(CASE, store.stream(case_stream(UUID(key))), Then(known_at))


def _disputed(
    views: Views, version: PolicyVersion, at: datetime, *, rule: FrameRule
) -> frozenset[str]:
    """The cases that are an open complaint, wait on a court, or are kept for litigation or an investigation."""
    known_at = microseconds(at)
    found = set[str]()
    with views.reading("cases") as reading:
        asked = [(_OF_TYPE, code) for code in version.policy.calls.complaint_types]
        for statement, code in (*asked, (_WAITING_ON, _AT_COURT)):
            rows = reading.rows(statement, known_at=known_at, code=code)
            found |= {key for (key,) in rows}
    with views.reading("holds") as reading:
        for ground in (_LITIGATION, _INVESTIGATION) if rule > 4 else (_LITIGATION,):
            rows = reading.rows(_HELD, known_at=known_at, ground=ground)
            found |= {case_id for (case_id,) in rows}
    return frozenset(found)


def _draws_by(
    store: LedgerStore, version: PolicyVersion, at: datetime, *, rule: FrameRule
) -> Iterator[Draws]:
    """The draws of every team that counts, as known at an instant."""
    if rule < 4:
        yield from (draws_of(store, team, known_at=at) for team in version.policy.teams)
    else:
        for stream in store.streams(CALLS.name):
            yield office_state(CALLS, store.stream(stream), Then(at))


def _called_lately(store: LedgerStore, drawn: Iterable[Draws], at: datetime) -> frozenset[str]:
    """The cases and requesters who were called in the time before an instant, by any team."""
    since = at - timedelta(days=CALLED_DAYS)
    found = set[str]()
    for draws in drawn:
        for day in draws.days:
            if day.opened_at < since - timedelta(days=CALLED_DAYS):
                continue
            for each in day.drawn:
                key = str(each.case_id)
                if any(
                    fact.counts and since <= then < at for fact, then in calls_about(store, key)
                ):
                    found |= {key, str(requester(store, key, at) or "")}
    return frozenset(found - {""})
