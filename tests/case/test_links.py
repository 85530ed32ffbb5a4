"""Links between cases: how one stands to another, decided by a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.case.clocks.facts import ClockStopped
from ledger.case.links import CaseLinked, LinkCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.state import Case
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from tests.case.cases import ENQUIRY, resolve
from tests.deciding import CASE_ID, WATCH, History, given, given_commands, number, some

OTHER = number(9)


def link(relation: Any = "same_matter", **fields: Any) -> LinkCase:
    return LinkCase(case_id=CASE_ID, other_case=OTHER, relation=relation, **fields)


def beside_another(*asked: Any) -> History[Any]:
    """A case beside one that can be linked with it."""
    history = replace(given(), others={f"case/{OTHER}": Case(opened=True)})
    for each in asked:
        history = history.asked(each)
    return history


def test_a_repeat_of_a_matter_is_linked_with_its_similarity_and_who_decided() -> None:
    beside_another(ENQUIRY).when(link(similarity=930, reason="The same street.")).then(
        CaseLinked(
            other_case=OTHER, relation="same_matter", similarity=930, reason="The same street."
        )
    )


def test_a_resolved_case_can_be_linked() -> None:
    beside_another(ENQUIRY, resolve()).when(link("review_of")).then(some(CaseLinked))


def test_a_link_is_made_once() -> None:
    beside_another(ENQUIRY, link()).when(link(similarity=1)).nothing()


def test_another_relation_to_the_same_case_is_another_link() -> None:
    beside_another(ENQUIRY, link("related")).when(link("follows")).then(some(CaseLinked))


def test_that_two_cases_are_not_the_same_is_remembered_and_can_be_decided_anew() -> None:
    apart = beside_another(ENQUIRY, link(), link("not_the_same"))
    assert apart.state.links == {(OTHER, "not_the_same")}
    apart.when(link("not_the_same")).nothing()
    again = apart.when(link()).then(some(CaseLinked, relation="same_matter"))
    assert again.state.links == {(OTHER, "same_matter")}


def test_a_machine_proposes_and_does_not_link() -> None:
    beside_another(ENQUIRY).when(link(), actor=WATCH).refused(
        NotAuthorised, saying="let a person decide it"
    )


def test_a_case_is_not_linked_with_itself_nor_one_that_is_not_there() -> None:
    itself = link().model_copy(update={"other_case": CASE_ID})
    beside_another(ENQUIRY).when(itself).refused(InvalidCommand, saying="name the other case")
    given().when(link()).refused(CaseNotFound)


def test_a_duplicate_is_closed_with_the_case_that_it_repeats() -> None:
    """It was closed as one of nobody knew which: the requester, and an auditor, were told nothing."""
    alone = resolve("duplicate-of")
    named = alone.model_copy(update={"other_case": OTHER})
    beside_another(ENQUIRY).when(alone).refused(
        saying="name that case (`other_case`)", rule="duplicate-names-the-other"
    )
    beside_another(ENQUIRY, link("related")).when(alone).refused(rule="duplicate-names-the-other")
    beside_another(ENQUIRY).when(named).then(
        CaseLinked(other_case=OTHER, relation="same_matter", similarity=None, reason=None),
        some(CaseResolved, outcome="duplicate-of"),
        *[some(ClockStopped, outcome="withdrawn")] * 2,
    )
    linked = beside_another(ENQUIRY, link())
    for asked in (alone, named):
        facts = linked.when(asked).happened
        assert "CaseLinked" not in {each.fact.topic for each in facts}
    beside_another(ENQUIRY, link(), link("not_the_same")).when(alone).refused(
        rule="duplicate-names-the-other"
    )
    given_commands(ENQUIRY).when(named).refused(CaseNotFound)
    beside_another(ENQUIRY).when(named, actor=WATCH).refused(NotAuthorised)
    itself = named.model_copy(update={"other_case": CASE_ID})
    beside_another(ENQUIRY).when(itself).refused(InvalidCommand, saying="not linked with itself")
