"""Other instants: each read answers about the one that is asked about or says why not; none passes it over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import iscoroutinefunction
from typing import Any

from fastapi import Request as HttpRequest
from starlette.responses import Response

from ledger.errors import InvalidCommand

INSTANTS = ("known_at", "as_of")
OF_THE_SERVICE = "The service tells how it is now: leave known_at and as_of out."
OF_EVIDENCE = (
    "An entry never changes and a proof is of its checkpoint: leave known_at and as_of out."
)
OF_THE_FEED = "The feed gives every entry in order with its instants: leave known_at and as_of out."
OF_A_PROTOCOL = "This protocol knows now alone: leave known_at and as_of out, or ask under /v1."
OF_A_MONTH = "A month is told as known at the end of the month after it, for good: leave known_at and as_of out."
OF_WHAT_IS_GIVEN_OUT = "What is given out is of when it is asked for: leave known_at and as_of out."


def answers_or_says_why(
    endpoint: Callable[..., Any], parameters: Sequence[Mapping[str, Any]], told_now: str | None
) -> Callable[..., Any]:
    """The endpoint, refusing with a sentence each instant that its parameters do not name; ValueError without one."""
    lacking = {*INSTANTS} - {each["name"] for each in parameters if each["in"] == "query"}
    if not lacking:
        return endpoint
    if told_now is None:
        raise ValueError(
            f"no parameter {', '.join(sorted(lacking))}, and no sentence that says why"
        )

    def refuse(request: HttpRequest) -> None:
        if lacking & request.query_params.keys():
            raise InvalidCommand(told_now)

    if iscoroutinefunction(endpoint):
        awaited: Callable[[HttpRequest], Awaitable[Response]] = endpoint

        async def asked(request: HttpRequest) -> Response:
            refuse(request)
            return await awaited(request)

        asked.__doc__ = endpoint.__doc__
        return asked

    def asked_at_once(request: HttpRequest) -> Response:
        refuse(request)
        return endpoint(request)

    asked_at_once.__doc__ = endpoint.__doc__
    return asked_at_once
