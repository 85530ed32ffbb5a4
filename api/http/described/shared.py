"""What many operations answer alike is said once in the description: each problem, or several of one status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.http.described.headers import of_failure
from api.http.refusing.problems import MEDIA_TYPE
from api.http.routing.routes import PROBLEMS, example_of

_FAILED = "400"


def shared_failures(document: dict[str, Any]) -> None:
    """Moves each answer that says that something failed to the components, under the names of its examples."""
    shared: dict[str, Any] = document["components"].setdefault("responses", {})
    for methods in document["paths"].values():
        for operation in methods.values():
            responses: dict[str, Any] = operation["responses"]
            for status, response in responses.items():
                if status >= _FAILED:
                    named = _examples(response)
                    name = ".".join(named)
                    shared.setdefault(name, _problem_response(status, response, named))
                    responses[status] = {"$ref": f"#/components/responses/{name}"}


def _examples(response: dict[str, Any]) -> Sequence[str]:
    """The names of the examples of an answer, which say what failed."""
    if PROBLEMS in response:
        codes: Sequence[str] = response[PROBLEMS]
        return codes
    (content,) = response["content"].values()
    return [*content["examples"]]


def _problem_response(
    status: str, response: dict[str, Any], named: Sequence[str]
) -> dict[str, Any]:
    problem = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {name: example_of(name) for name in named},
    }
    return {
        "description": response["description"],
        "content": response.get("content", {MEDIA_TYPE: problem}),
        "headers": of_failure(status),
    }
