"""Supposing: what a request to a case would bring about now, decided as it would be, and never recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, NamedTuple
from uuid import UUID

from ledger.case import CASE
from ledger.commands import Circumstances, Request
from ledger.entry import Entry, Happened
from ledger.errors import VersionConflict
from ledger.policy.load import Load
from ledger.service import Ledger

_NEVER_ASKED = UUID(int=0)


class Supposed(NamedTuple):
    """The entries of the case as they are recorded, and what would happen after them."""

    recorded: Sequence[Entry]
    happened: Sequence[Happened]


def suppose(ledger: Ledger, request: Request, *, load: Callable[[], Load]) -> Supposed:
    """What would happen; raises the refusal that the request would meet.

    `load` gives the load that is decided by. Nobody's turn is awaited: what others record meanwhile may change it.
    """
    stream = request.command.stream
    recorded = [each.entry for each in ledger.read(stream)]
    version = len(recorded)
    if request.expected_version not in (None, version):
        raise VersionConflict(expected=request.expected_version, actual=version)
    known_at = max([ledger.clock(), *(each.context.known_at for each in recorded[-1:])])
    around = Circumstances(
        stream,
        request.actor,
        request.context(known_at=known_at, command_id=_NEVER_ASKED),
        ledger.policies(),
        load,
        ledger.directory(),
        lambda other: _state_of(ledger, other),
        lambda version: recorded[version - 1].topic,
    )
    state = reduce(CASE.evolve, recorded, CASE.initial)
    return Supposed(recorded, CASE.decide(state, request.command, around))


def _state_of(ledger: Ledger, stream: str) -> Any:
    """Another stream as it stands; None if it has no entry."""
    return ledger.state_of(stream) if ledger.store.stream(stream, upto_version=1) else None
