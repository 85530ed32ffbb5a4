"""A later delivery of a source: what is new of a known case is appended once, and what is done here stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.transfers import TransferCase
from ledger.case.history.continuing import ContinueImport, worked_on_here
from ledger.case.history.imported import (
    ActivityRecorded,
    CaseImported,
    ImportCase,
    ImportedStep,
    OwnershipTransferred,
)
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.entry import Happened
from ledger.errors import CaseNotFound, InvalidCommand, UnlawfulTransition
from tests.case.cases import POTHOLE
from tests.case.imports import DAY, DUE, RECEIVED
from tests.deciding import CASE_ID, DIRECTOR, INTAKE, MONDAY, Asked, by, given, number, some
from tests.deciding import given_commands as after


def step(days: float, activity: str, actor: str | None, *rows: int, **said: Any) -> ImportedStep:
    return ImportedStep(at=RECEIVED + days * DAY, activity=activity, actor=actor, rows=rows, **said)


REGISTER = step(0, "register", "x-11", 1, takes_over=True)
CHECK = step(1, "check", "x-11", 2)
DECIDE = step(2, "decide", "x-22", 3, team="board", takes_over=True)


def first(*steps: ImportedStep, **said: Any) -> Asked:
    whole = ImportCase(
        case_id=CASE_ID,
        batch=number(5),
        source="permits",
        external_id="case-1",
        channel="desk",
        channel_family="walk_in",
        received_at=RECEIVED,
        team="permits",
        steps=steps,
        **said,
    )
    return by(DIRECTOR, whole)


def further(*steps: ImportedStep, batch: int = 6, **said: Any) -> ContinueImport:
    return ContinueImport(
        case_id=CASE_ID, batch=number(batch), source="permits", steps=steps, **said
    )


def test_only_the_rows_that_are_new_are_appended() -> None:
    known = after(first(REGISTER, CHECK))
    outcome = known.when(further(REGISTER, CHECK, DECIDE), actor=DIRECTOR)
    assert [each.fact for each in outcome.happened] == [
        OwnershipTransferred(
            from_team="permits", from_owner="x-11", to_team="board", to_owner="x-22"
        ),
        ActivityRecorded(activity="decide", team="board", rows=(3,)),
    ]
    (moved, _) = outcome.happened
    assert moved.context.effective_at == moved.context.known_at == RECEIVED + 2 * DAY
    assert (moved.context.batch, moved.context.source) == (str(number(6)), "permits")
    assert moved.actor.id == "x-22"
    outcome.after.when(further(REGISTER, CHECK, DECIDE, batch=7), actor=DIRECTOR).nothing()


def test_a_delivery_of_the_new_rows_alone_is_enough_whatever_their_numbers_in_it() -> None:
    known = after(first(REGISTER, CHECK))
    alone = DECIDE.model_copy(update={"rows": (1,)})
    outcome = known.when(further(alone), actor=DIRECTOR)
    assert [each.fact.topic for each in outcome.happened] == [
        "OwnershipTransferred",
        "ActivityRecorded",
    ]
    outcome.after.when(further(REGISTER, CHECK, DECIDE, batch=7), actor=DIRECTOR).nothing()


def test_as_many_rows_that_say_the_same_are_recorded_as_there_are() -> None:
    known = after(first(CHECK))
    again = CHECK.model_copy(update={"rows": (9,)})
    outcome = known.when(further(CHECK, again), actor=DIRECTOR)
    assert [each.fact for each in outcome.happened] == [
        ActivityRecorded(activity="check", team=None, rows=(9,))
    ]


def test_a_row_that_comes_late_is_recorded_and_moves_nothing_back() -> None:
    known = after(first(REGISTER, DECIDE))
    late = step(1.5, "hand on", "x-33", 4, takes_over=True)
    outcome = known.when(further(late), actor=DIRECTOR)
    (done,) = outcome.happened
    assert done.context.effective_at == RECEIVED + 1.5 * DAY
    assert done.context.known_at == RECEIVED + 2 * DAY
    assert outcome.after.state.owner == "x-22"


def test_an_end_that_the_source_tells_of_later_resolves_the_case_and_its_deadline() -> None:
    known = after(first(REGISTER, deadline_at=DUE))
    late = further(REGISTER, deadline_at=DUE, ended_at=DUE + DAY)
    outcome = known.when(late, actor=DIRECTOR)
    assert [each.fact for each in outcome.happened] == [
        CaseResolved(outcome="ended", replied=False, words=None),
        ClockStopped(clock="deadline", generation=1, outcome="breached", due_at=DUE),
    ]
    outcome.after.when(further(ended_at=DUE + 2 * DAY, batch=7), actor=DIRECTOR).nothing()


def test_another_deadline_than_before_arms_the_clock_anew() -> None:
    known = after(first(REGISTER, deadline_at=DUE))
    outcome = known.when(further(CHECK, deadline_at=DUE + 5 * DAY), actor=DIRECTOR)
    assert [each.fact.topic for each in outcome.happened] == [
        "ClockStopped", "ClockArmed", "ActivityRecorded",
    ]  # fmt: skip
    clock = outcome.after.state.clocks["deadline"]
    assert (clock.generation, clock.due_at, clock.open) == (2, DUE + 5 * DAY, True)
    moved = outcome.after.when(
        further(deadline_at=DUE + 5 * DAY, ended_at=DUE, batch=7), actor=DIRECTOR
    )
    stopped = moved.happened[-1].fact
    assert stopped == ClockStopped(
        clock="deadline", generation=2, outcome="met", due_at=DUE + 5 * DAY
    )


def test_a_deadline_that_is_told_only_later_is_armed() -> None:
    after(first(REGISTER)).when(further(deadline_at=DUE), actor=DIRECTOR).then(
        (some(ClockArmed, clock="deadline", generation=1, due_at=DUE), RECEIVED)
    )


TAKEN_UP = {
    "handed over": TransferCase(
        case_id=CASE_ID, transfer_id=number(3), to_team="RDW", reason="wrong-team"
    ),
    "classified": ClassifyCase(case_id=CASE_ID, request_type="RDW-POT"),
}


@pytest.mark.parametrize("taken_up", sorted(TAKEN_UP))
def test_a_case_that_is_worked_on_here_is_moved_and_ended_by_its_source_no_more(
    taken_up: str,
) -> None:
    here = after(first(REGISTER), by(INTAKE, TAKEN_UP[taken_up]))
    assert worked_on_here(here.state)
    outcome = here.when(further(REGISTER, DECIDE, ended_at=MONDAY), actor=DIRECTOR)
    assert [each.fact.topic for each in outcome.happened] == ["ActivityRecorded"]
    assert outcome.happened[0].context.known_at == MONDAY
    state = outcome.after.state
    assert (state.team, state.owner, state.status) == ("permits", "x-11", "open")


def test_a_case_that_was_reopened_here_is_not_ended_again_by_its_old_end() -> None:
    back = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy="continue")
    here = after(first(REGISTER, ended_at=DUE), by(INTAKE, back))
    here.when(further(REGISTER, ended_at=DUE), actor=DIRECTOR).nothing()


def test_a_note_taken_here_does_not_keep_the_source_from_going_on() -> None:
    note = AddNote(case_id=CASE_ID, note_id=number(4), text="They called.")
    noted = after(first(REGISTER), by(INTAKE, note))
    outcome = noted.when(further(DECIDE, ended_at=MONDAY), actor=DIRECTOR)
    assert outcome.after.state.status == "resolved"
    assert outcome.after.state.owner == "x-22"


def test_what_is_still_to_come_is_not_recorded_as_history() -> None:
    for ahead in (further(step(31, "check", None, 1)), further(ended_at=MONDAY + DAY)):
        after(first()).when(ahead, actor=DIRECTOR).refused(InvalidCommand, saying="still to come")


def test_a_case_that_was_opened_here_is_not_continued_as_an_import() -> None:
    after(POTHOLE).when(further(CHECK), actor=DIRECTOR).refused(
        UnlawfulTransition, saying="opened here", rule="continues-an-import"
    )
    given().when(further(CHECK), actor=DIRECTOR).refused(CaseNotFound)


ROWS = st.lists(
    st.builds(
        lambda hours, activity, actor, team, takes: step(
            hours / 24, activity, actor, 1, team=team, takes_over=takes
        ),
        st.integers(0, 20),
        st.sampled_from(["look", "check"]),
        st.sampled_from([None, "x-11", "x-22"]),
        st.sampled_from([None, "permits", "board"]),
        st.booleans(),
    ),
    max_size=8,
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.at)))


def _said(happened: tuple[Happened, ...]) -> list[Any]:
    return [
        (each.fact, each.actor, each.context.effective_at, each.context.known_at)
        for each in happened
        if not isinstance(each.fact, CaseImported | OwnershipTransferred)
    ]


@for_all(
    rows=ROWS,
    cut=st.integers(0, 8),
    known=st.sampled_from([{}, {"deadline_at": DUE}]),
    end=st.sampled_from([{}, {"ended_at": RECEIVED + DAY}]),
)
def test_a_history_that_comes_in_two_deliveries_is_that_which_comes_in_one(
    rows: tuple[ImportedStep, ...], cut: int, known: dict[str, Any], end: dict[str, Any]
) -> None:
    whole = after(first(*rows, **known, **end))
    parted = after(first(*rows[:cut], **known)).asked(by(DIRECTOR, further(*rows, **known, **end)))
    assert _said(parted.happened) == _said(whole.happened)
    assert (parted.state.team, parted.state.owner) == (whole.state.team, whole.state.owner)
    assert parted.state.source_rows == whole.state.source_rows
    again = parted.when(further(*rows, **known, **end, batch=7), actor=DIRECTOR)
    again.nothing()


@for_all(rows=ROWS, data=st.data())
def test_whatever_is_delivered_in_whatever_order_no_row_is_recorded_twice_and_none_is_lost(
    rows: tuple[ImportedStep, ...], data: st.DataObject
) -> None:
    history = after(first())
    for batch in range(6, 10):
        some_rows = data.draw(st.permutations(rows).map(lambda each: each[: len(each) // 2]))
        history = history.asked(by(DIRECTOR, further(*some_rows, batch=batch)))
    history = history.asked(by(DIRECTOR, further(*rows, batch=10)))
    recorded = [each for each in history.happened if isinstance(each.fact, ActivityRecorded)]
    assert len(recorded) == len(rows)
    known = [each.context.known_at for each in history.happened]
    assert known == sorted(known)
