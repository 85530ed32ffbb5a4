"""Persons: what was known of a party at an instant, and which other records are of the same person."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from ledger.policy.document.policy import Policy
from ledger.policy.same_person import same_person
from ledger.registers.people.parties import PARTY
from ledger.registers.people.party_state import Party
from ledger.store import LedgerStore
from ledger.then import NOW, Then, office_state


def asked_by_nobody_known(policy: Policy, *, on_record: bool, answered: Collection[str]) -> bool:
    """Whether nothing says who asked: no requester is on record, and no field for a name or an address is answered."""
    saying = policy.fields.keys() & {policy.mail.name, policy.mail.contact}
    return not on_record and bool(saying) and saying.isdisjoint(answered)


def party_known(store: LedgerStore, party: UUID, then: Then = NOW) -> Party:
    """What is known of a party, or was then."""
    return office_state(PARTY, store.stream(f"party/{party}"), then)


def records_of(store: LedgerStore, party: UUID, then: Then = NOW) -> tuple[UUID, ...]:
    """The party and every other record that was decided to be of the same person."""
    return same_person(party, lambda each: party_known(store, each, then).same_as)


def person_known(store: LedgerStore, party: UUID | None, then: Then = NOW) -> list[Party]:
    """What is known of somebody, or was then, in each record that was decided to be theirs; of nobody nothing."""
    records = records_of(store, party, then) if party is not None else ()
    return [party_known(store, each, then) for each in records]
