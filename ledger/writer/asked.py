"""What a request stands for under its command's id: its body, the streams that it writes to, the receipt it had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, Refusal
from ledger.input.fitting import too_big_in
from ledger.sealing.slots import canonical

ONE_COMMAND_AN_ID = "one-command-an-id"
Digest = Callable[[Request], str]
"""What a request stands for, as the vault's digest of it."""


def written_by(command: Command) -> Iterator[str]:
    """The streams that a command writes to if all goes well; of several that it could take, the first."""
    yield from command.candidates[:1]
    for other in command.also:
        yield other.stream


def command_key(command_id: UUID) -> bytes:
    """The reservation that a command's id takes."""
    return b"c" + command_id.bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What a command's id stands for by now: the digest of what was asked, by whom, and the receipt that they got."""

    body: str
    actor: Actor
    receipt: Receipt


def receipt_again(known: Known, request: Request, body: str, digest: Digest) -> Receipt:
    """The receipt that a command's id has already; refused where it came with another body.

    What the policy says of whoever asks is no part of what they ask: a team that they were given meanwhile, or a
    new version of their system, makes another command of none whose answer was lost.
    """
    if known.body != body and known.body != digest(_as_then(request, known.actor)):
        raise Refusal(
            f"The command id {request.command_id} was used for another command: use a new id.",
            rule=ONE_COMMAND_AN_ID,
        )
    return replace(known.receipt, fresh=False)


def _as_then(request: Request, first: Actor) -> Request:
    """The request as whoever asks would have made it then; as it is where somebody else asked first."""
    actor = request.actor
    if (actor.kind, actor.id) != (first.kind, first.id):
        return request
    return replace(request, actor=replace(actor, team=first.team, version=first.version))


def body_of(request: Request) -> bytes:
    """What a command id stands for: what was asked, by whom, and when it is said to have happened.

    InvalidCommand if anything in the request cannot be recorded.
    """
    at = request.effective_at
    if at is not None and at.tzinfo is None:
        raise InvalidCommand(
            "The time says no offset from UTC: give it with one, like 2026-07-01T09:30:00-03:00."
        )
    command = request.command.model_dump()
    try:
        canonical((request.basis, request.correlation, request.causation))
        said = canonical((at, request.actor.slot(), command if request.asked is None else None))
    except TypeError as error:
        if (name := too_big_in(command)) is not None:
            raise InvalidCommand(
                f"{name} holds a number that is too big to be recorded: give a whole number smaller than 2^53."
            ) from error
        raise InvalidCommand(
            "This holds something that cannot be recorded: give whole numbers smaller than 2^53, "
            "and texts without half characters."
        ) from error
    return type(request.command).__name__.encode() + said + (request.asked or b"")
