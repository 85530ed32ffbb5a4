"""Routes: each is reached under an act of the table, which says who may; none is added without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.http.instants import answers_or_says_why
from api.http.problems import MEDIA_TYPE, TITLES
from api.http.shapes import Schema
from ledger.policy.acts import EVERY_ACT

PUBLIC = "public"
"""The act of what anybody may ask without saying who they are."""
ACT = "x-act"


class Routes:
    """A router whose routes name their acts, and say all errors that they answer with."""

    def __init__(self, *, prefix: str = "", tag: str) -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag])
        self.schemas: dict[str, Schema] = {}
        """The shapes of its answers, by name."""

    def add(
        self,
        method: str,
        path: str,
        endpoint: Callable[..., Any],
        *,
        act: str,
        summary: str,
        problems: Sequence[str] = (),
        answers: Mapping[int | str, Mapping[str, Any]] | None = None,
        told_now: str | None = None,
        **openapi: Any,
    ) -> None:
        """Adds a route; `openapi` goes into its description as it is.

        A read that takes no other instant says why in `told_now`.
        """
        if method == "GET":
            endpoint = answers_or_says_why(endpoint, openapi.get("parameters", ()), told_now)
        if act != PUBLIC and act not in EVERY_ACT:
            raise ValueError(f"{method} {path}: no line of the table of acts names {act}")
        codes = dict.fromkeys(
            ("unauthenticated", "not-authorised", *problems) if act != PUBLIC else problems
        )
        responses: dict[int | str, dict[str, Any]] = {
            status: dict(said) for status, said in (answers or {}).items()
        }
        for code in codes:
            status, title, _ = TITLES[code]
            known = responses.setdefault(status, _problem_response(title))
            if known["description"] != title:
                known["description"] += f" {title}"
        self.router.add_api_route(
            path,
            endpoint,
            methods=[method],
            summary=summary,
            responses=responses,
            response_model=None,
            response_class=Response,  # of no kind by itself: each says its own
            status_code=min((int(each) for each in answers or {}), default=200),
            operation_id=_operation(method, path),
            openapi_extra={ACT: act, **openapi},
        )


def _problem_response(title: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": title, "content": {MEDIA_TYPE: {"schema": schema}}}


def _operation(method: str, path: str) -> str:
    words = path.replace("{", "").replace("}", "").replace("/v1", "").strip("/")
    return (
        f"{method.lower()}-{words.replace('/', '-').replace('.', '-').replace('_', '-') or 'root'}"
    )
