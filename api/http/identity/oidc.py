"""Tokens of the office's issuer (OpenID Connect): believed by its published keys, for one audience, for their time.

A token says which member of the policy somebody is, and nothing of what they may: that the policy says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from api.http.identity.issuer_keys import ALGORITHMS, IssuerKeys
from api.http.identity.principals import Claim, Unauthenticated
from api.http.identity.tokens import Unproved, unproved
from api.http.settings import HttpSettings
from ledger.errors import InvalidCommand

_CLAIM_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """Whose tokens are believed, made for whom, which claim names the member, and how far clocks may differ."""

    issuer: str
    audience: str
    member_claim: str
    leeway_seconds: float


class Oidc:
    """Knows tokens of one issuer."""

    def __init__(self, terms: Terms, keys: IssuerKeys) -> None:
        self._terms = terms
        self.keys = keys

    @classmethod
    def from_settings(cls, http: HttpSettings) -> Oidc | None:
        """By the settings; None where no issuer is named, InvalidCommand where what is said is not enough."""
        if http.oidc_issuer is None:
            return None
        if not http.oidc_audience:
            raise InvalidCommand(
                "CASELEDGER_HTTP_OIDC_AUDIENCE is not set: without it a token that the issuer made for "
                "another service would open this one."
            )
        terms = Terms(
            http.oidc_issuer,
            http.oidc_audience,
            http.oidc_member_claim,
            http.oidc_leeway_seconds,
        )
        return cls(terms, IssuerKeys(http.oidc_issuer, jwks_url=http.oidc_jwks_url))

    def __call__(self, token: str) -> Claim | None:
        """The claim of a token of this issuer; LedgerUnavailable while its keys cannot be had."""
        said = unproved(token)
        if said is None or said.issuer != self._terms.issuer:
            return None
        algorithm, kid = _algorithm(said), _kid(said)
        key = self.keys.key(kid, algorithm)
        if kid is None and key is not None and not _is_signed_by(token, key, algorithm):
            key = self.keys.only_key_now(algorithm)
        if key is None:
            raise Unauthenticated(
                "The issuer publishes no key that this token was signed with: log in again."
            )
        return Claim(self._member(self._proved(token, key, algorithm)))

    def at_once(self, token: str) -> bool:
        """Whether its key is known already, or it is none of this issuer's; without an id that cannot be told."""
        said = unproved(token)
        if said is None or said.issuer != self._terms.issuer:
            return True
        kid = said.header.get("kid")
        return kid is not None and self.keys.is_known(kid)

    def _proved(self, token: str, key: Any, algorithm: str) -> Mapping[str, Any]:
        terms = self._terms
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                issuer=terms.issuer,
                audience=terms.audience,
                leeway=terms.leeway_seconds,
                options={"require": ["exp", "iat", "iss", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise Unauthenticated("This token has expired: log in again.") from error
        except jwt.ImmatureSignatureError as error:
            raise Unauthenticated(
                "This token is of a time to come: let the clocks here and at the issuer be set."
            ) from error
        except jwt.InvalidAudienceError as error:
            raise Unauthenticated(
                "This token was made for another service: ask for one for this one."
            ) from error
        except jwt.PyJWTError as error:
            raise Unauthenticated(
                "This token is not as its issuer makes them, or was altered: log in again."
            ) from error

    def _member(self, said: Mapping[str, Any]) -> str:
        found = said.get(self._terms.member_claim)
        if not isinstance(found, str) or not 0 < len(found) <= _CLAIM_AT_MOST:
            raise Unauthenticated(
                f"This token does not say in '{self._terms.member_claim}' which member of the office it stands "
                "for: whoever runs the issuer can add that."
            )
        return found


def _is_signed_by(token: str, key: Any, algorithm: str) -> bool:
    try:
        jwt.PyJWS().decode(token, key, algorithms=[algorithm])
    except jwt.PyJWTError:
        return False
    return True


def _algorithm(said: Unproved) -> str:
    found = said.header.get("alg")
    if not isinstance(found, str) or found not in ALGORITHMS:
        raise Unauthenticated(
            f"This token is not signed in a way that is believed here: {', '.join(sorted(ALGORITHMS))} are."
        )
    return found


def _kid(said: Unproved) -> str | None:
    found = said.header.get("kid")
    if found is not None and not isinstance(found, str):
        raise Unauthenticated("This token names its key in no way that can be read: log in again.")
    return found
