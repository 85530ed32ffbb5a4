"""Policies: a sound document is published with its digest, from when it is in force; every decision can cite it."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from ledger.errors import InvalidCommand, Refusal
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.policy.in_force import Policies
from ledger.registers.policies import POLICY, PolicyPublished, PublishPolicy
from ledger.times import EPOCH
from tests.deciding import DIRECTOR, MONDAY, edition, given, number
from tests.ledgers import office_policy

OFFICE, NAMES = split_names(office_policy())
LATER = MONDAY + timedelta(days=1)


def publish(policy: Policy = OFFICE, **fields: Any) -> PublishPolicy:
    told: dict[str, Any] = {
        "digest": digest_policy(policy),
        "effective_from": MONDAY,
        "document": document_of(policy),
        "names": {},
        **fields,
    }
    return PublishPolicy(policy_id=number(1), tz_version="2026a", **told)


def other() -> Policy:
    document = deepcopy(document_of(OFFICE))
    document["office"]["en"] = "Another office"
    return Policy.model_validate(document)


def test_a_policy_is_published_with_its_digest_and_the_members_names_apart() -> None:
    given(of=POLICY, stream=publish().stream).when(publish(names=NAMES), actor=DIRECTOR).then(
        PolicyPublished(
            number=1,
            digest=digest_policy(OFFICE),
            effective_from=MONDAY,
            tz_version="2026a",
            document=document_of(OFFICE),
            names=NAMES,
        )
    )


def test_the_first_policy_may_look_back() -> None:
    after = given(of=POLICY).when(publish(effective_from=EPOCH)).after
    assert after.state.in_force(EPOCH).policy == OFFICE


def test_a_later_policy_takes_effect_from_now_on_and_the_earlier_one_is_still_cited() -> None:
    before = given(of=POLICY).asked(publish(effective_from=EPOCH))
    after = before.when(publish(other(), effective_from=LATER)).after
    known: Policies = after.state
    assert known.in_force(MONDAY).number == 1
    assert known.in_force(LATER).number == 2
    assert known.cited(digest_policy(OFFICE)).number == 1


def test_a_policy_that_does_not_say_when_is_in_force_from_the_instant_it_is_recorded() -> None:
    before = given(of=POLICY).asked(publish(effective_from=None))
    after = before.when(publish(other(), effective_from=None), at=LATER).after
    known: Policies = after.state
    assert [each.effective_from for each in known.versions] == [EPOCH, LATER]
    assert known.in_force(LATER).number == 2


def test_the_first_policy_holds_for_what_happened_before_it_unless_it_says_otherwise() -> None:
    silent: Policies = given(of=POLICY).when(publish(effective_from=None)).after.state
    dated: Policies = given(of=POLICY).when(publish(effective_from=MONDAY)).after.state
    assert silent.in_force(MONDAY - timedelta(days=9_000)).from_the_beginning
    assert not dated.versions[0].from_the_beginning
    with pytest.raises(Refusal, match="No policy is in force"):
        dated.in_force(MONDAY - timedelta(days=1))


def test_a_policy_is_not_backdated() -> None:
    given(of=POLICY).asked(publish(effective_from=EPOCH)).when(
        publish(other(), effective_from=MONDAY - timedelta(microseconds=1))
    ).refused(Refusal, saying="give a time from now on", rule="policy-not-backdated")


def test_the_policy_that_was_published_last_is_not_published_again() -> None:
    before = given(of=POLICY).asked(publish())
    before.when(publish(effective_from=LATER)).nothing()


def test_an_office_may_go_back_to_an_earlier_policy() -> None:
    before = given(of=POLICY).asked(publish()).asked(publish(other()))
    state = before.when(publish()).after.state
    assert [each.number for each in state.versions] == [1, 2, 3]


def _broken(change: Any) -> dict[str, Any]:
    document = deepcopy(document_of(OFFICE))
    change(document)
    return document


@pytest.mark.parametrize(
    "document",
    [
        {},
        _broken(lambda said: said.pop("routing")),
        _broken(lambda said: said["routing"][-1].update(team="NAVY")),
        _broken(lambda said: said["office"].update(zone="Mars/Olympus")),
    ],
    ids=["empty", "no routing", "unknown team", "no such zone"],
)
def test_a_document_by_which_nothing_could_be_decided_is_refused(document: dict[str, Any]) -> None:
    given(of=POLICY).when(publish(document=document)).refused(
        InvalidCommand, saying="caseledger policy check"
    )


def test_a_document_is_published_under_its_own_digest() -> None:
    given(of=POLICY).when(publish(digest="0" * 64)).refused(
        InvalidCommand, saying="digest is not this document's"
    )


def test_members_names_never_stand_in_the_document() -> None:
    named = document_of(office_policy())
    given(of=POLICY).when(publish(document=named)).refused(InvalidCommand, saying="give them apart")


def test_without_a_policy_nothing_is_in_force_and_nothing_is_cited() -> None:
    with pytest.raises(Refusal, match="caseledger policy publish"):
        Policies().in_force(MONDAY)
    with pytest.raises(Refusal, match="was published"):
        Policies((edition(),)).cited("0" * 64)
