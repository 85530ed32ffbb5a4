"""A stream of events as its first reader hears it: up to the first event, then they leave."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.types import Message

from tests.patience import WITHIN_SECONDS


async def begun(app: FastAPI, path: str, *, headers: list[tuple[bytes, bytes]]) -> str:
    """What is heard of a stream until an event is whole."""
    said, heard = bytearray(), asyncio.Event()

    async def receive() -> Message:
        if not heard.is_set():
            await heard.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.extend(message.get("body", b""))
        if b"\ndata: " in said or said.startswith(b"data: "):
            heard.set()

    bare, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": bare,
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8420),
    }
    async with asyncio.timeout(WITHIN_SECONDS):
        await app(scope, receive, send)
    return said.decode()
