"""A person decides slot by slot and word by word; a ground says all that it must; a finder only proposes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.case.state import Case
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.disclosures.grounds import Reasons
from ledger.registers.disclosures.review import (
    AnswerProposals,
    DecideSlots,
    SlotDecided,
    WithholdingProposed,
)
from ledger.registers.disclosures.state import LINE
from tests.deciding import number, some
from tests.registers.disclosing import (
    ADVICE,
    CASE,
    DEPUTY,
    FINDER,
    ID,
    NAME,
    OFFICER,
    PERSONAL,
    PROPOSE,
    ROADS,
    asked,
    at,
    drawn,
    released,
    withheld,
)


def test_a_slot_is_withheld_with_its_exemption_harm_and_reasons() -> None:
    reasons = NAME.model_copy(update={"paragraph": "(1)"})
    drawn().when(withheld(at(1, "name"), reasons=reasons).command, actor=OFFICER).then(
        some(
            SlotDecided, in_stream=CASE, in_version=1, slot="name", first=None, outcome="withhold",
            exemptions=("X-PERSONAL",), paragraph="(1)", harm="Their privacy is invaded.",
        )
    )  # fmt: skip


def test_decided_the_same_again_nothing_is_added_and_otherwise_the_later_stands() -> None:
    decided = asked(drawn(), withheld(at(1, "contact")))
    decided.when(withheld(at(1, "contact")).command, actor=OFFICER).nothing()
    reasons = PERSONAL.model_copy(update={"paragraph": "(2)"})
    elsewhere = decided.when(withheld(at(1, "contact"), reasons=reasons).command, actor=OFFICER)
    elsewhere.then(some(SlotDecided, paragraph="(2)"))
    changed = decided.when(released(at(1, "contact")).command, actor=OFFICER)
    assert changed.after.state.streams[CASE].reviewed[1, "contact"].withheld == ()


def test_what_was_privileged_when_it_was_made_is_not_released() -> None:
    """Only a document of the disclosure could be marked so; a note with counsel's advice went out as any other."""
    apart = replace(
        drawn(), others={CASE: Case(opened=True, version=2, privileged={2: "litigation"})}
    )
    for target in (at(2, "text"), at(2, "text", 1, 3)):
        apart.when(released(target).command, actor=OFFICER).refused(
            Refusal, rule="privilege-is-waived"
        )
    apart.when(withheld(at(2, "text"), reasons=NAME).command, actor=OFFICER).then(some(SlotDecided))
    apart.when(released(at(1, "name")).command, actor=OFFICER).then(some(SlotDecided))


def test_words_of_a_released_text_are_withheld_and_their_slot_waits_for_a_decision_as_a_whole() -> (
    None
):
    words = asked(drawn(), withheld(at(2, "text", 1, 3)))
    assert (2, "text") in words.state.streams[CASE].undecided
    whole = asked(words, released(at(2, "text")))
    assert (2, "text") not in whole.state.streams[CASE].undecided
    (cut,) = whole.state.streams[CASE].reviewed[2, "text"].withheld
    assert cut.exemptions == ("X-PERSONAL",)


def test_several_slots_are_decided_at_once_each_by_an_entry_of_its_own() -> None:
    both = released(at(1, "name"), at(2, "text")).command
    drawn().when(both, actor=OFFICER).then(
        some(SlotDecided, slot="name", outcome="release", exemptions=()),
        some(SlotDecided, slot="text", outcome="release", exemptions=()),
    )


@pytest.mark.parametrize(
    ("reasons", "rule"),
    [
        (Reasons(exemptions=("X-PERSONAL",)), "harm-is-said"),
        (Reasons(exemptions=("X-ADVICE",)), "discretion-is-exercised"),
        (
            ADVICE.model_copy(update={"override": None, "override_reason": None}),
            "override-is-considered",
        ),
        (ADVICE.model_copy(update={"override": "prevails"}), "override-releases"),
        (Reasons(exemptions=("X-OTHERS",)), "severed-where-it-can-be"),
    ],
    ids=["harm", "discretion", "override", "override prevails", "severability"],
)
def test_a_ground_says_all_that_it_must(reasons: Reasons, rule: str) -> None:
    drawn().when(withheld(at(2, "text"), reasons=reasons).command, actor=OFFICER).refused(
        Refusal, rule=rule
    )


def test_an_exemption_is_of_the_policy_and_for_the_audience() -> None:
    unknown = Reasons(exemptions=("X-NONE",))
    drawn().when(withheld(at(1, "name"), reasons=unknown).command, actor=OFFICER).refused(
        InvalidCommand,
        saying="'X-NONE' is not an exemption of the policy in force; it knows X-ADVICE, X-OTHERS, X-PERSONAL",
    )


