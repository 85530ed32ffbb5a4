"""Safe contact: ways, times and names that would put somebody at risk, shown before every outbound act, and refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.answered import SafeContact
from ledger.case.answers import not_one_of
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact


@fact
class SafeContactSet(Fact):
    """The requester must not be contacted by these channels, at these times, or under these names.

    It takes the place of whatever was set before.
    """

    instruction_id: UUID
    channels: tuple[str, ...]
    times: PersonalText
    names: PersonalText


class SetSafeContact(CaseCommand):
    """Say how the requester must not be contacted: channels, times, names not to use. It replaces what was set."""

    instruction_id: UUID
    channels: tuple[str, ...] = ()
    times: str | None = None
    names: str | None = None


def refuse_forbidden(case: Case, channel: str) -> None:
    """Refuses to contact the requester by a channel that safe contact forbids: every outbound command asks this."""
    if case.safe_contact is not None and channel in case.safe_contact.channels:
        forbidden = ", ".join(sorted(case.safe_contact.channels))
        raise Refusal(
            f"Safe contact forbids the channel {channel} for this requester: use one other than {forbidden}.",
            rule="safe-contact",
            channel=channel,
        )


@decides(SetSafeContact)
def set_safe_contact(
    case: Case, asked: SetSafeContact, around: Circumstances
) -> Sequence[Happened]:
    """An instruction on safe contact can be set at any time, by anybody on the case."""
    before = case.known().safe_contact
    if before is not None and before.instruction_id == asked.instruction_id:
        return ()
    channels = around.policies.in_force(around.now).policy.channels
    for each in asked.channels:
        if each not in channels:
            raise InvalidCommand(not_one_of("channel", each, channels))
    if before is None and not (asked.channels or asked.times or asked.names):
        raise InvalidCommand("Say what must not be used: a channel, times, or names.")
    if channels.keys() <= {*asked.channels}:
        raise Refusal(
            "Every channel would be forbidden and nobody could answer: leave one that is safe.",
            rule="safe-contact",
        )
    told = SafeContactSet(
        instruction_id=asked.instruction_id,
        channels=tuple(sorted({*asked.channels})),
        times=asked.times,
        names=asked.names,
    )
    return (around.happened(told),)


@evolves(SafeContactSet)
def _set(case: Case, told: SafeContactSet, at: datetime) -> Case:
    instruction = SafeContact(told.instruction_id, frozenset(told.channels))
    return changed(case, safe_contact=instruction)
