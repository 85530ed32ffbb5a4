"""The demo login: on the loopback alone, anybody becomes any member, by a token that dies with the process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt

from api.http.principals import Claim, Unauthenticated

_ISSUER = "caseledger-demo"
_LASTS = timedelta(hours=8)
_ALGORITHM = "HS256"


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
        try:
            issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
        except jwt.PyJWTError:
            return None
        if issuer != _ISSUER:
            return None
        try:
            said = jwt.decode(
                token, self._secret, algorithms=[_ALGORITHM], issuer=_ISSUER, audience=_ISSUER
            )
        except jwt.PyJWTError as error:
            raise Unauthenticated("This demo login has ended: log in again.") from error
        return Claim(str(said["sub"]))
