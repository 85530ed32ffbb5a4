"""Parties: people and organisations, each a record in a stream of its own, known by nothing but its id elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, PersonalText, PersonalValues, Values, fact

PartyKind = Literal["person", "organisation"]
Assurance = Literal["claimed", "matched", "verified"]


@fact
class PartyRecorded(Fact):
    """A person or an organisation was recorded, as it said of itself."""

    kind: PartyKind
    assurance: Assurance
    language: str | None = None
    name: PersonalText
    contact: PersonalValues


class RecordParty(Command):
    """Record a person or an organisation."""

    party_id: UUID
    kind: PartyKind = "person"
    assurance: Assurance = "claimed"
    language: str | None = None
    name: str | None = None
    contact: Values | None = None

    @property
    def stream(self) -> str:
        return f"party/{self.party_id}"


@dataclass(frozen=True, slots=True)
class Party:
    """What decisions need to know of a party."""

    recorded: bool = False


def record_party(party: Party, asked: RecordParty, around: Circumstances) -> Sequence[Happened]:
    """A party is recorded once; what is learnt of it later is other facts."""
    if party.recorded:
        raise UnlawfulTransition(
            "This party is recorded already: use its record, or record another with a new id.",
            rule="party-recorded-once",
        )
    return (around.happened(PartyRecorded(**asked.model_dump(exclude={"party_id"}))),)


def evolve(party: Party, happened: Happened | Entry) -> Party:
    """A party after one more fact."""
    return Party(recorded=True) if isinstance(happened.fact, PartyRecorded) else party


PARTY = Kind("party", Party(), {RecordParty: record_party}, evolve)
