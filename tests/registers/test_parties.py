"""Parties: recorded once, as they said of themselves; what is learnt of them later, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.errors import InvalidCommand, NotAuthorised, PartyNotFound, UnlawfulTransition
from ledger.facts import Fact
from ledger.registers.people.dying import CorrectDeath, DeathCorrected, PartyDied, RecordDeath
from ledger.registers.people.parties import (
    PARTY,
    DecidePartyLink,
    GiveContact,
    IdentifyParty,
    PartyBirthRecorded,
    PartyContactGiven,
    PartyIdentified,
    PartyLinkDecided,
    PartyRecorded,
    RecordBirth,
    RecordParty,
)
from ledger.registers.people.representing import (
    AppointRepresentative,
    EndRepresentation,
    RepresentationEnded,
    RepresentativeAppointed,
)
from tests.case.cases import ENQUIRY
from tests.deciding import WATCH, History, given, number, some

PERSON = RecordParty(
    party_id=number(1),
    assurance="matched",
    language="fr",
    name="Ada Doucet",
    contact={"phone": "902 555 0100", "safe": True},
)


def test_a_person_is_recorded_with_how_surely_it_is_them() -> None:
    given(of=PARTY, stream=PERSON.stream).when(PERSON).then(
        PartyRecorded(
            kind="person",
            assurance="matched",
            language="fr",
            name="Ada Doucet",
            contact={"phone": "902 555 0100", "safe": True},
            given=("contact", "name"),
        )
    )


def test_an_organisation_of_which_nothing_is_known_yet_is_recorded() -> None:
    asked = RecordParty(party_id=number(2), kind="organisation")
    given(of=PARTY).when(asked).then(
        PartyRecorded(kind="organisation", assurance="claimed", name=None, contact=None)
    )


def test_a_party_is_recorded_once() -> None:
    given(of=PARTY).asked(PERSON).when(PERSON).refused(
        UnlawfulTransition, saying="use its record", rule="party-recorded-once"
    )


def test_a_party_is_a_person_or_an_organisation() -> None:
    with pytest.raises(ValidationError):
        RecordParty.model_validate({"party_id": number(1), "kind": "ghost"})


def test_of_a_party_nothing_is_asked_that_belongs_to_a_case() -> None:
    refused = given(of=PARTY).when(ENQUIRY).refused_by
    assert isinstance(refused, InvalidCommand)


# What is learnt of somebody later

KNOWN = PartyRecorded(kind="person", assurance="claimed", name="Ada Doucet", contact=None)
HALL = PartyRecorded(kind="organisation", assurance="claimed", name="Parish hall", contact=None)
VERIFY = IdentifyParty(party_id=number(1), assurance="verified", evidence="Driver's licence seen.")
SAME = DecidePartyLink(
    party_id=number(1), other_party=number(2), verdict="same", evidence="Same licence."
)
GUARDIAN = AppointRepresentative(
    party_id=number(1),
    representative=number(3),
    authority="guardian",
    scope="Everything about school.",
    until_on=date(2027, 6, 30),
)


def of_party(*facts: Fact) -> History[Any]:
    return given(KNOWN, *facts, of=PARTY, stream=PERSON.stream)


def test_who_somebody_is_becomes_surer_with_the_evidence_that_was_seen() -> None:
    of_party().when(VERIFY).then(
        PartyIdentified(assurance="verified", before="claimed", evidence="Driver's licence seen.")
    ).when(VERIFY).nothing()
    of_party().when(VERIFY, actor=WATCH).refused(NotAuthorised, saying="A machine verifies nobody")
    given(of=PARTY).when(VERIFY).refused(PartyNotFound)


def test_a_record_is_linked_with_one_that_is_there() -> None:
    """Before, a slip in the id was kept as a verdict on a record that nobody has."""
    alone = replace(of_party(), others={f"party/{number(2)}": None})
    alone.when(SAME).refused(PartyNotFound, saying="check the id")


def test_another_way_to_reach_somebody_is_kept_beside_the_first() -> None:
    moved = GiveContact(party_id=number(1), contact={"phone": "902 555 0199"})
    of_party().when(moved).then(
        PartyContactGiven(
            language=None, name=None, contact={"phone": "902 555 0199"}, given=("contact",)
        )
    )
    of_party().when(GiveContact(party_id=number(1))).refused(InvalidCommand)


def test_a_person_decides_whether_two_records_are_of_one_person_and_may_decide_otherwise_later() -> (
    None
):
    linked = (
        of_party()
        .when(SAME)
        .then(
            PartyLinkDecided(
                other_party=number(2), verdict="same", similarity=None, evidence="Same licence."
            )
        )
    )
    linked.when(SAME).nothing()
    apart = SAME.model_copy(update={"verdict": "not_same", "evidence": "Two birth dates."})
    assert linked.asked(apart).state.verdicts == {number(2): "not_same"}
    of_party().when(SAME, actor=WATCH).refused(NotAuthorised, saying="let a person decide")
    itself = SAME.model_copy(update={"other_party": number(1)})
    of_party().when(itself).refused(InvalidCommand, saying="the other record")


def test_somebody_else_acts_for_a_person_on_an_authority_with_an_end() -> None:
    appointed = (
        of_party()
        .when(GUARDIAN)
        .then(RepresentativeAppointed(**GUARDIAN.model_dump(exclude={"party_id"})))
    )
    appointed.when(GUARDIAN).nothing()
    end = EndRepresentation(party_id=number(1), representative=number(3))
    ended = appointed.when(end).then(RepresentationEnded(representative=number(3), reason=None))
    ended.when(end).refused(UnlawfulTransition, rule="ends-a-representation")


def test_an_authority_that_is_over_or_is_their_own_or_ended_with_their_life_is_refused() -> None:
    over = GUARDIAN.model_copy(update={"until_on": date(2026, 3, 1)})
    of_party().when(over).refused(InvalidCommand, saying="ended on 1 March 2026")
    own = GUARDIAN.model_copy(update={"representative": number(1)})
    of_party().when(own).refused(InvalidCommand)
    died = PartyDied(died_on=None, evidence="Notice in the paper.")
    of_party(died).when(GUARDIAN).refused(rule="authority-ends-with-life")


@pytest.mark.parametrize(
    ("born_on", "of_age_on", "of_age"),
    [
        ("2007-03-02", "2026-03-02", True),
        ("2007-03-03", "2026-03-03", False),
        ("2008-02-29", "2027-03-01", False),
    ],
)
def test_age_is_attained_at_the_commencement_of_the_anniversary(
    *, born_on: str, of_age_on: str, of_age: bool
) -> None:
    asked = RecordBirth(party_id=number(1), born_on=date.fromisoformat(born_on))
    of_party().when(asked).then(
        PartyBirthRecorded(of_age=of_age, majority_age=19, born_on=born_on, of_age_on=of_age_on)
    )


def test_a_date_of_birth_in_the_future_or_of_an_organisation_is_refused() -> None:
    asked = RecordBirth(party_id=number(1), born_on=date(2026, 3, 3))
    of_party().when(asked).refused(InvalidCommand, saying="lies in the future")
    given(HALL, of=PARTY).when(asked).refused(InvalidCommand, saying="An organisation")


def test_a_death_is_recorded_once_and_by_a_person() -> None:
    asked = RecordDeath(party_id=number(1), died_on=date(2026, 2, 1), evidence="Certificate seen.")
    died = (
        of_party().when(asked).then(PartyDied(died_on="2026-02-01", evidence="Certificate seen."))
    )
    died.when(asked).nothing()
    of_party().when(asked, actor=WATCH).refused(NotAuthorised)
    tomorrow = asked.model_copy(update={"died_on": date(2026, 3, 3)})
    of_party().when(tomorrow).refused(InvalidCommand, saying="cannot lie in the future")
    given(HALL, of=PARTY).when(asked).refused(InvalidCommand, saying="An organisation")


def test_a_death_ends_what_somebody_could_do_on_the_persons_own_authority_and_no_executors() -> (
    None
):
    executor = GUARDIAN.model_copy(
        update={"representative": number(4), "authority": "executor", "until_on": None}
    )
    asked = RecordDeath(party_id=number(1), evidence="Certificate seen.")
    of_party().asked(GUARDIAN).asked(executor).when(asked).then(
        PartyDied(died_on=None, evidence="Certificate seen."),
        RepresentationEnded(representative=number(3), reason=None, ground="death"),
    )


def test_a_death_that_was_recorded_by_mistake_is_taken_back_and_what_it_ended_stands_again() -> (
    None
):
    """Her attorney was refused every letter for good, and so was she."""
    executor = GUARDIAN.model_copy(
        update={"representative": number(4), "authority": "executor", "until_on": None}
    )
    asked = RecordDeath(party_id=number(1), evidence="A notice in the paper.")
    wrong = CorrectDeath(party_id=number(1), reason="It was her aunt of the same name.")
    alive = of_party().asked(GUARDIAN)
    alive.when(wrong).refused(UnlawfulTransition, saying="nothing to correct")
    dead = alive.asked(asked).asked(executor)
    dead.when(wrong, actor=WATCH).refused(NotAuthorised)
    again = dead.when(wrong).then(
        DeathCorrected(restored=(number(3),), reason=wrong.reason),
        RepresentationEnded(representative=number(4), reason=wrong.reason),
    )
    assert not again.state.deceased
    assert again.state.representatives == alive.state.representatives
    assert (again.state.acted, again.state.ended_by_death) == ({number(4)}, {})
    again.when(wrong).refused(UnlawfulTransition)
    again.when(asked).then(some(PartyDied), some(RepresentationEnded, ground="death"))


def test_whoever_acted_for_the_person_and_then_for_the_estate_acts_for_the_person_again() -> None:
    """A daughter with a power of attorney is the executor too: she had neither authority when it was taken back."""
    executor = GUARDIAN.model_copy(update={"authority": "executor", "until_on": None})
    asked = RecordDeath(party_id=number(1), evidence="A notice in the paper.")
    wrong = CorrectDeath(party_id=number(1), reason="It was her aunt of the same name.")
    alive = of_party().asked(GUARDIAN)
    again = (
        alive.asked(asked)
        .asked(executor)
        .when(wrong)
        .then(DeathCorrected(restored=(number(3),), reason=wrong.reason))
    )
    assert again.state.representatives == alive.state.representatives
    assert number(3) not in again.state.acted
