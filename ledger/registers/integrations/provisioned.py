"""Provisioned: what the system that keeps the directory says of members, which a person publishes or does not."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ledger.commands import Circumstances, Command
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.facts import Fact, fact
from ledger.policy.access import Role
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Directory, Proposal
from ledger.policy.values import Code


@fact
class MemberProposed(Fact):
    """The system that keeps the directory says who joins or changes, in codes; a person publishes it or does not.

    Not `active`: they do not join after all. Empty teams or roles say nothing.
    """

    member: str
    active: bool
    teams: tuple[str, ...]
    roles: tuple[str, ...]


@fact
class MemberUnlisted(Fact):
    """The system that keeps the directory deleted its record of somebody: it is told of them no more."""

    member: str


@fact
class MemberNamedElsewhere(Fact):
    """The system that keeps the directory names somebody by an id of its own, of which a pseudonym is kept.

    Such an id may be an address: whoever has it finds the member by it, and nobody reads it here. None: by none.
    """

    member: str
    pseudonym: str | None


class DirectoryCommand(Command):
    """Something asked of the directory."""

    asked_of = ("directory", "directory_id")

    directory_id: UUID


class ProposeMember(DirectoryCommand):
    """Propose somebody as a member, or other teams and roles for one."""

    member: Code
    active: bool = True
    teams: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


class UnlistMember(DirectoryCommand):
    """Tell the system that keeps the directory no more of somebody whose record it deleted."""

    member: Code


class NameElsewhere(DirectoryCommand):
    """Keep by which id of its own the system that keeps the directory names somebody."""

    member: Code
    pseudonym: str | None = None


def propose_member(
    directory: Directory, asked: ProposeMember, around: Circumstances
) -> Sequence[Happened]:
    """The system that keeps the directory proposes; who has left does not return under the same code."""
    policy = around.policies.in_force(around.now).policy
    if not keeps_the_directory(policy, around):
        raise NotAuthorised(
            "Nobody proposes members but the system that the policy names as `directory_system` under "
            "[office]: let that one do it, or publish a policy with the member."
        )
    member = policy.members.get(asked.member)
    if member is not None and member.kind == "machine":
        raise Refusal(
            f"{asked.member} is a system in the policy, not a person: give another code.",
            rule="proposes-people",
        )
    if asked.member in directory.leavers and asked.active:
        raise Refusal(
            f"{asked.member} has left, and history goes on naming them: give whoever returns another code.",
            rule="returns-under-another-code",
        )
    if unknown := sorted({*asked.teams} - policy.teams.keys()):
        raise InvalidCommand(
            f"The policy in force has no team {', '.join(unknown)}: name those that it has."
        )
    proposal = Proposal(asked.active, asked.teams, asked.roles)
    if directory.proposals.get(asked.member) == proposal:
        return ()
    return (around.happened(MemberProposed(**asked.for_fact())),)


def unlist_member(
    directory: Directory, asked: UnlistMember, around: Circumstances
) -> Sequence[Happened]:
    """Whoever is told of no more has left, or does not join after all: history goes on naming them."""
    policy = around.policies.in_force(around.now).policy
    if not keeps_the_directory(policy, around):
        raise NotAuthorised(
            "Nobody takes somebody off the directory but the system that the policy names as "
            "`directory_system` under [office]: let that one do it."
        )
    proposal = directory.proposals.get(asked.member)
    joins_not = proposal is not None and not proposal.active
    if asked.member not in directory.leavers and not joins_not:
        raise Refusal(
            f"{asked.member} has not left: say first that they leave, or do not join.",
            rule="unlists-who-is-gone",
        )
    if asked.member in directory.unlisted:
        return ()
    return (around.happened(MemberUnlisted(member=asked.member)),)


def name_elsewhere(
    directory: Directory, asked: NameElsewhere, around: Circumstances
) -> Sequence[Happened]:
    """Only the system whose id it is says so; the same again adds nothing."""
    policy = around.policies.in_force(around.now).policy
    if not keeps_the_directory(policy, around):
        raise NotAuthorised(
            "Nobody says by which id a member goes elsewhere but the system that the policy names as "
            "`directory_system` under [office]: let that one do it."
        )
    if asked.member not in policy.members and asked.member not in directory.proposals:
        raise InvalidCommand("Nobody is known here by this code: propose them first.")
    if directory.named_elsewhere.get(asked.member) == asked.pseudonym:
        return ()
    named = MemberNamedElsewhere(member=asked.member, pseudonym=asked.pseudonym)
    return (around.happened(named),)


def keeps_the_directory(policy: Policy, around: Circumstances) -> bool:
    """Whether the system acts that the policy names for it."""
    actor = around.actor
    return actor.kind == "machine" and actor.id == policy.office.directory_system
