"""The demo login: on the loopback alone, anybody becomes any member, by a token that dies with the process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
from starlette.requests import Request as HttpRequest

from api.http.identity.principals import Claim, Unauthenticated
from api.http.identity.tokens import unproved

_ISSUER = "caseledger-demo"
_LASTS = timedelta(hours=8)
_ALGORITHM = "HS256"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def asked_here(request: HttpRequest) -> bool:
    """Whether a request was made on this machine, to this machine, and passed on by nobody.

    The address alone does not tell: a proxy here asks for anybody, and a page of another site can let its
    own name stand for the loopback (DNS rebinding), which then shows in Host. The commonest proxy says nothing of
    itself, names us as Host and speaks HTTP/1.0, which else nobody does any more.
    """
    by_hand = not any(name in request.headers for name in _FORWARDED)
    by_hand = by_hand and request.scope["http_version"] != "1.0"
    here = request.client is not None and request.client.host in LOOPBACK
    return here and by_hand and request.url.hostname in LOOPBACK


class DemoLogin:
    """Issues and knows tokens of the demo login."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def token(self, member: str) -> str:
        """A token that stands for a member for eight hours."""
        now = datetime.now(UTC)
        said = {"iss": _ISSUER, "aud": _ISSUER, "sub": member, "iat": now, "exp": now + _LASTS}
        return jwt.encode(said, self._secret, algorithm=_ALGORITHM)

    def __call__(self, token: str) -> Claim | None:
        """The claim of such a token; None for what is none."""
        said_of_itself = unproved(token)
        if said_of_itself is None or said_of_itself.issuer != _ISSUER:
            return None
        try:
            said = jwt.decode(
                token, self._secret, algorithms=[_ALGORITHM], issuer=_ISSUER, audience=_ISSUER
            )
        except jwt.PyJWTError as error:
            raise Unauthenticated("This demo login has ended: log in again.") from error
        return Claim(str(said["sub"]))

    def at_once(self, _token: str) -> bool:
        """It asks nobody."""
        return True
