"""Backlogs in sequence: one at a time is cleared, and its hours move on to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.flow.sequences import (
    SEQUENCE,
    AdvanceSequence,
    QueueAdvanced,
    QueuePlan,
    QueueSequence,
    SequenceSet,
    SetSequence,
)
from tests.deciding import DIRECTOR, ROADS, WATCH, Asked, History, given, number, some

TODAY = date(2026, 3, 2)
PLANS = (
    QueuePlan(team="RDW", hours=40, holds=10, planned_on=date(2026, 4, 30)),
    QueuePlan(team="INC", hours=20),
    QueuePlan(team="INT", hours=5),
)
SET = SetSequence(sequence_id=number(80), queues=PLANS, words="Roads before winter.")


def to(team: str, state: Any) -> AdvanceSequence:
    return AdvanceSequence(
        sequence_id=number(80), team=team, to_state=state, words="Twelve wait, all of this week."
    )


def ordered(*asked: AdvanceSequence) -> History[QueueSequence]:
    history: History[QueueSequence] = given(of=SEQUENCE).asked(Asked(SET, DIRECTOR))
    for each in asked:
        history = history.asked(Asked(each, DIRECTOR))
    return history


def states(history: History[QueueSequence]) -> dict[str, tuple[str, int]]:
    return {team: (each.state, each.hours) for team, each in history.state.queues.items()}


def test_the_first_queue_of_a_sequence_is_cleared_and_the_others_wait() -> None:
    after = (
        given(of=SEQUENCE)
        .when(SET, actor=DIRECTOR)
        .then(SequenceSet(on=TODAY, queues=PLANS, words="Roads before winter."))
    )
    assert states(after) == {"RDW": ("clearing", 40), "INC": ("waiting", 20), "INT": ("waiting", 5)}


def test_when_a_queue_is_cleared_all_hours_but_those_that_hold_it_move_on() -> None:
    after = (
        ordered()
        .when(to("RDW", "cleared"), actor=DIRECTOR)
        .then(
            some(QueueAdvanced, team="RDW", to_state="cleared", hours=10, hours_moved=30,
                 moved_to="INC"),
            some(QueueAdvanced, team="INC", from_state="waiting", to_state="clearing", hours=50),
        )
    )  # fmt: skip
    assert states(after)["INC"] == ("clearing", 50)
    assert {team: each.cleared_on for team, each in after.state.queues.items()} == {
        "RDW": TODAY, "INC": None, "INT": None,
    }  # fmt: skip


def test_a_queue_is_cleared_once_no_more_wait_than_its_rate_is_to_leave() -> None:
    """A backlog of hundreds could be said to be cleared, and its hours moved on; how many waited stood nowhere."""
    said = to("RDW", "cleared")
    for waiting, target in ((21, 20), (1, 0)):
        counted = said.model_copy(update={"waiting": waiting, "target": target})
        ordered().when(counted, actor=DIRECTOR).refused(
            saying=f"no more than {target} do", rule="cleared-to-its-target"
        )
        again = counted.model_copy(update={"to_state": "waiting"})
        ordered().when(again, actor=DIRECTOR).then(some(QueueAdvanced, waiting=None))
    for waiting, target in ((20, 20), (12, None)):
        counted = said.model_copy(update={"waiting": waiting, "target": target})
        ordered().when(counted, actor=DIRECTOR).then(
            some(QueueAdvanced, team="RDW", to_state="cleared", waiting=waiting),
            some(QueueAdvanced, team="INC", to_state="clearing", waiting=None),
        )


def test_when_the_last_queue_is_cleared_no_hours_move() -> None:
    last = ordered(to("RDW", "cleared"), to("INC", "cleared")).when(
        to("INT", "cleared"), actor=DIRECTOR
    )
    last.then(some(QueueAdvanced, hours=55, hours_moved=0, moved_to=None))


def test_a_queue_does_not_move_on_twice() -> None:
    ordered(to("RDW", "cleared")).when(to("RDW", "cleared"), actor=DIRECTOR).nothing()


def test_a_cleared_queue_is_held_and_taken_up_again_if_it_fills() -> None:
    held = ordered(to("RDW", "cleared"), to("RDW", "holding"))
    assert states(held)["RDW"] == ("holding", 10)
    held.when(to("RDW", "clearing"), actor=DIRECTOR).refused(Refusal, rule="one-backlog-at-a-time")
    free = ordered(to("RDW", "cleared"), to("RDW", "holding"), to("INC", "waiting"))
    free.when(to("RDW", "clearing"), actor=DIRECTOR).then(some(QueueAdvanced, hours=10))


def test_a_queue_that_waits_cannot_be_cleared_without_its_turn() -> None:
    ordered().when(to("INC", "cleared"), actor=DIRECTOR).refused(
        UnlawfulTransition, saying="goes to clearing", rule="sequence-order"
    )
    ordered().when(to("NAVY", "cleared"), actor=DIRECTOR).refused(InvalidCommand)


def test_a_sequence_set_again_the_same_is_one_and_changed_it_keeps_what_was_done() -> None:
    before = ordered(to("RDW", "cleared"))
    before.when(SET, actor=DIRECTOR).nothing()
    swapped = SET.model_copy(update={"queues": (PLANS[0], PLANS[2], PLANS[1])})
    after = before.when(swapped, actor=DIRECTOR).then(some(SequenceSet, on=TODAY))
    assert list(states(after)) == ["RDW", "INT", "INC"]
    assert states(after)["RDW"][0] == "cleared"


def test_a_queue_that_is_not_cleared_yet_has_the_hours_of_its_new_plan_and_those_that_moved_on() -> (
    None
):
    roads, income, desk = (plan.model_copy(update={"hours": plan.hours + 2}) for plan in PLANS)
    changed = SET.model_copy(update={"queues": (roads, income, desk)})
    after = ordered(to("RDW", "cleared")).asked(Asked(changed, DIRECTOR))
    assert states(after) == {"RDW": ("cleared", 10), "INC": ("clearing", 52), "INT": ("waiting", 7)}


def test_a_queue_that_is_put_first_begins_only_where_none_is_being_cleared() -> None:
    first = SET.model_copy(update={"queues": (PLANS[2], PLANS[0])})
    both = given(of=SEQUENCE).asked(Asked(SET.model_copy(update={"queues": (PLANS[0],)}), DIRECTOR))
    assert states(both.asked(Asked(first, DIRECTOR)))["INT"] == ("waiting", 5)
    cleared = both.asked(Asked(to("RDW", "cleared"), DIRECTOR))
    assert states(cleared)["RDW"] == ("cleared", 40), "no queue follows to which hours could move"
    after = cleared.asked(Asked(first, DIRECTOR))
    assert states(after) == {"INT": ("clearing", 5), "RDW": ("cleared", 40)}


def test_whoever_leads_a_team_or_dispatches_sets_the_sequence_and_no_machine_does() -> None:
    for leads in (replace(ROADS, id="L-02"), replace(ROADS, role="dispatcher")):
        given(of=SEQUENCE).when(SET, actor=leads).then(some(SequenceSet))
    given(of=SEQUENCE).when(SET, actor=replace(WATCH, role="dispatcher")).refused(NotAuthorised)


@pytest.mark.parametrize(
    ("queues", "says"),
    [
        ((QueuePlan(team="NAVY", hours=1),), "not a team"),
        ((PLANS[0], PLANS[0]), "stands twice"),
        ((QueuePlan(team="RDW", hours=1, holds=2),), "cannot be held by more hours"),
    ],
)
def test_a_sequence_that_makes_no_sense_is_refused(queues: Any, says: str) -> None:
    wrong = SET.model_copy(update={"queues": queues})
    given(of=SEQUENCE).when(wrong, actor=DIRECTOR).refused(InvalidCommand, saying=says)


@pytest.mark.parametrize("actor", [ROADS, WATCH])
def test_only_a_person_who_leads_sets_and_advances_a_sequence(actor: Actor) -> None:
    given(of=SEQUENCE).when(SET, actor=actor).refused(NotAuthorised)
    ordered().when(to("RDW", "cleared"), actor=actor).refused(NotAuthorised)
