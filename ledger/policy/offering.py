"""Offering: which request types a policy offers to the public by Open311, and what of their cases anybody may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from ledger.policy.naming import Wrong, unknown
from ledger.policy.values import Amount, Code, Label, Section, Text, Words, YesNo
from ledger.policy.ways_in import kind_of_contact, peoples_channel

if TYPE_CHECKING:
    from ledger.policy.document import Policy

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


def open311_channel(policy: Policy) -> str | None:
    """The channel by which requests come; None if the policy has none for them."""
    return policy.open311.channel or peoples_channel(policy, "web")


def update_kind(policy: Policy) -> str | None:
    """The kind of contact that an update is; the first of the policy where it lacks the one that is meant."""
    return kind_of_contact(policy, policy.open311.contact_kind)


def taking_field(policy: Policy, given: Given) -> Code | None:
    """The field of the policy that takes what is given as text; None if it has none."""
    code = policy.open311.field_of(given)
    field = policy.fields.get(code or "")
    return code if field is not None and field.kind in ("text", "item") else None


def wrong_open311(policy: Policy) -> Iterator[Wrong]:
    """What the policy says of Open311 and is not so."""
    terms = policy.open311
    yield from _services(policy)
    yield from unknown(("open311", "channel"), terms.channel, policy.channels, "channel")
    if "contact_kind" in terms.model_fields_set:
        kinds = policy.reasons.contact
        yield from unknown(
            ("open311", "contact_kind"), terms.contact_kind, kinds, "kind of contact"
        )
    for given, code in terms.fields.items():
        path = ("open311", "fields", given)
        yield from unknown(path, code, policy.fields, "field")
        if code in policy.fields and taking_field(policy, given) is None:
            yield path, f"names '{code}', which takes no text"
    for index, shown in enumerate(terms.shows):
        code = taking_field(policy, shown)
        if code is None or policy.fields[code].tier != "office":
            yield (
                ("open311", "shows", index),
                f"shows '{shown}' to anybody, and open311.fields names no field of the office tier for it",
            )


def _services(policy: Policy) -> Iterator[Wrong]:
    """Services that are no request type, and services without a channel to come by."""
    services = policy.open311.services
    for code in services:
        yield from unknown(("open311", "services", code), code, policy.types, "request type")
    if services and open311_channel(policy) is None:
        yield ("open311", "services"), "are offered, and no channel of the family 'web' takes them"
