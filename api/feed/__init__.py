"""The feed: the log as other systems follow it, entry by entry, as far as each may see it."""

from __future__ import annotations

from api.feed.events import cloud_event, event_id
from api.feed.following import Feed

__all__ = ["Feed", "cloud_event", "event_id"]
