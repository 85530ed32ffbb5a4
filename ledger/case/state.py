"""A case as its decisions need it: folded from its entries' office part, one frozen value.

Each chapter registers how the case evolves by its facts (`evolves`) and decides its commands (`decides`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

from ledger.case.known.answered import (
    Appeal,
    Decided,
    Notice,
    Promises,
    Readiness,
    Resolution,
    Reviewed,
)
from ledger.case.known.approvals import Approval, ToldLate, after_use, told_late
from ledger.case.known.chases import Chase
from ledger.case.known.escalated import Escalation
from ledger.case.known.handed import Handover, Proposal
from ledger.case.known.items import PrivilegeKind, RecordItem
from ledger.case.known.moves import Moves
from ledger.case.known.owed import Owed
from ledger.case.known.spoken import Spoken
from ledger.case.known.timed import Clock, Wait
from ledger.commands import Circumstances, Command
from ledger.entry import Entry, Happened
from ledger.errors import CaseNotFound, InvalidCommand, UnlawfulTransition
from ledger.facts import Fact
from ledger.policy.document.conditions import Severity
from ledger.policy.telling.safe_contact import SafeContact


@dataclass(frozen=True)
class Case:
    """What is known of a case when the next command is decided."""

    opened: bool = False
    imported: bool = False
    status: Literal["open", "resolved"] = "open"
    version: int = 0
    known_at: datetime | None = None

    # Intake: what is asked for, and what is said of it.
    channel: str = ""
    request_type: str | None = None
    programme: str | None = None
    region: str | None = None
    language: str | None = None
    severity: Severity = "other"
    severity_criterion: str | None = None
    urgency_stated: bool = False
    effort_points: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    answered: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    needs: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """When each need of a complete request besides its fields was met."""
    asked: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict[UUID, tuple[str, ...]])
    chase: Chase | None = None
    received_at: datetime | None = None
    reached_office_at: datetime | None = None
    complete_at: datetime | None = None
    informed_at: datetime | None = None

    # People.
    requester: UUID | None = None
    parties: frozenset[tuple[UUID, str]] = frozenset()
    spoken: Spoken = field(default_factory=Spoken)
    safe_contact: SafeContact | None = None
    flags: frozenset[str] = frozenset()
    adjustments: frozenset[UUID] = frozenset()
    clearing: Mapping[str, str] = field(default_factory=dict[str, str])

    # Custody and work: who has it, on what way it is, what is owed on it.
    team: str | None = None
    owner: str | None = None
    since: datetime | None = None
    lane: str | None = None
    compartment: str | None = None
    skipped: frozenset[str] = frozenset()
    proposal: Proposal | None = None
    handover: Handover | None = None
    transfers: frozenset[UUID] = frozenset()
    declined: frozenset[UUID] = frozenset()
    moves: Moves = field(default_factory=Moves)
    owed: Owed = field(default_factory=Owed)

    # Clocks, and what they wait for.
    clocks: Mapping[str, Clock] = field(default_factory=dict[str, Clock])
    waits: tuple[Wait, ...] = ()
    milestones: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    told_late: Mapping[str, ToldLate] = field(default_factory=dict[str, ToldLate])
    """The acts among them that a person entered afterwards."""
    extensions: Mapping[UUID, Mapping[str, bool]] = field(
        default_factory=dict[UUID, Mapping[str, bool]]
    )
    """By extension who must be told of it, and whether they were."""
    approvals: tuple[Approval, ...] = ()
    """What second persons approved of what is dated back."""
    refusals: frozenset[tuple[str, int, datetime]] = frozenset()
    """What they refused: of a clock and its generation, the minute at which it had not ended."""

    # Escalation.
    escalations: Mapping[UUID, Escalation] = field(default_factory=dict[UUID, Escalation])
    acknowledged: frozenset[UUID] = frozenset()
    delivered: frozenset[UUID] = frozenset()
    alarms: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    owner_acted_at: datetime | None = None
    """When its owner last made an entry on it; nobody asks before there is an alarm."""

    # Contact.
    contacts: frozenset[UUID] = frozenset()
    spoken_at: datetime | None = None
    """When the requester was last reached by a contact."""
    calls: frozenset[UUID] = frozenset()
    tries: Mapping[tuple[str, date], int] = field(default_factory=dict[tuple[str, date], int])
    """Of each draw the calls tried in vain, or -1 once the requester was reached."""
    promises: Promises = field(default_factory=Promises)
    notices: Mapping[UUID, Notice] = field(default_factory=dict[UUID, Notice])
    notes: frozenset[UUID] = frozenset()
    external_ids: frozenset[UUID] = frozenset()
    """The records by which it is called elsewhere, beside the one that it was opened with."""
    items: Mapping[UUID, RecordItem] = field(default_factory=dict[UUID, RecordItem])
    privileged: Mapping[int, PrivilegeKind] = field(default_factory=dict[int, PrivilegeKind])
    """The versions of the entries that are privileged since they were made, each of which kind."""

    # Outcome.
    decisions: frozenset[UUID] = frozenset()
    decided: Decided | None = None
    readiness: Readiness = field(default_factory=Readiness)
    review: Reviewed | None = None
    contested: Mapping[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    """By the case that reviews it, which decision of this one is reviewed."""
    appeals: Mapping[UUID, Appeal] = field(default_factory=dict[UUID, Appeal])
    """What its decisions were taken to: a hold of the same id keeps the case for each while it is open."""
    overturned: frozenset[UUID] = frozenset()
    """Its decisions of which a review, a regulator or a court found that they do not stand as they were made."""
    resolution: Resolution | None = None
    """None while the case is open."""
    resolutions: int = 0
    """How often it was resolved."""
    returns: Mapping[UUID, str] = field(default_factory=dict[UUID, str])

    # What it is bound to, and where it came from.
    links: frozenset[tuple[UUID, str]] = frozenset()
    linked_at: datetime | None = None
    """When it was last said to belong with another case, in whatever way."""
    holds: frozenset[UUID] = frozenset()
    """What keeps it from being erased or disposed of."""
    erasures: Mapping[UUID, bool] = field(default_factory=dict[UUID, bool])
    """The erasures that reached it, and of each whether the case was disposed of by it."""
    source_holder: tuple[str | None, str | None] = (None, None)
    source_rows: tuple[bytes, ...] = ()

    @property
    def waiting(self) -> Wait | None:
        """The wait that holds now: of those open, the one that began first."""
        running = [wait for wait in self.waits if wait.to_at is None]
        return min(running, key=lambda wait: wait.from_at) if running else None

    @property
    def immediate(self) -> bool:
        """Whether it is of immediate danger, by its severity or by the rule that routed it."""
        return self.severity == "immediate_danger" or self.lane == "immediate"

    @property
    def to_be_adjudicated(self) -> bool:
        """Whether nobody takes it up before it is said where it belongs; in immediate danger somebody does."""
        return self.moves.decide_by is not None and not self.immediate

    @property
    def replied(self) -> bool:
        """Whether the requester had a reply: was reached, or was issued a notice that did not fail."""
        return self.heard_at is not None

    @property
    def heard_at(self) -> datetime | None:
        """When the requester last heard from us: was reached, or was issued a notice that did not fail."""
        notices = self.notices.values()
        heard = [each.issued_at for each in notices if each.to_requester and not each.failed_at]
        return max([*heard, self.spoken_at] if self.spoken_at else heard, default=None)

    @property
    def outcome(self) -> str | None:
        """How it was resolved; None while it is open."""
        return self.resolution.outcome if self.resolution else None

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved; None while it is open."""
        return self.resolution.at if self.resolution else None

    @property
    def own_clocks(self) -> tuple[Clock, ...]:
        """Its open clocks that are reckoned here: not a deadline that another system stated."""
        return tuple(each for each in self.clocks.values() if each.open and each.policy is not None)

    @property
    def paused(self) -> bool:
        return any(wait.to_at is None for wait in self.waits)

    def known(self) -> Case:
        """The case itself; CaseNotFound if it was never opened."""
        if not self.opened:
            raise CaseNotFound("No such case is in this ledger: check the reference.")
        return self

    def unresolved(self, around: Circumstances) -> Case:
        """The case itself; refused once it is resolved, and for what is said to have happened before its receipt."""
        if self.known().status == "resolved":
            raise UnlawfulTransition(
                "The case is resolved: reopen it first (`ReopenCase`), or open a new case and link it.",
                rule="resolved-is-closed",
            )
        return self.not_before_receipt(around)

    def not_before_receipt(self, around: Circumstances) -> Case:
        """The case itself; refused for what is said to have happened before its receipt."""
        _refuse_before(self.received_at, around, "was received")
        return self

    def in_place(self, around: Circumstances) -> Case:
        """The case itself; refused for a move said to have happened before the case came to where it is."""
        _refuse_before(self.known().since, around, "came to where it is")
        return self


