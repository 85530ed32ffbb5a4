"""Safe contact: ways, times and names that would put somebody at risk, shown before every outbound act, and refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.same_person import same_person
from ledger.policy.telling.safe_contact import SafeContact, refuse_unusable

SAFE_CONTACT = "safe-contact"
"""The flag that an answer at intake raises which tells how somebody must not be contacted."""


@fact
class SafeContactSet(Fact):
    """The requester must not be contacted by these channels, at these times, or under these names.

    It takes the place of whatever was set before.
    """

    instruction_id: UUID
    channels: tuple[str, ...]
    times: PersonalText
    names: PersonalText


class SetSafeContact(InWords):
    """Say how the requester must not be contacted: channels, times, names not to use. It replaces what was set."""

    instruction_id: UUID
    channels: tuple[str, ...] = ()
    times: Words | None = None
    names: Words | None = None


def refuse_forbidden(
    case: Case, channel: str, around: Circumstances, *, party: UUID | None
) -> None:
    """Refuses to contact somebody by a channel that safe contact forbids, on this case or for them on any.

    Every outbound command asks this; nobody named is the requester. What was said for one record of a
    person holds for each.
    """
    forbidden = forbidden_channels(case, around, party=party)
    if channel not in forbidden:
        _refuse_unsettled(case, around, party=party)
        return
    left = {*around.policies.in_force(around.now).policy.channels} - forbidden
    cure = (
        f"use one other than {', '.join(sorted(forbidden))}"
        if left
        else "no channel is left, so set one of the instructions anew"
    )
    raise Refusal(
        f"Safe contact forbids the channel {channel} for this person: {cure}.",
        rule="safe-contact",
        channel=channel,
    )


def _refuse_unsettled(case: Case, around: Circumstances, *, party: UUID | None) -> None:
    """Refuses any channel while nobody has read which the requester told not to use: it may be this one."""
    if SAFE_CONTACT not in case.flags or case.safe_contact is not None:
        return
    person = records_of(case.requester, around)
    theirs = with_requester(case, party) or party in person
    if theirs and not safe_contact_of(person, around):
        raise Refusal(
            "The requester told how not to contact them, and nobody has said yet which channels, times or names that "
            "forbids: read it on the case and say it (`safe-contact`) first.",
            rule="safe-contact-settled",
        )


def forbidden_channels(case: Case, around: Circumstances, *, party: UUID | None) -> frozenset[str]:
    """The channels by which safe contact forbids to turn to somebody, the requester if nobody is named."""
    person = records_of(party or case.requester, around)
    forbidden = {each for told in safe_contact_of(person, around) for each in told.channels}
    if case.safe_contact is not None and (with_requester(case, party) or case.requester in person):
        forbidden |= case.safe_contact.channels
    return frozenset(forbidden)


def records_of(party: UUID | None, around: Circumstances) -> tuple[UUID, ...]:
    """Every record of whoever this one is of, as it was decided; none for nobody."""

    def linked(each: UUID) -> Sequence[UUID]:
        known = around.look(f"party/{each}")
        return known.same_as if known is not None else ()

    return same_person(party, linked) if party is not None else ()


def safe_contact_of(person: Sequence[UUID], around: Circumstances) -> tuple[SafeContact, ...]:
    """What was said of somebody's safe contact for all their cases, under any of their records."""
    known = (around.look(f"party/{each}") for each in person)
    return tuple(each.safe_contact for each in known if each is not None and each.safe_contact)


def with_requester(case: Case, party: UUID | None) -> bool:
    """Whether it is the requester whom somebody turns to."""
    return party is None or case.requester is None or party == case.requester


@decides(SetSafeContact)
def set_safe_contact(
    case: Case, asked: SetSafeContact, around: Circumstances
) -> Sequence[Happened]:
    """An instruction on safe contact can be set at any time, by anybody on the case."""
    before = case.known().safe_contact
    if before is not None and before.instruction_id == asked.instruction_id:
        return ()
    channels = around.policies.in_force(around.now).policy.channels
    words = bool(asked.times or asked.names)
    refuse_unusable(before, asked.channels, channels, words=words)
    told = SafeContactSet(
        instruction_id=asked.instruction_id,
        channels=tuple(sorted({*asked.channels})),
        times=asked.times,
        names=asked.names,
    )
    return (around.happened(told),)


@evolves(SafeContactSet)
def _set(case: Case, told: SafeContactSet, at: datetime) -> Case:
    instruction = SafeContact.of(told.instruction_id, told.channels)
    return changed(case, safe_contact=instruction)
