"""An application asked in this process, without a client: one that a person would use takes as long as the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

import httpx
from fastapi import FastAPI
from starlette.types import Message

_KINDS = {"json": "application/json", "data": "application/x-www-form-urlencoded"}


async def answered(
    app: FastAPI, method: str, path: str, *, headers: Mapping[str, str], **body: Any
) -> httpx.Response:
    """What the application answers; a body is given as `json`, None for none, or as `data`, a form's."""
    sent, kind = _encoded(**body)
    said = {"Host": "127.0.0.1", "Accept": "*/*", **kind, **headers}
    bare, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(bare),
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in said.items()],
        "client": ("127.0.0.1", 123),
        "server": ("127.0.0.1", None),
    }
    asked: list[Message] = [{"type": "http.request", "body": sent, "more_body": False}]
    told: list[Message] = []
    whole = asyncio.Event()

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await whole.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            whole.set()

    await app(scope, receive, send)
    begun, *parts = told
    return httpx.Response(
        begun["status"],
        headers=begun["headers"],
        content=b"".join(part.get("body", b"") for part in parts),
    )


def _encoded(**body: Any) -> tuple[bytes, dict[str, str]]:
    """A body as it is sent, and the headers that say what it is."""
    match body:
        case {"json": said} if said is not None:
            sent = json.dumps(said).encode()
        case {"data": said}:
            sent = urlencode(said).encode()
        case _:
            return b"", {}
    return sent, {"Content-Type": _KINDS[next(iter(body))], "Content-Length": str(len(sent))}
