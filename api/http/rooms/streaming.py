"""Streaming: the feed as server-sent events, with a heartbeat, until the reader leaves or the service drains."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from time import monotonic

import orjson
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.responses import Response

from api.feed.events import event_id
from api.feed.following import Page
from api.http.refusing.problems import EdgeProblem
from api.http.service import Service
from ledger.errors import LedgerError, NotAuthorised
from ledger.policy.acting.feeding import Follower

_PAGE = 200
_COMES_BACK_AFTER_MILLISECONDS = 2_000
_LOOKS_UP_EVERY_SECONDS = 1.0
"""So long it takes at most until a stream notices that the service drains."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Streams:
    """The streams that are open at once."""

    def __init__(self) -> None:
        self._open = 0

    def answer(self, service: Service, again: Callable[[], Follower], *, after: int) -> Response:
        """A stream of what comes after a position; a problem where too many are open."""
        if self._open >= service.settings.streams:
            raise EdgeProblem(
                "too-many-requests",
                "Too many streams of the feed are open: read it page by page at /v1/feed meanwhile.",
            )
        return EventSourceResponse(self._counted(_events(service, again, after)), headers=_HEADERS)

    async def _counted(self, events: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self._open += 1
        try:
            async for each in events:
                yield each
        finally:
            self._open -= 1


async def _events(
    service: Service, again: Callable[[], Follower], after: int
) -> AsyncIterator[bytes]:
    """`again` tells before each look who follows; what they may no longer do ends the stream."""
    yield format_sse_event(retry=_COMES_BACK_AFTER_MILLISECONDS)
    heard_at = monotonic()
    try:
        while not service.draining.is_set():
            page = await run_in_threadpool(_page, service, again, after)
            after = page.looked_upto
            if page.entries:
                yield b"".join(_written(service, page))
                heard_at = monotonic()
            elif monotonic() - heard_at >= service.settings.heartbeat_seconds:
                yield format_sse_event(comment="quiet", id=str(after))
                heard_at = monotonic()
            if not page.more:
                wait = min(_LOOKS_UP_EVERY_SECONDS, service.settings.heartbeat_seconds)
                await service.arrivals.awaited(after=after, seconds=wait)
    except LedgerError as error:
        yield format_sse_event(comment=f"ended: {error.code}")


def _page(service: Service, again: Callable[[], Follower], after: int) -> Page:
    follower = again()
    if not follower.may_follow():
        raise NotAuthorised
    return service.feed.page(follower, after=after, limit=_PAGE)


def _written(service: Service, page: Page) -> list[bytes]:
    return [
        format_sse_event(
            data_str=orjson.dumps(service.feed.event(each)).decode(),
            id=event_id(each),
        )
        for each in page.entries
    ]
