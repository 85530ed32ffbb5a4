"""Open311 terms of a policy: which request types the public is offered, and what of their cases anybody may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from ledger.policy.values import Amount, Code, Label, Section, Text, Words, YesNo

Given: TypeAlias = Literal[
    "name", "contact", "description", "place", "address_string", "address_id", "lat", "long",
    "media_url", "device_id", "account_id",
]  # fmt: skip
"""What a requester gives by arguments of GeoReport: `name` is first and last name, `contact` e-mail and
telephone, `place` whatever of the place has no field of its own."""


Shown: TypeAlias = Literal[
    "description", "address_string", "address_id", "lat", "long", "media_url"
]


_UNLESS_SAID: Mapping[Given, Code] = {
    "name": "name",
    "contact": "contact",
    "description": "description",
}


class OfferedService(Section):
    """A request type as a service that anybody may ask for."""

    about: Words | None = None
    keywords: Words | None = None
    """Separated by commas."""
    notice: Words | None = None
    """What is told to whoever has just asked for it."""
    listed: YesNo = False
    """Anybody may list its cases and see how each stands; else only who shows a key and the reference."""
    by_token: YesNo = False
    """A request is answered with a token, by which its reference is asked for."""


class Open311Terms(Section):
    """What the office offers by Open311 GeoReport; nothing, where the policy does not say."""

    jurisdiction: Label | None = None
    """Its `jurisdiction_id`; a request that names another one is not for us."""
    help: Text | None = None
    """How the makers of applications reach the office."""
    keys: Text | None = None
    """How they get a key."""
    channel: Code | None = None
    """The channel by which requests come; the first of the family `web` if left out."""
    contact_kind: Code = "new-information"
    """The kind of contact that an update of a request is logged as."""
    repeat_minutes: Amount = 10
    """For how long the same request, sent without a key of its own, is taken for the same one again."""
    fields: Mapping[Given, Code] = {}
    """The field that takes what an argument gives; what has none stands in a note."""
    shows: tuple[Shown, ...] = ()
    """What anybody may see of the cases of listed services, besides how each stands: office-tier fields alone."""
    services: Mapping[Code, OfferedService] = {}
    """By request type."""

    def field_of(self, given: Given) -> Code | None:
        """The field that takes something given, as the policy says or as most policies call it."""
        return self.fields.get(given, _UNLESS_SAID.get(given))
