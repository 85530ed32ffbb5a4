"""Offering: which request types a policy offers to the public by Open311, and what of their cases anybody may see."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.policy.document.naming import Wrong, unknown
from ledger.policy.document.open311 import Given
from ledger.policy.document.policy import Policy
from ledger.policy.telling.ways_in import kind_of_contact, peoples_channel
from ledger.policy.values import Code


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
