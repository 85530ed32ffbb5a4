"""The lines of a menu: which commands there are, what each is for, and in which module it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Lines(NamedTuple):
    """Commands that lie in one module, each with what it is for; `phase` is the heading that they stand under."""

    module: str
    names: Mapping[str, str]
    phase: str = ""
