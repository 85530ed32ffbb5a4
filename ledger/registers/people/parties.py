"""Parties: people and organisations, each a record in a stream of its own, known by nothing but its id elsewhere.

Who somebody is, is held with a degree of assurance, and so is whether two records are of the same
person: a machine may propose it, a person decides it with the evidence, and may decide otherwise later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from ledger.case.known.items import LanguageTag
from ledger.case.people.recorded import refuse_unrecorded
from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, PersonalValues, Values, fact
from ledger.policy.dates import anniversary
from ledger.policy.telling.days import day_said
from ledger.policy.telling.safe_contact import SafeContact
from ledger.registers.people.dying import (
    CorrectDeath,
    DeathCorrected,
    PartyDied,
    RecordDeath,
    alive_after_all,
    correct_death,
    record_death,
)
from ledger.registers.people.party_state import (
    Assurance,
    Party,
    PartyCommand,
    PartyKind,
    Representation,
    Verdict,
)
from ledger.registers.people.representing import (
    AppointRepresentative,
    EndMinority,
    EndRepresentation,
    RepresentationEnded,
    RepresentativeAppointed,
    appoint_representative,
    end_minority,
    end_representation,
    ended_by_majority,
    local_today,
)
from ledger.registers.people.safe_contact import (
    PartySafeContactSet,
    SetPartySafeContact,
    set_party_safe_contact,
)


@fact
class PartyRecorded(Fact):
    """A person or an organisation was recorded, as it said of itself; `given` says which of name and contact."""

    kind: PartyKind
    assurance: Assurance
    language: str | None = None
    name: PersonalText
    contact: PersonalValues
    given: tuple[str, ...] = ()


@fact
class PartyContactGiven(Fact):
    """Somebody gave another name, language or way to be reached; what is not `given` stays as it was."""

    language: str | None
    name: PersonalText
    contact: PersonalValues
    given: tuple[str, ...] = ()


@fact
class PartyIdentified(Fact):
    """Who somebody is was found with another degree of assurance than before; `evidence` says its kind, no number."""

    assurance: Assurance
    before: Assurance
    evidence: PersonalText


@fact
class PartyLinkDecided(Fact):
    """A person decided whether this and another record are of the same person; the latest verdict holds."""

    other_party: UUID
    verdict: Verdict
    similarity: int | None
    evidence: PersonalText


@fact
class PartyBirthRecorded(Fact):
    """When somebody was born, and the day on which they come of age; `of_age` says whether they were by then."""

    of_age: bool
    majority_age: int
    born_on: PersonalText
    of_age_on: PersonalText


class RecordParty(PartyCommand):
    """Record a person or an organisation."""

    kind: PartyKind = "person"
    assurance: Assurance = "claimed"
    language: LanguageTag | None = None
    name: str | None = Field(default=None, min_length=1)
    contact: Values | None = None


class GiveContact(PartyCommand):
    """Take in another name, language or way to reach somebody."""

    language: LanguageTag | None = None
    name: str | None = Field(default=None, min_length=1)
    contact: Values | None = None


class IdentifyParty(PartyCommand):
    """Say with what degree of assurance it is known who somebody is, and by what kind of evidence."""

    assurance: Assurance
    evidence: str = Field(min_length=1)


class DecidePartyLink(PartyCommand):
    """Decide whether this and another record are of the same person; both records tell of it."""

    other_party: UUID
    verdict: Verdict
    evidence: str = Field(min_length=1)
    similarity: int | None = Field(default=None, ge=0, le=1000)

    @property
    def also(self) -> tuple[Command, ...]:
        told = {"party_id": self.other_party, "other_party": self.party_id}
        return (self.model_copy(update=told),)


class RecordBirth(PartyCommand):
    """Record when somebody was born; the day on which they come of age follows from it."""

    born_on: date


def record_party(party: Party, asked: RecordParty, around: Circumstances) -> Sequence[Happened]:
    """A party is recorded once; what is learnt of it later is other facts."""
    if party.recorded:
        raise UnlawfulTransition(
            "This party is recorded already: use its record, or record another with a new id.",
            rule="party-recorded-once",
        )
    recorded = PartyRecorded(**asked.for_fact(), given=_given(asked))
    return (around.happened(recorded),)


def give_contact(party: Party, asked: GiveContact, around: Circumstances) -> Sequence[Happened]:
    """What somebody gives is kept beside what they gave before."""
    party.known()
    if asked.language is None and asked.name is None and not asked.contact:
        raise InvalidCommand("Say what was given: a name, a language or a way to reach them.")
    return (around.happened(PartyContactGiven(**asked.for_fact(), given=_given(asked))),)


def _given(asked: RecordParty | GiveContact) -> tuple[str, ...]:
    """Which of name and ways to be reached were told, sealed as they are: a case asks for what nobody has."""
    told = {"contact": asked.contact, "name": asked.name}
    return tuple(each for each, value in told.items() if value)


def identify_party(party: Party, asked: IdentifyParty, around: Circumstances) -> Sequence[Happened]:
    """Assurance can rise and fall, each time with its evidence; a machine may match, but verifies nobody."""
    if asked.assurance == party.known().assurance:
        return ()
    if asked.assurance == "verified" and around.actor.kind != "person":
        raise NotAuthorised(
            "A machine verifies nobody: let a person see the evidence and say what it was."
        )
    identified = PartyIdentified(
        assurance=asked.assurance, before=party.assurance, evidence=asked.evidence
    )
    return (around.happened(identified),)


def decide_party_link(
    party: Party, asked: DecidePartyLink, around: Circumstances
) -> Sequence[Happened]:
    """A person decides, with the evidence; 'not the same' is kept, so that it is not proposed again."""
    party.known()
    if asked.other_party == asked.party_id:
        raise InvalidCommand("A record is not linked with itself: name the other record.")
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine may propose that two records are of one person: let a person decide it."
        )
    if party.verdicts.get(asked.other_party) == asked.verdict:
        return ()
    refuse_unrecorded(asked.other_party, around)
    return (around.happened(PartyLinkDecided(**asked.for_fact())),)


def record_birth(party: Party, asked: RecordBirth, around: Circumstances) -> Sequence[Happened]:
    """A date of birth lies in the past; the day of majority is reckoned by the policy in force.

    Where that day is past already, so is what somebody could do for them as a child.
    """
    if party.known().kind != "person":
        raise InvalidCommand("An organisation has no date of birth: record one of a person.")
    today = local_today(around)
    if asked.born_on > today:
        raise InvalidCommand(
            f"The date of birth {day_said(asked.born_on)} lies in the future: give the date again."
        )
    majority_age = around.policies.in_force(around.now).policy.people.majority_age
    of_age_on = anniversary(asked.born_on, majority_age)
    born = PartyBirthRecorded(
        of_age=of_age_on <= today,
        majority_age=majority_age,
        born_on=asked.born_on.isoformat(),
        of_age_on=of_age_on.isoformat(),
    )
    ended = ended_by_majority(party, of_age_on, around) if born.of_age else ()
    return (around.happened(born), *ended)


def evolve(party: Party, happened: Happened | Entry) -> Party:
    """A party after one more fact."""
    match happened.fact:
        case PartyRecorded() as fact:
            return replace(
                party,
                recorded=True,
                kind=fact.kind,
                assurance=fact.assurance,
                given=frozenset(fact.given),
            )
        case PartyContactGiven() as fact:
            return replace(party, given=party.given.union(fact.given))
        case PartyIdentified() as fact:
            return replace(party, assurance=fact.assurance)
        case PartyLinkDecided() as fact:
            return replace(party, verdicts={**party.verdicts, fact.other_party: fact.verdict})
        case RepresentativeAppointed() as fact:
            since_at = happened.context.effective_at
            standing = Representation(fact.authority, since_at, fact.until_on)
            acting = {**party.representatives, fact.representative: standing}
            since = (
                party.since_death | {fact.representative} if party.deceased else frozenset[UUID]()
            )
            return replace(party, representatives=acting, since_death=since)
        case RepresentationEnded() as fact:
            ended = party.ended_by_death
            if fact.ground == "death" and fact.representative in party.representatives:
                ended = {**ended, fact.representative: party.representatives[fact.representative]}
            acting = {
                who: each
                for who, each in party.representatives.items()
                if who != fact.representative
            }
            acted = party.acted | {fact.representative}
            return replace(party, representatives=acting, acted=acted, ended_by_death=ended)
        case PartyDied():
            return replace(party, deceased=True)
        case DeathCorrected() as fact:
            return alive_after_all(party, fact)
        case PartySafeContactSet() as fact:
            return replace(party, safe_contact=SafeContact.of(fact.instruction_id, fact.channels))
        case _:
            return party


PARTY = Kind(
    "party",
    Party(),
    {
        RecordParty: record_party,
        GiveContact: give_contact,
        IdentifyParty: identify_party,
        DecidePartyLink: decide_party_link,
        AppointRepresentative: appoint_representative,
        EndRepresentation: end_representation,
        EndMinority: end_minority,
        RecordBirth: record_birth,
        RecordDeath: record_death,
        CorrectDeath: correct_death,
        SetPartySafeContact: set_party_safe_contact,
    },
    evolve,
)
