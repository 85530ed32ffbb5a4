"""Roles: what somebody may act as, by their place and by what the policy gives them, and by no word of their own."""

from __future__ import annotations

import pytest

from ledger.entry import Actor
from ledger.policy.acting.roles import roles_of
from tests.ledgers import office_policy

BY_PLACE = {
    "D-01": {"caseworker", "records", "director"},
    "L-02": {"caseworker", "dispatcher", "supervisor"},
    "I-02": {"caseworker", "intake"},
}


@pytest.mark.parametrize("member", BY_PLACE)
def test_whoever_leads_dispatches_and_supervises_and_one_is_the_director(member: str) -> None:
    assert {*roles_of(office_policy(), Actor("person", member))} == BY_PLACE[member]


def test_the_role_that_somebody_says_comes_first_where_it_is_theirs() -> None:
    policy = office_policy()
    assert roles_of(policy, Actor("person", "D-01", role="records"))[0] == "records"
    assert roles_of(policy, Actor("person", "I-02", role="intake"))[0] == "intake"
    assert {*roles_of(policy, Actor("person", "I-02", role="clerk"))} == BY_PLACE["I-02"]
    for special in ("director", "records", "foi", "auditor", "ombudsman"):
        assert roles_of(policy, Actor("person", "I-02", role=special)) == ()


def test_a_machine_is_a_machine_and_nobody_takes_its_place() -> None:
    policy = office_policy()
    assert roles_of(policy, Actor("machine", "watch", role="director")) == ("machine",)
    assert roles_of(policy, Actor("person", "watch")) == ()
    assert roles_of(policy, Actor("person", "nobody")) == ()
