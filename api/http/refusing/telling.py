"""Telling what went wrong in the words of whoever is asked: a problem (RFC 9457), an error of GeoReport or of SCIM."""

from __future__ import annotations

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.channels.open311.errors import PREFIX, error_answer
from api.http.refusing.languages import language_of
from api.http.refusing.problems import problem, said_in, status_of
from api.scim.errors import PREFIX as SCIM
from api.scim.errors import error_answer as scim_answer
from ledger.errors import LedgerError


def told(request: HttpRequest, error: LedgerError, *, instance: str | None) -> Response:
    """The answer to a request that failed."""
    path, language = request.url.path, language_of(request.headers.get("accept-language"))
    if path.startswith((PREFIX, SCIM)):
        said, language = said_in(error, language)
        answer = (
            error_answer(error, said, status=status_of(error), path=path)
            if path.startswith(PREFIX)
            else scim_answer(error, said, status=status_of(error))
        )
        answer.headers["Content-Language"] = language
        return answer
    return problem(error, language=language, instance=instance)
