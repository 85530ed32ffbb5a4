"""Lives: what happened to each case and when, as far as figures ask, in one pass over the log.

A replay, so that it says what was known at any instant and what had happened by any other. Slower
than the views, which hold only how things stand: for reports, not for a board.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from ledger.case import CHAPTERS, clocks
from ledger.case.care import AdjustmentNoted
from ledger.case.chasing import ChaseBegun
from ledger.case.clock_facts import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.communication import CommunicationSettled
from ledger.case.contact import ContactLogged, NoteAdded
from ledger.case.custody import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.history import ActivityRecorded, CaseImported, OwnershipTransferred
from ledger.case.information import InformationReceived, InformationRequested
from ledger.case.intake import CaseClassified, CaseOpened
from ledger.case.outcome import CaseReopened, CaseResolved
from ledger.case.pulling import CasePulled
from ledger.case.routing import CaseRouted
from ledger.case.waiting import WaitingBegan, WaitingEnded
from ledger.facts import Fact, topics
from ledger.store import LedgerStore
from projections.rebuilding import OnProgress, Progress
from projections.spans import BY_OUTCOME
from projections.told import Told, told_by

Way = Literal[
    "new", "transferred_in", "reopened", "reactivated",
    "resolved", "withdrawn", "lapsed", "referred_out", "made_inactive", "transferred_out",
]  # fmt: skip
"""How a case comes into a team's active work and how it leaves it."""


class Move(NamedTuple):
    """A case came into a team's active work, or left it."""

    at: datetime
    way: Way
    team: str | None


class Closing(NamedTuple):
    """A case was resolved: as what, whether the requester had heard from us, and by whom."""

    at: datetime
    kind: str
    replied: bool
    by_person: bool


class Contacted(NamedTuple):
    """A contact with the requester."""

    at: datetime
    inbound: bool
    channel: str
    kinds: tuple[str, ...]


class AskedFor(NamedTuple):
    """A request for information; `again` names fields that an accepted handover held already."""

    at: datetime
    again: tuple[str, ...]


class Entered(NamedTuple):
    """An entry that a person made on a case; `coordinates` if it moved work instead of doing it."""

    at: datetime
    team: str | None
    coordinates: bool


