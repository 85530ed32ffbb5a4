"""History: a case that another system kept is recorded whole and as it was, whatever a rule of today would say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.history.imported import (
    ActivityRecorded,
    CaseImported,
    ImportCase,
    ImportedStep,
    OwnershipTransferred,
)
from ledger.case.intake.opening import reference_key
from ledger.case.outcome.resolving import CaseResolved
from ledger.entry import Actor, Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.ids import reference_of
from tests.case.imports import DAY, DUE, IMPORT, RECEIVED
from tests.deciding import CASE_ID, DIRECTOR, MONDAY, given, number


def told(asked: ImportCase) -> list[Happened]:
    outcome = given().when(asked, actor=DIRECTOR)
    assert outcome.refused_by is None
    return list(outcome.happened)


def test_a_case_is_recorded_as_it_was_in_order_of_time() -> None:
    assert [each.fact for each in told(IMPORT)] == [
        CaseImported(
            reference=reference_of(CASE_ID),
            channel="desk",
            channel_family="walk_in",
            request_type="permit",
            received_at=RECEIVED,
            team="permits",
            responsible="x-33",
            findings=("no-phone",),
            external_id="case-1",
        ),
        ClockArmed(
            clock="deadline",
            generation=1,
            policy=None,
            started_at=RECEIVED,
            not_after_on=None,
            due_at=DUE,
            rungs=(),
            certificate={"stated_by": "permits"},
        ),
        OwnershipTransferred(
            from_team="permits", from_owner=None, to_team="permits", to_owner="x-11"
        ),
        ActivityRecorded(activity="register", team=None, rows=(1,)),
        ActivityRecorded(activity="check", team=None, rows=(2, 3)),
        OwnershipTransferred(
            from_team="permits", from_owner="x-11", to_team="board", to_owner="x-22"
        ),
        ActivityRecorded(activity="decide", team="board", rows=(4,)),
        ActivityRecorded(activity="archive", team=None, rows=(5,)),
        CaseResolved(outcome="ended", replied=False, words=None),
        ClockStopped(clock="deadline", generation=1, outcome="met", due_at=DUE),
    ]


def test_each_step_is_by_whoever_did_it_and_known_when_the_source_knew_it() -> None:
    happened = told(IMPORT)
    check = happened[4]
    assert check.actor == Actor("person", "x-11")
    assert check.context.effective_at == check.context.known_at == RECEIVED + DAY
    assert (check.context.batch, check.context.source) == (str(number(5)), "permits")
    archive = happened[7]
    assert archive.actor == DIRECTOR


def test_a_case_is_found_by_its_reference_whether_opened_or_imported() -> None:
    assert IMPORT.reserves == (reference_key(CASE_ID),)


def test_a_case_that_ended_after_its_deadline_has_breached_it() -> None:
    late = IMPORT.model_copy(update={"ended_at": DUE + timedelta(seconds=1)})
    assert told(late)[-1].fact == ClockStopped(
        clock="deadline", generation=1, outcome="breached", due_at=DUE
    )
    in_time = IMPORT.model_copy(update={"ended_at": DUE})
    stopped: Any = told(in_time)[-1].fact
    assert stopped.outcome == "met"


def test_what_happened_after_the_end_is_recorded_after_it() -> None:
    ended = IMPORT.model_copy(update={"ended_at": RECEIVED + DAY + timedelta(hours=1)})
    after = given().when(ended, actor=DIRECTOR).after
    assert after.happened[-1].fact.topic == "ActivityRecorded"
    assert after.state.status == "resolved"


def test_a_case_that_ended_before_it_was_received_leaves_no_clock_running() -> None:
    odd = IMPORT.model_copy(update={"ended_at": RECEIVED - DAY, "steps": ()})
    after = given().when(odd, actor=DIRECTOR).after
    assert [each.fact.topic for each in after.happened] == [
        "CaseImported", "ClockArmed", "CaseResolved", "ClockStopped",
    ]  # fmt: skip
    assert not after.state.clocks["deadline"].open


def test_what_was_known_never_goes_back_though_the_source_is_out_of_order() -> None:
    early = ImportedStep(at=RECEIVED - DAY, activity="call", rows=(9,))
    known = [each.context.known_at for each in told(IMPORT.model_copy(update={"steps": (early,)}))]
    assert known == sorted(known)
    assert known[0] == RECEIVED - DAY


@pytest.mark.parametrize(
    "bare", [{"deadline_at": None}, {"ended_at": None}, {"steps": ()}, {"team": None}]
)
def test_a_case_is_imported_though_its_source_says_little(bare: dict[str, Any]) -> None:
    state = given().when(IMPORT.model_copy(update=bare), actor=DIRECTOR).after.state
    assert state.imported
    assert state.status == ("open" if "ended_at" in bare else "resolved")


def test_a_case_is_imported_once() -> None:
    given().asked(IMPORT).when(IMPORT, actor=DIRECTOR).refused(
        UnlawfulTransition, saying="another source name", rule="imported-once"
    )


@pytest.mark.parametrize(
    "ahead",
    [
        {"received_at": MONDAY + DAY},
        {"ended_at": MONDAY + DAY},
        {"steps": (ImportedStep(at=MONDAY + DAY, activity="check", rows=(1,)),)},
    ],
    ids=["received", "ended", "step"],
)
def test_what_is_still_to_come_is_not_recorded_as_history(ahead: dict[str, Any]) -> None:
    given().when(IMPORT.model_copy(update=ahead), actor=DIRECTOR).refused(
        InvalidCommand, saying="still to come"
    )


def test_a_deadline_may_lie_ahead() -> None:
    assert told(IMPORT.model_copy(update={"deadline_at": MONDAY + DAY, "ended_at": None}))
