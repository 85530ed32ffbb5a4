"""The addresses of inquiries: each verb below the inquiry that it is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.addresses.address import Address

_ID = "019de001-4c00-7000-8000-000000000004"
_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "extend": {"until_on": "2026-06-30", "reasons": "They gave two weeks more."},
    "ask": {"words": "Why was nobody told?"},
    "answer": {
        "question_id": _ID,
        "words": "Nobody was there that week.",
        "fault": "accepted",
        "cites": ["7ZK3Q-0M9TB-R:3"],
    },
    "draft": {"comments_by_at": "2026-05-29T20:00:00Z"},
    "comment": {"draft_id": _ID, "words": "The dates in section 3 are those of the reminder."},
    "recommend": {"words": "Tell people by when.", "due_on": "2026-06-30"},
    "respond": {"recommendation_id": _ID, "answer": "accepted", "due_on": "2026-09-30"},
    "done": {"recommendation_id": _ID, "words": "Every notice says it since Monday."},
    "mark": {"case_id": "7ZK3Q-0M9TB-R", "version": 3, "reason": "It names a neighbour."},
    "privileged": {
        "case_id": "7ZK3Q-0M9TB-R",
        "version": 4,
        "privilege": "solicitor_client",
        "on": "2026-03-02",
        "author": "Counsel",
        "recipients": "The director",
        "nature": "Advice",
        "holder": "The Crown",
    },
    "close": {"words": "Their report is public."},
}
_OPENING = {
    "cases": ["7ZK3Q-0M9TB-R"],
    "office": "OMB",
    "reference": "2026-88",
    "recipient": "Marie Doucet",
    "purpose": "Why it took so long.",
    "expires_at": "2026-12-31T00:00:00Z",
}
_IN_ORDER = frozenset({"extend", "close"})

INQUIRIES = {
    "inquiry-open": Address("/inquiries", "inquiry.open", example=_OPENING),
    **{
        f"inquiry-{name}": Address(
            f"/inquiries/{{inquiry_id}}/{name}", f"inquiry.{name}", name in _IN_ORDER, example
        )
        for name, example in _EXAMPLES.items()
    },
}
