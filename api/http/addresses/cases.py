"""The addresses of cases, queues and the tray."""

from __future__ import annotations

from api.http.addresses.address import Address
from api.http.addresses.case_examples import EXAMPLES, HANDLED, OPENING, TRAY_ITEM
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
        "incomplete",
        "approve",
        "refuse-approval",
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
CASES = {
    "open": Address("/cases", "case.open", example=OPENING),
    "pull": Address("/queues/{team}/pull", "team.pull"),
    "tray-put": Address("/tray", "tray.tray-put", example=TRAY_ITEM),
    "tray-handle": Address("/tray/{item_id}/handle", "tray.tray-handle", example=HANDLED),
    **{
        name: Address(
            f"/cases/{{ref}}/{name}", f"case.{name}", name in _IN_ORDER, EXAMPLES.get(name, {})
        )
        for name, verb in CASE_VERBS.items()
        if verb.of_a_case or name == "review"
    },
}
"""Each verb that is asked of a case stands below it."""
