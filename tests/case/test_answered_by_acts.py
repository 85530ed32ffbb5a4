"""What an act answers climbs no more: a transfer answered, a case adjudicated or moved, a task done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from ledger.case.alarms import RaiseAlarm
from ledger.case.custody.overlooking import OWNER_SILENT
from ledger.case.custody.returning import ReturnCase
from ledger.case.escalation.climbing import EscalationClimbed
from ledger.errors import UnlawfulTransition
from tests.case.alerted import THEN, told
from tests.case.cases import CONFIRM, NEEDS, POTHOLE, pull, transfer
from tests.case.moved import ACCEPT, BELONGS, DECLINE, OWNED, PASSED, TWICE_RETURNED
from tests.case.owed import CALL_BACK, DONE, OVERDUE
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INCOME,
    MONDAY,
    ROADS,
    WATCH,
    Asked,
    by,
    given_commands,
    office,
)

LATER = MONDAY + timedelta(days=9)
SILENT = RaiseAlarm(case_id=CASE_ID, alarm=OWNER_SILENT, since=MONDAY)
RAISED: dict[str, tuple[Sequence[Any], Sequence[Asked]]] = {
    "a transfer, accepted": (PASSED, [by(INCOME, ACCEPT, at=THEN)]),
    "a transfer, declined": (PASSED, [by(INCOME, DECLINE, at=THEN)]),
    "a bounced case, adjudicated": (TWICE_RETURNED, [by(DIRECTOR, BELONGS, at=THEN)]),
    "a late task, done": (
        (*OWNED, CALL_BACK, by(WATCH, OVERDUE, at=THEN)),
        [by(ROADS, DONE, at=THEN)],
    ),
    "a silent owner, moved": (
        (POTHOLE, by(ROADS, pull("RDW", "R-02")), by(WATCH, SILENT, at=THEN)),
        [by(ROADS, transfer("INC"), at=THEN), by(INCOME, ACCEPT, at=THEN + timedelta(hours=1))],
    ),
}


def adjudicated_by_a_leader(document: dict[str, Any]) -> None:
    document["custody"] = {"adjudicator": "L-02"}


@pytest.mark.parametrize("what", RAISED)
def test_what_an_act_answers_climbs_no_more(what: str) -> None:
    raised, acts = RAISED[what]
    waiting, climb = told(given_commands(*raised, policies=office(adjudicated_by_a_leader)))
    (climbed,) = waiting.when(climb, actor=WATCH, at=LATER).happened
    assert isinstance(climbed.fact, EscalationClimbed)
    for act in acts:
        waiting = waiting.asked(act)
    waiting.when(climb, actor=WATCH, at=LATER).nothing()


def test_what_a_duty_person_is_to_confirm_is_not_returned_as_misrouted() -> None:
    returned = ReturnCase(case_id=CASE_ID, team="INT", reason="misrouted")
    given_commands(NEEDS).when(returned).refused(UnlawfulTransition, rule="confirmed-before-moved")


def test_what_was_confirmed_as_the_rules_proposed_may_be_returned_and_what_went_elsewhere_may_not() -> (
    None
):
    confirmed = given_commands(NEEDS, CONFIRM)
    assert confirmed.state.moves.routed_at is not None
    elsewhere = CONFIRM.model_copy(update={"team": "INC", "reason": "They know her."})
    placed = given_commands(NEEDS, elsewhere)
    assert (placed.state.moves.routed_at, placed.state.moves.hops) == (None, 0)
