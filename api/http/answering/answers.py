"""Answers: JSON through orjson or CSV, with the entity tag and the position that they are as of."""

from __future__ import annotations

import csv
import io
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import IO, Any

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.answering.shapes import names_of
from api.http.entity_tags import to_match
from api.http.refusing.problems import EdgeProblem, said_in
from api.spreadsheets import as_text
from api.verbs import Followed
from ledger.entry import Receipt
from ledger.ids import reference_of
from ledger.policy.values import Language
from projections.answers import as_json

JSON = "application/json"
CSV = "text/csv; charset=utf-8; header=present"
POSITION = "Ledger-Position"
COMPRESSED = "-gzip"
"""What the strong tag of an answer ends with where it was sent compressed."""
_KEPT_BY_WHOM = {
    "Cache-Control": "private, no-cache",
    "Vary": "Accept, Accept-Language, Authorization, X-API-Key, Acting-Role, Acting-Team, Acting-Delegation, "
    "On-Behalf-Of, Inquiry",
}
KEPT_BY_NOBODY = {"Cache-Control": "no-store"}
"""Of what holds personal values: a browser would keep them on its disk, also once they are erased here."""
_CHUNK_BYTES = 1 << 16
_ABOUT_THE_ANSWER = frozenset({"about", "up_to_date"})
_OF_THE_ASKING = frozenset({"at", "to_at", "position"})


def answered(
    request: HttpRequest,
    said: object,
    *,
    tag: str | None = None,
    position: int | None = None,
    links: Mapping[str, str] | None = None,
    media_type: str = JSON,
    opened: bool = False,
) -> Response:
    """An answer as JSON; 304 without a body where whoever asks has it already.

    `tag` is its entity tag where a version says more of it than its bytes; `opened` says that it holds personal values,
    of which no digest is told: by that of little it could be guessed.
    """
    plain = as_json(said)
    raw = orjson.dumps(plain)
    named = f'"{tag}"' if tag is not None else None
    if named is None and not opened:
        named = f'W/"{_digest(orjson.dumps(_lasting(plain)))}"'
    headers = _kept(named, opened=opened) | _about(position, links)
    return _unless_known(request, raw, headers, media_type)


def tabled(
    request: HttpRequest,
    rows: Iterable[Mapping[str, Any]],
    *,
    columns: Sequence[str],
    position: int | None = None,
    links: Mapping[str, str] | None = None,
    opened: bool = False,
) -> Response:
    """The same as CSV (RFC 4180), a line a row; what a spreadsheet would take for a formula is quoted as text."""
    said = io.StringIO(newline="")
    writer = csv.writer(said)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    raw = said.getvalue().encode()
    return sent(request, raw, media_type=CSV, position=position, links=links, opened=opened)


def in_columns(
    request: HttpRequest,
    rows: Iterable[object],
    kind: type,
    *,
    position: int | None = None,
    links: Mapping[str, str] | None = None,
) -> Response:
    """Rows of a kind as CSV, a column for each of its fields; what has parts of its own is JSON in its cell."""
    said: Iterable[Mapping[str, Any]] = (as_json(each) for each in rows)
    return tabled(request, said, columns=names_of(kind), position=position, links=links)


def sent(
    request: HttpRequest,
    raw: bytes,
    *,
    media_type: str,
    position: int | None = None,
    links: Mapping[str, str] | None = None,
    opened: bool = False,
) -> Response:
    """An answer that is written already; 304 without a body where whoever asks has it."""
    headers = _kept(None if opened else f'W/"{_digest(raw)}"', opened=opened)
    return _unless_known(request, raw, headers | _about(position, links), media_type)


def _kept(tag: str | None, *, opened: bool) -> dict[str, str]:
    named = {} if tag is None else {"ETag": tag}
    return {**named, **_KEPT_BY_WHOM, **(KEPT_BY_NOBODY if opened else {})}


def _unless_known(
    request: HttpRequest, raw: bytes, headers: Mapping[str, str], media_type: str
) -> Response:
    known = unchanged(request, headers) if "ETag" in headers else None
    return known or Response(raw, 200, headers, media_type)


