"""Fields: those of facts that sentences tell otherwise than by their value alone."""

from __future__ import annotations

SHOWN = {
    "assigned": True,
    "everywhere": False,
    "interpreted": True,
    "narrowed": True,
    "needs_delegation": True,
    "shows_values": True,
    "oral": True,
    "overtakes_breach": True,
    "owned": True,
    "planned": True,
    "reached": False,
    "records": True,
    "refuses": True,
    "replied": True,
    "rights_stated": True,
    "sole_officer": True,
    "to_requester": False,
    "urgency_stated": True,
}
"""Yes-or-no fields that a bracket waits for, and the answer for which it is shown."""
DUE = frozenset(
    {
        "accept_by", "act_by", "binds_until", "by_at", "confirm_by", "decide_by", "decide_by_at", "due_at",
        "lapses_at", "latest_start_at", "pause_ends_at", "promised_at", "reply_by", "represent_by_at", "was_due_at",
    }
)  # fmt: skip