def test_how_the_public_interest_was_weighed_is_said_and_no_finder_names_what_the_policy_has_not() -> (
    None
):
    silent = ADVICE.model_copy(update={"override_reason": None, "severability": "All advises."})
    drawn().when(withheld(at(2, "text"), reasons=silent).command, actor=OFFICER).refused(
        InvalidCommand, saying="--override-reason"
    )
    found = PROPOSE.found[0].model_copy(update={"exemption": "X-NONE"})
    drawn().when(PROPOSE.model_copy(update={"found": (found,)}), actor=FINDER).refused(
        InvalidCommand, saying="X-ADVICE, X-OTHERS, X-PERSONAL"
    )


def test_what_is_withheld_names_its_exemption_and_what_is_released_none() -> None:
    bare = DecideSlots(disclosure_id=ID, targets=(at(1, "name"),), outcome="withhold")
    drawn().when(bare, actor=OFFICER).refused(InvalidCommand, saying="name it")
    both = bare.model_copy(update={"outcome": "release", "reasons": PERSONAL})
    drawn().when(both, actor=OFFICER).refused(InvalidCommand, saying="leave it out")


def test_what_is_not_in_scope_or_not_there_is_not_decided() -> None:
    for target in (at(9, "name"), at(1, "name").model_copy(update={"in_stream": "case/x"})):
        drawn().when(withheld(target).command, actor=OFFICER).refused(
            Refusal, rule="decided-in-scope"
        )
    for first, end in ((0, 6), (3, 3), (4, 2)):
        drawn().when(withheld(at(2, "text", first, end)).command, actor=OFFICER).refused(
            InvalidCommand, saying="ends after word 5"
        )
    drawn().when(withheld(at(2, "phone", 12, 15)).command, actor=OFFICER).refused(
        InvalidCommand, saying="holds nothing in 'phone'"
    )


def test_neither_a_machine_nor_another_team_decides() -> None:
    for actor in (FINDER, ROADS):
        drawn().when(withheld(at(1, "contact")).command, actor=actor).refused(NotAuthorised)


def test_a_finder_proposes_and_what_it_proposed_once_it_does_not_propose_again() -> None:
    proposed = drawn().when(PROPOSE, actor=FINDER)
    proposed.then(
        WithholdingProposed(
            proposal_id=number(7), in_stream=CASE, in_version=2, slot="text", first=1, end=3,
            exemption="X-OTHERS", found_by="phone",
        )
    ).when(PROPOSE, actor=FINDER).nothing()  # fmt: skip


def answer(*, accept: bool, **said: Any) -> AnswerProposals:
    return AnswerProposals(disclosure_id=ID, proposals=(number(7),), accept=accept, **said)


def test_a_person_accepts_a_proposal_or_rejects_it_and_does_so_once() -> None:
    proposed = drawn().when(PROPOSE, actor=FINDER).after
    accepted = proposed.when(answer(accept=True), actor=OFFICER).then(
        some(
            SlotDecided, first=1, end=3, outcome="withhold", exemptions=("X-OTHERS",),
            proposal_id=number(7),
        )
    )  # fmt: skip
    accepted.when(answer(accept=False), actor=OFFICER).nothing()
    proposed.when(answer(accept=False), actor=OFFICER).then(
        some(SlotDecided, first=1, end=3, outcome="release", proposal_id=number(7))
    )
    proposed.when(answer(accept=True), actor=FINDER).refused(NotAuthorised, saying="person")
    other = AnswerProposals(disclosure_id=ID, proposals=(number(8),), accept=True)
    proposed.when(other, actor=OFFICER).refused(UnlawfulTransition, rule="answers-a-proposal")


def test_a_decision_on_the_very_words_that_were_proposed_answers_the_proposal() -> None:
    proposed = drawn().when(PROPOSE, actor=FINDER).after
    decided = proposed.when(withheld(at(2, "text", 1, 3)).command, actor=OFFICER)
    decided.then(some(SlotDecided, proposal_id=number(7)))


def test_a_rejected_proposal_undoes_no_other_withholding() -> None:
    overlapping = asked(drawn(), withheld(at(2, "text", 0, 3)))
    rejected = overlapping.when(PROPOSE, actor=FINDER).after.when(
        answer(accept=False), actor=DEPUTY
    )
    reviewed = rejected.after.state.streams[CASE].reviewed[2, "text"]
    assert [key for key, each in reviewed.words.items() if each.outcome == "withhold"] == [(0, 3)]


def test_an_entry_that_is_withheld_as_a_whole_leaves_no_slot_of_it_to_decide() -> None:
    hidden = asked(drawn(), withheld(at(1, LINE)))
    assert hidden.state.streams[CASE].undecided == ((2, "text"),)
    shown = asked(hidden, released(at(1, LINE)))
    assert len(shown.state.streams[CASE].undecided) == 3
