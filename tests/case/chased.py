"""A requester who is chased for what is missing: step by step, by working day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.intake.information import RequestInformation
from ledger.case.people.concerned import AddCaseParty
from ledger.policy.in_force import Policies
from ledger.registers.people.party_state import Party
from tests.deciding import CASE_ID, INCOME, MONDAY, Asked, History, by, chased, number, office

LAPSES = datetime(2026, 3, 31, 3, 0, tzinfo=UTC)
"""The end of Monday the thirtieth of March, twenty working days after the second."""
RULES: Policies = office(chased("INC-APP", "INC-CHG"))


def reach(step: int) -> ReachChaseStep:
    """A step of the chase is reached."""
    return ReachChaseStep(case_id=CASE_ID, step=step)


def day(working_days: int) -> datetime:
    """The morning of a working day after the beginning, an hour into the office's hours."""
    return MONDAY + timedelta(days=working_days // 5 * 7 + working_days % 5)


def letter(at: datetime, *, place: int = 1, **told: Any) -> Asked:
    """The requester is written to."""
    asked = RequestInformation(
        case_id=CASE_ID, request_id=number(place), fields=("income",), **told
    )
    return by(INCOME, asked, at=at)


def of_one_who_died(history: History[Any]) -> History[Any]:
    """The history, its requester dead."""
    added = history.asked(AddCaseParty(case_id=CASE_ID, party=number(6), role="requester"))
    return replace(added, others={f"party/{number(6)}": Party(recorded=True, deceased=True)})
