"""The addresses of a disclosure's process: each act of the access office, from the request to the publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.commands.asked_of import Written
from api.http.commands.writing import add_write
from api.http.routing.routes import Routes
from api.verbs.disclosures import DISCLOSING

IN_ORDER = frozenset(
    {
        "end",
        "scope",
        "draw",
        "claim",
        "approve",
        "refuse",
        "answer",
        "release",
        "make",
        "abandon",
        "publish",
    }
)
"""Verbs that ask for the version that was seen; officers review beside each other, and who approves sees it all."""

_ID = "019de001-4c00-7000-8000-000000000005"
_STREAM = f"case/{_ID}"
_LINES = [{"basis": "search", "quantity": 9, "unit": "half_hour", "rate_cents": 1500, "free": 6}]
_WHY = {
    "exemptions": ["NS-20"],
    "harm": "Their privacy would be invaded.",
    "override": "does_not_prevail",
    "override_reason": "Nobody else is concerned.",
}
_TARGET = {"in_stream": _STREAM, "in_version": 3, "slot": "text", "first": 4, "end": 7}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "begin": {"audience": "applicant", "applicant_class": "media"},
    "end": {"reason": "It was begun twice."},
    "clarify": {"words": "Which road is meant?"},
    "scope": {"cases": ["7ZK3Q-0M9TB-R"], "words": "All about the hole."},
    "draw": {},
    "search": {
        "custodian": "RDW",
        "tasked_on": "2026-03-02",
        "systems": ["mail"],
        "found": 2,
        "minutes": 40,
        "terms": "pothole",
    },
    "time": {"activity": "review", "minutes": 30},
    "estimate": {"lines": _LINES, "deposit_cents": 2000},
    "waiver": {"words": "It is in the public interest."},
    "decide-waiver": {"waiver": "part", "waived_cents": 1000, "reason": "Half of it is."},
    "pay": {"paid_cents": 3500},
    "refund": {"refunded_cents": 500, "reason": "It took less."},
    "settle": {"lines": _LINES},
    "item": {
        "digest": "0a" * 32,
        "pages": 12,
        "media_type": "application/pdf",
        "custodian": "Roads",
        "description": "A memorandum",
    },
    "duplicate": {"item_id": _ID, "lead": _ID, "reason": "A later draft of it."},
    "dispose": {
        "item_id": _ID,
        "disposition": "release_in_part",
        "redactions": [
            {"first_page": 3, "last_page": 4, "exemptions": ["NS-20"]},
            {"first_page": 7, "last_page": 7, "box": [0, 100, 500, 200], "exemptions": ["NS-20"]},
        ],
        "reasons": _WHY,
    },
    "privilege": {"item_id": _ID, "audience": "applicant", "holder": "The Minister"},
    "consult": {
        "consultation": "third_party",
        "body": "Acme Ltd.",
        "slots": 1,
        "provision": "s. 22",
        "words": "We intend to release a letter of yours.",
    },
    "heard": {"position": "objects", "words": "It names our prices."},
    "conclude": {"decision": "release_in_part", "words": "The prices are withheld."},
    "seek-review": {"body": "The Commissioner"},
    "end-review": {"upheld": True},
    "propose": {},
    "accept": {"proposals": [_ID], "reasons": _WHY},
    "reject": {"proposals": [_ID], "reason": "It is an officer's name."},
    "decide": {"targets": [_TARGET], "outcome": "withhold", "reasons": _WHY},
    "claim": {"claim": "whole_stream"},
    "compare": {},
    "explain": {"reason": "They have consented since."},
    "approve": {"words": "All of it was looked at."},
    "refuse": {"reason": "The third page is not cut."},
    "answer": {
        "outcome": "part",
        "complain_within_days": 60,
        "complain_to": "The Commissioner",
        "contact": "I. Ntake",
        "reasons": "Names are withheld.",
    },
    "heads-up": {
        "office": "The Minister's office",
        "told": "chief-of-staff",
        "words": "A release about the hole in Mill Lane is due on Friday.",
    },
    "release": {"given_to": "Rita Press", "purpose": "Her request of January"},
    "make": {},
    "abandon": {"reason": "It was withdrawn."},
    "deliver": {"method": "email"},
    "undelivered": {"failure": "bounced"},
    "publish": {"publish": False, "reason": "It is personal."},
}


def disclosing_routes() -> Routes:
    """Every verb of a disclosure at its address."""
    routes = Routes(prefix="/v1", tag="Disclosures")
    for name, verb in DISCLOSING.items():
        begins = name == "begin"
        path = "/cases/{ref}/disclosures" if begins else f"/disclosures/{{disclosure_id}}/{name}"
        add_write(
            routes,
            path,
            Written(verb, f"disclosure.{name}", in_order=name in IN_ORDER),
            summary=(verb.command.__doc__ or "").partition("\n")[0].rstrip("."),
            example=EXAMPLES[name],
        )
    return routes
