"""Directory: who is absent and who stands in for them, who is back, and who has left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ledger.commands import Circumstances, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.input.quoting import known_codes, quoted
from ledger.policy.acting.dispatching import DISPATCHING
from ledger.policy.compiled.taking import has_skill
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Absence, Directory, Proposal
from ledger.policy.telling.days import day_said
from ledger.registers.integrations.provisioned import (
    DirectoryCommand,
    MemberNamedElsewhere,
    MemberProposed,
    MemberUnlisted,
    NameElsewhere,
    ProposeMember,
    UnlistMember,
    keeps_the_directory,
    name_elsewhere,
    propose_member,
    unlist_member,
)
from ledger.times import EPOCH, LocalDate


@fact
class AbsenceRecorded(Fact):
    """A member is absent from one date to another, both included, or until nobody knows when."""

    absence_id: UUID
    member: str
    from_on: LocalDate
    until_on: LocalDate | None
    planned: bool
    substitute: str | None


@fact
class AbsenceEnded(Fact):
    """A member is back on a date; what moved meanwhile does not move back by itself."""

    absence_id: UUID
    member: str
    back_on: LocalDate


@fact
class MemberLeft(Fact):
    """A member is not there any more from a date on; history goes on naming them."""

    member: str
    left_on: LocalDate
    successor: str | None


class RecordAbsence(DirectoryCommand):
    """Record that a member is or will be absent, and who stands in."""

    absence_id: UUID
    member: str
    from_on: date
    until_on: date | None = None
    planned: bool = False
    substitute: str | None = None


class EndAbsence(DirectoryCommand):
    """Record that a member is back, or does not go after all."""

    absence_id: UUID
    member: str
    back_on: date


class RecordLeaver(DirectoryCommand):
    """Record that a member leaves, from when on, and who takes over."""

    member: str
    left_on: date
    successor: str | None = None


def record_absence(
    directory: Directory, asked: RecordAbsence, around: Circumstances
) -> Sequence[Happened]:
    """A substitute must be able to stand in, and substitutes must not stand in for each other in a circle."""
    known = directory.absences.get(asked.member, ())
    if any(absence.absence_id == asked.absence_id for absence in known):
        return ()
    policy = around.policies.in_force(around.now).policy
    _person(policy, asked.member)
    if asked.until_on is not None and asked.until_on < asked.from_on:
        raise InvalidCommand("An absence ends on the day it began or later: give such a date.")
    if directory.gone(asked.member, asked.from_on):
        raise Refusal(
            f"{asked.member} has left by {day_said(asked.from_on)}: there is nothing to stand in for.",
            rule="absent-while-here",
        )
    for absence in known:
        if absence.within(asked.from_on, asked.until_on) is not None:
            raise Refusal(
                f"{asked.member} is absent from {day_said(absence.from_on)} already: end that absence first.",
                rule="one-absence-at-a-time",
            )
    if asked.substitute is not None:
        _may_stand_in(directory, policy, asked.member, asked.substitute, on=asked.from_on)
        if directory.circle(asked.member, asked.from_on, asked.until_on, asked.substitute):
            raise Refusal(
                f"{asked.substitute} is absent too, and substitutes lead back to {asked.member}: "
                "name somebody who is there.",
                rule="no-circle-of-substitutes",
            )
    recorded = AbsenceRecorded(**asked.for_fact())
    return (around.happened(recorded),)


def end_absence(
    directory: Directory, asked: EndAbsence, around: Circumstances
) -> Sequence[Happened]:
    """An absence ends once; ended before it began, it never was."""
    known = directory.absences.get(asked.member, ())
    found = [absence for absence in known if absence.absence_id == asked.absence_id]
    if not found:
        raise UnlawfulTransition(
            f"No such absence of {asked.member} is recorded: name one that is.",
            rule="ends-an-absence",
        )
    until_on = found[0].until_on
    if until_on is not None and until_on < asked.back_on:
        return ()
    ended = AbsenceEnded(**asked.for_fact())
    return (around.happened(ended),)


def record_leaver(
    directory: Directory, asked: RecordLeaver, around: Circumstances
) -> Sequence[Happened]:
    """Whoever leads the member says that they leave; said again with another date, that one holds."""
    policy = around.policies.in_force(around.now).policy
    known = directory.leavers.get(asked.member)
    if known and (known.left_on, known.successor) == (asked.left_on, asked.successor):
        return ()
    _person(policy, asked.member)
    _leads(policy, asked.member, around)
    if asked.successor is not None:
        _may_stand_in(directory, policy, asked.member, asked.successor, on=asked.left_on)
    left = MemberLeft(**asked.for_fact())
    return (around.happened(left),)


def _person(policy: Policy, member: str) -> None:
    found = policy.members.get(member)
    if found is None or found.kind != "person":
        people = sorted(code for code, each in policy.members.items() if each.kind == "person")
        raise InvalidCommand(
            f"{quoted(member)} is no person of the policy in force; it knows {known_codes(member, people)}."
        )


def _may_stand_in(
    directory: Directory, policy: Policy, member: str, substitute: str, *, on: date
) -> None:
    """Refuses a substitute who is not of a team of the member's, or lacks a skill that the member has there."""
    _person(policy, substitute)
    if substitute == member:
        raise Refusal(
            "Nobody stands in for themselves: name somebody else.", rule="substitute-fits"
        )
    if directory.gone(substitute, on):
        raise Refusal(
            f"{substitute} has left by {day_said(on)}: name somebody else.", rule="substitute-fits"
        )
    one, other = policy.members[member], policy.members[substitute]
    shared = [team for team in one.teams if team in other.teams]
    if not shared:
        raise Refusal(
            f"{substitute} is of no team of {member}'s: name somebody of {', '.join(one.teams)}.",
            rule="substitute-fits",
        )
    asked_for = {skill for team in shared for skill in policy.teams[team].skills}
    lacking = [skill for skill in one.skills if skill in asked_for and not has_skill(other, skill)]
    if lacking:
        raise Refusal(
            f"{substitute} lacks the skill {', '.join(lacking)} that {member} has: name somebody who has it.",
            rule="substitute-fits",
        )