def _refuse_before(since: datetime | None, around: Circumstances, what: str) -> None:
    if since is not None and around.effective_at < since:
        raise InvalidCommand(
            f"The case {what} at {around.in_office(since)}, so this cannot have happened before: give a later time."
        )


EvolveBy = Callable[[Case, Any, datetime], Case]
Decide = Callable[[Case, Any, Circumstances], Sequence[Happened]]
EvolveByWhom = Callable[[Case, Any, Happened | Entry], Case]
_EVOLVES: dict[type[Fact], EvolveBy] = {}
_EVOLVES_BY_WHOM: dict[type[Fact], EvolveByWhom] = {}
DECISIONS: dict[type[Command], Decide] = {}

E = TypeVar("E", bound=EvolveBy)
W = TypeVar("W", bound=EvolveByWhom)
D = TypeVar("D", bound=Decide)


def evolves(kind: type[Fact]) -> Callable[[E], E]:
    """Registers how a case evolves by a fact: `(case, fact, effective_at) -> case`."""

    def register(by: E) -> E:
        _EVOLVES[kind] = by
        return by

    return register


def evolves_by_whom(kind: type[Fact]) -> Callable[[W], W]:
    """Registers how a case evolves by a fact of which it matters who acted: `(case, fact, happened) -> case`."""

    def register(by: W) -> W:
        _EVOLVES_BY_WHOM[kind] = by
        return by

    return register


