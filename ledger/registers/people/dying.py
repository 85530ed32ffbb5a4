"""Dying: a death ends what rested on the person's own authority; recorded by mistake, it ends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.registers.people.party_state import Party, PartyCommand
from ledger.registers.people.representing import RepresentationEnded, ended_by_death, local_today


@fact
class PartyDied(Fact):
    """Somebody has died."""

    died_on: PersonalText
    evidence: PersonalText


@fact
class DeathCorrected(Fact):
    """Somebody was recorded as dead by mistake: they live, or it is not known that they do not.

    `restored` are those who acted for them until then and do again, on the same authority and up to the
    same day. Notices that were refused meanwhile are not made good by it: they can be sent now.
    """

    restored: tuple[UUID, ...]
    reason: PersonalText


class RecordDeath(PartyCommand):
    """Record that somebody has died."""

    died_on: date | None = None
    evidence: str = Field(min_length=1)


class CorrectDeath(PartyCommand):
    """Say that a death was recorded by mistake; who acted for the person until then does so again."""

    reason: str = Field(min_length=1)


def record_death(party: Party, asked: RecordDeath, around: Circumstances) -> Sequence[Happened]:
    """A death is recorded once, by a person; it ends what somebody could do on the person's own authority."""
    if party.known().kind != "person":
        raise InvalidCommand("An organisation does not die: record the death of a person.")
    if asked.died_on is not None and asked.died_on > local_today(around):
        raise InvalidCommand("A death cannot lie in the future: give the date again.")
    if around.actor.kind != "person":
        raise NotAuthorised("A machine declares nobody dead: let a person record it.")
    if party.deceased:
        return ()
    died = PartyDied(
        died_on=asked.died_on.isoformat() if asked.died_on else None, evidence=asked.evidence
    )
    return (around.happened(died), *ended_by_death(party, around))


def correct_death(party: Party, asked: CorrectDeath, around: Circumstances) -> Sequence[Happened]:
    """A death is taken back by a person, with the reason; whoever came to act for the estate does so no more.

    Whoever acted for the person before, and then for the estate, acts for the person again, as they did.
    """
    if around.actor.kind != "person":
        raise NotAuthorised("A machine corrects no death: let a person say what proved it wrong.")
    if not party.known().deceased:
        raise UnlawfulTransition(
            "No death of this person is on record: there is nothing to correct.",
            rule="corrects-a-death",
        )
    for_the_estate = party.representatives.keys() & party.since_death
    already = party.representatives.keys() - for_the_estate
    restored = tuple(who for who in party.ended_by_death if who not in already)
    corrected = DeathCorrected(restored=restored, reason=asked.reason)
    ended = [
        RepresentationEnded(representative=who, reason=asked.reason)
        for who in party.representatives
        if who in for_the_estate and who not in restored
    ]
    return tuple(around.happened(each) for each in (corrected, *ended))


def alive_after_all(party: Party, corrected: DeathCorrected) -> Party:
    """A party whose death proved to be a mistake: it can be written to, and whom its death had ended acts again."""
    again = {who: party.ended_by_death[who] for who in corrected.restored}
    return replace(
        party,
        deceased=False,
        representatives={**party.representatives, **again},
        acted=party.acted - again.keys(),
        ended_by_death={},
        since_death=frozenset[UUID](),
    )
