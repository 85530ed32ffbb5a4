"""The lines of a menu: which commands there are, what each is for, and in which module it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast


class Lines(NamedTuple):
    """Commands that lie in one module, each with what it is for; `phase` is the heading that they stand under."""

    module: str
    names: Mapping[str, str]
    phase: str = ""


def default_shown(value: object) -> Any:
    """A default as help tells it, or None: that a flag is off unless it is given nobody needs to be told."""
    if value is None or value is False or value == ():
        return None
    return (
        ", ".join(map(str, cast("tuple[object, ...]", value)))
        if isinstance(value, tuple)
        else str(value)
    )
