"""Accepting: what a header of preferences takes, each with its quality (RFC 9110, section 12.4.2)."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

_ENCODINGS = b"accept-encoding"


def quality(parameters: str) -> float:
    """How much something is liked, from 0, which is not at all, to 1."""
    for each in parameters.split(";"):
        name, _, said = each.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(said), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def accepts(header: str, what: str) -> bool:
    """Whether this is named there, and not as what is refused."""
    named = (each.partition(";") for each in header.split(","))
    return any(name.strip().lower() == what and quality(said) > 0 for name, _, said in named)


class Compressing(GZipMiddleware):
    """Compresses for whoever accepts it: to whom says `gzip;q=0` an answer is sent as it is (section 12.5.3)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = next((value for name, value in scope.get("headers", ()) if name == _ENCODINGS), b"")
        if b"gzip" in said and not accepts(said.decode("latin-1"), "gzip"):
            kept = [each for each in scope["headers"] if each[0] != _ENCODINGS]
            scope = {**scope, "headers": kept}
        await super().__call__(scope, receive, send)
