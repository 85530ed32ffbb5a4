"""A volume of the chronology as one HTML page that loads nothing and runs nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any

_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.75rem;line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid}
h3{font-size:1rem;margin:1.5rem 0 0}
p{margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.25rem 0}
article dl{font-size:.875rem}
dt{font-weight:600}dd{margin:0}
.note{border-left:4px solid;padding-left:.75rem;margin:1rem 0}
@media print{body{margin:0;max-width:none}article{break-inside:avoid}}
"""
_STYLE_DIGEST = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()


def as_html(volume: Mapping[str, Any]) -> bytes:
    """The page; whatever is said in it is text, never markup."""
    return "".join(_page(volume)).encode()


def _page(volume: Mapping[str, Any]) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{volume["language"]}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    yield f"style-src 'sha256-{_STYLE_DIGEST}'\">\n"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(volume['title'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<main>\n<h1>{escape(volume['title'])}</h1>\n"
    yield _facts(volume["facts"])
    yield from (f'<p class="note">{escape(each)}</p>\n' for each in volume["notes"])
    if (explained := volume.get("exemptions")) is not None:
        yield f"<section>\n<h2>{escape(explained['title'])}</h2>\n"
        yield f"{_facts(explained['facts'])}</section>\n"
    for chapter in volume["chapters"]:
        yield f"<section>\n<h2>{escape(chapter['title'])}</h2>\n"
        for entry in chapter["entries"]:
            yield f"<article>\n<h3>{escape(entry['title'])}</h3>\n"
            yield f"<p>{escape(entry['sentence'])}</p>\n{_facts(entry['facts'])}</article>\n"
        if chapter["note"]:
            yield f'<p class="note">{escape(chapter["note"])}</p>\n'
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _facts(facts: list[list[str]]) -> str:
    if not facts:
        return ""
    said = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f"<dl>{''.join(said)}</dl>\n"
