"""An office that reviews its decisions: the type of a review, and a case that was decided."""

from __future__ import annotations

from typing import Any

from ledger.case.known.answered import Decided
from ledger.case.state import Case
from tests.deciding import MONDAY, number

DECIDED_CASE = Case(
    opened=True,
    language="fr",
    region="HAL",
    requester=number(7),
    decisions=frozenset({number(11)}),
    decided=Decided(number(11), "refused", "Regulation 4(1)", "N-02", "INC", MONDAY),
)
"""An income application that N-02 refused for the income team."""


def reviews(document: dict[str, Any]) -> None:
    """Lets the office review decisions by people of another team than the decider's."""
    document["types"]["GEN-REV"] = {
        "en": "Review of a decision",
        "fr": "Révision d'une décision",
        "programme": "GEN",
        "clocks": ["DEC-15-WAITED"],
        "deadline_bearing": True,
        "judgement": True,
        "reviews": True,
        "other_decider": True,
        "retention": "R7S",
    }
    document["delegations"]["DEL-REV"] = {
        "en": "Reviews",
        "fr": "Révisions",
        "authority": "Sample instrument, schedule B",
        "skills": ["intake", "income"],
        "types": ["GEN-REV"],
        "begins_on": "2025-01-01",
    }
    document["routing"].insert(
        0,
        {
            "code": "reviews",
            "en": "Reviews go to a team that did not decide",
            "fr": "Les révisions vont à une équipe qui n'a pas tranché",
            "when": {"type": "GEN-REV"},
            "teams": ["INC", "INT"],
            "exclude": ["decider"],
        },
    )
