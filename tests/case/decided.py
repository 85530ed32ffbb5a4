"""An application that is decided: its decision, the letter that gives it, and what opens it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.outcome.reopening import ReopenCase
from tests.case.cases import APPLICATION, decide
from tests.case.writing import give, issue, writes
from tests.deciding import CASE_ID, DECIDER, INCOME, MONDAY, History, by, given_commands, office

LETTER: Any = {"values": {"amount": "$500"}}
OURS = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="continue")


def decided(outcome: str = "refused", *, place: int = 1, on: int = 0) -> list[Any]:
    """A decision, its letter, and that it was given."""
    at = MONDAY + timedelta(days=on)
    letter = issue("DECISION", place=place, **LETTER)
    steps = ((DECIDER, decide(outcome, place=place)), (INCOME, letter), (INCOME, give(place)))
    return [by(actor, asked, at=at) for actor, asked in steps]


def told(*asked: Any) -> History[Any]:
    """The application after these commands, at an office that gives its decisions by letter."""
    return given_commands(APPLICATION, *asked, policies=office(writes))
