"""Posting: one attempt to deliver one entry, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from api.feed.events import ONE
from api.webhooks.backlog import ASKED_TO_WAIT_AT_MOST, Failure
from api.webhooks.reaching import Answered, Endpoint, NotReached

_AWAY = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that say nothing about the entry: nobody is there just now, or too much came at once."""
_GONE = 410
_TYPED = {"Content-Type": f"{ONE}; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Taken:
    """The receiver has it."""

    status: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The receiver says that it wants nothing more (410)."""


Outcome = Taken | Gone | Failure


async def delivered(
    endpoint: Endpoint, body: bytes, headers: Mapping[str, str], *, attempts: int = 0
) -> Outcome:
    """What came of one attempt; after failed `attempts` the next of several addresses is tried."""
    try:
        answered = await endpoint.post(body, {**_TYPED, **headers}, attempts=attempts)
    except NotReached as error:
        return Failure("away", str(error))
    return _outcome(answered)


def _outcome(answer: Answered) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        return Taken(status)
    if status == _GONE:
        return Gone()
    wait = _asked_wait(answer.headers.get("retry-after"))
    return Failure("away" if status in _AWAY else "refused", str(status), status, wait)


def _asked_wait(said: str | None) -> timedelta | None:
    """How long the receiver asks to be left alone (RFC 9110, section 10.2.3), an hour at most."""
    if said is None:
        return None
    if said.strip().isdecimal():
        wait = timedelta(seconds=int(said.strip()[:6]))
    else:
        try:
            wait = parsedate_to_datetime(said) - datetime.now(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return min(max(wait, timedelta()), ASKED_TO_WAIT_AT_MOST)
