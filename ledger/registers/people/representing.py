"""Representatives: who acts for somebody, on which authority, until when; coming of age ends what rests on minority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.case.people.recorded import refuse_unrecorded
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.telling.days import day_said
from ledger.registers.people.party_state import Party, PartyCommand, Representation
from ledger.times import LocalDate

OF_MINORITY = frozenset({"guardian", "parent"})
"""Authorities over a child, which end when it comes of age.

A guardian who is appointed for an adult is one from a later day, and stays.
"""
_ENDS_WITH_LIFE = frozenset({"consent", "power-of-attorney", *OF_MINORITY})
"""Authorities that a person's death ends (common law of agency; general knowledge, not checked)."""


@fact
class RepresentativeAppointed(Fact):
    """Somebody may act for this person, on an authority, for a scope, until a date if there is one."""

    representative: UUID
    authority: str
    until_on: LocalDate | None
    scope: PersonalText


@fact
class RepresentationEnded(Fact):
    """Somebody acts for this person no more; `ground` says so where it is the law that ended it."""

    representative: UUID
    reason: PersonalText
    ground: Literal["majority", "death"] | None = None


class AppointRepresentative(PartyCommand):
    """Record who may act for somebody, on what authority and for what."""

    representative: UUID
    authority: FewWords
    scope: str = Field(min_length=1)
    until_on: date | None = None


class EndRepresentation(PartyCommand):
    """Record that somebody acts for another no more."""

    representative: UUID
    reason: str | None = None


class EndMinority(PartyCommand):
    """End what somebody may do for a child that has come of age, on the day on which it did."""

    representative: UUID
    of_age_on: date


def appoint_representative(
    party: Party, asked: AppointRepresentative, around: Circumstances
) -> Sequence[Happened]:
    """Somebody else acts for a person on an authority that is named, and not beyond its end."""
    if party.known().deceased and asked.authority in _ENDS_WITH_LIFE:
        raise Refusal(
            f"The authority '{asked.authority}' ended when this person died: name the one that an "
            "executor or administrator has.",
            rule="authority-ends-with-life",
        )
    if asked.representative == asked.party_id:
        raise InvalidCommand("Nobody represents themselves: name the person who acts for them.")
    if asked.until_on is not None and asked.until_on < local_today(around):
        raise InvalidCommand(
            f"This authority ended on {day_said(asked.until_on)}: name one that is valid today."
        )
    standing = party.representatives.get(asked.representative)
    if standing is None:
        refuse_unrecorded(asked.representative, around)
    elif (standing.authority, standing.until_on) == (asked.authority, asked.until_on):
        return ()
    return (around.happened(RepresentativeAppointed(**asked.for_fact())),)


def end_representation(
    party: Party, asked: EndRepresentation, around: Circumstances
) -> Sequence[Happened]:
    """Only somebody who acts for a person can cease to."""
    if asked.representative not in party.known().representatives:
        raise UnlawfulTransition(
            "Nobody of this id acts for this person: name one of their representatives.",
            rule="ends-a-representation",
        )
    return (around.happened(RepresentationEnded(**asked.for_fact())),)


def end_minority(party: Party, asked: EndMinority, around: Circumstances) -> Sequence[Happened]:
    """What rests on minority ends at the commencement of the day of majority; nothing else does by itself."""
    standing = party.known().representatives.get(asked.representative)
    if standing is None:
        return ()
    if asked.of_age_on > local_today(around):
        raise Refusal(
            "This person is not of age yet: what rests on minority ends on the day of majority.",
            rule="ends-at-majority",
        )
    if not rests_on_minority(standing, asked.of_age_on, _days(around)):
        raise Refusal(
            f"The authority '{standing.authority}' does not rest on minority, so coming of age does "
            "not end it: if it is over, record that with its reason.",
            rule="rests-on-minority",
        )
    return (_ended(asked.representative, asked.of_age_on, around),)


def ended_by_majority(party: Party, of_age_on: date, around: Circumstances) -> Iterator[Happened]:
    """The end of each representation that rested on minority, of somebody who has come of age."""
    for who, standing in party.representatives.items():
        if rests_on_minority(standing, of_age_on, _days(around)):
            yield _ended(who, of_age_on, around)


def ended_by_death(party: Party, around: Circumstances) -> Iterator[Happened]:
    """The end of each representation that a person's death ends; an executor's goes on."""
    for who, standing in party.representatives.items():
        if standing.authority in _ENDS_WITH_LIFE:
            ended = RepresentationEnded(representative=who, reason=None, ground="death")
            yield around.happened(ended)


def rests_on_minority(standing: Representation, of_age_on: date, days: LocalDays) -> bool:
    """Whether somebody came to act for a child, on an authority over one, and was still to on its day of majority."""
    began_as_a_child = standing.since_at < days.begin(of_age_on)
    over = standing.until_on is not None and standing.until_on < of_age_on
    return standing.authority in OF_MINORITY and began_as_a_child and not over


def _ended(who: UUID, of_age_on: date, around: Circumstances) -> Happened:
    ended = RepresentationEnded(representative=who, reason=None, ground="majority")
    return around.happened(ended, at=_days(around).begin(of_age_on))


def _days(around: Circumstances) -> LocalDays:
    version = around.policies.in_force(around.now)
    return version.compiled.calendars.days_of(version.policy.office.zone)


def local_today(around: Circumstances) -> date:
    """The local date at the office."""
    return _days(around).date_of(around.now)
