"""A disclosure as its decisions need it: folded from its entries' office part, one frozen value.

Each room registers how the disclosure evolves by its facts (`evolves`) and decides its commands (`decides`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias, TypeVar
from uuid import UUID

from ledger.commands import Circumstances, Command
from ledger.entry import Entry, Happened
from ledger.errors import DisclosureNotFound, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact
from ledger.policy.document.disclosing import Audience, ConsultationKind
from ledger.policy.in_force import PolicyVersion

STREAM = "disclosure"
"""The kind of stream that a disclosure is; who is no member of the access office does not write there."""

LINE = "line"
"""In the place of a slot: the whole entry, where even its topic says too much."""

Outcome: TypeAlias = Literal["release", "withhold"]
Claim: TypeAlias = Literal["whole_stream", "stated_scope", "none"]
"""What a release claims of completeness. `whole_stream`: each stream is given to its last entry as of the
checkpoint, every entry shown or counted by its digest. `stated_scope`: the entries in scope and those
between them, without how many there are. `none`: entries that stand each for itself; of what is withheld
as a whole line nothing is given, not even that it is there."""
Subject: TypeAlias = tuple[str, int, str] | str
"""What can be treated one way or another: a slot by stream, version and name, or a document by its mark."""
Treatment: TypeAlias = tuple[str, tuple[str, ...]]
"""How: `shown`, `withheld`, or the words that are, such as `words 3-5`; and under which exemptions."""
SlotKey: TypeAlias = tuple[int, str]
"""A slot of a stream: the version of its entry, and its name."""
Range: TypeAlias = tuple[int, int]
"""Pieces of a text, from the first to before the end."""
Proposed: TypeAlias = tuple[str, int, str, Range | None]
"""What a finder would withhold: of which stream, entry and slot, all of it or which words."""


@dataclass(frozen=True, slots=True)
class Treated:
    """How a slot, some words of it or an item is treated, and under which exemptions if it is withheld.

    `terms` is what else was said in clear: said otherwise, it is another decision.
    """

    outcome: Outcome
    exemptions: tuple[str, ...] = ()
    policy: str = ""
    terms: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotReviewed:
    """What was decided of a slot: of all of it, if anything was, and of words within."""

    whole: Treated | None = None
    words: Mapping[Range, Treated] = field(default_factory=dict[Range, Treated])

    @property
    def withheld(self) -> tuple[Treated, ...]:
        """What of it is withheld: all of it, or the words that are."""
        if self.whole is None or self.whole.outcome == "withhold":
            return (self.whole,) if self.whole else ()
        return tuple(each for each in self.words.values() if each.outcome == "withhold")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stream that the scope covers, up to a version: its personal slots, and what was decided of any slot.

    `pieces` gives how many a personal text has, 0 for a value that is no text. `whole` says that every
    entry up to that version is in scope. One without versions was in an earlier scope.
    """

    upto_version: int
    whole: bool
    versions: frozenset[int]
    pieces: Mapping[SlotKey, int]
    reviewed: Mapping[SlotKey, SlotReviewed] = field(default_factory=dict[SlotKey, SlotReviewed])

    @property
    def undecided(self) -> tuple[SlotKey, ...]:
        """The personal slots of which nobody has decided as a whole, of entries that are shown at all."""
        return tuple(
            key
            for key in self.pieces
            if ((found := self.reviewed.get(key)) is None or found.whole is None)
            and not self.hidden(key[0])
        )

    def hidden(self, version: int) -> bool:
        """Whether an entry is withheld as a whole line."""
        found = self.reviewed.get((version, LINE))
        return found is not None and found.whole is not None and found.whole.outcome == "withhold"


