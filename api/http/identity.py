"""Identity: from the headers of a request to a member of the policy in force, or a refusal to guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Protocol
from uuid import UUID

from api.http.principals import Claim, Principal, Unauthenticated
from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.policy.in_force import Policies
from ledger.policy.roles import roles_of
from ledger.service import Ledger

BEARER = "bearer "


class Authenticator(Protocol):
    """What knows one kind of token: the claim that it makes, or None if it is of another kind."""

    def __call__(self, token: str) -> Claim | None: ...


class Identities:
    """Who asks, told by what they show; policies are read again every so many seconds."""

    def __init__(
        self,
        ledger: Ledger,
        authenticators: Sequence[Authenticator],
        *,
        trust_seconds: float,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._ledger = ledger
        self._authenticators = tuple(authenticators)
        self._trust_seconds = trust_seconds
        self._now = now
        self._known: tuple[float, Policies] | None = None

    def policies(self) -> Policies:
        """Every policy published, as known a moment ago."""
        known, now = self._known, self._now()
        if known is not None and now - known[0] < self._trust_seconds:
            return known[1]
        found = self._ledger.policies()
        self._known = now, found
        return found

    def principal(self, headers: Mapping[str, str], *, token: str | None = None) -> Principal:
        """Whoever asks with these headers; Unauthenticated if nobody can be told from them.

        `token` is given where a standard sends it elsewhere than in `Authorization`.
        """
        return self._as_asked(self._claim(token or _token(headers)), headers)

    def _claim(self, token: str) -> Claim:
        for authenticator in self._authenticators:
            claim = authenticator(token)
            if claim is not None:
                return claim
        raise Unauthenticated(
            "This token is of no kind that is believed here: ask for one where this office issues them."
        )

    def _as_asked(self, claim: Claim, headers: Mapping[str, str]) -> Principal:
        try:
            policy = self.policies().in_force(self._ledger.clock()).policy
        except Refusal as error:
            raise NotAuthorised(
                "No policy is in force, so nobody has a task here yet: publish one with "
                "`caseledger policy publish`."
            ) from error
        member = policy.members.get(claim.member)
        if member is None:
            raise NotAuthorised(
                f"'{claim.member}' is not a member of the policy in force: whoever keeps it can add them."
            )
        role, team = headers.get("acting-role"), headers.get("acting-team")
        actor = Actor(
            member.kind,
            claim.member,
            role=role,
            team=team or member.teams[0],
            on_behalf_of=headers.get("on-behalf-of"),
            delegation=headers.get("acting-delegation"),
            version=member.version,
        )
        if team is not None and team not in policy.teams:
            raise InvalidCommand(f"Acting-Team: '{team}' is not a team of the policy in force.")
        if actor.on_behalf_of is not None and actor.on_behalf_of not in policy.members:
            raise InvalidCommand(
                f"On-Behalf-Of: '{actor.on_behalf_of}' is not a member of the policy."
            )
        held = ("integrator",) if member.kind == "machine" else roles_of(policy, actor)
        if not held or (role is not None and role not in held):
            raise NotAuthorised(
                f"{claim.member} does not hold the role '{role}': leave Acting-Role out."
            )
        return Principal(
            actor, held, frozenset(member.teams), claim.scopes, _inquiry(headers.get("inquiry"))
        )


def _token(headers: Mapping[str, str]) -> str:
    said = headers.get("authorization", "")
    if said[: len(BEARER)].lower() == BEARER:
        return said[len(BEARER) :].strip()
    if key := headers.get("x-api-key"):
        return key
    raise Unauthenticated


def _inquiry(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise InvalidCommand(f"Inquiry: '{said}' is not a UUID.") from error
