"""What is asked of two streams at once is recorded in both or in neither, as one command."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from uuid import UUID

import pytest

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, PartyNotFound
from ledger.registers.people.parties import DecidePartyLink, PartyLinkDecided, RecordParty
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from tests.ledgers import INTAKE, Place
from tests.writer.office_work import all_at_once, assert_clean


def recorded(ledger: Ledger) -> UUID:
    party = ledger.new_id()
    ledger.handle(RecordParty(party_id=party, name="Ada"), actor=INTAKE)
    return party


def link(one: UUID, other: UUID, verdict: str = "same") -> DecidePartyLink:
    said = {"party_id": one, "other_party": other, "verdict": verdict, "evidence": "Same licence."}
    return DecidePartyLink.model_validate(said)


def verdicts(ledger: Ledger, party: UUID) -> list[tuple[UUID, str]]:
    facts = [read.entry.fact for read in ledger.read(f"party/{party}")]
    return [
        (fact.other_party, fact.verdict) for fact in facts if isinstance(fact, PartyLinkDecided)
    ]


def test_both_records_tell_of_a_link_and_the_receipt_is_of_the_one_that_was_asked(
    ledger: Ledger,
) -> None:
    one, other = recorded(ledger), recorded(ledger)
    receipt = ledger.handle(link(one, other), actor=INTAKE)
    assert (receipt.stream, receipt.position) == (f"party/{one}", ledger.store.tip())
    assert verdicts(ledger, one) == [(other, "same")]
    assert verdicts(ledger, other) == [(one, "same")]
    (first,) = {read.entry.context.command_id for read in _linked(ledger, one, other)}
    assert ledger.stream_of_command(first) == f"party/{one}"
    assert_clean(ledger)


def _linked(ledger: Ledger, *parties: UUID) -> list[ReadEntry]:
    return [
        read
        for party in parties
        for read in ledger.read(f"party/{party}")
        if isinstance(read.entry.fact, PartyLinkDecided)
    ]


def test_where_one_of_the_two_refuses_neither_tells_anything(ledger: Ledger) -> None:
    one, nobody = recorded(ledger), ledger.new_id()
    tip = ledger.store.tip()
    for asked in (link(one, nobody), link(nobody, one)):
        with pytest.raises(PartyNotFound):
            ledger.handle(asked, actor=INTAKE)
    with pytest.raises(InvalidCommand, match="the other record"):
        ledger.handle(link(one, one), actor=INTAKE)
    assert ledger.store.tip() == tip


def test_the_same_again_from_either_side_records_nothing(ledger: Ledger) -> None:
    one, other = recorded(ledger), recorded(ledger)
    command_id = ledger.new_id()
    first = ledger.handle(link(one, other), actor=INTAKE, command_id=command_id)
    tip = ledger.store.tip()
    assert ledger.handle(link(one, other), actor=INTAKE, command_id=command_id) == first
    for asked in (link(one, other), link(other, one)):
        assert not ledger.handle(asked, actor=INTAKE).fresh
    assert ledger.store.tip() == tip


def test_many_at_once_and_a_refusal_among_them_leave_every_link_told_twice(
    place: Place, ledger: Ledger
) -> None:
    people = [recorded(ledger) for _ in range(6)]
    pairs = list(pairwise(people))
    all_at_once([partial(ledger.handle, link(*pair), actor=INTAKE) for pair in pairs])
    apart, refused, again = ledger.handle_all(
        [
            Request(link(people[1], people[0], "not_same"), INTAKE),
            Request(link(people[1], people[1]), INTAKE),
            Request(link(people[0], people[1]), INTAKE),
        ]
    )
    assert isinstance(apart, Receipt)
    assert isinstance(refused, InvalidCommand)
    assert isinstance(again, Receipt)
    assert [said for _, said in verdicts(ledger, people[0])] == ["same", "not_same", "same"]
    for one, other in pairs:
        told = [said for who, said in verdicts(ledger, one) if who == other]
        assert told == [said for who, said in verdicts(ledger, other) if who == one]
    assert_clean(ledger)
    with place.open() as reopened:
        assert_clean(reopened)
