"""Parties: a person or an organisation is recorded once, as it said of itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.registers.parties import PARTY, PartyRecorded, RecordParty
from tests.case.cases import ENQUIRY
from tests.deciding import given, number

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
