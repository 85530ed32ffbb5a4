"""Same person: every record that was decided to be of one person, from link to link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID


def same_person(party: UUID, linked: Callable[[UUID], Iterable[UUID]]) -> tuple[UUID, ...]:
    """The record itself and every other that its links lead to, in a fixed order; `linked` gives those of one record.

    Two records may be reached through a third though somebody found them not to be of one person: the
    links contradict each other then, and what keeps a person safe holds for all of them.
    """
    found, waiting = {party}, [party]
    while waiting:
        fresh = {*linked(waiting.pop())} - found
        found |= fresh
        waiting += fresh
    return (party, *sorted(found - {party}))
