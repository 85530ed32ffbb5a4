"""Cases: how each case stands, as far as it was known, in one row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.restating import StartCorrected
from ledger.case.clocks.waiting import (
    ACCESS_GIVEN,
    MilestoneReached,
    WaitingBegan,
    WaitingEnded,
)
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeIssued
from ledger.case.contact.promises import ContactPromised
from ledger.case.custody.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused
from ledger.case.custody.rehoming import CaseRehomed
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.erased import ContentErased
from ledger.case.history.imported import CaseImported, OwnershipTransferred
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.intake.severity import SeverityAssessed
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.returns import ReturnDecided, ReturnProposed
from ledger.case.outcome.settling import CaseSettled
from ledger.case.people.communication import CommunicationSettled
from ledger.facts import Fact
from projections.fold.projection import Fields, Projection, Rows, changed
from projections.fold.told import Told
from projections.rows.case_clocks import CLOCK_CHANGES
from projections.rows.case_rows import (
    IMMEDIATE,
    UNDATED_TURN,
    CaseRow,
    Waits,
    standing,
)


def evolve(rows: Rows[CaseRow], entry: Told) -> Rows[CaseRow]:
    """The row after one more entry; one about a case that was never opened means nothing."""
    fact = entry.fact
    if not rows:
        opens = _OPENS.get(type(fact))
        return rows if opens is None else (opens(fact),)
    by = _EVOLVES.get(type(fact))
    if by is None:
        return rows
    (row,) = rows
    fields = by(row, fact, entry.effective_at)
    if not fields:
        return rows
    after = changed(row, fields)
    stands = standing(after)
    return (after if stands == after.standing else changed(after, {"standing": stands}),)


def _opened(fact: CaseOpened) -> CaseRow:
    return CaseRow(
        reference=fact.reference,
        imported=False,
        request_type=fact.request_type,
        received_at=fact.reached_body_at,
        lane=_lane(fact.severity),
        turn_at=fact.reached_body_at + UNDATED_TURN,
        standing="unrouted",
        effort_points=fact.effort_points,
        region=fact.region,
        language=fact.language,
        unopened_since=fact.reached_body_at,
        unrouted_since=fact.reached_body_at,
        silent_since=fact.reached_body_at,
    )


def _imported(fact: CaseImported) -> CaseRow:
    return CaseRow(
        reference=fact.reference,
        imported=True,
        request_type=fact.request_type,
        received_at=fact.received_at,
        lane=_lane("other"),
        turn_at=fact.received_at + UNDATED_TURN,
        standing="unrouted" if fact.team is None else "queued",
        team=fact.team,
    )


def _lane(severity: str) -> int:
    return 0 if severity == IMMEDIATE else 1


def _classified(row: CaseRow, fact: CaseClassified, at: datetime) -> Fields:
    return {
        "request_type": fact.request_type,
        "lane": _lane(fact.severity),
        "effort_points": fact.effort_points,
        "region": fact.region,
        "language": fact.language,
    }


def _start_corrected(row: CaseRow, fact: StartCorrected, at: datetime) -> Fields:
    """What counts from its receipt counts from the one that is right; whose turn it is a clock says, where one runs."""
    if fact.moment != "reached_body":
        return {}
    since = {name: fact.at for name in _SINCE_RECEIPT if getattr(row, name) == row.received_at}
    return {
        **since,
        "received_at": fact.at,
        "turn_at": row.due_at or fact.at + UNDATED_TURN,
    }


_SINCE_RECEIPT = ("unopened_since", "unrouted_since", "silent_since")


def _spoken(row: CaseRow, fact: CommunicationSettled, at: datetime) -> Fields:
    if fact.interview_language == row.interview_language:
        return {}
    return {"interview_language": fact.interview_language}


def _routed(row: CaseRow, fact: CaseRouted, at: datetime) -> Fields:
    routed: Fields = {
        "team": fact.team,
        "unrouted_since": None,
        "unconfirmed_since": fact.confirm_by,
        "confirm_by": fact.confirm_by,
    }
    return {**routed, "lane": 0} if fact.decided.get("lane") == "immediate" else routed


def _confirmed(row: CaseRow, fact: RoutingConfirmed, at: datetime) -> Fields:
    team = row.team if row.owner is not None else fact.team
    return {"team": team, "unconfirmed_since": None, "confirm_by": None}


def _contacted(row: CaseRow, fact: ContactLogged, at: datetime) -> Fields:
    return _heard(row, at) if fact.acts else {}


def _notified(row: CaseRow, fact: NoticeIssued, at: datetime) -> Fields:
    return _heard(row, at) if fact.to_requester else {}


def _reached(row: CaseRow, fact: MilestoneReached, at: datetime) -> Fields:
    return _heard(row, at) if fact.milestone == ACCESS_GIVEN else {}


def _heard(row: CaseRow, at: datetime) -> Fields:
    heard: Fields = {"promised_at": None, "unanswered_since": None}
    if row.open and not row.imported and (row.silent_since is None or row.silent_since < at):
        heard["silent_since"] = at
    return heard


def _assessed(row: CaseRow, fact: SeverityAssessed, at: datetime) -> Fields:
    return {"lane": _lane(fact.severity)}


def _transferred(row: CaseRow, fact: CaseTransferred, at: datetime) -> Fields:
    return {
        "transit_to": fact.to_team,
        "transit_to_member": fact.to_owner,
        "accept_by": fact.accept_by,
    }


def _accepted(row: CaseRow, fact: TransferAccepted, at: datetime) -> Fields:
    return {**_with(row, fact.team, fact.owner, at), **_arrived()}


def _declined(row: CaseRow, fact: TransferDeclined, at: datetime) -> Fields:
    return {"team": fact.team, "owner": fact.owner, **_arrived()}


def _arrived() -> Fields:
    return {"transit_to": None, "transit_to_member": None, "accept_by": None}


def _pulled(row: CaseRow, fact: CasePulled, at: datetime) -> Fields:
    return _with(row, fact.team, fact.owner, at)


def _passed(row: CaseRow, fact: TransferUnanswered, at: datetime) -> Fields:
    return {**_with(row, fact.team, fact.leader, at), "accept_by": None}


def _returned(row: CaseRow, fact: CaseReturned, at: datetime) -> Fields:
    return {"team": fact.to_team, "owner": None}


def _required(row: CaseRow, fact: AdjudicationRequired, at: datetime) -> Fields:
    return {"adjudicate_by": fact.decide_by}


def _adjudicated(row: CaseRow, fact: CaseAdjudicated, at: datetime) -> Fields:
    there = _with(row, fact.to_team, fact.to_owner, at)
    settled: Fields = {"unconfirmed_since": None, "confirm_by": None, "adjudicate_by": None}
    return {**there, **_arrived(), **settled}


def _recused(row: CaseRow, fact: MemberRecused, at: datetime) -> Fields:
    left = {"owner": row.owner, "transit_to_member": row.transit_to_member}
    return {name: None for name, member in left.items() if member == fact.member}


def _rehomed(row: CaseRow, fact: CaseRehomed, at: datetime) -> Fields:
    """Whoever leaves may have sent it, and another be accountable already."""
    return {"owner": fact.to_owner} if row.owner == fact.from_owner else {}


def _moved(row: CaseRow, fact: OwnershipTransferred, at: datetime) -> Fields:
    return _with(row, fact.to_team, fact.to_owner, at)


def _with(row: CaseRow, team: str | None, owner: str | None, at: datetime) -> Fields:
    fields: Fields = {"team": team, "owner": owner}
    if team is not None:
        fields["unrouted_since"] = None
    if owner is not None:
        fields["unopened_since"] = None
        fields["taken_at"] = row.taken_at or at
    return fields


def _wait_began(row: CaseRow, fact: WaitingBegan, at: datetime) -> Fields:
    return _waiting((*row.waits, Waits(str(fact.wait_id), fact.reason, at)))


def _wait_ended(row: CaseRow, fact: WaitingEnded, at: datetime) -> Fields:
    ended = str(fact.wait_id)
    return _waiting(tuple(wait for wait in row.waits if wait.wait_id != ended))


def _waiting(waits: tuple[Waits, ...]) -> Fields:
    first = min(waits, key=lambda wait: wait.from_at, default=None)
    return {
        "waits": waits,
        "waiting": first.reason if first else None,
        "overlong_since": first.from_at if first else None,
    }


def _alarmed(row: CaseRow, fact: CaseAlarmed, at: datetime) -> Fields:
    told = _OVERLOOKED.get(fact.alarm)
    return {} if told is None else {told: None}


_OVERLOOKED = {
    "never_opened": "unopened_since",
    "never_routed": "unrouted_since",
    "never_confirmed": "unconfirmed_since",
    "waiting_too_long": "overlong_since",
    "closed_without_reply": "unanswered_since",
    "no_contact": "silent_since",
    "promise_missed": "promised_at",
    "settling_proposed": "settles_at",
    "return_undecided": "undecided_since",
}
"""The columns that say since when something should have happened; empty once the alarm was raised."""


def _resolved(row: CaseRow, fact: CaseResolved, at: datetime) -> Fields:
    ended: Fields = {
        "resolved_at": at,
        "unopened_since": None,
        "unrouted_since": None,
        "unanswered_since": None if row.imported or fact.replied else at,
        "silent_since": None,
        "promised_at": None,
        "settles_at": fact.settles_at,
    }
    return {**_waiting(()), **ended}


def _promised(row: CaseRow, fact: ContactPromised, at: datetime) -> Fields:
    return {"promised_at": fact.by_at}


def _return_proposed(row: CaseRow, fact: ReturnProposed, at: datetime) -> Fields:
    return {"settles_at": None, "undecided_since": at, "return_since": at}


def _return_decided(row: CaseRow, fact: ReturnDecided, at: datetime) -> Fields:
    return {"settles_at": fact.settles_at, "undecided_since": None, "return_since": None}


def _settled(row: CaseRow, fact: CaseSettled, at: datetime) -> Fields:
    return {"settles_at": None}


def _reopened(row: CaseRow, fact: CaseReopened, at: datetime) -> Fields:
    return {
        "resolved_at": None,
        "owner": fact.owner,
        "unanswered_since": None,
        "silent_since": None if row.imported else at,
        "settles_at": None,
        "undecided_since": None,
        "return_since": None,
    }


def _erased(row: CaseRow, fact: ContentErased, at: datetime) -> Fields:
    """An open case goes on after its content was erased, and what is written then is disposed of in its time."""
    return {"disposed": True} if fact.extent == "case" and not row.open else {}


_OPENS: dict[type[Fact], Callable[[Any], CaseRow]] = {CaseOpened: _opened, CaseImported: _imported}
_EVOLVES: dict[type[Fact], Callable[[CaseRow, Any, datetime], Fields]] = {
    CaseClassified: _classified,
    StartCorrected: _start_corrected,
    CommunicationSettled: _spoken,
    ContactLogged: _contacted,
    NoticeIssued: _notified,
    MilestoneReached: _reached,
    CaseRouted: _routed,
    RoutingConfirmed: _confirmed,
    SeverityAssessed: _assessed,
    CaseTransferred: _transferred,
    TransferAccepted: _accepted,
    TransferDeclined: _declined,
    TransferUnanswered: _passed,
    CaseReturned: _returned,
    AdjudicationRequired: _required,
    CaseAdjudicated: _adjudicated,
    CaseRehomed: _rehomed,
    MemberRecused: _recused,
    CasePulled: _pulled,
    OwnershipTransferred: _moved,
    WaitingBegan: _wait_began,
    WaitingEnded: _wait_ended,
    **CLOCK_CHANGES,
    CaseAlarmed: _alarmed,
    CaseResolved: _resolved,
    CaseReopened: _reopened,
    ContactPromised: _promised,
    ReturnProposed: _return_proposed,
    ReturnDecided: _return_decided,
    CaseSettled: _settled,
    ContentErased: _erased,
}


CASES = Projection(
    name="cases",
    version=12,
    kind="case",
    topics=frozenset(kind.topic for kind in (*_OPENS, *_EVOLVES)),
    row=CaseRow,
    evolve=evolve,
)
