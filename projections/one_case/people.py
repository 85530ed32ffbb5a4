"""People on a case: who is concerned and in which roles, with what their records say of them, sealed or opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.case.state import Case
from ledger.facts import Concealed
from ledger.registers.people.parties import PARTY, PartyContactGiven, PartyRecorded
from ledger.registers.people.party_state import Party
from ledger.registers.people.safe_contact import PartySafeContactSet
from ledger.sealing.reading import ReadEntry

TOLD_IN = frozenset({PartyRecorded.topic, PartyContactGiven.topic, PartySafeContactSet.topic})
"""Entries in which somebody says who they are, how to reach them, and how not to."""


@dataclass(frozen=True, slots=True)
class PersonOnCase:
    """Somebody concerned in a case: what is personal is None where it is sealed, or nobody said.

    `never_by`, `times` and `not_as` are how they must not be contacted on any case: channels, times, names.
    """

    party: UUID
    roles: tuple[str, ...]
    kind: str
    assurance: str
    deceased: bool
    language: str | None
    name: str | None
    contact: Mapping[str, Any] | None
    never_by: tuple[str, ...]
    times: str | None
    not_as: str | None


def concerned_in(case: Case) -> dict[UUID, tuple[str, ...]]:
    """Whoever is concerned in a case, the requester first, each with the roles they have there."""
    found: dict[UUID, tuple[str, ...]] = {}
    if case.requester is not None:
        found[case.requester] = ("requester",)
    for party, role in sorted(case.parties):
        found[party] = tuple(dict.fromkeys((*found.get(party, ()), role)))
    return found


def person_on(party: UUID, roles: Sequence[str], records: Iterable[ReadEntry]) -> PersonOnCase:
    """Somebody by their own record and, before it, others of the same person.

    Of what they gave anew the latest holds, each way to reach them by itself.
    """
    state: Party = PARTY.initial
    told: dict[str, Any] = {}
    contact: dict[str, Any] = {}
    unsafe: dict[str, Any] = {}
    for each in records:
        fact = each.entry.fact
        if each.entry.subject_id == party:
            state = PARTY.evolve(state, each.entry)
        match fact:
            case PartyRecorded() | PartyContactGiven():
                told |= {
                    name: value
                    for name, value in (("language", fact.language), ("name", fact.name))
                    if _is_said(value)
                }
                contact |= fact.contact if isinstance(fact.contact, Mapping) else {}
            case PartySafeContactSet():
                unsafe = {"times": fact.times, "not_as": fact.names}
            case _:
                pass
    return PersonOnCase(
        party=party,
        roles=tuple(roles),
        kind=state.kind,
        assurance=state.assurance,
        deceased=state.deceased,
        language=told.get("language"),
        name=told.get("name"),
        contact=contact or None,
        never_by=tuple(sorted(state.safe_contact.channels)) if state.safe_contact else (),
        **{what: unsafe[what] if _is_said(unsafe.get(what)) else None for what in _UNSAFE},
    )


_UNSAFE = ("times", "not_as")


def _is_said(value: Any) -> bool:
    return value is not None and not isinstance(value, Concealed)
