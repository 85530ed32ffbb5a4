"""Presence and cover: who is there on a date, who stands in, and which types have too few people."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.compiled.taking import taken_by
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.routing.cover import cover
from ledger.policy.routing.presence import Absence, Directory
from ledger.registers.directory import DIRECTORY, RecordAbsence
from tests.deciding import Asked, History
from tests.deciding import given as given_facts
from tests.ledgers import office_policy
from tests.policy.department import department
from tests.policy.office import compiled

MONDAY = date(2026, 3, 2)
PEOPLE = ("N-02", "N-03", "N-04", "L-03")
_days = st.integers(0, 12).map(lambda days: MONDAY + timedelta(days=days))


@st.composite
def absences(draw: st.DrawFn) -> RecordAbsence:
    """Any absence of a small team, with any of them to stand in."""
    begins = draw(_days)
    return RecordAbsence(
        directory_id=UUID(int=5),
        absence_id=UUID(int=draw(st.integers(0, 10**9))),
        member=draw(st.sampled_from(PEOPLE)),
        from_on=begins,
        until_on=draw(st.none() | st.integers(0, 6).map(lambda days: begins + timedelta(days))),
        substitute=draw(st.none() | st.sampled_from(PEOPLE)),
    )


@given(st.lists(absences(), max_size=9), _days)
def test_whatever_was_recorded_who_stands_in_is_there_or_nobody(
    asked: list[RecordAbsence], on: date
) -> None:
    history: History[Any] = given_facts(of=DIRECTORY, stream="directory/x")
    for each in asked:
        with suppress(LedgerError):
            history = history.asked(Asked(each))
    directory: Directory = history.state
    for member in PEOPLE:
        stands_in = directory.stand_in(member, on)
        assert stands_in is None or directory.present(stands_in, on)
        if directory.present(member, on):
            assert stands_in == member
        chain = [member]
        while (absence := directory.absence_of(chain[-1], on)) and absence.substitute:
            assert absence.substitute not in chain, "a circle was let in"
            chain.append(absence.substitute)
    away = directory.present_of(office_policy(), on)
    for member in PEOPLE:
        assert away is None or (member in away) == directory.present(member, on)


def test_a_type_is_taken_by_each_team_to_which_the_rules_may_give_it() -> None:
    policy = compiled()
    assert taken_by(policy.policy, policy.rules, "RDW-POT") == [("RDW-NOR", ()), ("RDW-SOU", ())]
    assert taken_by(policy.policy, policy.rules, "INC-APP") == [
        ("INC-B", ()),
        ("INC-A", ("fr",)),
        ("INT", ("fr",)),
        ("INC-A", ()),
    ]
    assert taken_by(policy.policy, policy.rules, "LIC-EVT") == [
        ("INC-A", ()),
        ("INC-B", ()),
        ("INT", ()),
    ]


def test_a_type_with_fewer_than_two_people_there_is_thin() -> None:
    policy = compiled()
    away = Directory().with_absence(Absence(UUID(int=1), "a2", MONDAY, None, False, None))
    found = {
        (each.request_type, each.team, each.skills): (each.present, each.thin)
        for each in cover(policy, away, on=MONDAY)
    }
    assert found["INC-APP", "INC-A", ()] == (("a1",), True)
    before = cover(policy, Directory(), on=MONDAY)
    assert not next(
        each for each in before if (each.request_type, each.team) == ("LIC-EVT", "INC-A")
    ).thin
    assert "bot" not in {who for each in before for who in each.eligible}


def test_what_pulling_asks_for_a_type_is_asked_wherever_it_is_looked_for() -> None:
    document = {
        **document_of(office_policy()),
        "pull": {"types": {"RDW-POT": {"skills": ["road"]}}},
    }
    policy = compile_policy(Policy.model_validate(document), version=1)
    assert policy.skills["RDW-POT", "RDW"] == ("road",)
    assert {
        each.skills
        for each in cover(policy, Directory(), on=MONDAY)
        if each.request_type == "RDW-POT"
    } == {("road",)}


def test_a_team_that_is_not_there_for_a_skill_sorts_the_case_and_is_asked_for_none() -> None:
    policy = compile_policy(department(), version=1)
    assert policy.skills["ENV-CMP", "ENI-E"] == ("inspector",)
    assert policy.skills["ENV-CMP", "INT"] == ()
    thin = {each.request_type for each in cover(policy, Directory(), on=MONDAY) if each.thin}
    assert thin == set(), "with everybody there every type of the department is covered twice"
