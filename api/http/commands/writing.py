"""Writing: every verb as a sub-resource, with its body, its headers and its answers described."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Request as HttpRequest
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import TupleSchema
from starlette.responses import Response

from api.http.answering.shapes import Schema, shape_of
from api.http.bodies import Body, body_of
from api.http.commands.asked_of import Written
from api.http.commands.asking import DRY_RUN, ask_written
from api.http.reading.reads import parameter, path_parameters
from api.http.routing.routes import Routes
from api.http.service import Service
from api.shown.supposed import WhatIf
from api.verbs import CASE_NAMED, CASES_NAMED, Verb
from api.verbs.rules import told_of
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.notices import IssueNotice
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.review import OpenReview
from ledger.case.people.concerned import AddCaseParty
from ledger.registers.disclosures.consulting import GiveConsultationNotice
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.keeping.erasures import ProposeErasure

_RECEIPT: Mapping[str, Any] = {
    "type": "object",
    "description": "Where it is recorded.",
    "required": ["stream", "version", "position", "digest", "fresh"],
    "properties": {
        "stream": {"type": "string"},
        "version": {"type": "integer", "description": "Its place in the stream, and the ETag."},
        "position": {"type": "integer", "description": "Its place in the log."},
        "digest": {"type": "string"},
        "fresh": {"type": "boolean", "description": "Whether this very call recorded it."},
        "reference": {"type": "string", "description": "Of a case: what people read out."},
        "followed": {
            "type": "array",
            "description": "What it brought with it elsewhere, or why that could not be recorded.",
            "items": {
                "type": "object",
                "required": ["what"],
                "properties": {
                    "what": {"type": "string"},
                    "stream": {"type": "string"},
                    "position": {"type": "integer"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_WITHOUT_DATES = ("/parties", "/tray", "/holds", "/members")
"""What is asked there reckons no time."""
_TRIED = parameter(
    DRY_RUN,
    "`true`: decide it as it would be, answer 200 with what it would record and how the case and its clocks would "
    "stand, or the refusal that it would meet, and record nothing. What follows elsewhere is not told, and the key is "
    "not used up.",
    kind="boolean",
)
_NAMING = CASE_NAMED | CASES_NAMED | {"cites"}
_NAMING_A_PARTY = frozenset(
    {
        AddCaseParty,
        GiveConsultationNotice,
        IssueNotice,
        LogContact,
        OpenCase,
        OpenDisclosure,
        OpenReview,
        ProposeErasure,
    }
)
_DEFINED = "#/components/schemas/{model}"


class _Described(GenerateJsonSchema):
    """Several of one kind are a list of so many: a schema for each place, few generators of clients understand."""

    def tuple_schema(self, schema: TupleSchema) -> JsonSchemaValue:
        found = super().tuple_schema(schema)
        kinds = found.get("prefixItems", [])
        if kinds and all(each == kinds[0] for each in kinds):
            found["items"] = found.pop("prefixItems")[0]
        return found


def add_write(
    routes: Routes, path: str, written: Written, *, summary: str, example: Mapping[str, Any]
) -> None:
    """Adds the route of a verb; the model of its body is made when it is first asked for, or described."""

    @cache
    def model() -> type[Body]:
        return body_of(written.verb, in_path=written.in_path)

    def body() -> dict[str, Any]:
        said = {
            "schema": model().model_json_schema(ref_template=_DEFINED, schema_generator=_Described),
            "example": dict(example),
        }
        required = any(field.is_required() for field in model().model_fields.values())
        return {"required": required, "content": {"application/json": said}}

    async def write(request: HttpRequest) -> Response:
        service: Service = request.app.state.service
        return await ask_written(service, request, written, model())

    write.__doc__ = told_of(written.verb.command)
    receipt = _receipt_of(written.verb, routes)
    again = (
        {"anyOf": [receipt, shape_of(WhatIf, routes.schemas)]} if written.can_be_tried else receipt
    )
    routes.add(
        "POST",
        path,
        write,
        act=written.act,
        summary=summary,
        problems=(
            "malformed-request",
            *(("disclosure-not-found",) if "{disclosure_id}" in path else ()),
            *(("case-not-found",) if _names_a_case(path, written.verb) else ()),
            *(("party-not-found",) if _is_about_a_party(path, written.verb) else ()),
            *(("invalid-policy",) if "toml" in written.verb.more else ()),
            "refused",
            "unlawful-transition",
            *(() if path.startswith(_WITHOUT_DATES) else ("beyond-calendar",)),
            "version-conflict",
            "body-too-large",
            "unsupported-media-type",
            "invalid-command",
            *(("precondition-required",) if written.in_order else ()),
            "ledger-unavailable",
            "outcome-unknown",
        ),
        answers={
            201: {"description": "Recorded, and durable.", "content": _as_json(receipt)},
            200: {
                "description": "Recorded before under this key, or nothing to add"
                + ("; or what would come of it." if written.can_be_tried else "."),
                "content": _as_json(again),
            },
        },
        parameters=[
            *path_parameters(path),
            *((_TRIED,) if written.can_be_tried else ()),
            *HEADERS,
        ],
        requestBody=body,
    )


def _as_json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _names_a_case(path: str, verb: Verb) -> bool:
    """Whether a case is named in the address or in what is sent."""
    return "{ref}" in path or not _NAMING.isdisjoint(verb.asked_for)


def _is_about_a_party(path: str, verb: Verb) -> bool:
    """Whether it is asked of a party, or of whatever is held about one, or names one."""
    return "{party_id}" in path or verb.command in _NAMING_A_PARTY


def _receipt_of(verb: Verb, routes: Routes) -> dict[str, Any]:
    """The schema of what a verb is answered with: of what has an id of its own, also that."""
    own = verb.own
    name = "Receipt" if own is None else f"Receipt-{own.removesuffix('_id')}"
    made = {"type": "string", "format": "uuid", "description": "The id of what was recorded."}
    properties = _RECEIPT["properties"] | ({} if own is None else {own: made})
    if verb.beside is not None:
        name = f"Receipt-{verb.beside.name}"
        properties = properties | {verb.beside.name: shape_of(verb.beside.shape, routes.schemas)}
    routes.schemas[name] = {**_RECEIPT, "properties": properties}
    return {"$ref": f"#/components/schemas/{name}"}


def _header(
    name: str, said: str, *, example: str | None = None, required: bool = False
) -> dict[str, Any]:
    schema = {"type": "string"}
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": said,
        "schema": schema,
        **({} if example is None else {"example": example}),
    }


HEADERS = (
    _header(
        "Idempotency-Key",
        "Your own id of this command, kept for ever: asked again with it, nothing is recorded twice.",
        example="7d1f6a52-1c1b-4a86-9d0a-0a4a3f1f5c11",
        required=True,
    ),
    _header(
        "If-Match",
        'The ETag of what you have seen, such as `"12"`; needed where order matters.',
    ),
    _header(
        "Audit-Reason",
        "The ground on which this is asked, as a code: it goes on record and is never erased.",
        example="s.8(2)",
    ),
    _header(
        "Correlation-Id",
        "Your id of the matter, such as a UUID or a trace id: recorded with it, and never erased.",
        example="crm-4711",
    ),
)