def of_this_version(
    request: HttpRequest,
    raw: bytes,
    *,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """What anybody is answered until this software is another; 304 without a body where whoever asks has it."""
    tag = f'W/"{_digest(raw)}"'
    kept = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    return _unless_known(request, raw, kept, media_type)


def receipted(
    receipt: Receipt,
    *,
    made: Mapping[str, object],
    replayed: bool,
    location: str | None,
    brought: Sequence[Followed] = (),
    language: Language = "en",
) -> Response:
    """What a command is answered with: where it is recorded, whether it was before, and what it brought with it."""
    said: dict[str, Any] = {
        "stream": receipt.stream,
        "version": receipt.version,
        "position": receipt.position,
        "digest": receipt.digest,
        "fresh": receipt.fresh,
        **as_json(made),
    }
    if receipt.stream.startswith("case/"):
        said["reference"] = reference_of(receipt.subject_id)
    if brought:
        said["followed"] = [
            each.told(lambda error: said_in(error, language)[0]) for each in brought
        ]
    headers = {
        "ETag": f'"{receipt.version}"',
        POSITION: str(max([receipt.position, *(each.position for each in brought)])),
        "Cache-Control": "no-store",
    }
    if brought:
        headers["Content-Language"] = language
    if location is not None:
        headers["Location"] = location
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(orjson.dumps(said), 201 if receipt.fresh else 200, headers, JSON)


def _about(position: int | None, links: Mapping[str, str] | None) -> dict[str, str]:
    said = {} if position is None else {POSITION: str(position)}
    if links:
        said["Link"] = ", ".join(f'<{to}>; rel="{rel}"' for rel, to in links.items())
    return said


def in_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, which is closed once it was sent."""
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _lasting(said: Any) -> Any:
    """An answer without when it was asked for and how far the log was by then: what else it says makes its tag."""
    if not isinstance(said, Mapping):
        return said
    return {
        name: _lasting(value) if name in _ABOUT_THE_ANSWER else value
        for name, value in said.items()
        if name not in _OF_THE_ASKING
    }


def unchanged(request: HttpRequest, headers: Mapping[str, str]) -> Response | None:
    """The answer without its content to whoever says that they have what carries its tag; None to others.

    It carries the tag under which they have it, which tells whether that was sent compressed. Whoever would have it
    only as they saw it is refused where it is otherwise by now (RFC 9110, sections 13.1.1 and 13.2.2).
    """
    if request.method != "GET":
        return None  # what is answered to a question that was posted has no address, and no tag that others had
    tag = headers["ETag"]
    wanted = to_match(request)
    if wanted is not None and _same(wanted, tag) is None:
        raise EdgeProblem(
            "version-conflict",
            "If-Match: what is at this address has another ETag by now; leave the header out to read it as it is.",
        )
    if (same := _same(", ".join(request.headers.getlist("if-none-match")), tag)) is None:
        return None
    # As of the answer itself, which may have been compressed.
    varies = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
    return Response(status_code=304, headers={**headers, "ETag": same, "Vary": varies})


def _same(said: str, tag: str) -> str | None:
    """This tag as it stands among those that a header says; None where it does not."""
    theirs = [tag] if said.strip() == "*" else [each.strip() for each in said.split(",")]
    return next((each for each in theirs if _opaque(each) == _opaque(tag)), None)


def _opaque(tag: str) -> str:
    """What a tag names, compared weakly (RFC 9110, section 8.8.3.2) and whether it was sent compressed or not."""
    return tag.strip().removeprefix("W/").strip('"').removesuffix(COMPRESSED)


def _digest(raw: bytes) -> str:
    return urlsafe_b64encode(sha256(raw).digest()[:15]).decode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return as_text(value)
        case _:
            several = isinstance(value, dict | list | tuple)
            return as_text(
                orjson.dumps(as_json(value)).decode() if several else str(as_json(value))
            )
