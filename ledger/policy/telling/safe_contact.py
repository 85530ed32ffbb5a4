"""Safe contact: by which channels somebody must not be contacted, and what such an instruction may say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from ledger.errors import InvalidCommand, Refusal
from ledger.input.quoting import known_codes, quoted


@dataclass(frozen=True, slots=True)
class SafeContact:
    """An instruction on safe contact: the channels by which the person must not be contacted."""

    instruction_id: UUID
    channels: frozenset[str]

    @classmethod
    def of(cls, instruction_id: UUID, channels: Sequence[str]) -> Self:
        """The instruction that a fact tells of."""
        return cls(instruction_id, frozenset(channels))


def refuse_unusable(
    before: SafeContact | None, asked: Collection[str], known: Collection[str], *, words: bool
) -> None:
    """Refuses an instruction that names no channel of the policy, says nothing, or leaves no way."""
    for each in asked:
        if each not in known:
            raise InvalidCommand(
                f"{quoted(each)} is not a channel of the policy; it knows {known_codes(each, known)}."
            )
    if before is None and not (asked or words):
        raise InvalidCommand("Say what must not be used: a channel, times, or names.")
    if {*known} <= {*asked}:
        raise Refusal(
            "Every channel would be forbidden and nobody could answer: leave one that is safe.",
            rule="safe-contact",
        )