def _leads(policy: Policy, member: str, around: Circumstances) -> None:
    actor = around.actor
    if keeps_the_directory(policy, around):
        return
    leaders = {policy.teams[team].leader for team in policy.members[member].teams}
    if actor.kind == "person" and (
        actor.role in DISPATCHING or actor.id in leaders | {policy.office.director}
    ):
        return
    raise NotAuthorised(
        f"{actor.id} may not say that {member} leaves: let the leader of a team of theirs or the director do it."
    )


def evolve(directory: Directory, happened: Happened | Entry) -> Directory:
    """The directory after one more fact."""
    match happened.fact:
        case AbsenceRecorded() as absent:
            return directory.with_absence(
                Absence(
                    absent.absence_id,
                    absent.member,
                    absent.from_on,
                    absent.until_on,
                    absent.planned,
                    absent.substitute,
                )
            )
        case AbsenceEnded() as ended:
            return directory.ended(ended.member, ended.absence_id, ended.back_on)
        case MemberLeft() as left:
            return directory.without(left.member, left.left_on, left.successor)
        case MemberProposed() as said:
            return directory.proposing(said.member, Proposal(said.active, said.teams, said.roles))
        case MemberUnlisted() as said:
            return directory.unlisting(said.member)
        case MemberNamedElsewhere() as said:
            return directory.naming_elsewhere(said.member, said.pseudonym)
        case _:
            return directory


def directory_id(ledger_id: bytes) -> UUID:
    """The id of the one stream of a ledger's directory."""
    return derived_uuid(EPOCH, "directory", ledger_id.hex())


DIRECTORY = Kind(
    "directory",
    Directory(),
    {
        RecordAbsence: record_absence,
        EndAbsence: end_absence,
        RecordLeaver: record_leaver,
        ProposeMember: propose_member,
        UnlistMember: unlist_member,
        NameElsewhere: name_elsewhere,
    },
    evolve,
)
