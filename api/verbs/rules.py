"""Rules: what holds of a command as its decision says it, for whoever is to ask it."""

from __future__ import annotations

from ledger.commands import Command
from ledger.kinds import KINDS

_DECISIONS = {command: decide for kind in KINDS for command, decide in kind.decisions.items()}


def told_of(command: type[Command]) -> str:
    """What a command does, then the rule by which it is decided, each a paragraph of its own."""
    said, rule = (command.__doc__ or "").rstrip(), _DECISIONS[command].__doc__
    return said if rule is None else f"{said}\n\n    {rule.strip()}"
