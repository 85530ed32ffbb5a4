"""Working a case from the command line: every command that a person asks, by its verb."""

from __future__ import annotations

from typing import Any

from api.cli.cases.correspondence import show_how, show_notice
from api.cli.cases.placed import show_asked, show_decided, show_place
from api.cli.cases.pulled import show_pulled
from api.cli.writing.asking import as_command
from api.verbs import VERBS

_BEFORE = {"ask": show_how, "contact": show_how, "notice": show_how}
_AFTER = {"notice": show_notice}
"""What people see around an outbound act."""
_BESIDE = {
    "ask": show_asked,
    "pull": show_pulled,
    "decide-return": show_decided,
    **dict.fromkeys(
        (
            "open",
            "classify",
            "route",
            "confirm",
            "review",
            "receive",
            "confirm-need",
            "incomplete",
            "correct-start",
            "resume",
            "extend",
            "reopen",
            "milestone",
            "speak",
            "adjust",
            "transfer",
            "accept",
            "decline",
            "adjudicate",
            "return",
        ),
        show_place,
    ),
}
"""What they see under the receipt."""


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    said = name.replace("_", "-")
    if said in VERBS:
        return as_command(
            VERBS[said],
            before=_BEFORE.get(said),
            after=_AFTER.get(said),
            beside=_BESIDE.get(said),
        )
    raise AttributeError(name)
