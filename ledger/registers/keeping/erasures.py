"""Erasures: proposed on a named authority, approved by a second person, refused while anything in them is held.

The erasure of a person and the disposal of a list of cases are decided alike and carried out alike: keys
are destroyed, and what is left is the skeleton of what happened, under the authority that is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    PartyNotFound,
    UnlawfulTransition,
)
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream
from ledger.input.fitting import TOO_BIG
from ledger.policy.acting.roles import refuse_without
from ledger.policy.document.policy import Policy
from ledger.registers.keeping.disposals import DisposalItem, refuse_reopened, refuse_undue

Authority = Literal["schedule", "order", "error_corrected", "consent_withdrawn"]
"""On what an erasure rests: an approved schedule, an order, the correction of an error, consent withdrawn."""
Act = Literal["propose", "approve", "carry_out"]


@fact
class ErasureProposed(Fact):
    """Somebody proposed to erase what is recorded of a person, of whole cases, or of cases that are due.

    Of a person, what is about them is erased wherever it lies; of `cases`, all that is personal in them.
    """

    authority: Authority
    party: UUID | None
    cases: tuple[UUID, ...]
    disposal: tuple[DisposalItem, ...]
    proposed_by: str
    instrument: PersonalText
    reason: PersonalText


@fact
class ErasureApproved(Fact):
    """A second person approved it."""

    approved_by: str


@fact
class ErasureRefused(Fact):
    """An attempt was refused, because these cases are held."""

    act: Act
    asked_by: str
    held: tuple[UUID, ...]


@fact
class ArchivesReceived(Fact):
    """The archives have what is theirs of these cases: a file with this digest, and their receipt for it."""

    cases: tuple[UUID, ...]
    size_bytes: int
    digest: PersonalText
    receipt: PersonalText


@fact
class ErasureBegun(Fact):
    """From here on these keys (base64url ids) are to be destroyed and nobody opens what they sealed.

    `streams` are those in which something of it was sealed. It is brought to its end whatever interrupts it.
    """

    keys: tuple[str, ...]
    streams: tuple[str, ...]
    begun_by: str


@fact
class ErasureCarriedOut(Fact):
    """The keys are destroyed, the sealed parts deleted and the files swept: the certificate.

    The vault is wrapped under the master key of `epoch`. Backups made before can still be read with the
    master key that was destroyed, until `backups_until`; None if the policy does not say. `releases` are
    streams by which something was given out before, and no key reaches that.
    """

    keys_destroyed: int
    parts_deleted: int
    epoch: int
    backups_until: date | None
    releases: tuple[str, ...]


class ErasureCommand(Command):
    """Something asked of an erasure."""

    asked_of = ("erasure", "erasure_id")

    erasure_id: UUID


class ProposeErasure(ErasureCommand):
    """Propose to erase what is recorded of a person or of cases, on a named authority.

    `touched` are the cases in which something of the person is sealed, as the vault knows them.
    """

    authority: Authority
    party: UUID | None = None
    cases: tuple[UUID, ...] = ()
    disposal: tuple[DisposalItem, ...] = ()
    touched: tuple[UUID, ...] = ()
    instrument: str | None = None
    reason: str | None = None


class ApproveErasure(ErasureCommand):
    """Approve an erasure that somebody else proposed."""

    touched: tuple[UUID, ...] = ()


class RecordArchivesReceived(ErasureCommand):
    """Record that the archives have what is theirs before it is erased here."""

    cases: tuple[UUID, ...] = Field(min_length=1)
    size_bytes: int = Field(ge=0, lt=TOO_BIG)
    digest: str = Field(min_length=1)
    receipt: str | None = None


class BeginErasure(ErasureCommand):
    """Begin to carry out an approved erasure: these keys will be destroyed."""

    keys: tuple[str, ...]
    streams: tuple[str, ...]
    touched: tuple[UUID, ...] = ()


class RecordErasureCarriedOut(ErasureCommand):
    """Record that keys, sealed parts and what was left of them in files are gone."""

    keys_destroyed: int
    parts_deleted: int
    epoch: int
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erasure:
    """What decisions and the machinery need to know of an erasure."""

    authority: Authority | None = None
    party: UUID | None = None
    cases: frozenset[UUID] = frozenset()
    disposal: tuple[DisposalItem, ...] = ()
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    approved_by: str | None = None
    archived: frozenset[UUID] = frozenset()
    keys: tuple[str, ...] | None = None
    streams: tuple[str, ...] = ()
    carried_out: bool = False
    refused: tuple[UUID, ...] = ()
    """The cases for which the last attempt was refused; none once an attempt succeeded."""

    @property
    def whole_cases(self) -> frozenset[UUID]:
        """The cases of which all that is personal goes."""
        return self.cases | {each.case_id for each in self.disposal}

    @property
    def begun(self) -> bool:
        return self.keys is not None

    @property
    def to_be_archived(self) -> frozenset[UUID]:
        """The cases of which the archives get something that they do not have yet."""
        theirs = {each.case_id for each in self.disposal if each.to_archives != "none"}
        return frozenset(theirs - self.archived)

    def erases(self, stream: str) -> bool:
        """Whether something that it erases was sealed in a stream."""
        return stream in self.streams


def propose_erasure(
    erasure: Erasure, asked: ProposeErasure, around: Circumstances
) -> Sequence[Happened]:
    """A records officer proposes, on a named authority; what is held is refused, and that it was asked is recorded."""
    if erasure.authority is not None:
        return ()
    refuse_without("records", _policy(around), around.actor, to="propose an erasure")
    _refuse_unsound(asked, around)
    cases = {*asked.cases, *(each.case_id for each in asked.disposal)}
    held = _held({*cases, *asked.touched}, around)
    if held:
        return (_refusal("propose", held, around),)
    proposed = ErasureProposed(
        **asked.for_fact("touched", "disposal"),
        disposal=asked.disposal,
        proposed_by=around.actor.id,
    )
    return (around.happened(proposed),)


def _refuse_unsound(asked: ProposeErasure, around: Circumstances) -> None:
    if asked.party is None and not asked.cases and not asked.disposal:
        raise InvalidCommand("This selects nothing: name a party, cases, or cases that are due.")
    if bool(asked.disposal) != (asked.authority == "schedule"):
        raise InvalidCommand(
            "The schedule is the authority for cases that are due, and for nothing else: name the order, "
            "the error or the consent that an erasure rests on."
        )
    # What was said about somebody on a case is theirs, whether they were recorded or not.
    unrecorded = asked.party is not None and around.look(f"party/{asked.party}") is None
    if unrecorded and not asked.touched:
        raise PartyNotFound("No such party is in this ledger: check its id.")
    for each in (*asked.cases, *(item.case_id for item in asked.disposal)):
        if around.look(case_stream(each)) is None:
            raise CaseNotFound("A case that is to be erased is not in this ledger: check it.")
    refuse_undue(asked.disposal, around)


def approve_erasure(
    erasure: Erasure, asked: ApproveErasure, around: Circumstances
) -> Sequence[Happened]:
    """Nobody approves what they proposed themselves."""
    _proposed(erasure)
    if erasure.approved_by is not None:
        return ()
    refuse_without("records", _policy(around), around.actor, to="approve an erasure")
    if around.actor.id == erasure.proposed_by:
        raise NotAuthorised(
            "Whoever proposed an erasure does not approve it: let a second records officer do it."
        )
    refuse_reopened(erasure.disposal, around, since=erasure.proposed_at)
    held = _held({*erasure.whole_cases, *asked.touched}, around)
    if held:
        return (_refusal("approve", held, around),)
    return (around.happened(ErasureApproved(approved_by=around.actor.id)),)


def archives_received(
    erasure: Erasure, asked: RecordArchivesReceived, around: Circumstances
) -> Sequence[Happened]:
    """What the archives get they get before it is erased here."""
    _proposed(erasure)
    refuse_without("records", _policy(around), around.actor, to="transfer to the archives")
    if not erasure.to_be_archived & set(asked.cases):
        return ()
    received = ArchivesReceived(**asked.for_fact())
    return (around.happened(received),)


def begin_erasure(
    erasure: Erasure, asked: BeginErasure, around: Circumstances
) -> Sequence[Happened]:
    """What was approved is begun once nothing in it is held and the archives have what is theirs."""
    _proposed(erasure)
    if erasure.begun:
        return ()
    refuse_without("records", _policy(around), around.actor, to="carry out an erasure")
    if erasure.approved_by is None:
        raise UnlawfulTransition(
            "This erasure is not approved: a second records officer approves it first.",
            rule="approved-before-erased",
        )
    refuse_reopened(erasure.disposal, around, since=erasure.proposed_at)
    held = _held({*erasure.whole_cases, *asked.touched}, around)
    if held:
        return (_refusal("carry_out", held, around),)
    if erasure.to_be_archived:
        raise UnlawfulTransition(
            f"Cases of which the archives lack what is theirs: {len(erasure.to_be_archived)}; transfer it first.",
            rule="archived-before-erased",
        )
    begun = ErasureBegun(keys=asked.keys, streams=asked.streams, begun_by=around.actor.id)
    return (around.happened(begun),)


def erasure_carried_out(
    erasure: Erasure, asked: RecordErasureCarriedOut, around: Circumstances
) -> Sequence[Happened]:
    """The certificate is written once, by whoever or whatever brought the erasure to its end."""
    if not erasure.begun:
        raise UnlawfulTransition(
            "This erasure was not begun: begin it first.", rule="begun-before-carried-out"
        )
    if erasure.carried_out:
        return ()
    days = _policy(around).keeping.backup_days
    until = None if days is None else _today(around) + timedelta(days=days)
    carried_out = ErasureCarriedOut(**asked.for_fact(), backups_until=until)
    return (around.happened(carried_out),)


def _proposed(erasure: Erasure) -> None:
    if erasure.authority is None and erasure.refused:
        raise UnlawfulTransition(
            "This erasure was refused because of holds: propose it again once they are released.",
            rule="proposed-first",
        )
    if erasure.authority is None:
        raise UnlawfulTransition(
            "No such erasure was proposed: check its id with `caseledger erasure`.",
            rule="proposed-first",
        )


def _held(cases: Iterable[UUID], around: Circumstances) -> tuple[UUID, ...]:
    found: list[UUID] = []
    for each in sorted(cases):
        case: Any = around.look(case_stream(each))
        if case is not None and case.holds:
            found.append(each)
    return tuple(found)


def _refusal(act: Act, held: tuple[UUID, ...], around: Circumstances) -> Happened:
    return around.happened(ErasureRefused(act=act, asked_by=around.actor.id, held=held))


def _policy(around: Circumstances) -> Policy:
    return around.policies.in_force(around.now).policy


def _today(around: Circumstances) -> date:
    version = around.policies.in_force(around.now)
    return version.compiled.calendars.days_of(version.policy.office.zone).date_of(around.now)


def evolve(erasure: Erasure, happened: Happened | Entry) -> Erasure:
    """An erasure after one more fact."""
    match happened.fact:
        case ErasureProposed() as fact:
            return Erasure(
                fact.authority,
                fact.party,
                frozenset(fact.cases),
                fact.disposal,
                fact.proposed_by,
                happened.context.known_at,
            )
        case ErasureRefused() as fact:
            return replace(erasure, refused=fact.held)
        case ErasureApproved() as fact:
            return replace(erasure, approved_by=fact.approved_by, refused=())
        case ArchivesReceived() as fact:
            return replace(erasure, archived=erasure.archived | set(fact.cases))
        case ErasureBegun() as fact:
            return replace(erasure, keys=fact.keys, streams=fact.streams, refused=())
        case ErasureCarriedOut():
            return replace(erasure, carried_out=True)
        case _:
            return erasure


ERASURE = Kind(
    "erasure",
    Erasure(),
    {
        ProposeErasure: propose_erasure,
        ApproveErasure: approve_erasure,
        RecordArchivesReceived: archives_received,
        BeginErasure: begin_erasure,
        RecordErasureCarriedOut: erasure_carried_out,
    },
    evolve,
)