@dataclass(frozen=True, slots=True)
class Item:
    """A document that lies outside the ledger, listed in this disclosure.

    `mark` is the keyed digest by which the same document is known again; `lead` the item that it is a
    duplicate of.
    """

    pages: int
    mark: str | None
    privileged: bool = False
    lead: UUID | None = None
    disposition: str | None = None
    treated: Treated | None = None
    waived_for: frozenset[Audience] = frozenset()
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the finder of personal data proposed to withhold, until a person has decided it."""

    stream: str
    version: int
    slot: str
    words: Range | None
    exemption: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Consultation:
    """A third party or body that is consulted: by when they answer, and before when nothing is released."""

    kind: ConsultationKind
    represent_by_at: datetime | None
    decide_by_at: datetime | None
    answered: bool = False
    decided: bool = False
    not_before_at: datetime | None = None
    review_open: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What is treated otherwise than before, and whether an officer has said why."""

    of: Subject
    after: Treatment
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """A release: authorised, then made and recorded, then delivered or not; with what was decided when it was made."""

    number: int
    audience: Audience
    bundle: str | None = None
    released_at: datetime | None = None
    delivered_at: datetime | None = None
    failed: bool = False
    thought_at: datetime | None = None
    """When it was thought to be delivered, where it failed all the same."""
    streams: Mapping[str, Drawn] = field(default_factory=dict[str, Drawn])
    items: Mapping[UUID, Item] = field(default_factory=dict[UUID, Item])


@dataclass(frozen=True, slots=True)
class Fees:
    """What was estimated, waived, paid and refunded, in cents."""

    estimated: int | None = None
    deposit: int = 0
    waived: int = 0
    paid: int = 0
    refunded: int = 0
    waiver_asked: bool = False
    settled: bool = False
    took: int | None = None
    """What the request really took, once that is settled."""

    @property
    def total(self) -> int:
        """What is to be paid in all: what it took, which binds nobody to more than was estimated, but for a waiver."""
        estimated = self.estimated or 0
        fee = estimated if self.took is None else min(self.took, estimated)
        return max(0, fee - self.waived)

    @property
    def over(self) -> int:
        """What was paid beyond that, and is to be given back."""
        return max(0, self.paid - self.refunded - self.total)

    @property
    def owed(self) -> int:
        """What is still to be paid before the answer is given."""
        return max(0, self.total - self.paid)


@dataclass(frozen=True)
class Disclosure:
    """What is known of a disclosure when the next command is decided."""

    opened: bool = False
    case_id: UUID | None = None
    audience: Audience = "applicant"
    party: UUID | None = None
    publishes: UUID | None = None
    """The disclosure whose answer this one gives to everybody."""
    unpublished: bool = False
    """It was decided, last, that its answer is not published."""
    published: bool = False
    """It was decided, last, that its answer is published, not before `publish_from_at`."""
    publish_from_at: datetime | None = None
    cases: tuple[UUID, ...] = ()
    unrestricted: bool = False
    """The scope is whole streams: neither instants nor kinds of entry narrow it."""
    clarifying: bool = False
    scoped: bool = False
    searches: frozenset[UUID] = frozenset()
    fees: Fees = field(default_factory=Fees)
    items: Mapping[UUID, Item] = field(default_factory=dict[UUID, Item])
    streams: Mapping[str, Drawn] = field(default_factory=dict[str, Drawn])
    proposals: Mapping[UUID, Proposal] = field(default_factory=dict[UUID, Proposal])
    proposed: Mapping[Proposed, UUID] = field(default_factory=dict[Proposed, UUID])
    """What was proposed, whatever was answered."""
    consultations: Mapping[UUID, Consultation] = field(default_factory=dict[UUID, Consultation])
    claim: Claim | None = None
    deciders: frozenset[str] = frozenset()
    approved: bool = False
    answered: bool = False
    """The decision notice is recorded."""
    compared: bool = False
    """The guard has compared what stands now with what was released before."""
    differences: Mapping[UUID, Difference] = field(default_factory=dict[UUID, Difference])
    releases: Mapping[UUID, Release] = field(default_factory=dict[UUID, Release])
    time_logged: frozenset[UUID] = frozenset()
    heads_ups: frozenset[UUID] = frozenset()
    ended: bool = False
    """It was begun by mistake, and answers nothing."""
    version: int = 0

    @property
    def answers(self) -> bool:
        """Whether somebody was answered by it: the decision was given, or a release was made."""
        return self.answered or self.last_release is not None

    def gave_access_on(self, case_id: UUID) -> bool:
        """Whether it is of the request that this case is, and a release of it reached whoever asked."""
        theirs = self.case_id == case_id and self.audience in ("applicant", "subject")
        return theirs and any(
            each.delivered_at is not None and not each.failed for each in self.releases.values()
        )

    def lost_access_on(self, case_id: UUID) -> datetime | None:
        """Since when whoever asked by this case was thought to have what never arrived; None if they have a release."""
        theirs = self.case_id == case_id and self.audience in ("applicant", "subject")
        thought = [
            each.thought_at for each in self.releases.values() if each.thought_at and each.failed
        ]
        return min(thought, default=None) if theirs and not self.gave_access_on(case_id) else None

    def known(self) -> Disclosure:
        """The disclosure itself; DisclosureNotFound if it was never opened."""
        if not self.opened:
            raise DisclosureNotFound(
                "No such disclosure is in this ledger: check its id with `caseledger disclosure`."
            )
        return self

    @property
    def drawn(self) -> dict[str, Drawn]:
        """The streams in scope."""
        return {stream: each for stream, each in self.streams.items() if each.versions}

    @property
    def last_release(self) -> Release | None:
        """The release that was made last, if one was."""
        made = [each for each in self.releases.values() if each.released_at is not None]
        return max(made, key=lambda each: each.number, default=None)

    @property
    def pending_release(self) -> UUID | None:
        """The release that is authorised and not made yet."""
        return next((key for key, each in self.releases.items() if each.bundle is None), None)


