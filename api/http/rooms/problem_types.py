"""Types of problems: whoever follows the `type` of one reads what it means, what to do, and what answers with it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import orjson
from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.http.answering.pages import HTML, JSON, PAGE, page, rather_a_page, told_in
from api.http.answering.shapes import shape_of
from api.http.reading.reads import add_public
from api.http.refusing.languages import language_of
from api.http.refusing.problems import TITLES, TYPES, EdgeProblem, title_of
from api.http.refusing.remedies import remedy_of
from api.http.routing.routes import Routes
from ledger.policy.values import Language
from projections.answers import as_json

_WORDS: dict[Language, tuple[str, str]] = {
    "en": ("Status:", "Operations that can be answered so"),
    "fr": ("Statut :", "Opérations auxquelles il peut être répondu ainsi"),
}


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem: its meaning as the title of each, its status, what to do, and the operations it can answer."""

    type: str
    code: str
    status: int
    title: str
    what_to_do: str
    operations: tuple[str, ...]


def problem_type_routes() -> Routes:
    """One page for each type."""
    routes = Routes(tag="Service")
    shape = shape_of(ProblemType, routes.schemas)
    add_public(
        routes,
        f"{TYPES}{{code}}",
        _problem_type,
        content={JSON: {"schema": shape}, HTML: {"schema": {"type": "string"}}},
        summary="What a type of problem means, what to do, and which operations can be answered with it",
        problems=("not-found",),
    )
    return routes


def _problem_type(request: HttpRequest) -> Response:
    """As a page to whoever would rather have one, else as JSON."""
    code = request.path_params["code"]
    if code not in TITLES:
        raise EdgeProblem(
            "not-found",
            "There is no such type of problem: the schema Problem in `GET /openapi.json` names all that there are.",
        )
    language = language_of(request.headers.get("accept-language"))
    found = ProblemType(
        f"{TYPES}{code}",
        code,
        TITLES[code][0],
        title_of(code, language),
        remedy_of(code, language),
        _answered_with(code, request.app.openapi()),
    )
    if rather_a_page(request):
        return Response(_page(found, language), 200, told_in(language), PAGE)
    return Response(orjson.dumps(as_json(found)), 200, told_in(language), JSON)


def _answered_with(code: str, document: dict[str, Any]) -> tuple[str, ...]:
    """The operations that the description says can be answered with it: a shared answer is named by its codes."""
    return tuple(
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if any(
            code in response.get("$ref", "").rpartition("/")[2].split(".")
            for response in operation["responses"].values()
        )
    )


def _page(found: ProblemType, language: Language) -> str:
    status, operations = _WORDS[language]
    listed = "".join(f"<li><code>{escape(each)}</code></li>" for each in found.operations)
    return page(
        language,
        found.title,
        f"<p>{escape(found.what_to_do)}</p><p>{status} {found.status} <code>{found.code}</code></p>"
        f"<h2>{operations}</h2><ul>{listed}</ul>",
    )
