"""Downloads: what is given out whole, as a file, of when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from fastapi import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from api.http.answering.answers import KEPT_BY_NOBODY, in_chunks
from api.http.exchanges import Exchange
from api.http.reading.reads import (
    UNCHANGED,
    Read,
    as_it_stands,
    path_parameters,
    refuse_unnamed,
    saying_something,
)
from api.http.routing.instants import OF_WHAT_IS_GIVEN_OUT
from api.http.routing.routes import Routes
from api.http.service import Service

BYTES: Mapping[str, Any] = {"type": "string", "format": "binary"}
ZIP = "application/zip"


def add_download(
    routes: Routes,
    path: str,
    give: Read,
    *,
    act: str,
    summary: str,
    said: str,
    content: Mapping[str, Mapping[str, Any]],
    tagged: bool = False,
    query: Sequence[dict[str, Any]] = (),
    problems: Sequence[str] = (),
) -> None:
    """Adds the route of a download; `content` says by kind what its schema is, `said` what it is in words.

    What is `tagged` has the digest of its bytes as its entity tag, under which somebody may have it already. A query
    that is not named is refused.
    """
    allowed = frozenset(each["name"] for each in query)

    def endpoint(request: HttpRequest) -> Response:
        service: Service = request.app.state.service
        refuse_unnamed(request.query_params, allowed)
        return as_it_stands(Exchange(service, request), give)

    endpoint.__doc__ = give.__doc__
    routes.add(
        "GET",
        path,
        endpoint,
        act=act,
        summary=summary,
        problems=("invalid-command", "ledger-unavailable", *problems),
        answers={
            200: {
                "description": said,
                "content": {kind: {"schema": dict(schema)} for kind, schema in content.items()},
            },
            **({304: UNCHANGED} if tagged else {}),
        },
        parameters=[*path_parameters(path), *(saying_something(each) for each in query)],
        told_now=OF_WHAT_IS_GIVEN_OUT,
    )


def named(file_name: str) -> dict[str, str]:
    """The headers of what is kept as a file of this name, and by nobody in between."""
    return {**KEPT_BY_NOBODY, "Content-Disposition": f'attachment; filename="{file_name}"'}


def as_zip(file: IO[bytes], file_name: str, **headers: str) -> Response:
    """A zip of this name, sent in pieces and closed after the last."""
    headers |= {**named(file_name), "Content-Length": str(file.seek(0, 2))}
    return StreamingResponse(in_chunks(file), 200, headers, ZIP)
