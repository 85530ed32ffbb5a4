"""Identity: from the headers of a request to a member of the policy in force, or a refusal to guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from api.http.identity.acting import Today, principal_of
from api.http.identity.principals import Barred, Claim, Principal, TwoTokens, Unauthenticated
from ledger.entry import Actor
from ledger.errors import NotAuthorised, Refusal
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Directory
from ledger.service import Ledger

BEARER = "bearer "
_LONGEST_TOKEN = 8_192


class Authenticator(Protocol):
    """What knows one kind of token."""

    def __call__(self, token: str, /) -> Claim | None:
        """The claim that it makes, or None if it is of another kind; Unauthenticated if it is false."""
        ...

    def at_once(self, token: str, /) -> bool:
        """Whether that is told without first asking the store or somebody elsewhere, who may take long."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """The office as it was known at an instant of the process's own clock."""

    at: float
    policies: Policies
    directory: Directory


class Identities:
    """Who asks, told by what they show; policies and the directory are read again every so many seconds."""

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
        self._known: _Known | None = None

    def policies(self) -> Policies:
        """Every policy published, as known a moment ago."""
        return self._office().policies

    def principal(self, headers: Mapping[str, str], *, token: str | None = None) -> Principal:
        """Whoever asks with these headers; Unauthenticated if nobody can be told from them.

        `token` is given where a standard sends it elsewhere than in a header. Barred if it is told, and they may not
        ask so; TwoTokens if that cannot be told (RFC 6750, section 2).
        """
        claim = self._claim(_token(headers, token))
        return principal_of(claim, headers, self._today(claim))

    def at_once(self, headers: Mapping[str, str]) -> bool:
        """Whether `principal` answers without first asking the store, or somebody elsewhere."""
        try:
            token = _token(headers)
        except (Unauthenticated, TwoTokens):
            return True
        return self._is_known_still() and all(each.at_once(token) for each in self._authenticators)

    def _is_known_still(self) -> bool:
        return self._known is not None and self._now() - self._known.at < self._trust_seconds

    def _office(self) -> _Known:
        known, now = self._known, self._now()
        if known is None or now - known.at >= self._trust_seconds:
            known = _Known(now, self._ledger.policies(), self._ledger.directory())
            self._known = known
        return known

    def _claim(self, token: str, /) -> Claim:
        for authenticator in self._authenticators:
            claim = authenticator(token)
            if claim is not None:
                return claim
        raise Unauthenticated(
            "This token is of no kind that is believed here: ask for one where this office issues them."
        )

    def _today(self, claim: Claim) -> Today:
        office, now = self._office(), self._ledger.clock()
        try:
            version = office.policies.in_force(now)
        except Refusal as error:
            raise NotAuthorised(
                "No policy is in force, so nobody has a task here yet: publish one with "
                "`caseledger policy publish`."
            ) from error
        if claim.member not in version.policy.members:
            # The claim may be an address or a name, which no office slot may hold.
            stranger = self._ledger.pseudonym("claim", claim.member)
            raise Barred(
                "You are not a member of the policy in force: whoever keeps it can add you.",
                actor=Actor("person", stranger),
                ground="not-a-member",
            )
        on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)
        return Today(version, office.directory, on)


def _token(headers: Mapping[str, str], elsewhere: str | None = None) -> str:
    said = headers.get("authorization", "")
    bearer = said[len(BEARER) :].strip() if said[: len(BEARER)].lower() == BEARER else None
    sent = {each for each in (elsewhere, bearer, headers.get("x-api-key")) if each}
    if not sent:
        raise Unauthenticated
    if len(sent) > 1:
        raise TwoTokens
    (found,) = sent
    if len(found) > _LONGEST_TOKEN:
        raise Unauthenticated(f"A token has {_LONGEST_TOKEN} characters at most: ask for another.")
    return found
