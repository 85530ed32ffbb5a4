"""What is sent to the addresses of webhooks: where to tell of entries, of which, and from when on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.feed.events import TYPES_BEGIN
from ledger.policy.acting.feeding import Follower
from ledger.registers.integrations.followed import followed_topics
from ledger.registers.integrations.webhooks import BOTH_SIGN_HOURS_AT_MOST, URL_AT_MOST, URL_PATTERN

_URL = Field(
    pattern=URL_PATTERN,
    max_length=URL_AT_MOST,
    description="Where entries are told: https, and a machine that is not inside the office's own network.",
)


def _with_topics(schema: dict[str, Any]) -> None:
    """Names each topic that another system is shown, as entries and as events call it, once all facts are known."""
    shown = followed_topics(Follower("", "machine", ("integrator",)).kinds())
    told = [f"{begins}{each}" for begins in ("", TYPES_BEGIN) for each in shown]
    schema["items"] = {"type": "string", "enum": told}


class Said(BaseModel):
    """A body, of which nothing is passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SubscriptionBody(Said):
    """Where to tell of entries, of which topics (all if none is named), after which position (now if left out)."""

    url: str = _URL
    topics: list[str] = Field(
        default=[],
        description="Topics of entries that another system is shown, or their types of events.",
        json_schema_extra=_with_topics,
    )
    after: int | None = Field(default=None, ge=0, description="The position after which it begins.")


class AddressBody(Said):
    """Where to tell of entries from now on."""

    url: str = _URL


class RenewalBody(Said):
    """For how many hours the former secret signs as well."""

    both_hours: int = Field(
        default=24,
        ge=0,
        le=BOTH_SIGN_HOURS_AT_MOST,
        description="For how many hours the former secret signs as well; 0 where it is known to others.",
    )


class AgainBody(Said):
    """Which entries that were given up are to be delivered after all; every one if none is named."""

    entries: list[int] = Field(
        default=[], description="Positions of entries that were given up; all of them if left out."
    )


class NothingBody(Said):
    """Nothing has to be said."""
