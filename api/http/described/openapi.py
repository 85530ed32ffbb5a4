"""The description of the interface: OpenAPI 3.1, complete with the problems and who may call what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from api.http.described.deliveries import DELIVERIES, deliveries
from api.http.described.examples import Examples
from api.http.described.headers import HEADERS, with_headers
from api.http.described.shared import shared_failures
from api.http.described.words import in_words
from api.http.refusing.problems import TITLES, TYPES

_PROBLEM = {
    "type": "object",
    "description": "What went wrong and what to do (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": [f"{TYPES}refused"]},
        "title": {"type": "string", "description": "In the caller's language."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence that says what to do."},
        "code": {"type": "string", "enum": sorted(TITLES)},
        "instance": {"type": "string"},
        "rule": {"type": ["string", "null"], "description": "Of a refusal: the rule, by its code."},
        "ground": {"type": "object", "description": "Of a refusal: the values it was tried on."},
        "expected": {"type": "integer"},
        "actual": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of the office's issuer (OpenID Connect), a key of an integration, or a demo login.",
    },
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "A key of an integration.",
    },
}

_TAGS = {
    "Service": "What this is, how it stands, and what its problems mean.",
    "Cases": "What is read of cases: how they stand, what happened, their clocks.",
    "Clocks": "When something is due, and why, day by day.",
    "Commands": "What is asked of the ledger, each recorded once under its key.",
    "Tray": "What machines wrote by mail, which waits for a person.",
    "Office": "Queues, rates, flow, service levels, escalations: how a team stands.",
    "People": "Who is calling, without a number.",
    "Evidence": "Entries with their proofs, and checkpoints.",
    "Registers": "Policies, disclosures, releases, readings and parties.",
    "Disclosures": "The answer to a request for information, from its scope to its release.",
    "Keeping": "Holds, erasures and what is due to be disposed of.",
    "Inquiries": "An ombudsman's inquiries and what they are given.",
    "Feed": "The log as another system follows it, as CloudEvents.",
    "Webhooks": "Subscriptions of systems that are told of entries as they come.",
    DELIVERIES: "What a receiver of webhooks is sent.",
    "Guided intake": "The questions of a request type, and what is missing of their answers.",
    "Open311": "GeoReport v2, as any application of a city speaks it.",
    "SCIM": "The people of the office, as an identity system keeps them (RFC 7643, 7644).",
}

_DESCRIPTION = (
    "Writes take Idempotency-Key, and If-Match where order matters; answers carry ETag and Ledger-Position. Reads take "
    "known_at and as_of, or say why not; HEAD is answered as GET is. Errors are RFC 9457. Every answer has a "
    'Request-Id. `x-who`, and in words "Who may", says in which roles an operation may be asked, and how what it is '
    "asked of must stand to whoever asks: `own` (they own it), `team` (with their team, on its way there or with "
    "nobody), `task` (a task of it is theirs or their team's), `theirs` (it came from them), `inquiry` (an open "
    "inquiry of theirs names it), `programme` (of an area that a team of theirs serves), `other` (none of these), "
    "`none` (it is no case and no team's); a role alone may ask it of any. "
    "Example answers are those of a small office, heard and not made up; lists in them are cut short."
)


def described(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        routes: Sequence[BaseRoute] = app.state.routing.routes
        _describe_bodies(routes)
        found = get_openapi(
            title="Case Ledger",
            version=version("caseledger"),
            openapi_version="3.1.0",
            summary="Cases of a public office: what happened, what it means, and the proof.",
            description=_DESCRIPTION,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
            servers=[{"url": app.state.service.settings.public_url or "/"}],
            tags=[{"name": name, "description": said} for name, said in _TAGS.items()],
            routes=routes,
        )
        parts = found.setdefault("components", {})
        parts.setdefault("schemas", {}).update(app.state.schemas, Problem=_PROBLEM)
        examples = Examples.kept()
        parts["securitySchemes"], parts["headers"] = _SECURITY, HEADERS
        parts["examples"] = examples.components()
        for path, methods in found["paths"].items():
            for method, operation in methods.items():
                public = operation.get("x-act") == "public"
                operation["security"] = [] if public else [{"bearer": []}, {"key": []}]
                _defined_once(operation, parts["schemas"])
                with_headers(path, method, operation)
                in_words(operation)
                examples.show(path, method, operation)
        shared_failures(found)
        found["webhooks"] = deliveries(examples.event())
        app.openapi_schema = found
    return app.openapi_schema


def _describe_bodies(routes: Iterable[BaseRoute]) -> None:
    """Puts the description of each body in the place of what makes it, which takes a while for all of them."""
    for route in routes:
        said = getattr(route, "openapi_extra", None) or {}
        if callable(made := said.get("requestBody")):
            said["requestBody"] = made()


def _defined_once(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Moves what the schema of a body defines for itself to where all look."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = body.get("schema")
    if not isinstance(schema, dict) or "title" not in schema:
        return
    schemas |= schema.pop("$defs", {})
    title = schema["title"]
    if schemas.get(title, schema) != schema:  # the same command is asked for other fields elsewhere
        title = schema["title"] = f"{title}-{operation['operationId']}"
    schemas[title] = schema
    body["schema"] = {"$ref": f"#/components/schemas/{title}"}
