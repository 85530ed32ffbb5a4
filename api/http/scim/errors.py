"""Errors as SCIM says them (RFC 7644, section 3.12): a status as a text, a detail, and a type where it has one."""

from __future__ import annotations

from typing import Any, Literal

import orjson
from starlette.responses import Response

from api.http.refusing.problems import EdgeProblem
from api.http.refusing.telling import Dialect
from ledger.errors import LedgerError, LedgerUnavailable

MEDIA_TYPE = "application/scim+json"
SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error"
_UNFITTING = 400
_SCIM_SAYS_SO = frozenset({400, 401, 403, 404, 405, 409, 412, 413, 429, 500, 503})

ScimType = Literal[
    "invalidFilter", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "invalidValue"
]


class ScimProblem(EdgeProblem):
    """What was asked in SCIM cannot be done; `scim_type` says why in the words of its standard."""

    def __init__(self, code: str, sentence: str, scim_type: ScimType) -> None:
        super().__init__(code, sentence)
        self.scim_type = scim_type


def _failed(error: LedgerError, detail: str, status: int, _path: str) -> Response:
    """An error in these words, as SCIM has it; a status that it does not know is 400."""
    status = status if status in _SCIM_SAYS_SO else _UNFITTING
    said: dict[str, Any] = {"schemas": [SCHEMA], "status": str(status), "detail": detail}
    if isinstance(error, ScimProblem):
        said["scimType"] = error.scim_type
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, LedgerUnavailable):
        headers["Retry-After"] = str(error.retry_after_seconds)
    return Response(orjson.dumps(said), status, headers, MEDIA_TYPE)


SCIM = Dialect("/scim/", _failed)
