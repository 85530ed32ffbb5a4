"""The addresses of GeoReport v2, each as XML and as JSON, and its discovery document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.http.open311 import reading
from api.http.open311.arguments import LONGEST
from api.http.open311.asking import Asked
from api.http.open311.forms import MEDIA_TYPES, Form
from api.http.open311.reading import (
    ENDPOINT,
    IDS_AT_MOST,
    PAGE_AT_MOST,
    UPDATES_AT_MOST,
)
from api.http.open311.uploads import FILES_AT_MOST, IN_PARTS
from api.http.open311.writing import post_request, post_update
from api.http.reading.reads import parameter, path_parameters
from api.http.routing.instants import OF_A_PROTOCOL
from api.http.routing.routes import PUBLIC, Routes, example_of

_FORMS: tuple[Form, ...] = ("xml", "json")
_ERRORS: Mapping[int, str] = {
    400: "What was asked cannot be done, as the description says.",
    403: "The api_key is missing, or may not do this.",
    404: "There is no such service, request, token or jurisdiction.",
    500: "Something went wrong on our side.",
    503: "The ledger cannot be reached just now.",
}
_OBJECT = {"type": "object"}
_XML = {"type": "string", "description": "An XML document."}
_FAILED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "description"],
        "properties": {"code": {"type": "integer"}, "description": {"type": "string"}},
    },
}
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
_FILES = f"Pictures that come with it, {FILES_AT_MOST} at most; kept as they came, and no virus is looked for."
_KEY_SENT = "The key of whoever asks; instead of it a header may say who they are."
_SENT_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Your own id of what you send: under it again nothing is added, for ever.",
    "schema": {"type": "string"},
    "example": "311-4711",
}
_OF_A_REQUEST = {
    "api_key": _KEY_SENT,
    "jurisdiction_id": "The jurisdiction, if more than one is served.",
    "service_code": "The service that is asked for, as the list of services has it.",
    "lat": "Where it is: degrees north (WGS 84), together with `long`. One way of saying where is needed.",
    "long": "Where it is: degrees east (WGS 84), together with `lat`.",
    "address_string": "Where it is, as one writes it on a letter or would tell it.",
    "address_id": "Where it is, by its number in an index of addresses.",
    "email": "By which address they can be reached.",
    "device_id": "Which device it was sent from.",
    "account_id": "Which account of theirs it was sent from.",
    "first_name": "The first name of whoever asks.",
    "last_name": "The last name of whoever asks.",
    "phone": "By which number they can be reached.",
    "description": f"What it is about, in up to {LONGEST:,} characters.",
    "media_url": "Where a picture of it is, which is not fetched; of several, once for each.",
    "external_id": "Your own id of it: sealed, and no key. To send it once, send an `Idempotency-Key`.",
    "attribute[danger_now]": "What the service definition asks under this code; of other codes likewise.",
}
_OF_AN_UPDATE = {
    "api_key": _KEY_SENT,
    "jurisdiction_id": "The jurisdiction, if more than one is served.",
    "service_request_id": "The request that it is about, as you were answered.",
    "update_id": "Your own id of the update: under it again nothing is added.",
    "description": f"What is new, in up to {LONGEST:,} characters.",
}
_DOCUMENTS = ("/discovery", "/services/{service_code}")
"""What is one document, where all else is a list."""
_JURISDICTION = parameter("jurisdiction_id", "The jurisdiction, if more than one is served.")
_KEY = parameter("api_key", "The key of whoever asks, for requests that not everybody may see.")
_CODES = parameter(
    "service_code", "Of these services, between commas; of all if left out.", example="RDW-POT"
)
_FROM = parameter(
    "start_date", "From this instant on; 90 days at most.", example="2026-03-01T00:00:00Z"
)
_TO = parameter("end_date", "Up to this instant.", example="2026-03-31T00:00:00Z")
_PAGE = parameter("page", "Which page, from 1 on.", kind="integer", example=1)


def open311_routes() -> Routes:
    """All of GeoReport."""
    routes = Routes(tag="Open311")
    for form in _FORMS:
        _add_reads(routes, form)
        _add_posts(routes, form)
    return routes


def _add_reads(routes: Routes, form: Form) -> None:
    for at in ("/open311", ENDPOINT):  # some clients look for it below the endpoint that it names
        _read(routes, f"{at}/discovery", form, reading.discovery, "Where GeoReport is spoken")
    services, requests = f"{ENDPOINT}/services", f"{ENDPOINT}/requests"
    _read(routes, services, form, reading.service_list, "The services that are offered")
    _read(
        routes,
        f"{services}/{{service_code}}",
        form,
        reading.service_definition,
        "What a service asks for",
    )
    _read(
        routes,
        requests,
        form,
        reading.request_list,
        "Requests, those made last first",
        query=(
            parameter(
                "service_request_id",
                f"These requests, between commas, {IDS_AT_MOST} at most; outweighs all else.",
            ),
            _CODES,
            _FROM,
            _TO,
            parameter("status", "open, closed, or both between a comma.", example="open"),
            parameter("updated_after", "Updated from this instant on."),
            parameter("updated_before", "Updated up to this instant."),
            parameter(
                "page_size", f"At most so many, up to {PAGE_AT_MOST}.", kind="integer", example=50
            ),
            _PAGE,
            _KEY,
        ),
    )
    _read(
        routes,
        f"{requests}/{{service_request_id}}",
        form,
        reading.one_request,
        "How a request stands",
        query=(_KEY,),
    )
    _read(
        routes,
        f"{ENDPOINT}/tokens/{{token}}",
        form,
        reading.request_of_token,
        "The request of a token",
    )
    _read(
        routes,
        f"{ENDPOINT}/servicerequestupdates",
        form,
        reading.update_list,
        "What changed on requests, in the order in which it was recorded",
        query=(
            _CODES,
            _FROM,
            _TO,
            parameter(
                "page_size",
                f"At most so many, up to {UPDATES_AT_MOST}.",
                kind="integer",
                example=50,
            ),
            _PAGE,
        ),
    )


def _add_posts(routes: Routes, form: Form) -> None:
    _post(
        routes,
        f"{ENDPOINT}/requests",
        form,
        post_request,
        act="case.open",
        summary="Send in a request",
        taken=_OF_A_REQUEST,
        required=("service_code",),
        example={
            "api_key": "clk_…",
            "service_code": "RDW-POT",
            "lat": "44.6488",
            "long": "-63.5752",
            "address_string": "1234 5th street",
            "email": "ada@example.org",
            "first_name": "Ada",
            "last_name": "Example",
            "description": "A large sinkhole is destroying the street",
            "attribute[danger_now]": "false",
        },
    )
    _post(
        routes,
        f"{ENDPOINT}/servicerequestupdates",
        form,
        post_update,
        act="case.contact",
        summary="Add to a request that you sent in",
        taken=_OF_AN_UPDATE,
        required=("service_request_id", "description"),
        example={
            "api_key": "clk_…",
            "service_request_id": "7ZK3Q-0M9TB-R",
            "update_id": "17",
            "description": "It has become larger.",
        },
    )


def _read(
    routes: Routes,
    path: str,
    form: Form,
    read: Callable[[Asked], Response],
    summary: str,
    *,
    query: Sequence[dict[str, Any]] = (),
) -> None:
    """Adds a read; arguments that it does not know it passes over, as clients expect, but for other instants."""

    def endpoint(request: HttpRequest) -> Response:
        asked = Asked.of(request)
        with asked.service.few.reading():
            return read(asked)

    endpoint.__doc__ = read.__doc__
    routes.add(
        "GET",
        f"{path}.{form}",
        endpoint,
        act=PUBLIC,
        summary=f"{summary} ({form.upper()})",
        answers=_answers(form, {200: "The answer."}, one=path.endswith(_DOCUMENTS)),
        parameters=[*path_parameters(path), _JURISDICTION, *query],
        told_now=OF_A_PROTOCOL,
    )


def _post(
    routes: Routes,
    path: str,
    form: Form,
    write: Callable[..., Any],
    *,
    act: str,
    summary: str,
    taken: Mapping[str, str],
    required: Sequence[str],
    example: Mapping[str, str],
) -> None:
    schema = {
        "type": "object",
        "required": list(required),
        "properties": {
            name: {"type": "string", "description": said} for name, said in taken.items()
        },
        "additionalProperties": {"type": "string"},
    }
    said = {201: "Recorded, and durable.", 200: "Recorded before."}
    routes.add(
        "POST",
        f"{path}.{form}",
        write,
        act=act,
        summary=f"{summary} ({form.upper()})",
        answers=_answers(form, said),
        parameters=[_SENT_ONCE],
        requestBody={
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": schema, "example": dict(example)},
                IN_PARTS: {"schema": _with_files(schema)},
            },
        },
    )


def _with_files(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same in parts, with files: under which name they are sent is not looked at."""
    files = {"type": "array", "items": _FILE, "description": _FILES}
    return {**schema, "properties": {**schema["properties"], "media": files}}


def _answers(
    form: Form, said: Mapping[int, str], *, one: bool = False
) -> dict[int | str, dict[str, Any]]:
    """Its answers and its errors: lists, but for what is `one` document; XML says the same under other names."""
    kind = MEDIA_TYPES[form].partition(";")[0]
    told = _OBJECT if one else {"type": "array", "items": _OBJECT}
    answers: dict[int | str, dict[str, Any]] = {
        status: {
            "description": words,
            "content": {kind: {"schema": _XML if form == "xml" else told}},
        }
        for status, words in said.items()
    }
    for status, words in _ERRORS.items():
        name, schema = f"open311-{status}-{form}", _XML if form == "xml" else _FAILED
        shown = {"schema": schema, "examples": {name: example_of(name)}}
        answers[status] = {"description": words, "content": {kind: shown}}
    return answers
