"""The verify page: one HTML file without key, data or library, the same in every bundle."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent
_SCRIPTS = (
    "coding", "archive", "notes", "trees", "lines", "streams", "verifying", "words", "showing",
)  # fmt: skip


@cache
def verify_page() -> bytes:
    """The page's bytes; its script and style are let in by their digests alone."""
    style = _read("page.css")
    parts = "".join(_read(f"{name}.js") for name in _SCRIPTS)
    script = f'\n"use strict";\n(() => {{\n{parts}}})();\n'
    page = _read("page.html")
    for name, said in (
        ("style-digest", _digest(style)),
        ("script-digest", _digest(script)),
        ("style", style),
        ("script", script),
    ):
        page = page.replace(f"{{{{{name}}}}}", said)
    return page.encode()


def page_digest() -> str:
    """SHA-256 of the page in hex, as it is published."""
    return sha256(verify_page()).hexdigest()


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(said: str) -> str:
    return base64.b64encode(sha256(said.encode()).digest()).decode()
