"""Safe contact of a person: what holds for all their cases, the ones that are there and the ones to come."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.telling.safe_contact import refuse_unusable
from ledger.registers.people.party_state import Party, PartyCommand


@fact
class PartySafeContactSet(Fact):
    """This person must not be contacted by these channels, at these times, or under these names, on any case.

    It takes the place of whatever was set for them before.
    """

    instruction_id: UUID
    channels: tuple[str, ...]
    times: PersonalText
    names: PersonalText


class SetPartySafeContact(PartyCommand):
    """Say how somebody must not be contacted on any of their cases. It replaces what was set."""

    instruction_id: UUID
    channels: tuple[str, ...] = ()
    times: str | None = None
    names: str | None = None


def set_party_safe_contact(
    party: Party, asked: SetPartySafeContact, around: Circumstances
) -> Sequence[Happened]:
    """An instruction can be set at any time, by anybody who knows of the danger."""
    before = party.known().safe_contact
    if before is not None and before.instruction_id == asked.instruction_id:
        return ()
    channels = around.policies.in_force(around.now).policy.channels
    words = bool(asked.times or asked.names)
    refuse_unusable(before, asked.channels, channels, words=words)
    told = PartySafeContactSet(
        instruction_id=asked.instruction_id,
        channels=tuple(sorted({*asked.channels})),
        times=asked.times,
        names=asked.names,
    )
    return (around.happened(told),)
