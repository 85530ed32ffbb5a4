"""Examples of what is sent with each verb of a case, as the description shows them, in codes of the sample office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ID = "019de001-4c00-7000-8000-000000000001"
_REFERENCE = "7ZK3Q-0M9TB-R"
_DIGEST = "0a" * 32
_SECTION = "Income Act, s. 12"

OPENING: Mapping[str, Any] = {
    "channel": "phone",
    "request_type": "RDW-POT",
    "region": "HAL",
    "language": "en",
    "answers": {"danger_now": True, "description": "A deep hole in front of the school"},
}
TRAY_ITEM: Mapping[str, Any] = {"mail_kind": "auto_reply", "subject": "Out of the office"}
HANDLED: Mapping[str, Any] = {"handling": "logged", "about_case": _REFERENCE}

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "concerns": {"party": _ID, "role": "witness"},
    "external-id": {"external_id": "2026-117-4", "source": "police"},
    "concerns-not": {"party": _ID, "role": "witness", "reason": "Taken for a neighbour."},
    "classify": {"request_type": "RDW-POT", "reason": "It is about a road."},
    "receive": {"channel": "phone", "answers": {"since_when": "2026-03-01"}},
    "ask": {"fields": ["contact"]},
    "stop-chase": {"reason": "It came by letter."},
    "severity": {"severity": "harm_within_days", "criterion": "health"},
    "adjust": {"adjustment": "An interpreter beside her."},
    "speak": {"interview_language": "mic", "interpreter": "Mi'kmaw"},
    "clear-flag": {"flag": "adjustment", "reason": "No longer wanted."},
    "confirm": {},
    "assign": {"owner": "R-03"},
    "skip": {"reason": "language"},
    "transfer": {
        "to_team": "INC",
        "reason": "wrong-team",
        "handover": "It is about a benefit; they were told so by telephone.",
    },
    "decline": {"reason": "not-ours"},
    "return": {"reason": "misrouted"},
    "adjudicate": {"to_team": "INC", "reason": "skill", "words": "It is a benefit."},
    "task": {"title": "Look at the site plan.", "team": "RDW", "due_at": "2026-12-31T20:00:00Z"},
    "follow-up": {"due_at": "2026-12-31T20:00:00Z", "words": "Has the culvert held?"},
    "reassign": {"member": "R-03"},
    "referral-end": {"ending": "declined", "words": "It is the province's road."},
    "give-back": {"reason": "workload", "words": "Three others are due today."},
    "refer": {"body": "The municipality", "kind": "transfer", "consent": "given"},
    "wait": {"reason": "particulars", "words": "Which of the two roads?"},
    "extend": {"clock": "DEC-15", "amount": 5, "authority": "leader", "reason": "volume"},
    "told": {"party": "commissioner", "method": "letter"},
    "lapse": {"clock": "DEC-15", "notice_id": _ID},
    "correct-start": {
        "moment": "complete",
        "started_at": "2026-03-02T13:00:00Z",
        "evidence": [_ID],
        "reason": "The form lay at the desk.",
    },
    "incomplete": {
        "fields": ["description"],
        "evidence": [_ID],
        "reason": "The page with what is asked for was blank.",
    },
    "approve": {"clock": "MAKE-SAFE", "dated_at": "2026-03-02T13:00:00Z"},
    "refuse-approval": {
        "clock": "MAKE-SAFE",
        "reason": "The crew's sheet says that they came the day after.",
    },
    "milestone": {"milestone": "made_safe"},
    "contact": {
        "direction": "inbound",
        "channel": "phone",
        "kinds": ["chase"],
        "minutes": 4,
        "words": "When will somebody come?",
    },
    "promise": {"by_at": "2026-12-31T20:00:00Z", "words": "Somebody calls back."},
    "safe-contact": {"channels": ["phone"], "times": "Not after six."},
    "notice": {"template": "ACK", "channel": "email"},
    "failed": {"reason": "bounced"},
    "note": {"text": "The plan of the site was looked at."},
    "item": {
        "digest": _DIGEST,
        "media_type": "application/pdf",
        "size_bytes": 48_211,
        "custodian": "RDW",
        "place_kept": "Shelf 4",
    },
    "reviewed": {"item_id": _ID},
    "link": {"other_case": _REFERENCE, "relation": "same_matter", "reason": "The same hole."},
    "escalate": {"party": "leader", "reason": "act", "words": "Nobody has been there."},
    "acknowledge": {"action": "act", "act_by": "2026-12-31T20:00:00Z"},
    "confirm-need": {"need": "identity"},
    "override": {"check": "identity", "reason": "She is known in person."},
    "decide": {"outcome": "granted", "legal_basis": _SECTION, "reasons": "All of it is met."},
    "resolve": {"outcome": "done", "words": "The hole was filled."},
    "reopen": {"reason": "returned", "clock_policy": "resume"},
    "decide-return": {"answer": "return", "reason": "returned", "clock_policy": "resume"},
    "appeal": {"taken_to": "court", "body": "Supreme Court", "words": "Notice of 3 March."},
    "appeal-end": {"ending": "sent_back", "words": "The rent was not looked at."},
    "review": {"channel": "letter", "reason": "They were not heard."},
    "finding": {"finding": "upheld", "legal_basis": _SECTION, "reasons": "The sum is right."},
    "correct": {"corrects": 1, "values": {"region": "WES"}, "reason": "Heard wrongly."},
}
"""By verb; of a verb that is not here nothing has to be said."""
