"""Telling what went wrong: as a problem (RFC 9457), or as the standard of an interface has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.identity.principals import OutOfScope
from api.http.refusing.languages import language_of
from api.http.refusing.problems import problem, said_in, status_of
from ledger.errors import LedgerError

_UNAUTHENTICATED = 401
_REALM = 'Bearer realm="caseledger"'

AsItsStandard = Callable[[LedgerError, str, int, str], Response]
"""Makes the answer of an error, its words, the status that a problem would have, and the path that was asked."""


class Dialect(NamedTuple):
    """An interface under a prefix of its own, whose standard says how it tells what went wrong.

    `dressed` are headers that all its answers have before those of every answer; `takes_files` that a form may bring
    some, and is larger then than other bodies.
    """

    prefix: str
    failed: AsItsStandard
    dressed: tuple[tuple[bytes, bytes], ...] = ()
    takes_files: bool = False


def dialect_of(path: str, dialects: Sequence[Dialect]) -> Dialect | None:
    """The one that is spoken at this path; None where problems are."""
    return next((each for each in dialects if path.startswith(each.prefix)), None)


def told(
    request: HttpRequest,
    error: LedgerError,
    *,
    instance: str | None,
    dialects: Sequence[Dialect],
) -> Response:
    """The answer to a request that failed."""
    path, language = request.url.path, language_of(request.headers.get("accept-language"))
    dialect = dialect_of(path, dialects)
    if dialect is None:
        answer = problem(error, language=language, instance=instance)
    else:
        said, language = said_in(error, language)
        answer = dialect.failed(error, said, status_of(error), path)
        answer.headers["Content-Language"] = language
    if isinstance(error, OutOfScope):
        answer.headers["WWW-Authenticate"] = (
            f'{_REALM}, error="insufficient_scope", scope="{error.scope}"'
        )
    elif answer.status_code == _UNAUTHENTICATED:
        answer.headers["WWW-Authenticate"] = _challenge(request)
    return answer


def _challenge(request: HttpRequest) -> str:
    """How to say who one is; of a token that was sent it says that another one is needed (RFC 6750, section 3.1)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    sent = scheme.lower() == "bearer" and token.strip()
    return f'{_REALM}, error="invalid_token"' if sent else _REALM
