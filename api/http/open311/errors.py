"""Errors as GeoReport says them: a list of code and description, under the few statuses that it knows."""

from __future__ import annotations

from typing import ClassVar

from starlette.responses import Response

from api.http.open311.forms import MEDIA_TYPES, form_of, rendered
from api.http.refusing.telling import Dialect
from ledger.errors import LedgerError, LedgerUnavailable

_FORBIDDEN, _REFUSED, _OURS = 403, 400, 500
_KEPT = frozenset({403, 404, 405})


class NothingThere(LedgerError):
    """There is no such service, request or token here."""

    status: ClassVar[int] = 404
    code: ClassVar[str] = "not-found"


class KeyMissing(LedgerError):
    """Send your api_key: this office gives one to whoever sends in requests."""

    status: ClassVar[int] = 403
    code: ClassVar[str] = "not-authorised"


def _failed(error: LedgerError, said: str, status: int, path: str) -> Response:
    """An error as GeoReport has it, in these words: 403 for keys, 404 for what is not there, 400 for what cannot be.

    What fails on our side keeps its status, so that whoever stands between knows that it may be asked again;
    so does a method that is none.
    """
    if status == 401:
        status = _FORBIDDEN
    elif status < _OURS and status not in _KEPT:
        status = _REFUSED
    form = form_of(path)
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, LedgerUnavailable):
        headers["Retry-After"] = str(error.retry_after_seconds)
    raw = rendered("errors", [{"code": status, "description": said}], form)
    return Response(raw, status, headers, MEDIA_TYPES[form])


_DRESSED = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST"),
    (
        b"access-control-allow-headers",
        b"Accept-Language, Authorization, Idempotency-Key, X-API-Key",
    ),
    (b"access-control-expose-headers", b"Location, Retry-After, Idempotency-Replayed"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
"""What lets a page of any site speak GeoReport: it is for anybody, and takes no cookies."""

GEOREPORT = Dialect("/open311/", _failed, _DRESSED, takes_files=True)
