"""The addresses of the flow of work: rates and calls below their team, and the one sequence of the office."""

from __future__ import annotations

from api.http.addresses.address import Address

_RATE = "/teams/{team}/rate"

FLOW = {
    "rate-set": Address(
        _RATE, "team.rate-set", example={"target": 40, "target_on": "2026-06-30", "capacity": 12}
    ),
    "rate-drop": Address(
        f"{_RATE}/drop", "team.rate-drop", example={"words": "The backlog is gone."}
    ),
    "rate-effort": Address(
        f"{_RATE}/effort",
        "team.rate-effort",
        example={"contact_minutes": 12, "case_minutes": 95, "staff_minutes_a_day": 2_400},
    ),
    "rate-answer": Address(
        f"{_RATE}/answer",
        "team.rate-answer",
        example={"cause": "absence", "action": "Two are borrowed until Friday.", "owner": "L-03"},
    ),
    "rate-close": Address(f"{_RATE}/close", "team.rate-close", example={"worked": True}),
    "calls-draw": Address("/teams/{team}/calls", "team.calls-draw"),
    "call": Address(
        "/cases/{ref}/call",
        "case.call",
        example={"channel": "phone", "words": "It was quick, and they were told why."},
    ),
    "sequence-set": Address(
        "/sequence",
        "sequence.set",
        in_order=True,
        example={
            "queues": [
                {"team": "INC", "hours": 40, "holds": 10, "planned_on": "2026-06-30"},
                {"team": "RDW", "hours": 20},
            ],
            "words": "Applications are few, and nobody can wait for bread.",
        },
    ),
    "sequence-advance": Address(
        "/sequence/advance",
        "sequence.advance",
        in_order=True,
        example={"team": "INC", "to_state": "cleared", "words": "Nothing older than a day waits."},
    ),
}
