"""Lives: what happened to each case and when, as far as figures ask, in one pass over the log.

A replay, so that it says what was known at any instant and what had happened by any other. Slower
than the views, which hold only how things stand: for reports, not for a board.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.case import CHAPTERS
from ledger.case.clocks import running
from ledger.case.clocks.restating import StartCorrected
from ledger.case.clocks.waiting import WaitingBegan, WaitingEnded
from ledger.case.contact.contacts import ContactLogged, NoteAdded
from ledger.case.custody.adjudication import CaseAdjudicated
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.history.imported import ActivityRecorded, CaseImported, OwnershipTransferred
from ledger.case.intake.incomplete import FoundIncomplete
from ledger.case.intake.information import InformationReceived, InformationRequested
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.review import ReviewOpened
from ledger.case.people.care import AdjustmentNoted
from ledger.case.people.communication import CommunicationSettled
from ledger.case.people.concerned import CasePartyAdded, CasePartyRemoved
from ledger.facts import Fact, topics
from ledger.store import LedgerStore
from projections.fold.told import Told, told_by
from projections.one_case.life import AskedFor, Closing, Contacted, Entered, Life
from projections.rows.spans import BY_OUTCOME, evolve
from projections.store.progress import OnProgress, Progress


@dataclass(frozen=True, slots=True)
class Lives:
    """Every case that was known, by its id; `begins_at` is the first step that any other system's history tells.

    Up to date as of entry `position`, as known at and as of instants where they were asked.
    """

    cases: dict[str, Life]
    position: int
    begins_at: datetime | None


def lives(
    store: LedgerStore,
    *,
    known_at: datetime | None = None,
    as_of: datetime | None = None,
    since: Lives | None = None,
    progress: OnProgress | None = None,
) -> Lives:
    """What happened to each case, by all entries, or those known and happened by given instants.

    `since` is what an earlier pass found, asked the same: it is gone on from, and stays as it is.
    """
    before = Lives({}, 0, None) if since is None else since
    found, tip, begins_at = dict(before.cases), store.tip(), before.begins_at
    for chunk in store.scan(after=before.position, upto=tip):
        for row in chunk:
            if row[3] not in _TOPICS:
                continue
            told = told_by(*row)
            if known_at is not None and told.known_at > known_at:
                continue
            if as_of is not None and told.effective_at > as_of:
                continue
            if told.topic in _STEPS and (begins_at is None or told.effective_at < begins_at):
                begins_at = told.effective_at
            key = told.stream.partition("/")[2]
            if (life := found.get(key)) is not None and life is before.cases.get(key):
                found[key] = life.apart()
            _take(found, key, told)
        if progress is not None:
            progress(Progress(chunk[-1][0], tip))
    return Lives(found, tip, begins_at)


def _take(found: dict[str, Life], key: str, told: Told) -> None:
    life = found.get(key)
    if life is None:
        opens = _OPENS.get(type(told.fact))
        if opens is None:
            return
        life = found[key] = opens(told.fact, told.known_at)
    elif (by := _BY.get(type(told.fact))) is not None:
        by(life, told.fact, told)
    life.spans = evolve(life.spans, told)
    if life.taken_at is None and life.spans[-1].owner is not None:
        life.taken_at = told.effective_at
    follows = told.command == life.command
    if told.by_person and not (life.imported or follows):
        life.entered.append(Entered(told.effective_at, life.team, _coordinates(told.fact)))
    life.command = told.command


def _opened(fact: CaseOpened, known_at: datetime) -> Life:
    return Life(
        received_at=fact.reached_body_at,
        known_from=known_at,
        imported=False,
        channel=fact.channel,
        request_type=fact.request_type,
        programme=fact.programme,
        region=fact.region,
        language=fact.language,
        answered=set(fact.answered),
        requester=fact.requester is not None,
    )


def _imported(fact: CaseImported, known_at: datetime) -> Life:
    return Life(
        received_at=fact.received_at,
        known_from=known_at,
        imported=True,
        channel=fact.channel,
        request_type=fact.request_type,
    )


def _classified(life: Life, fact: CaseClassified, told: Told) -> None:
    life.request_type, life.programme = fact.request_type, fact.programme
    life.region, life.language = fact.region, fact.language


def _start_corrected(life: Life, fact: StartCorrected, told: Told) -> None:
    if fact.moment == "reached_body":
        life.received_at = fact.at


def _spoken(life: Life, fact: CommunicationSettled, told: Told) -> None:
    life.interview_language, life.interpreter = fact.interview_language, fact.interpreter
    life.format = fact.format


def _transferred(life: Life, fact: CaseTransferred, told: Told) -> None:
    life.transferred_at = life.transferred_at or told.effective_at
    life.offered = set(life.answered)


def _given_back(life: Life, fact: CaseReturned, told: Told) -> None:
    life.transferred_at = life.transferred_at or told.effective_at


def _accepted(life: Life, fact: TransferAccepted, told: Told) -> None:
    life.handed |= life.offered


def _moved(life: Life, fact: OwnershipTransferred, told: Told) -> None:
    if life.taken_at is not None:
        life.transferred_at = life.transferred_at or told.effective_at


def _wait_began(life: Life, fact: WaitingBegan, told: Told) -> None:
    life.waits[str(fact.wait_id)] = (told.effective_at, None)


def _wait_ended(life: Life, fact: WaitingEnded, told: Told) -> None:
    began = life.waits.get(str(fact.wait_id))
    if began is not None:
        life.waits[str(fact.wait_id)] = (began[0], told.effective_at)


def _contacted(life: Life, fact: ContactLogged, told: Told) -> None:
    inbound = fact.direction == "inbound"
    life.contacts.append(Contacted(told.effective_at, inbound, fact.channel, fact.kinds))


def _asked(life: Life, fact: InformationRequested, told: Told) -> None:
    again = tuple(sorted(life.handed.intersection(fact.fields)))
    life.requests.append(AskedFor(told.effective_at, again))


def _informed(life: Life, fact: InformationReceived, told: Told) -> None:
    life.answered.update(fact.answered)


def _review_opened(life: Life, fact: ReviewOpened, told: Told) -> None:
    life.answered.update(fact.held_there)


def _found_incomplete(life: Life, fact: FoundIncomplete, told: Told) -> None:
    life.answered.difference_update(fact.fields)


def _resolved(life: Life, fact: CaseResolved, told: Told) -> None:
    kind = BY_OUTCOME.get(fact.outcome, "resolved")
    life.closings.append(
        Closing(told.effective_at, kind, fact.replied, told.by_person, fact.settles_at)
    )


def _reopened(life: Life, fact: CaseReopened, told: Told) -> None:
    life.returns.append(told.effective_at)


_MOVES_WORK = (
    CaseRouted, RoutingConfirmed, CaseAdjudicated, CaseTransferred, TransferAccepted, TransferDeclined,
    CaseReturned, NoteAdded,
)  # fmt: skip


def _coordinates(fact: Fact) -> bool:
    """Whether an entry routes, transfers, accepts, declines, chases, assigns or notes."""
    match fact:
        case ContactLogged():
            return fact.direction == "outbound" and "chase" in fact.kinds
        case CasePulled():
            return fact.assigned
        case _:
            return isinstance(fact, _MOVES_WORK)


_OPENS: dict[type[Fact], Callable[[Any, datetime], Life]] = {
    CaseOpened: _opened,
    CaseImported: _imported,
}


def _noted(life: Life, fact: AdjustmentNoted, told: Told) -> None:
    life.adjusted = True


def _concerned(life: Life, fact: CasePartyAdded | CasePartyRemoved, told: Told) -> None:
    if fact.role == "requester":
        life.requester = isinstance(fact, CasePartyAdded)


_BY: dict[type[Fact], Callable[[Life, Any, Told], None]] = {
    AdjustmentNoted: _noted,
    CasePartyAdded: _concerned,
    CasePartyRemoved: _concerned,
    CaseClassified: _classified,
    CommunicationSettled: _spoken,
    StartCorrected: _start_corrected,
    CaseTransferred: _transferred,
    CaseReturned: _given_back,
    TransferAccepted: _accepted,
    OwnershipTransferred: _moved,
    WaitingBegan: _wait_began,
    WaitingEnded: _wait_ended,
    ContactLogged: _contacted,
    InformationRequested: _asked,
    InformationReceived: _informed,
    FoundIncomplete: _found_incomplete,
    ReviewOpened: _review_opened,
    CaseResolved: _resolved,
    CaseReopened: _reopened,
}
_STEPS = frozenset({ActivityRecorded.topic, OwnershipTransferred.topic})
_MODULES = frozenset(chapter.__name__ for chapter in CHAPTERS if chapter is not running)
_TOPICS = frozenset(topic for topic, kind in topics().items() if kind.__module__ in _MODULES)
"""All that happens on a case but what its clocks do by themselves."""
