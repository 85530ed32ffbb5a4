"""Questions that take a body: asked by POST, since what they say is long or must stand in no address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from fastapi import Request as HttpRequest
from pydantic import BaseModel
from starlette.responses import Response

from api.http.answering.shapes import shape_of
from api.http.bodies import expect_json, read_body
from api.http.exchanges import Exchange
from api.http.reading.reads import path_parameters, refuse_unclear
from api.http.routing.routes import Routes
from api.http.service import Service

M = TypeVar("M", bound=BaseModel)
_DEFINED = "#/components/schemas/{model}"


def add_question(
    routes: Routes,
    path: str,
    ask: Callable[[Exchange, M], Awaitable[Response]],
    *,
    act: str,
    model: type[M],
    shape: Any,
    summary: str,
    example: Mapping[str, Any],
    problems: Sequence[str],
    parameters: Sequence[Mapping[str, Any]] = (),
    records: bool = False,
    content: Mapping[str, Mapping[str, Any]] | None = None,
    **openapi: Any,
) -> None:
    """Adds the route of a question; `model` is the shape of its body, `shape` that of its answer.

    One that `records` something is answered with 201, and with 200 once that is on record. `content` says by kind what
    it is answered with, where that is not JSON.
    """

    async def endpoint(http: HttpRequest) -> Response:
        service: Service = http.app.state.service
        refuse_unclear(http.query_params)
        exchange = await Exchange.awaited(service, http)
        expect_json(http)
        return exchange.naming_language(await ask(exchange, read_body(model, await http.body())))

    endpoint.__doc__ = ask.__doc__
    answer: dict[str, Any] = {
        kind: {"schema": dict(schema)} for kind, schema in (content or {}).items()
    } or {"application/json": {"schema": shape_of(shape, routes.schemas)}}
    schema = model.model_json_schema(ref_template=_DEFINED)
    said = {"application/json": {"schema": schema, "example": dict(example)}}
    routes.add(
        "POST",
        path,
        endpoint,
        act=act,
        summary=summary,
        problems=(
            "malformed-request",
            "body-too-large",
            "unsupported-media-type",
            "invalid-command",
            "ledger-unavailable",
            *problems,
        ),
        answers={
            **(
                {201: {"description": "Recorded, and durable.", "content": answer}}
                if records
                else {}
            ),
            200: {
                "description": "Recorded before under this key." if records else "The answer.",
                "content": answer,
            },
        },
        parameters=[*path_parameters(path), *parameters],
        requestBody={"required": True, "content": said},
        **openapi,
    )