def decides(kind: type[Command]) -> Callable[[D], D]:
    """Registers how a command asked of a case is decided."""

    def register(decide: D) -> D:
        DECISIONS[kind] = decide
        return decide

    return register


def evolve(case: Case, happened: Happened | Entry) -> Case:
    """The case after one more fact; total: a fact that changes nothing here leaves it as it is but for its place."""
    fact, context, before = happened.fact, happened.context, case.milestones
    by = _EVOLVES.get(type(fact))
    if by is not None:
        case = by(case, fact, context.effective_at)
    elif (by_whom := _EVOLVES_BY_WHOM.get(type(fact))) is not None:
        case = by_whom(case, fact, happened)
    if case.approvals:
        case = changed(case, approvals=after_use(case.approvals, happened))
    if case.alarms and happened.actor.id == case.owner:
        case = changed(case, owner_acted_at=context.known_at)
    if case.milestones is not before:
        late = told_late(case.told_late, happened, before=before, after=case.milestones)
        case = changed(case, told_late=late)
    return changed(case, version=case.version + 1, known_at=context.known_at)


class Decision:
    """Gathers what happens while a command is decided, so that each consequence sees the facts before it.

    It begins with the case as it stands: the states after each fact are those that the writer goes on with.
    """

    def __init__(self, case: Case, around: Circumstances) -> None:
        self.case = case
        self.around = around
        self.happened: list[Happened] = []

    def happens(self, fact: Fact, *, at: datetime | None = None) -> None:
        """One more fact; `at` if it happened at another instant than the command says."""
        happened = self.around.happened(fact, at=at)
        self.case = evolve(self.case, happened)
        self.happened.append(Happened(fact, happened.actor, happened.context, after=self.case))


def reached(case: Case, *acts: str, at: datetime) -> Case:
    """The case, these acts done; of an act that was done before, the first time stays."""
    return changed(case, milestones={**dict.fromkeys(acts, at), **case.milestones})


def changed(case: Case, **fields: Any) -> Case:
    """The case with these fields changed: `dataclasses.replace` without its cost, which every command would pay."""
    fresh = object.__new__(Case)
    fresh.__dict__.update(case.__dict__)
    fresh.__dict__.update(fields)
    return fresh
