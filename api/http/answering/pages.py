"""Pages: what is told to a program as JSON, told to whoever looks with a browser as a page without script or style."""

from __future__ import annotations

from html import escape

from starlette.requests import Request as HttpRequest

from api.http.accepting import accepts
from ledger.policy.values import Language

JSON, HTML = "application/json", "text/html"
PAGE = f"{HTML}; charset=utf-8"


def rather_a_page(request: HttpRequest) -> bool:
    """Whether whoever asks would rather have a page than JSON."""
    accept = request.headers.get("accept", "")
    return accepts(accept, HTML) and not accepts(accept, JSON)


def told_in(language: Language) -> dict[str, str]:
    """The headers of what is told in a language and in either form."""
    return {
        "Content-Language": language,
        "Vary": "Accept, Accept-Language",
        "Cache-Control": "no-cache",
    }


def page(language: Language, title: str, within: str) -> str:
    """A page of one heading, with this HTML below."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><main><h1>{escape(title)}</h1>{within}</main></body></html>"
    )
