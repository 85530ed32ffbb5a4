"""Facts made up for a test: registered for a while, and gone from the registry afterwards."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ledger import facts


@contextmanager
def registry_kept(*kinds: type[facts.Fact]) -> Generator[None]:
    """Whatever the block registers is forgotten after it; these kinds of fact are known in it."""
    known, upcasts = dict(facts._FACTS), dict(facts._UPCASTS)
    try:
        facts._FACTS.update({kind.topic: kind for kind in kinds})
        yield
    finally:
        facts._FACTS.clear()
        facts._FACTS.update(known)
        facts._UPCASTS.clear()
        facts._UPCASTS.update(upcasts)


def forget(topic: str) -> None:
    """Takes a topic out of the registry, as if this version of the software had never known it."""
    del facts._FACTS[topic]
