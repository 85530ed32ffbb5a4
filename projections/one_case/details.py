"""Details: what only the page of one case tells; folded from its stream when asked, and kept in no table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from ledger.case import CHAPTERS
from ledger.case.clocks import waiting
from ledger.case.clocks.facts import ClockStopped
from ledger.case.clocks.restating import StartCorrected
from ledger.case.clocks.running import UNDELIVERED
from ledger.case.clocks.waiting import MilestoneReached
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeFailed, NoticeGiven, NoticeIssued
from ledger.case.custody.adjudication import CaseAdjudicated
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.custody.routing import CaseRouted
from ledger.case.erased import ContentErased
from ledger.case.escalation.chase_steps import ChaseStepReached
from ledger.case.history.imported import CaseImported
from ledger.case.holding import CaseHeld, CaseHoldEnded
from ledger.case.intake.chasing import ChaseStopped
from ledger.case.intake.incomplete import FoundIncomplete
from ledger.case.intake.information import InformationReceived, InformationRequested
from ledger.case.intake.needs import NeedMet
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.intake.severity import SeverityAssessed
from ledger.case.outcome import deciding
from ledger.case.outcome.appealed import AppealEnded, DecisionAppealed
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.reviewed import DecisionContested, DecisionReviewed
from ledger.case.outcome.settling import CaseSettled
from ledger.case.people.care import AdjustmentNoted, FlagCleared
from ledger.case.people.communication import CommunicationSettled
from ledger.case.people.safe_contact import SafeContactSet
from ledger.facts import Fact, topics
from ledger.ids import IdText
from projections.fold.projection import Fields, Projection, Rows, changed
from projections.fold.told import Told
from projections.one_case.further import AppealTold, ReviewTold, appeals_after, reviews_after


class LateClock(NamedTuple):
    """A clock that ended late, and in which of its generations."""

    clock: str
    generation: int


class ErasureTold(NamedTuple):
    """An erasure that reached the case: all that was personal in it, or what was about one person."""

    extent: str
    authority: str
    erased_at: datetime
    erasure_id: IdText


class CaseDetails(NamedTuple):
    """How a case came, what it is about, and what became of it.

    `asked_fields` were asked for by `answer_by` and did not come in, `asked_before_met` are those of them that were
    asked for before somebody last confirmed that a need is met, `lapses_at` is when the request may end if
    nothing does and they say nothing. `late` says that a clock ended after it was due, `late_clocks` which did.
    `version` is that of the last entry looked at, `last_act_at` when a person last did something about the case.
    `safe_contact` says that it was said how the requester must not be contacted on this case; the flag `safe-contact`
    without it, that they told how and nobody has settled yet what that means: read it before anybody contacts them.
    `reviews` are the cases in which its decision is reviewed, or was; `erasures` say why something of it is gone.
    `appeals` are the regulators and courts that the decision was taken to.
    `confirm_team` is to confirm by `confirm_by` where the case goes; until then nobody takes it, unless danger does
    not wait. `urgency_stated` says that the requester calls it urgent, whatever `severity` somebody found by
    `severity_criterion`. `answered_fields` are those that the requester told since the case was last found incomplete,
    `decision_given_at` and `access_given_at` are when they were given what was decided, and what they asked to see.
    """

    channel: str
    family: str
    opened_at: datetime
    programme: str | None = None
    region: str | None = None
    language: str | None = None
    interview_language: str | None = None
    interpreter: str | None = None
    format: str | None = None
    severity: str = "other"
    severity_criterion: str | None = None
    urgency_stated: bool = False
    flags: tuple[str, ...] = ()
    complete_at: datetime | None = None
    missing: int = 0
    missing_fields: tuple[str, ...] = ()
    asked_fields: tuple[str, ...] = ()
    asked_before_met: tuple[str, ...] = ()
    answer_by: datetime | None = None
    needs_met: tuple[str, ...] = ()
    lapses_at: datetime | None = None
    responsible: str | None = None
    findings: int = 0
    late: bool = False
    late_clocks: tuple[LateClock, ...] = ()
    replied: bool = False
    outcome: str | None = None
    first_resolved_at: datetime | None = None
    resolutions: int = 0
    reopened: int = 0
    settled_at: datetime | None = None
    last_act_at: datetime | None = None
    safe_contact: bool = False
    version: int = 0
    holds: int = 0
    confirm_team: str | None = None
    confirm_by: datetime | None = None
    reviews: tuple[ReviewTold, ...] = ()
    erasures: tuple[ErasureTold, ...] = ()
    answered_fields: tuple[str, ...] = ()
    decision_given_at: datetime | None = None
    access_given_at: datetime | None = None
    appeals: tuple[AppealTold, ...] = ()


_SETTLED = (
    "programme", "region", "language", "severity", "severity_criterion", "flags", "complete_at",
)  # fmt: skip
"""What is settled of a case as it is opened, and anew as it is classified."""


def evolve(rows: Rows[CaseDetails], entry: Told) -> Rows[CaseDetails]:
    """The details after one more entry; one about a case that was never opened means nothing."""
    fact = entry.fact
    if rows:
        (row,) = rows
        by = _EVOLVES.get(type(fact))
        after = row if by is None else changed(row, by(row, fact, entry.effective_at))
    else:
        opens = _OPENS.get(type(fact))
        if opens is None:
            return rows
        after = opens(fact, entry.known_at)
    fields: Fields = {"version": max(after.version, entry.version)}
    if entry.by_person:
        fields["last_act_at"] = max(after.last_act_at or entry.effective_at, entry.effective_at)
    return (changed(after, fields),)


def _opened(fact: CaseOpened, known_at: datetime) -> CaseDetails:
    return CaseDetails(
        channel=fact.channel,
        family=fact.channel_family,
        opened_at=known_at,
        urgency_stated=fact.urgency_stated,
        answered_fields=fact.answered,
        **_missing(fact),
        **fact.model_dump(include={*_SETTLED}),
    )


def _missing(fact: CaseOpened | CaseClassified | InformationReceived | FoundIncomplete) -> Fields:
    return {"missing": len(fact.missing), "missing_fields": fact.missing}


def _imported(fact: CaseImported, known_at: datetime) -> CaseDetails:
    return CaseDetails(
        channel=fact.channel,
        family=fact.channel_family,
        opened_at=known_at,
        responsible=fact.responsible,
        findings=len(fact.findings),
    )


def _routed(row: CaseDetails, fact: CaseRouted, at: datetime) -> Fields:
    return {"confirm_team": fact.confirm_team, "confirm_by": fact.confirm_by}


def _placed(row: CaseDetails, fact: RoutingConfirmed | CaseAdjudicated, at: datetime) -> Fields:
    return {"confirm_team": None, "confirm_by": None}


def _classified(row: CaseDetails, fact: CaseClassified, at: datetime) -> Fields:
    return {**_missing(fact), **fact.model_dump(include={*_SETTLED})}


def _spoken(row: CaseDetails, fact: CommunicationSettled, at: datetime) -> Fields:
    return fact.model_dump()


def _informed(row: CaseDetails, fact: InformationReceived, at: datetime) -> Fields:
    return {
        **_missing(fact),
        "complete_at": row.complete_at or fact.complete_at,
        "flags": tuple(sorted({*row.flags, *fact.flags_raised})),
        "asked_fields": tuple(each for each in row.asked_fields if each not in fact.answered),
        "answered_fields": tuple(dict.fromkeys((*row.answered_fields, *fact.answered))),
        "answer_by": row.answer_by if fact.missing else None,
        "lapses_at": None,
    }


def _asked_for(row: CaseDetails, fact: InformationRequested, at: datetime) -> Fields:
    new = tuple(each for each in fact.fields if each not in row.asked_fields)
    return {
        "asked_fields": (*row.asked_fields, *new),
        "asked_before_met": tuple(each for each in row.asked_before_met if each not in fact.fields),
        "answer_by": fact.reply_by or row.answer_by,
    }


def _chased(row: CaseDetails, fact: ChaseStepReached, at: datetime) -> Fields:
    return {"lapses_at": fact.by_at} if fact.act == "warn" else {}


def _chased_no_more(row: CaseDetails, fact: ChaseStopped, at: datetime) -> Fields:
    return {"lapses_at": None}


def _found_incomplete(row: CaseDetails, fact: FoundIncomplete, at: datetime) -> Fields:
    met = tuple(each for each in row.needs_met if each not in fact.needs)
    # What was told of a need that proves wanting counts for nothing, and every other need was met.
    kept = () if fact.needs else (each for each in row.answered_fields if each not in fact.fields)
    stands: Fields = {"needs_met": met, "answered_fields": tuple(kept)}
    return {**_missing(fact), **stands, "complete_at": None, "lapses_at": None}


def _start_corrected(row: CaseDetails, fact: StartCorrected, at: datetime) -> Fields:
    return {"complete_at": fact.at} if fact.moment == "complete" else {}


def _assessed(row: CaseDetails, fact: SeverityAssessed, at: datetime) -> Fields:
    found: Fields = {"severity": fact.severity, "severity_criterion": fact.criterion}
    return {**found, "urgency_stated": fact.urgency_stated}


def _flagged(row: CaseDetails, fact: AdjustmentNoted, at: datetime) -> Fields:
    return {"flags": tuple(sorted({*row.flags, fact.flag}))}


def _unflagged(row: CaseDetails, fact: FlagCleared, at: datetime) -> Fields:
    return {"flags": tuple(flag for flag in row.flags if flag != fact.flag)}


def _contacted(row: CaseDetails, fact: ContactLogged, at: datetime) -> Fields:
    if fact.direction == "inbound":
        return {"lapses_at": None}
    return {"replied": True} if fact.acts else {}


def _notified(row: CaseDetails, fact: NoticeIssued, at: datetime) -> Fields:
    if not fact.to_requester:
        return {}
    named = [each for each in (fact.lapses_at, row.lapses_at) if each is not None]
    return {"replied": True, "lapses_at": max(named, default=None)}


def _reached(row: CaseDetails, fact: MilestoneReached, at: datetime) -> Fields:
    if fact.milestone == deciding.GIVEN:
        return {"decision_given_at": at}
    replied: Fields = {"replied": True} if fact.milestone == waiting.ACCESS_GIVEN else {}
    given = fact.milestone in (waiting.ACCESS_GIVEN, waiting.SENT)
    return {**replied, "access_given_at": at} if given else {}


def _decided(row: CaseDetails, fact: DecisionRecorded, at: datetime) -> Fields:
    return {"decision_given_at": at if deciding.GIVEN in fact.acts else None}


def _given(row: CaseDetails, fact: NoticeGiven, at: datetime) -> Fields:
    return {"decision_given_at": at} if deciding.GIVEN in fact.acts else {}


def _notice_failed(row: CaseDetails, fact: NoticeFailed, at: datetime) -> Fields:
    untold: Fields = {"decision_given_at": None} if deciding.GIVEN in fact.undone else {}
    return {"replied": fact.replied, **untold}


def _need_met(row: CaseDetails, fact: NeedMet, at: datetime) -> Fields:
    met = (*(each for each in row.needs_met if each != fact.need), fact.need)
    asked: Fields = {"asked_before_met": row.asked_fields}
    return {"complete_at": row.complete_at or fact.complete_at, "needs_met": met, **asked}


def _stopped(row: CaseDetails, fact: ClockStopped, at: datetime) -> Fields:
    """One that had ended late was in time after all once a second person has approved that.

    What was not to be done before a day, and was, ended too early and not late.
    """
    this = LateClock(fact.clock, fact.generation)
    late, early = row.late_clocks, fact.due_at is not None and at < fact.due_at
    if fact.outcome == "breached" and not early:
        late = (*late, this)
    elif fact.approved_by:
        late = tuple(each for each in late if each != this)
    lost: Fields = {"access_given_at": None} if fact.cause == UNDELIVERED else {}
    return {"late_clocks": late, "late": bool(late), **lost}


def _resolved(row: CaseDetails, fact: CaseResolved, at: datetime) -> Fields:
    return {
        "outcome": fact.outcome,
        "first_resolved_at": row.first_resolved_at or at,
        "resolutions": row.resolutions + 1,
        "settled_at": None,
        "lapses_at": None,
    }


def _kept_safe(row: CaseDetails, fact: SafeContactSet, at: datetime) -> Fields:
    return {"safe_contact": True}


def _settled(row: CaseDetails, fact: CaseSettled, at: datetime) -> Fields:
    return {"settled_at": at}


def _reopened(row: CaseDetails, fact: CaseReopened, at: datetime) -> Fields:
    again: Fields = {"decision_given_at": None, "access_given_at": None}
    return {"outcome": None, "reopened": row.reopened + 1, "settled_at": None, **again}


def _reviewed(row: CaseDetails, fact: DecisionContested | DecisionReviewed, at: datetime) -> Fields:
    return {"reviews": reviews_after(row.reviews, fact)}


def _appealed(row: CaseDetails, fact: DecisionAppealed | AppealEnded, at: datetime) -> Fields:
    return {"appeals": appeals_after(row.appeals, fact, at)}


def _erased(row: CaseDetails, fact: ContentErased, at: datetime) -> Fields:
    told = ErasureTold(fact.extent, fact.authority, at, str(fact.erasure_id))
    return {"erasures": (*row.erasures, told)}


def _held(row: CaseDetails, fact: CaseHeld, at: datetime) -> Fields:
    return {"holds": row.holds + 1}


def _hold_ended(row: CaseDetails, fact: CaseHoldEnded, at: datetime) -> Fields:
    return {"holds": row.holds - 1}


_OPENS: dict[type[Fact], Callable[[Any, datetime], CaseDetails]] = {
    CaseOpened: _opened,
    CaseImported: _imported,
}
_EVOLVES: dict[type[Fact], Callable[[CaseDetails, Any, datetime], Fields]] = {
    CaseRouted: _routed,
    RoutingConfirmed: _placed,
    CaseAdjudicated: _placed,
    CaseClassified: _classified,
    CommunicationSettled: _spoken,
    StartCorrected: _start_corrected,
    SeverityAssessed: _assessed,
    AdjustmentNoted: _flagged,
    FlagCleared: _unflagged,
    InformationRequested: _asked_for,
    InformationReceived: _informed,
    ChaseStepReached: _chased,
    ChaseStopped: _chased_no_more,
    FoundIncomplete: _found_incomplete,
    NeedMet: _need_met,
    ContactLogged: _contacted,
    NoticeIssued: _notified,
    DecisionRecorded: _decided,
    NoticeGiven: _given,
    MilestoneReached: _reached,
    NoticeFailed: _notice_failed,
    ClockStopped: _stopped,
    CaseResolved: _resolved,
    CaseSettled: _settled,
    CaseReopened: _reopened,
    SafeContactSet: _kept_safe,
    DecisionContested: _reviewed,
    DecisionReviewed: _reviewed,
    DecisionAppealed: _appealed,
    AppealEnded: _appealed,
    ContentErased: _erased,
    CaseHeld: _held,
    CaseHoldEnded: _hold_ended,
}


_MODULES = frozenset(chapter.__name__ for chapter in CHAPTERS)

DETAILS = Projection(
    name="details",
    version=11,
    kind="case",
    topics=frozenset(topic for topic, kind in topics().items() if kind.__module__ in _MODULES),
    row=CaseDetails,
    evolve=evolve,
)