class DisclosureCommand(Command):
    """Something asked of a disclosure."""

    asked_of = (STREAM, "disclosure_id")

    disclosure_id: UUID


DecideBy = Callable[[Disclosure, Any, Circumstances], Sequence[Happened]]
EvolveBy = Callable[[Disclosure, Any, Happened | Entry], Disclosure]
DECISIONS: dict[type[Command], DecideBy] = {}
_EVOLVES: dict[type[Fact], EvolveBy] = {}
D = TypeVar("D", bound=DecideBy)
E = TypeVar("E", bound=EvolveBy)


def decides(kind: type[Command]) -> Callable[[D], D]:
    """Registers how a command is decided."""

    def register(decide: D) -> D:
        DECISIONS[kind] = decide
        return decide

    return register


def evolves(kind: type[Fact]) -> Callable[[E], E]:
    """Registers how a disclosure evolves by a fact: `(disclosure, fact, happened) -> disclosure`."""

    def register(by: E) -> E:
        _EVOLVES[kind] = by
        return by

    return register


def evolve(state: Disclosure, happened: Happened | Entry) -> Disclosure:
    """The disclosure after one more fact."""
    by = _EVOLVES.get(type(happened.fact))
    state = state if by is None else by(state, happened.fact, happened)
    return replace(state, version=state.version + 1)


def reviewed_anew(state: Disclosure, happened: Happened | Entry, **fields: Any) -> Disclosure:
    """The disclosure with these fields, its approval and its comparison void: what they were of has changed."""
    deciders = state.deciders | {happened.actor.id}
    fresh: dict[str, Any] = {"approved": False, "compared": False, "deciders": deciders}
    return replace(state, **(fresh | fields))


def in_force(around: Circumstances) -> PolicyVersion:
    """The policy in force when this is decided."""
    return around.policies.in_force(around.now)


def officer(around: Circumstances, *, does: str) -> PolicyVersion:
    """The policy in force; refused to a machine, and to whoever acts for a team other than the access office."""
    version = in_force(around)
    if around.actor.kind != "person":
        raise NotAuthorised(f"A machine {does}: let a person of the access office do it.")
    member_of_office(around)
    return version


def member_of_office(around: Circumstances) -> None:
    """Refused to whoever acts for a team other than the access office: a disclosure is a compartment of its own."""
    teams = in_force(around).policy.disclosure.teams
    if teams and around.actor.kind == "person" and around.actor.team not in teams:
        raise NotAuthorised(
            f"{around.actor.id} acts for {around.actor.team}, and disclosures are kept by "
            f"{', '.join(teams)}: let somebody there do it."
        )


def local_date(around: Circumstances, at: datetime | None = None) -> date:
    """The date at the office when it happened, or at an instant."""
    version = in_force(around)
    zone = version.policy.office.zone
    return version.compiled.calendars.days_of(zone).date_of(at or around.effective_at)


def refuse_pending(state: Disclosure) -> None:
    """Refuses a change of what a release that is being made shows."""
    if state.pending_release is not None:
        raise UnlawfulTransition(
            "A release of this disclosure is being made: finish it with `caseledger disclosure release`, "
            "then change what the next one shows.",
            rule="release-under-way",
        )
