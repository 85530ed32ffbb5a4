"""A step of a history: which case, whose turn, and the names of what a step can be about."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from ledger.entry import Actor
from ledger.ids import case_stream, derived_uuid
from ledger.service import Ledger
from ledger.times import EPOCH
from tests.ledgers import office_policy

MEMBERS = ("I-02", "I-03", "R-02", "R-03", "N-02", "N-03")
TYPES = ("RDW-POT", "RDW-WIN", "INC-CHG", "GEN-ENQ", None)
TEAMS = ("INT", "RDW", "INC")
OUTCOMES = ("done", "withdrawn", "lapsed", "referred-out")
AT_MOST_CASES = 6


class Step(NamedTuple):
    """One thing that is asked: which, of which case, with which numbers to choose by."""

    what: int
    case: int
    one: int
    two: int


def case_number(number: int) -> UUID:
    """The id of a case of the story."""
    return derived_uuid(EPOCH, "case", str(number))


def some_member(number: int) -> Actor:
    """A member of the office, or its director."""
    code = (*MEMBERS, "D-01")[number % (1 + len(MEMBERS))]
    team = office_policy().members[code].teams[0]
    return Actor("person", code, role="caseworker", team=team)


def latest(ledger: Ledger, case: int, kind: type) -> UUID:
    """The id that the latest fact of a kind gave; one of nothing where there is none."""
    for read in reversed(ledger.read(case_stream(case_number(case)))):
        if isinstance(read.entry.fact, kind):
            fact = read.entry.fact
            return next(getattr(fact, name) for name in type(fact).model_fields)
    return case_number(case)


def open_escalation(ledger: Ledger, case: int) -> UUID:
    """The id of the escalation that a case came to last; one of nothing where there is none."""
    for read in reversed(ledger.read(case_stream(case_number(case)))):
        found = getattr(read.entry.fact, "escalation_id", None)
        if isinstance(found, UUID):
            return found
    return case_number(case)


def new_id(what: str, number: int) -> UUID:
    """An id that no step before gave to such a thing."""
    return derived_uuid(EPOCH, what, str(number))
