"""The addresses of cases, queues and the tray."""

from __future__ import annotations

from api.http.addresses.address import Address
from api.verbs import CASE_VERBS

_IN_ORDER = frozenset(
    {
        "classify",
        "route",
        "confirm",
        "assign",
        "transfer",
        "accept",
        "decline",
        "return",
        "adjudicate",
        "recuse",
        "extend",
        "lapse",
        "correct-start",
        "decide",
        "resolve",
        "reopen",
        "settle",
        "decide-return",
        "finding",
        "correct",
        "override",
    }
)
_EXAMPLES = {
    "transfer": {"to_team": "INC", "reason": "wrong_queue", "note": "It is about a benefit."},
    "note": {"text": "The plan of the site was looked at."},
    "resolve": {"outcome": "done"},
}
_OPENING = {
    "channel": "phone",
    "request_type": "pothole",
    "language": "en",
    "answers": {"place": "Mill Lane"},
}

CASES = {
    "open": Address("/cases", "case.open", example=_OPENING),
    "pull": Address("/queues/{team}/pull", "team.pull"),
    "tray-put": Address("/tray", "tray.tray-put"),
    "tray-handle": Address("/tray/{item_id}/handle", "tray.tray-handle"),
    **{
        name: Address(
            f"/cases/{{ref}}/{name}", f"case.{name}", name in _IN_ORDER, _EXAMPLES.get(name, {})
        )
        for name, verb in CASE_VERBS.items()
        if verb.of_a_case or name == "review"
    },
}
"""Each verb that is asked of a case stands below it."""
