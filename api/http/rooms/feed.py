"""The addresses of the feed: a page of it as a batch of CloudEvents, or as it comes, as server-sent events."""

from __future__ import annotations

import re
from typing import Any

from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.feed.events import BATCH, DIGEST_BYTES
from api.http.accepting import accepts
from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.identity.principals import Principal
from api.http.reading.reads import LIMIT, following, limit_of, parameter, refuse_unclear
from api.http.rooms.streaming import Streams
from api.http.routing.instants import OF_THE_FEED
from api.http.routing.routes import Routes
from api.http.service import Service
from api.http.standing import allow
from ledger.errors import InvalidCommand
from ledger.policy.acting.feeding import FOLLOW, Follower

_EVENTS = "text/event-stream"
_AFTER = parameter(
    "after",
    "After which entry to go on: a position, 0 for everything, or the id of the last event that was heard.",
    example="0",
)
_LAST_EVENT_ID = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "The id of the last event that was heard: it goes on after that one.",
    "schema": {"type": "string"},
    "example": "42-1f6ac04be2a9d377",
}
_CURSOR = re.compile(rf"([0-9]{{1,15}})(?:-([0-9a-f]{{{2 * DIGEST_BYTES}}}))?")
"""A position, or the id of an event."""
_STREAM = {"schema": {"type": "string", "description": "Server-sent events, each a CloudEvent."}}
_NAMES = (
    *("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataref"),
    *("partitionkey", "sequence", "data"),
)
_EVENT: dict[str, Any] = {
    "type": "object",
    "description": "An entry of the log as a CloudEvent.",
    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
    "properties": {name: {"type": "object" if name == "data" else "string"} for name in _NAMES},
}


def feed_routes() -> Routes:
    """The feed, page by page and as it comes."""
    routes, streams = Routes(prefix="/v1", tag="Feed"), Streams()

    def feed(request: HttpRequest) -> Response:
        """Entries after a position, in order, as far as whoever asks may see them; `next` goes on from there.

        The position up to which the log was looked at is `Ledger-Position`, also where nothing is shown.
        """
        exchange = Exchange(request.app.state.service, request)
        if accepts(request.headers.get("accept", ""), _EVENTS):
            return _streamed(exchange, streams)
        follower = _allowed(exchange, "after", "limit")
        after = _position(exchange, request.query_params.get("after", "0"), "after")
        feed = exchange.service.feed
        page = feed.page(follower, after=after, limit=limit_of(exchange))
        said = [feed.event(each) for each in page.entries]
        return answered(
            request,
            said,
            position=page.looked_upto,
            links={"next": following(exchange, after=page.looked_upto)},
            media_type=BATCH,
        )

    def events(request: HttpRequest) -> Response:
        """The same as it comes: each event has an id, after which a reader who comes back misses nothing."""
        return _streamed(Exchange(request.app.state.service, request), streams)

    routes.schemas["CloudEvent"] = _EVENT
    problems = ("invalid-command", "too-many-requests", "ledger-unavailable")
    batch = {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/CloudEvent"}}}
    routes.add(
        "GET",
        "/feed",
        feed,
        act=FOLLOW,
        summary="Follow the log, from the first entry on",
        problems=problems,
        answers={
            200: {"description": "A page.", "content": {BATCH: batch, _EVENTS: _STREAM}},
            304: {"description": "As you have it already."},
        },
        parameters=[_AFTER, LIMIT, _LAST_EVENT_ID],
        told_now=OF_THE_FEED,
    )
    routes.add(
        "GET",
        "/feed/events",
        events,
        act=FOLLOW,
        summary="Follow the log as server-sent events",
        problems=problems,
        answers={200: {"description": "Events as they come.", "content": {_EVENTS: _STREAM}}},
        parameters=[_AFTER, _LAST_EVENT_ID],
        told_now=OF_THE_FEED,
    )
    return routes


def follower(principal: Principal) -> Follower:
    """Whoever asks, as somebody who follows the log."""
    actor = principal.actor
    return Follower(actor.id, actor.kind, principal.roles, principal.scopes)


def _allowed(exchange: Exchange, *taken: str) -> Follower:
    if exchange.request.query_params.keys() - set(taken):
        raise InvalidCommand(
            f"Something in this query is not understood: it takes {', '.join(taken)}."
        )
    refuse_unclear(exchange.request.query_params)
    allow(exchange.service, exchange.principal, FOLLOW)
    return follower(exchange.principal)


def _position(exchange: Exchange, said: str, name: str) -> int:
    """The position to go on after; InvalidCommand where it is none, or is of another log."""
    cursor, feed = _CURSOR.fullmatch(said), exchange.service.feed
    if cursor is None:
        raise InvalidCommand(
            f"{name}: give the id of an event or its position, such as 42, or 0 to begin with the first."
        )
    position, digest = int(cursor.group(1)), cursor.group(2)
    if position > feed.tip():
        raise InvalidCommand(
            f"{name}: no entry {position} is in this ledger, so it is not the log that you followed, or was "
            "restored from a backup: begin again from a position that you know it has."
        )
    if digest is not None and not feed.is_at(position, digest):
        raise InvalidCommand(
            f"{name}: another entry is at {position} here, so it is not the log that you followed, or was "
            "restored from a backup: begin again from a position that you know it has."
        )
    return position


def _streamed(exchange: Exchange, streams: Streams) -> Response:
    _allowed(exchange, "after")
    request = exchange.request
    heard = request.headers.get("last-event-id", "").strip() or None  # blank: none was heard yet
    after = (
        _position(exchange, request.query_params.get("after", "0"), "after")
        if heard is None
        else _position(exchange, heard, "Last-Event-ID")
    )
    service: Service = exchange.service

    def again() -> Follower:
        """Whoever asks, as they stand by now: a key that was taken back shows nothing more."""
        return follower(service.identities.principal(request.headers))

    return streams.answer(service, again, after=after)
