"""Headers in the description: what each request may carry and each answer carries besides its body, and who may ask."""

from __future__ import annotations

from typing import Any

from api.http.answering.lasting import lasts
from api.http.refusing.problems import TITLES
from api.http.routing.routes import add_problem
from ledger.policy.acting.acts import TABLE

PROTOCOLS = ("/open311/", "/scim/")
"""Addresses whose errors are in the words of a protocol of its own."""


def _header(said: str, example: str) -> dict[str, Any]:
    return {"description": said, "schema": {"type": "string"}, "example": example}


_CHALLENGE = "WWW-Authenticate"
HEADERS = {
    "ETag": _header(
        "The tag of this answer, for If-None-Match, and for If-Match of a write.", '"12-queued"'
    ),
    "Ledger-Position": _header(
        "Up to which entry this is told, or where it is recorded; min_position of a read.", "42"
    ),
    "Link": _header(
        '`rel="next"`: the page that follows; without it there is none.',
        '</v1/cases?cursor=e30>; rel="next"',
    ),
    "Location": _header("Where what was recorded is read.", "/v1/cases/7ZK3Q-0M9TB-R"),
    "Idempotency-Replayed": _header("`true` where this key was used for the same before.", "true"),
    "Content-Language": _header("In which language the words of this are: en or fr.", "fr"),
    "Allow": _header("The methods by which this address can be asked.", "GET, HEAD, OPTIONS"),
    "Accept": _header("Of which kind a body is taken.", "application/json"),
    "Accept-Encoding": _header("How a body may be coded, where it was otherwise.", "identity"),
    "Retry-After": _header("After how many seconds to ask again.", "5"),
    _CHALLENGE: _header(
        "How to say who you are; `invalid_token` where a token was sent that is not believed, or not any more, and "
        "`insufficient_scope` with the `scope` that a key lacks.",
        'Bearer realm="caseledger", error="invalid_token"',
    ),
}
PARAMETERS = {
    "If-None-Match": "The ETag of what you have: 304 if that is still so.",
    "If-Match": 'The ETag that it is to have, such as `"12-queued"`: 412 if it has another by now.',
    "Accept-Language": "English (en) or French (fr), for problems and for whatever is told in sentences.",
    "Audit-Reason": "Why it is read; that goes on record.",
    "Inquiry": "The id of the inquiry within which it is asked, a UUID.",
    "Acting-Role": "The role acted in, if you have several, such as `caseworker`.",
    "Acting-Team": "The team acted for, if not your first, such as `RDW`.",
    "Acting-Delegation": "The delegation of authority acted under, by its code.",
    "On-Behalf-Of": "The member stood in for, such as `R-03`.",
}
_EXAMPLES = {
    "If-None-Match": '"12-queued"',
    "Accept-Language": "fr-CA, en;q=0.5",
    "Audit-Reason": "To answer the requester",
}
"""Of what does no harm with any request: whoever tries an address in a browser sends each example that stands there."""
_ACTING = ("Acting-Role", "Acting-Team", "Acting-Delegation", "On-Behalf-Of")
_ANYWHERE = ("malformed-request", "defect", "integrity-failure", "unreadable-entry")
"""What may be found wrong whatever is asked: a header that is sent twice, or something on our side."""
_WITHIN_INQUIRIES = ("/v1/cases/{ref}", "/v1/inquiries")


def who_may(act: str) -> dict[str, list[str]]:
    """In which roles an act may be asked, each with how what it is asked of must stand to whoever asks."""
    found: dict[str, set[str]] = {}
    for line in TABLE:
        if act in line.acts:
            found.setdefault(line.role, set()).update(line.relations)
    return {role: sorted(relations) for role, relations in found.items()}


def with_headers(path: str, method: str, operation: dict[str, Any]) -> None:
    """Adds to an operation its headers, its problem where all else fails, and who may ask it."""
    parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
    responses: dict[str, dict[str, Any]] = operation["responses"]
    named = {each["name"] for each in parameters}
    kept = "304" in responses
    parameters += [
        _parameter(name, required=name == "Audit-Reason")
        for name in _asked(path, method, kept=kept, public=operation["x-act"] == "public")
        if name not in named
    ]
    if not path.startswith(PROTOCOLS):
        for code in (
            *_ANYWHERE,
            *(() if lasts(path) else ("timed-out",)),
            *(("version-conflict",) if kept else ()),
        ):
            add_problem(responses, code, key=str(TITLES[code][0]))
    for status, response in responses.items():
        headers = _answered(path, status, method, kept=kept, named=named)
        if operation["x-act"] == "public":  # of what no entry tells
            headers = [each for each in headers if each != "Ledger-Position"]
        if headers:
            response["headers"] = _referred(headers)
    if (act := operation["x-act"]) != "public":
        operation["x-who"] = who_may(act)


def _asked(path: str, method: str, *, kept: bool, public: bool) -> list[str]:
    found = ["Accept-Language"]
    if not public and not path.startswith(PROTOCOLS):
        found += _ACTING
    if kept:
        found += ["If-None-Match", "If-Match"]
    if method == "get" and path.startswith(_WITHIN_INQUIRIES):
        found.append("Inquiry")
    if method == "get" and opens_values(path):
        found.append("Audit-Reason")
    return found


def opens_values(path: str) -> bool:
    """Whether a read opens what is personal, for which it is told why."""
    return path.removesuffix(".csv").endswith(
        ("/values", "/people", "/duplicates", "/original", "/index/applicant", "/index/regulator")
    )


def of_failure(status: str) -> dict[str, Any]:
    """The headers of an answer that says that something failed."""
    besides: dict[str, tuple[str, ...]] = {
        "401": (_CHALLENGE,),
        "403": (_CHALLENGE,),
        "405": ("Allow",),
        "415": ("Accept", "Accept-Encoding"),
        "429": ("Retry-After",),
        "503": ("Retry-After",),
    }
    return _referred(["Content-Language", *besides.get(status, ())])


def _answered(path: str, status: str, method: str, *, kept: bool, named: set[str]) -> list[str]:
    match status:
        case "200" | "304" if kept:
            pages = "cursor" in named or path == "/v1/feed"
            return ["ETag", "Ledger-Position", *(["Link"] if pages else [])]
        case "201" if "Idempotency-Key" in named:
            return ["ETag", "Ledger-Position", "Location"]
        case "200" if "Idempotency-Key" in named:
            return ["ETag", "Ledger-Position", "Location", "Idempotency-Replayed"]
        case "200" if method == "get" and path.startswith("/v1/") and path != "/v1/feed/events":
            return ["Ledger-Position"]
        case _:
            return []


def _referred(names: list[str]) -> dict[str, Any]:
    return {each: {"$ref": f"#/components/headers/{each}"} for each in names}


def _parameter(name: str, *, required: bool) -> dict[str, Any]:
    shown = {"example": _EXAMPLES[name]} if name in _EXAMPLES else {}
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": PARAMETERS[name],
        "schema": {"type": "string"},
        **shown,
    }
