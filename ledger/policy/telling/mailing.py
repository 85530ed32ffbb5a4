"""Mailing: what a policy says of the mail that reaches the office, and what holds where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.policy.document.naming import Wrong, unknown
from ledger.policy.document.policy import Channel, Policy
from ledger.policy.telling.ways_in import kind_of_contact, peoples_channel

_ANSWERS = ("name", "contact", "words")


def mail_channel(policy: Policy) -> str | None:
    """The channel by which people's mail comes; None if the policy has none for it."""
    return policy.mail.channel or peoples_channel(policy, "email")


def contact_kind(policy: Policy) -> str | None:
    """The kind of contact that a mail on a case is; the first of the policy where it lacks the one that is meant."""
    return kind_of_contact(policy, policy.mail.contact_kind)


def wanting_for_mail(policy: Policy) -> str | None:
    """What a policy lacks without which no mail can be taken in, as a sentence; None if it can."""
    if mail_channel(policy) is None:
        return "The policy in force has no channel for mail: add one of the family 'email'."
    if contact_kind(policy) is None:
        return "The policy in force has no kind of contact for mail: add one under reasons.contact."
    if not takes_personal_text(policy, policy.mail.words):
        return (
            f"The policy in force has no field for what a mail says ('{policy.mail.words}'): add one for "
            "a personal text, or name another under mail.words."
        )
    return None


def robot_channel(policy: Policy, sender: str) -> tuple[str, Channel] | None:
    """The channel of a robot that the office knows by its address; None for every other sender."""
    wanted = sender.casefold()
    for code, each in policy.channels.items():
        if wanted in (known.casefold() for known in each.senders):
            return code, each
    return None


def takes_personal_text(policy: Policy, field: str) -> bool:
    """Whether a field is there and what is put in it is sealed text."""
    found = policy.fields.get(field)
    return found is not None and found.tier == "personal" and found.kind == "text"


def wrong_mail(policy: Policy) -> Iterator[Wrong]:
    """What the policy says of mail and is not so."""
    terms = policy.mail
    yield from unknown(("mail", "channel"), terms.channel, policy.channels, "channel")
    if "contact_kind" in terms.model_fields_set:
        kinds = policy.reasons.contact
        yield from unknown(("mail", "contact_kind"), terms.contact_kind, kinds, "kind of contact")
    for key in _ANSWERS:
        field = getattr(terms, key)
        if key in terms.model_fields_set and not takes_personal_text(policy, field):
            yield ("mail", key), f"names '{field}', which is no field for a personal text"
    seen: dict[str, str] = {}
    for code, channel in policy.channels.items():
        for index, sender in enumerate(channel.senders):
            known = seen.setdefault(sender.casefold(), code)
            if known != code:
                yield (
                    ("channels", code, "senders", index),
                    f"is the sender '{sender}' of {known} already",
                )