@dataclass(slots=True)
class Life:
    """What happened to one case; lists are in the order in which it was recorded.

    `known_from` is when the ledger first knew of the case: before it nothing could have been seen.
    """

    received_at: datetime
    known_from: datetime
    imported: bool
    channel: str
    request_type: str | None
    programme: str | None = None
    region: str | None = None
    language: str | None = None
    interview_language: str | None = None
    interpreter: str | None = None
    format: str | None = None
    team: str | None = None
    taken_at: datetime | None = None
    transferred_at: datetime | None = None
    """When it was first handed on."""
    replied: bool = False
    adjusted: bool = False
    """Whether somebody needed the office to do something otherwise, at any time."""
    waits: dict[str, tuple[datetime, datetime | None]] = field(
        default_factory=dict[str, tuple[datetime, datetime | None]]
    )
    answered: set[str] = field(default_factory=set[str])
    offered: set[str] = field(default_factory=set[str])
    """What the handover that is under way holds."""
    handed: set[str] = field(default_factory=set[str])
    """What an accepted handover held."""
    moves: list[Move] = field(default_factory=list[Move])
    closings: list[Closing] = field(default_factory=list[Closing])
    returns: list[datetime] = field(default_factory=list[datetime])
    contacts: list[Contacted] = field(default_factory=list[Contacted])
    requests: list[AskedFor] = field(default_factory=list[AskedFor])
    entered: list[Entered] = field(default_factory=list[Entered])
    told_at: datetime | None = None
    """When its latest entry was known."""

    def returned(self, closing: Closing) -> datetime | None:
        """When the case came back after this closing, if a person decided that it did."""
        later = [at for at in self.returns if at >= closing.at]
        return min(later, default=None)

    def open_at(self, at: datetime) -> bool:
        """Whether it was open at an instant."""
        if self.received_at > at:
            return False
        closed = max((each.at for each in self.closings if each.at <= at), default=None)
        return closed is None or any(closed <= back <= at for back in self.returns)

    def waits_at(self, at: datetime) -> bool:
        """Whether it waited for somebody outside at an instant."""
        return any(
            from_at <= at and (to_at is None or to_at > at)
            for from_at, to_at in self.waits.values()
        )

    def open_spans(self, upto: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans of time in which it was open, up to an instant."""
        began: datetime | None = self.received_at
        for closing in sorted(self.closings):
            if began is not None and began <= closing.at:
                yield began, min(closing.at, upto)
                began = self.returned(closing)
        if began is not None and began < upto:
            yield began, upto


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
    progress: OnProgress | None = None,
) -> Lives:
    """What happened to each case, by all entries, or those known and happened by given instants."""
    found: dict[str, Life] = {}
    tip, begins_at = store.tip(), None
    for chunk in store.scan(upto=tip):
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
            _take(found, told)
        if progress is not None:
            progress(Progress(chunk[-1][0], tip))
    return Lives(found, tip, begins_at)


_FOLLOWS = (ClockArmed, ClockPaused, ClockResumed, ClockStopped, ChaseBegun)
"""What follows from another act by itself, under the name of whoever did that: no entry of staff."""


def _take(found: dict[str, Life], told: Told) -> None:
    key = told.stream.partition("/")[2]
    life = found.get(key)
    if life is None:
        opens = _OPENS.get(type(told.fact))
        if opens is None:
            return
        life = found[key] = opens(told.fact, told.known_at)
        life.moves.append(Move(life.received_at, "new", life.team))
    else:
        by = _BY.get(type(told.fact))
        if by is not None:
            by(life, told.fact, told)
    with_it = isinstance(told.fact, CaseRouted | CommunicationSettled)
    by_rule = with_it and life.told_at == told.known_at
    if told.by_person and not (life.imported or by_rule or isinstance(told.fact, _FOLLOWS)):
        life.entered.append(Entered(told.effective_at, life.team, _coordinates(told.fact)))
    life.told_at = told.known_at


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
    )


def _imported(fact: CaseImported, known_at: datetime) -> Life:
    return Life(
        received_at=fact.received_at,
        known_from=known_at,
        imported=True,
        channel=fact.channel,
        request_type=fact.request_type,
        team=fact.team,
    )


def _classified(life: Life, fact: CaseClassified, told: Told) -> None:
    life.request_type, life.programme = fact.request_type, fact.programme
    life.region, life.language = fact.region, fact.language


def _spoken(life: Life, fact: CommunicationSettled, told: Told) -> None:
    life.interview_language, life.interpreter = fact.interview_language, fact.interpreter
    life.format = fact.format


def _to(life: Life, team: str | None, at: datetime) -> None:
    if team != life.team:
        life.moves.append(Move(at, "transferred_out", life.team))
        life.moves.append(Move(at, "transferred_in", team))
        life.team = team


def _routed(life: Life, fact: CaseRouted, told: Told) -> None:
    _to(life, fact.team, told.effective_at)


def _transferred(life: Life, fact: CaseTransferred, told: Told) -> None:
    life.transferred_at = life.transferred_at or told.effective_at
    life.offered = set(life.answered)


def _accepted(life: Life, fact: TransferAccepted, told: Told) -> None:
    life.handed |= life.offered
    _with(life, fact.team, fact.owner, told)


def _pulled(life: Life, fact: CasePulled, told: Told) -> None:
    _with(life, fact.team, fact.owner, told)


def _moved(life: Life, fact: OwnershipTransferred, told: Told) -> None:
    if life.taken_at is not None:
        life.transferred_at = life.transferred_at or told.effective_at
    _with(life, fact.to_team, fact.to_owner, told)


def _with(life: Life, team: str | None, owner: str | None, told: Told) -> None:
    _to(life, team, told.effective_at)
    if owner is not None and life.taken_at is None:
        life.taken_at = told.effective_at


def _wait_began(life: Life, fact: WaitingBegan, told: Told) -> None:
    if all(to_at is not None for _, to_at in life.waits.values()):
        life.moves.append(Move(told.effective_at, "made_inactive", life.team))
    life.waits[str(fact.wait_id)] = (told.effective_at, None)


def _wait_ended(life: Life, fact: WaitingEnded, told: Told) -> None:
    began = life.waits.get(str(fact.wait_id))
    if began is None:
        return
    life.waits[str(fact.wait_id)] = (began[0], told.effective_at)
    if all(to_at is not None for _, to_at in life.waits.values()):
        life.moves.append(Move(told.effective_at, "reactivated", life.team))


def _contacted(life: Life, fact: ContactLogged, told: Told) -> None:
    inbound = fact.direction == "inbound"
    life.replied = life.replied or (not inbound and fact.reached)
    life.contacts.append(Contacted(told.effective_at, inbound, fact.channel, fact.kinds))


def _asked(life: Life, fact: InformationRequested, told: Told) -> None:
    life.replied = True
    again = tuple(sorted(life.handed.intersection(fact.fields)))
    life.requests.append(AskedFor(told.effective_at, again))


def _informed(life: Life, fact: InformationReceived, told: Told) -> None:
    life.answered.update(fact.answered)


def _resolved(life: Life, fact: CaseResolved, told: Told) -> None:
    kind = BY_OUTCOME.get(fact.outcome, "resolved")
    replied = life.replied or fact.replied
    life.closings.append(Closing(told.effective_at, kind, replied, told.by_person))
    life.moves.append(Move(told.effective_at, kind, life.team))


def _reopened(life: Life, fact: CaseReopened, told: Told) -> None:
    life.returns.append(told.effective_at)
    life.moves.append(Move(told.effective_at, "reopened", life.team))


def _coordinates(fact: Fact) -> bool:
    """Whether an entry routes, transfers, accepts, declines, chases, assigns or notes."""
    match fact:
        case ContactLogged():
            return fact.direction == "outbound" and "chase" in fact.kinds
        case CaseRouted() | CaseTransferred() | TransferAccepted() | TransferDeclined():
            return True
        case _:
            return isinstance(fact, NoteAdded)


_OPENS: dict[type[Fact], Callable[[Any, datetime], Life]] = {
    CaseOpened: _opened,
    CaseImported: _imported,
}


def _noted(life: Life, fact: AdjustmentNoted, told: Told) -> None:
    life.adjusted = True


_BY: dict[type[Fact], Callable[[Life, Any, Told], None]] = {
    AdjustmentNoted: _noted,
    CaseClassified: _classified,
    CommunicationSettled: _spoken,
    CaseRouted: _routed,
    CaseTransferred: _transferred,
    TransferAccepted: _accepted,
    CasePulled: _pulled,
    OwnershipTransferred: _moved,
    WaitingBegan: _wait_began,
    WaitingEnded: _wait_ended,
    ContactLogged: _contacted,
    InformationRequested: _asked,
    InformationReceived: _informed,
    CaseResolved: _resolved,
    CaseReopened: _reopened,
}
_STEPS = frozenset({ActivityRecorded.topic, OwnershipTransferred.topic})
_MODULES = frozenset(chapter.__name__ for chapter in CHAPTERS if chapter is not clocks)
_TOPICS = frozenset(topic for topic, kind in topics().items() if kind.__module__ in _MODULES)
"""All that happens on a case but what its clocks do by themselves."""
