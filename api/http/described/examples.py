"""Examples in the description: what a small office answered each operation, as it is kept beside this module.

Tests drive that office through the interface and hold what is kept against what it answers;
`python -m tests.examples` writes it anew. It is read when the description is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.feed.events import BATCH
from api.http.described.headers import HEADERS
from api.http.refusing.problems import TITLES

_FILE = Path(__file__).with_name("examples.json")
_FAILING = "300"
_AT_TIMES = frozenset({"Link", "Idempotency-Replayed"})
_AGAIN = "200"
"""The status of a write that was asked again under its key: its receipt is the first one, and not fresh."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Answers by operation and kind, each with its headers, and problems by name."""

    answers: Mapping[str, Mapping[str, Any]]
    problems: Mapping[str, Any]

    @classmethod
    def kept(cls) -> Examples:
        return cls(**orjson.loads(_FILE.read_bytes()))

    def components(self) -> dict[str, Any]:
        """The problems, as the description refers to them."""
        return {
            name: {"summary": TITLES[name][1] if name in TITLES else name, "value": said}
            for name, said in self.problems.items()
        }

    def event(self) -> object:
        """An entry as the feed tells it, and deliveries do."""
        (first, *_) = self.answers["GET /v1/feed"][BATCH]["body"]
        return first

    def show(self, path: str, method: str, operation: dict[str, Any]) -> None:
        """Puts into an operation what it was answered with."""
        heard = self.answers.get(f"{method.upper()} {path}", {})
        repeated = "201" in operation["responses"]
        for status, response in operation["responses"].items():
            contents = response.get("content", {}) if status < _FAILING else {}
            headers: dict[str, str] = {}
            for kind in contents.keys() & heard.keys():
                body = heard[kind]["body"]
                if repeated and status == _AGAIN and isinstance(body, dict):
                    body = {**body, "fresh": False}
                contents[kind]["example"] = body
                headers |= heard[kind]["headers"]
            if headers:
                response["headers"] = _headers(headers, response.get("headers", {}))


def _headers(heard: Mapping[str, str], described: Mapping[str, Any]) -> dict[str, Any]:
    """The headers that came with an answer, as they came, and those that come at times."""
    came = {name: {**HEADERS[name], "example": said} for name, said in heard.items()}
    return came | {name: described[name] for name in _AT_TIMES & described.keys() - came.keys()}
