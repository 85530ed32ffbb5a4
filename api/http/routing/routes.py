"""Routes: each is reached under an act of the table, which says who may; none is added without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.http.answering.shapes import Schema
from api.http.refusing.problems import TITLES
from api.http.routing.instants import answers_or_says_why
from ledger.policy.acting.acts import EVERY_ACT

PUBLIC = "public"
"""The act of what anybody may ask without saying who they are."""
ACT = "x-act"
PROBLEMS = "x-problems"
"""The codes of the problems of a status, until the description tells them in the place that all refer to."""
TOLD_NOW = "x-told-now"
"""Why a read takes not each of the instants, until the description says so in its words."""
_FAILED = 400


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
        # A protocol that has errors of its own tells these in its own way.
        its_own = any(int(status) >= _FAILED for status in answers or {})
        everywhere = () if its_own else (*_of_anybody(act), *_of_addresses(path))
        responses: dict[int | str, dict[str, Any]] = {
            status: dict(said) for status, said in (answers or {}).items()
        }
        for code in dict.fromkeys((*everywhere, *problems)):
            add_problem(responses, code)
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
            openapi_extra={
                ACT: act,
                **({} if told_now is None else {TOLD_NOW: told_now}),
                **openapi,
            },
        )


def _of_anybody(act: str) -> tuple[str, ...]:
    """The problems of whoever may not ask."""
    return () if act == PUBLIC else ("unauthenticated", "not-authorised")


def _of_addresses(path: str) -> tuple[str, ...]:
    """The problems of what cannot stand in an address: in the place of a name a slash, however it is written."""
    return ("not-found",) if "{" in path else ()


def add_problem(responses: dict[Any, dict[str, Any]], code: str, *, key: Any = None) -> None:
    """Says that an operation may be answered with a problem, beside others of its status."""
    status, title, _ = TITLES[code]
    known = responses.setdefault(status if key is None else key, {"description": "", PROBLEMS: []})
    if code not in known[PROBLEMS]:
        known[PROBLEMS].append(code)
        known["description"] = f"{known['description']} {title}".strip()


def example_of(name: str) -> dict[str, str]:
    """The reference to an example that the components hold."""
    return {"$ref": f"#/components/examples/{name}"}


def _operation(method: str, path: str) -> str:
    words = path.replace("{", "").replace("}", "").replace("/v1", "").strip("/")
    return (
        f"{method.lower()}-{words.replace('/', '-').replace('.', '-').replace('_', '-') or 'root'}"
    )
