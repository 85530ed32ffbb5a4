"""Cases: how each case stands, as far as it was known, in one row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ledger.case import CHAPTERS
from ledger.case.alarms import CaseAlarmed
from ledger.case.contact import ContactLogged
from ledger.case.custody import CasePulled, CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.escalation import (
    AlertDelivered,
    CaseEscalated,
    EscalationAcknowledged,
    RungReached,
)
from ledger.case.history import CaseImported, OwnershipTransferred
from ledger.case.information import InformationReceived
from ledger.case.intake import CaseClassified, CaseOpened
from ledger.case.needs import NeedMet
from ledger.case.notices import NoticeFailed, NoticeIssued
from ledger.case.outcome import CaseReopened, CaseResolved
from ledger.case.promises import ContactPromised
from ledger.case.returns import ReturnDecided, ReturnProposed
from ledger.case.routing import CaseRouted
from ledger.case.settling import CaseSettled
from ledger.case.waiting import WaitingBegan, WaitingEnded
from ledger.facts import Fact, topics
from projections.case_clocks import CLOCK_CHANGES
from projections.case_rows import (
    IMMEDIATE,
    UNDATED_TURN,
    CaseRow,
    CaseStatus,
    Waits,
    standing,
    status,
)
from projections.projection import Fields, Projection, Rows, changed
from projections.told import Told

__all__ = ["CASES", "CaseRow", "CaseStatus", "status"]


def evolve(rows: Rows[CaseRow], entry: Told) -> Rows[CaseRow]:
    """The row after one more entry; one about a case that was never opened means nothing."""
    fact = entry.fact
    if not rows:
        opens = _OPENS.get(type(fact))
        return rows if opens is None else (opens(fact, entry),)
    (row,) = rows
    by = _EVOLVES.get(type(fact))
    fields = {} if by is None else by(row, fact, entry.effective_at)
    if entry.version > row.version:
        fields["version"] = entry.version
    if entry.by_person:
        at = entry.effective_at
        if row.last_act_at is None or at > row.last_act_at:
            fields["last_act_at"] = at
    if not fields:
        return rows
    after = changed(row, fields)
    if not fields.keys().isdisjoint(_STANDING):
        after = changed(after, {"standing": standing(after)})
    return (after,)


_STANDING = frozenset({"status", "transit_to", "waiting", "owner", "team"})


def _opened(fact: CaseOpened, entry: Told) -> CaseRow:
    return CaseRow(
        reference=fact.reference,
        status="open",
        imported=False,
        channel=fact.channel,
        family=fact.channel_family,
        request_type=fact.request_type,
        received_at=fact.reached_body_at,
        opened_at=entry.known_at,
        lane=_lane(fact.severity),
        turn_at=fact.reached_body_at + UNDATED_TURN,
        standing="unrouted",
        programme=fact.programme,
        region=fact.region,
        language=fact.language,
        severity=fact.severity,
        flags=fact.flags,
        effort_points=fact.effort_points,
        complete_at=fact.complete_at,
        missing=len(fact.missing),
        unopened_since=fact.reached_body_at,
        unrouted_since=fact.reached_body_at,
        silent_since=fact.reached_body_at,
        last_act_at=_by_person(entry),
        version=entry.version,
    )


def _imported(fact: CaseImported, entry: Told) -> CaseRow:
    return CaseRow(
        reference=fact.reference,
        status="open",
        imported=True,
        channel=fact.channel,
        family=fact.channel_family,
        request_type=fact.request_type,
        received_at=fact.received_at,
        opened_at=entry.known_at,
        lane=_lane("other"),
        turn_at=fact.received_at + UNDATED_TURN,
        standing="unrouted" if fact.team is None else "queued",
        team=fact.team,
        responsible=fact.responsible,
        findings=len(fact.findings),
        last_act_at=_by_person(entry),
        version=entry.version,
    )


def _by_person(entry: Told) -> datetime | None:
    return entry.effective_at if entry.by_person else None


def _lane(severity: str) -> int:
    return 0 if severity == IMMEDIATE else 1


def _classified(row: CaseRow, fact: CaseClassified, at: datetime) -> Fields:
    return {
        "request_type": fact.request_type,
        "programme": fact.programme,
        "region": fact.region,
        "language": fact.language,
        "severity": fact.severity,
        "lane": _lane(fact.severity),
        "flags": fact.flags,
        "effort_points": fact.effort_points,
        "missing": len(fact.missing),
        "complete_at": fact.complete_at,
    }


def _informed(row: CaseRow, fact: InformationReceived, at: datetime) -> Fields:
    return {
        "missing": len(fact.missing),
        "complete_at": row.complete_at or fact.complete_at,
        "flags": tuple(sorted({*row.flags, *fact.flags_raised})),
    }


def _need_met(row: CaseRow, fact: NeedMet, at: datetime) -> Fields:
    return {"complete_at": row.complete_at or fact.complete_at}


def _contacted(row: CaseRow, fact: ContactLogged, at: datetime) -> Fields:
    return _heard(row, at) if fact.acts else {}


def _heard(row: CaseRow, at: datetime) -> Fields:
    heard: Fields = {"replied": True, "promised_at": None, "unanswered_since": None}
    if row.open and not row.imported and (row.silent_since is None or row.silent_since < at):
        heard["silent_since"] = at
    return heard


def _notified(row: CaseRow, fact: NoticeIssued, at: datetime) -> Fields:
    return _heard(row, at) if fact.to_requester else {}


def _notice_failed(row: CaseRow, fact: NoticeFailed, at: datetime) -> Fields:
    return {"replied": fact.replied}


def _routed(row: CaseRow, fact: CaseRouted, at: datetime) -> Fields:
    routed: Fields = {"team": fact.team, "unrouted_since": None}
    return {**routed, "lane": 0} if fact.decided.get("lane") == "immediate" else routed


def _transferred(row: CaseRow, fact: CaseTransferred, at: datetime) -> Fields:
    return {"transit_to": fact.to_team, "accept_by": fact.accept_by}


def _accepted(row: CaseRow, fact: TransferAccepted, at: datetime) -> Fields:
    hops = row.hops + (fact.team != row.team)
    return {**_with(row, fact.team, fact.owner, at), **_arrived(), "hops": hops}


def _declined(row: CaseRow, fact: TransferDeclined, at: datetime) -> Fields:
    return {"team": fact.team, "owner": fact.owner, **_arrived()}


def _arrived() -> Fields:
    return {"transit_to": None, "accept_by": None}


def _pulled(row: CaseRow, fact: CasePulled, at: datetime) -> Fields:
    return _with(row, fact.team, fact.owner, at)


def _moved(row: CaseRow, fact: OwnershipTransferred, at: datetime) -> Fields:
    return _with(row, fact.to_team, fact.to_owner, at)


def _with(row: CaseRow, team: str | None, owner: str | None, at: datetime) -> Fields:
    fields: Fields = {"team": team, "owner": owner}
    if team is not None:
        fields["unrouted_since"] = None
    if owner is not None and row.taken_at is None:
        fields |= {"taken_at": at, "unopened_since": None}
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
        "waiting_since": first.from_at if first else None,
    }


def _escalated(row: CaseRow, fact: RungReached | CaseEscalated, at: datetime) -> Fields:
    return {
        "escalations_open": row.escalations_open + 1,
        "alerts_owed": row.alerts_owed + 1,
    }


def _alarmed(row: CaseRow, fact: CaseAlarmed, at: datetime) -> Fields:
    fields: Fields = {
        "escalations_open": row.escalations_open + 1,
        "alerts_owed": row.alerts_owed + 1,
    }
    told = _OVERLOOKED.get(fact.alarm)
    return fields if told is None else {**fields, told: None}


_OVERLOOKED = {
    "never_opened": "unopened_since",
    "never_routed": "unrouted_since",
    "closed_without_reply": "unanswered_since",
    "no_contact": "silent_since",
    "promise_missed": "promised_at",
    "settling_proposed": "settles_at",
    "return_undecided": "return_since",
}
"""The columns that say since when something should have happened; empty once the alarm was raised."""


def _acknowledged(row: CaseRow, fact: EscalationAcknowledged, at: datetime) -> Fields:
    return {"escalations_open": max(0, row.escalations_open - 1)}


def _delivered(row: CaseRow, fact: AlertDelivered, at: datetime) -> Fields:
    return {"alerts_owed": max(0, row.alerts_owed - 1)}


def _resolved(row: CaseRow, fact: CaseResolved, at: datetime) -> Fields:
    return {
        **_waiting(()),
        "status": "resolved",
        "outcome": fact.outcome,
        "first_resolved_at": row.first_resolved_at or at,
        "resolved_at": at,
        "resolutions": row.resolutions + 1,
        "unopened_since": None,
        "unrouted_since": None,
        "unanswered_since": None if row.imported or fact.replied else at,
        "silent_since": None,
        "promised_at": None,
        "settles_at": fact.settles_at,
        "settled_at": None,
    }


def _promised(row: CaseRow, fact: ContactPromised, at: datetime) -> Fields:
    return {"promised_at": fact.by_at}


def _return_proposed(row: CaseRow, fact: ReturnProposed, at: datetime) -> Fields:
    return {"settles_at": None, "return_since": at}


def _return_decided(row: CaseRow, fact: ReturnDecided, at: datetime) -> Fields:
    return {"settles_at": fact.settles_at, "return_since": None}


def _settled(row: CaseRow, fact: CaseSettled, at: datetime) -> Fields:
    return {"settles_at": None, "settled_at": at}


def _reopened(row: CaseRow, fact: CaseReopened, at: datetime) -> Fields:
    return {
        "status": "open",
        "owner": fact.owner,
        "outcome": None,
        "resolved_at": None,
        "reopened": row.reopened + 1,
        "unanswered_since": None,
        "silent_since": None if row.imported else at,
        "settles_at": None,
        "settled_at": None,
        "return_since": None,
    }


_OPENS: dict[type[Fact], Callable[[Any, Told], CaseRow]] = {
    CaseOpened: _opened,
    CaseImported: _imported,
}
_EVOLVES: dict[type[Fact], Callable[[CaseRow, Any, datetime], Fields]] = {
    CaseClassified: _classified,
    InformationReceived: _informed,
    NeedMet: _need_met,
    ContactLogged: _contacted,
    NoticeIssued: _notified,
    NoticeFailed: _notice_failed,
    CaseRouted: _routed,
    CaseTransferred: _transferred,
    TransferAccepted: _accepted,
    TransferDeclined: _declined,
    CasePulled: _pulled,
    OwnershipTransferred: _moved,
    WaitingBegan: _wait_began,
    WaitingEnded: _wait_ended,
    **CLOCK_CHANGES,
    RungReached: _escalated,
    CaseEscalated: _escalated,
    CaseAlarmed: _alarmed,
    EscalationAcknowledged: _acknowledged,
    AlertDelivered: _delivered,
    CaseResolved: _resolved,
    CaseReopened: _reopened,
    ContactPromised: _promised,
    ReturnProposed: _return_proposed,
    ReturnDecided: _return_decided,
    CaseSettled: _settled,
}


def _resting(rows: Rows[CaseRow]) -> bool:
    return all(row.status == "resolved" for row in rows)


_MODULES = frozenset(chapter.__name__ for chapter in CHAPTERS)

CASES = Projection(
    name="cases",
    version=2,
    kind="case",
    topics=frozenset(topic for topic, kind in topics().items() if kind.__module__ in _MODULES),
    row=CaseRow,
    evolve=evolve,
    resting=_resting,
)
