"""What a receiver of webhooks is sent, and what its answer does: the other half of the interface, which it offers."""

from __future__ import annotations

from typing import Any

from api.feed.events import ONE

DELIVERIES = "Deliveries"
"""A tag of their own: of two halves under one tag a generator of clients keeps the one that it writes last."""
_DESCRIPTION = (
    "One entry, as the feed tells it, to whoever subscribed (`POST /v1/webhooks`): at least once, and in order for "
    "each `partitionkey`. Check the signature as Standard Webhooks has it, over the body as it came; what "
    "comes again under the same `webhook-id` is the same entry again. A receiver that missed something reads it at "
    "`/v1/feed` after the last event that it heard. Redirects are not followed."
)
_HEADERS = (
    (
        "webhook-id",
        "The same for the same entry, however often it comes.",
        "6000dc7dd01911be2475bb00d92806bb-115-7bad08d89a2de5f3",
    ),
    (
        "webhook-timestamp",
        "When this was sent, in seconds since 1970: refuse what is old.",
        "1772460000",
    ),
    (
        "webhook-signature",
        "One signature, or two while a secret is being renewed: one of them has to fit.",
        "v1,VQoIfzwgdZmQQnjP1ASC5e93sStQpBVBFMUoP5s8Yj0=",
    ),
)
_ANSWERS = {
    "2XX": "You have it.",
    "410": "You want nothing more: the subscription is paused until it is resumed.",
    "429": "Too much came at once: it comes again, after Retry-After if that is given. So too with 503.",
    "default": "It comes again, later each time; what is refused for days is given up, and can be delivered again.",
}


def deliveries(example: object) -> dict[str, Any]:
    """The deliveries of webhooks, as OpenAPI 3.1 describes what an interface sends by itself."""
    event = {"schema": {"$ref": "#/components/schemas/CloudEvent"}, "example": example}
    return {
        "entry": {
            "post": {
                "operationId": "deliver_entry",
                "tags": [DELIVERIES],
                "summary": "Be told of an entry",
                "description": _DESCRIPTION,
                "security": [],
                "parameters": [
                    {
                        "name": name,
                        "in": "header",
                        "required": True,
                        "description": said,
                        "schema": {"type": "string"},
                        "example": shown,
                    }
                    for name, said, shown in _HEADERS
                ],
                "requestBody": {"required": True, "content": {ONE: event}},
                "responses": {status: {"description": said} for status, said in _ANSWERS.items()},
            }
        }
    }
