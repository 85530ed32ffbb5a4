"""An address: where a verb is asked over HTTP, which act that is, and whether order matters there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.verbs import Verb


@dataclass(frozen=True, slots=True)
class Address:
    """Where a verb is asked; `in_order` asks for the version that was seen, others go in beside an edit."""

    path: str
    act: str
    in_order: bool = False
    example: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def fields_of(self, verb: Verb) -> frozenset[str]:
        """The fields of a verb that stand in its path."""
        named = {part[1:-1] for part in self.path.split("/") if part.startswith("{")}
        if "ref" in named:
            named = named - {"ref"} | (set[str]() if verb.of_a_case else {"other_case"})
        return frozenset(named)
