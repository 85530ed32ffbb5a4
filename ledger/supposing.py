"""Supposing: what a request would bring about now, decided as it would be, and never recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from ledger.commands import Circumstances, Request, first_that_takes
from ledger.entry import Happened
from ledger.errors import VersionConflict
from ledger.kinds import kind_of
from ledger.policy.load import Load
from ledger.service import Ledger

_NEVER_ASKED = UUID(int=0)


def suppose(
    ledger: Ledger, request: Request, *, load: Callable[[], Load]
) -> dict[str, Sequence[Happened]]:
    """What would happen, by stream and in the order of recording; raises the refusal that the request would meet.

    `load` gives the load that is decided by. Nobody's turn is awaited: what others record meanwhile may change it.
    """
    command = request.command
    stream = first_that_takes(command, kind_of, ledger.state_of)
    if request.expected_version is not None:
        version = len(ledger.store.stream(stream))
        if version != request.expected_version:
            raise VersionConflict(expected=request.expected_version, actual=version)
    asked = [(stream, command), *((other.stream, other) for other in command.also)]
    return {
        of: kind_of(of).decide(ledger.state_of(of), each, _around(ledger, request, of, load))
        for of, each in reversed(asked)
    }


def _around(
    ledger: Ledger, request: Request, stream: str, load: Callable[[], Load]
) -> Circumstances:
    rows = ledger.read(stream)
    now = ledger.clock()
    known_at = max(now, rows[-1].entry.context.known_at) if rows else now
    return Circumstances(
        stream,
        request.actor,
        request.context(known_at=known_at, command_id=_NEVER_ASKED),
        ledger.policies(),
        load,
        ledger.directory(),
        lambda other: _state_of(ledger, other),
        lambda version: rows[version - 1].entry.topic,
        lambda kind, position: _begun_since(ledger, kind, position),
    )


def _state_of(ledger: Ledger, stream: str) -> Any:
    """Another stream as it stands; None if it has no entry."""
    return ledger.state_of(stream) if ledger.store.stream(stream, upto_version=1) else None


def _begun_since(ledger: Ledger, kind: str, position: int) -> Iterable[tuple[str, Any]]:
    for entry in ledger.entries(after=position):
        if entry.version == 1 and entry.stream.startswith(f"{kind}/"):
            yield entry.stream, ledger.state_of(entry.stream)
