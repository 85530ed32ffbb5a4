"""Which topics whoever follows the log can be told of: those of entries that some feed shows to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.facts import topics
from ledger.policy.acting.feeding import SHOWN_UNDER

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "case": ("ledger.case",),
    "party": ("ledger.registers.people",),
    "tray": ("ledger.registers.tray",),
    "import": ("ledger.registers.integrations.imports",),
    "policy": ("ledger.registers.policies",),
    "directory": ("ledger.registers.directory", "ledger.registers.integrations.provisioned"),
    "rate": ("ledger.registers.flow.rates", "ledger.registers.flow.countermeasures"),
    "calls": ("ledger.registers.flow.draws",),
    "sequence": ("ledger.registers.flow.sequences",),
    "routing": ("ledger.registers.flow.routing_weeks",),
    "anchor": ("ledger.registers.anchors",),
}
"""The modules whose facts happen in streams of a kind that a feed shows."""


def followed_topics(kinds: Iterable[str] = SHOWN_UNDER) -> tuple[str, ...]:
    """The topics that a feed can show, of these kinds of stream, in order; those of compartments are not among them."""
    homes = tuple(f"{each}." for kind in kinds for each in CHAPTERS[kind])
    return tuple(
        sorted(name for name, kind in topics().items() if f"{kind.__module__}.".startswith(homes))
    )
