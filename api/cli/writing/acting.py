"""Who asks a command and in which circumstances, as options that every writing command shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from cyclopts import Group, Parameter

from api.cli.writing.given_words import GivenWords
from api.cli.writing.refused import refused
from api.moments import instant_of
from ledger.commands import Command, Request
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes
from ledger.policy.acting.on_behalf import bar
from ledger.policy.in_force import Policies
from ledger.service import Ledger

_GROUP = Group("Who and when", sort_key=8)


@Parameter(name="*", group=_GROUP)
@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who acts, and when what is recorded happened."""

    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None
    "Who acts: the code of a member of the policy."
    team: Annotated[str | None, Parameter(name="--team")] = None
    "The team acted for, if not the member's first."
    role: Annotated[str | None, Parameter(name="--role")] = None
    "The role acted in, such as caseworker."
    on_behalf_of: Annotated[str | None, Parameter(name="--on-behalf-of")] = None
    "The member stood in for."
    delegation: Annotated[str | None, Parameter(name="--delegation")] = None
    "The delegation of authority acted under; a decision needs it where several are held."
    basis: Annotated[str | None, Parameter(name="--basis")] = None
    "The legal or policy ground, as a code such as s.8(2): it is never erased."
    at: Annotated[str | None, Parameter(name="--at")] = None
    "When it happened, with its offset, if not just now."
    expected_version: Annotated[int | None, Parameter(name="--expected-version")] = None
    "Refuse if the case has moved on from this version."
    command_id: Annotated[str | None, Parameter(name="--command-id")] = None
    "A UUID of your own: asked again with it, nothing is recorded twice."
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False
    "Answer as JSON."
    verbose: Annotated[bool, Parameter(name="--verbose", negative="", env_var="CASELEDGER_LOG")] = (
        False
    )
    "Log a line to stderr, without personal data."

    def actor(self, ledger: Ledger, policies: Policies | None = None) -> Actor:
        """Who acts today, for which team; InvalidCommand if nobody is named or the policy does not know them.

        NotAuthorised for whoever has left, or stands in for nobody of that code today.
        """
        code, known = self.named(), policies or ledger.policies()
        members = known.in_force(ledger.clock()).policy.members
        member = members.get(code)
        if member is None:
            raise InvalidCommand(
                f"'{code}' is not a member of the policy in force; it knows {known_codes(code, members)}."
            )
        actor = Actor(
            member.kind,
            code,
            role=self.role,
            team=self.team or member.teams[0],
            on_behalf_of=self.on_behalf_of,
            delegation=self.delegation,
            version=member.version,
        )
        return _unbarred(actor, ledger, known)

    def office_actor(self, ledger: Ledger) -> Actor:
        """Who acts for the office itself: a member, once a policy is in force; before that nobody is known."""
        known = ledger.policies()
        if any(each.effective_from <= ledger.clock() for each in known.versions):
            return self.actor(ledger, known)
        return Actor("person", self.named(), role=self.role, team=self.team)

    def named(self) -> str:
        """The code of whoever acts; InvalidCommand if nobody is named."""
        if not self.member:
            raise InvalidCommand(
                "Say who acts: give --as MEMBER, or set CASELEDGER_ACTOR to your code."
            )
        return self.member

    def own_command_id(self) -> UUID | None:
        """The command id that was given, if one was."""
        if self.command_id is None:
            return None
        try:
            return UUID(self.command_id)
        except ValueError as error:
            raise InvalidCommand(f"--command-id '{self.command_id}' is not a UUID.") from error

    def request(self, command: Command, actor: Actor) -> Request:
        """The command with all that these options say around it."""
        return Request(
            command,
            actor,
            self.own_command_id(),
            instant_of(self.at, option="--at") if self.at else None,
            self.expected_version,
            self.basis,
        )


def reader_of(member: str | None, purpose: str | None, ledger: Ledger) -> tuple[Actor, str]:
    """Who reads personal values and what for; InvalidCommand if either is not said."""
    purpose = GivenWords().text(purpose or "", option="--purpose")
    if not purpose:
        raise InvalidCommand("Say what the personal values are read for: give --purpose.")
    acting, policies = Acting(member=member), ledger.policies()
    actor = acting.actor(ledger, policies) if policies.versions else acting.office_actor(ledger)
    return actor, purpose


def _unbarred(actor: Actor, ledger: Ledger, policies: Policies) -> Actor:
    """The actor, where nothing bars them today; NotAuthorised says what does, and is on record."""
    now = ledger.clock()
    version = policies.in_force(now)
    today = version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)
    found = bar(version.policy, ledger.directory(), actor, on=today)
    if found is not None:
        raise refused(ledger, actor, ground=found.ground, sentence=found.sentence)
    return actor
