"""Mail terms of a policy: how mail becomes cases and contacts, and how much of it one sender may send."""

from __future__ import annotations

from ledger.policy.values import Amount, Code, Label, Section


class MailTerms(Section):
    """How mail becomes cases and contacts, and how much of it one sender may send."""

    channel: Code | None = None
    """The channel by which it comes; the first of the family `email` that has no `senders` if left out."""
    contact_kind: Code = "new-information"
    """The kind of contact that a mail on a case is logged as: what it really is a person says."""
    name: Code = "name"
    contact: Code = "contact"
    words: Code = "description"
    """The fields that take the sender's name, address and words; one that is not a personal text takes nothing."""
    own_addresses: tuple[Label, ...] = ()
    """Addresses of the office itself: what comes from them goes round in a circle."""
    an_hour_from_a_sender: Amount = 20
    an_hour_on_a_case: Amount = 20
    """How many an hour are taken in; what is more is set aside."""
