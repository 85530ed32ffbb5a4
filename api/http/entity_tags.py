"""Entity tags as a request names them, in the one form that HTTP has for them (RFC 9110, section 8.8.3)."""

from __future__ import annotations

import re

from starlette.requests import Request as HttpRequest

from api.http.refusing.problems import EdgeProblem

_TAGS = re.compile(r'(?:W/)?"[^"\s]*"(?:\s*,\s*(?:W/)?"[^"\s]*")*')


def to_match(request: HttpRequest) -> str | None:
    """The tags in If-Match, of which one must fit; None where nothing is said, or any will do.

    They may stand on several lines (section 5.3). EdgeProblem where they are none: who sends what is no tag means one.
    """
    said = ", ".join(request.headers.getlist("if-match")).strip()
    if not said or said == "*":
        return None
    if _TAGS.fullmatch(said) is None:
        raise EdgeProblem(
            "malformed-request",
            'If-Match: send the ETag that you were given, with its quotes, such as "12".',
        )
    return said
