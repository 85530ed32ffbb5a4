"""Signing: a key that was retired stays so, the log keeps its name, and as many witnesses are left as must cosign."""

from __future__ import annotations

from ledger.errors import InvalidCommand, Refusal
from ledger.registers.signing import (
    SIGNING,
    AddressWitness,
    IntroduceKey,
    KeyIntroduced,
    KeyRetired,
    Purpose,
    RetireKey,
    SetWitnessQuorum,
    Signing,
    WitnessAddressed,
    WitnessQuorumSet,
)
from tests.deciding import DIRECTOR, History, by, given, number

ID = number(60)
KEY, NEXT, OTHER_LOG = (
    "office.example+11111111+AQ",
    "office.example+22222222+AQ",
    "other.example+33333333+AQ",
)
WITNESSES = ("one.example+44444444+BA", "two.example+55555555+BA")


def introduce(key: str, purpose: Purpose = "checkpoint") -> IntroduceKey:
    return IntroduceKey(signing_id=ID, purpose=purpose, key=key)


def retire(key: str, purpose: Purpose = "checkpoint") -> RetireKey:
    return RetireKey(signing_id=ID, purpose=purpose, key=key)


def quorum(count: int) -> SetWitnessQuorum:
    return SetWitnessQuorum(signing_id=ID, quorum=count)


def signing(*keys: IntroduceKey) -> History[Signing]:
    found = given(of=SIGNING, stream=f"signing/{ID}")
    for each in keys:
        found = found.asked(by(DIRECTOR, each))
    return found


def test_a_key_that_was_retired_is_introduced_no_more() -> None:
    both = signing(introduce(KEY), introduce(NEXT))
    both.when(introduce(KEY), actor=DIRECTOR).nothing()
    retired = both.when(retire(KEY), actor=DIRECTOR).then(KeyRetired(purpose="checkpoint", key=KEY))
    retired.when(retire(KEY), actor=DIRECTOR).nothing()
    retired.when(introduce(KEY), actor=DIRECTOR).refused(Refusal, saying="make another")
    assert retired.state.in_force("checkpoint") == (NEXT,)
    retired.when(retire(NEXT), actor=DIRECTOR).refused(Refusal, saying="the last key")


def test_the_log_keeps_the_name_of_its_first_key() -> None:
    one = signing(introduce(KEY))
    one.when(introduce(OTHER_LOG), actor=DIRECTOR).refused(
        Refusal, saying="office.example for good"
    )
    receipts = introduce(OTHER_LOG, "receipt")
    one.when(receipts, actor=DIRECTOR).then(KeyIntroduced(purpose="receipt", key=OTHER_LOG))


def test_as_many_witnesses_are_left_as_must_cosign() -> None:
    one, other = WITNESSES
    two = signing(introduce(KEY), introduce(one, "witness"), introduce(other, "witness"))
    two.when(quorum(3), actor=DIRECTOR).refused(Refusal, saying="fewer witnesses (2) than 3")
    asked = two.when(quorum(2), actor=DIRECTOR).then(WitnessQuorumSet(quorum=2))
    asked.when(quorum(2), actor=DIRECTOR).nothing()
    asked.when(retire(other, "witness"), actor=DIRECTOR).refused(
        Refusal, saying="set the quorum first"
    )
    fewer = asked.when(quorum(1), actor=DIRECTOR).then(WitnessQuorumSet(quorum=1))
    gone = KeyRetired(purpose="witness", key=other)
    alone = fewer.when(retire(other, "witness"), actor=DIRECTOR).then(gone)
    alone.when(quorum(2), actor=DIRECTOR).refused(Refusal, saying="fewer witnesses (1) than 2")
    alone.when(retire("none.example+66666666+BA", "witness"), actor=DIRECTOR).refused(
        InvalidCommand
    )


def test_a_witness_that_counts_is_asked_at_one_address_or_at_none() -> None:
    one, other = WITNESSES
    first, moved = "https://one.example", "https://moved.example/witness"

    def at(key: str, url: str | None) -> AddressWitness:
        return AddressWitness(signing_id=ID, key=key, url=url)

    named = signing(introduce(KEY), introduce(one, "witness"))
    named.when(at(other, first), actor=DIRECTOR).refused(InvalidCommand, saying="No such witness")
    named.when(at(KEY, first), actor=DIRECTOR).refused(InvalidCommand, saying="No such witness")
    named.when(at(one, None), actor=DIRECTOR).nothing()
    said = named.when(at(one, first), actor=DIRECTOR).then(WitnessAddressed(key=one, url=first))
    said.when(at(one, first), actor=DIRECTOR).nothing()
    elsewhere = said.when(at(one, moved), actor=DIRECTOR).then(WitnessAddressed(key=one, url=moved))
    assert elsewhere.state.addresses == {one: moved}
    by_hand = elsewhere.when(at(one, None), actor=DIRECTOR).then(WitnessAddressed(key=one))
    assert by_hand.state.addresses == {}
