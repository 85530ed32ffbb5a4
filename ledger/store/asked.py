"""What a request stands for under its command's id: its body, the streams that it writes to, the receipt it had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from ledger.commands import Command, Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, Refusal
from ledger.evidence.slots import canonical


def written_by(command: Command) -> Iterator[str]:
    """The streams that a command writes to if all goes well; of several that it could take, the first."""
    yield from command.candidates[:1]
    for other in command.also:
        yield other.stream


def command_key(command_id: UUID) -> bytes:
    """The reservation that a command's id takes."""
    return b"c" + command_id.bytes


def receipt_again(found: tuple[str, Receipt], command_id: UUID, body: str) -> Receipt:
    known, first = found
    if known != body:
        raise Refusal(
            f"The command id {command_id} was used for another command: use a new id.",
            rule="one-command-an-id",
        )
    return replace(first, fresh=False)


def body_of(request: Request) -> bytes:
    """What a command id stands for: what was asked, by whom, and when it is said to have happened.

    InvalidCommand if anything in the request cannot be recorded.
    """
    at = request.effective_at
    if at is not None and at.tzinfo is None:
        raise InvalidCommand(
            "The time says no offset from UTC: give it with one, like 2026-07-01T09:30:00-03:00."
        )
    try:
        canonical((request.basis, request.correlation, request.causation))
        command = request.command.model_dump()
        said = canonical((at, request.actor.slot(), command if request.asked is None else None))
    except TypeError as error:
        raise InvalidCommand(
            "This holds something that cannot be recorded: give whole numbers smaller than 2^53, "
            "and texts without half characters."
        ) from error
    return type(request.command).__name__.encode() + said + (request.asked or b"")
