"""Wards, a row for each person who is known as a child, or for whom somebody acts as for one."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from ledger.registers.people.dying import DeathCorrected, PartyDied
from ledger.registers.people.parties import PartyBirthRecorded
from ledger.registers.people.party_state import Representation
from ledger.registers.people.representing import (
    OF_MINORITY,
    RepresentationEnded,
    RepresentativeAppointed,
)
from projections.fold.projection import Projection, Rows
from projections.fold.told import Told


class Guardian(NamedTuple):
    """Who acts for a child, on which authority, since when, and up to which day if one was said."""

    representative: str
    authority: str
    since_at: datetime
    until_on: str | None

    @property
    def standing(self) -> Representation:
        """The same as decisions know it."""
        until_on = None if self.until_on is None else date.fromisoformat(self.until_on)
        return Representation(self.authority, self.since_at, until_on)


class WardRow(NamedTuple):
    """Whether somebody was a child when their birth was recorded, and who acts for them as for one."""

    minor: bool
    guardians: tuple[Guardian, ...]
    was_minor: bool = False
    until_death: tuple[Guardian, ...] = ()
    """Whether they were a child, and who acted, as their death was recorded: again, if that was a mistake."""


_NOBODY = WardRow(minor=False, guardians=())


def evolve(rows: Rows[WardRow], entry: Told) -> Rows[WardRow]:
    """The row of a person after one more entry; whoever is neither a child nor represented as one has none."""
    before = rows[0] if rows else _NOBODY
    match entry.fact:
        case PartyBirthRecorded() as fact:
            after = before._replace(minor=not fact.of_age)
        case RepresentativeAppointed() as fact:
            others = _others(before, str(fact.representative))
            if fact.authority in OF_MINORITY:
                until_on = None if fact.until_on is None else fact.until_on.isoformat()
                who, since_at = str(fact.representative), entry.effective_at
                others = (*others, Guardian(who, fact.authority, since_at, until_on))
            after = before._replace(guardians=others)
        case RepresentationEnded() as fact:
            after = _ended(before, fact)
        case PartyDied():
            after = before._replace(minor=False, was_minor=before.minor)
        case DeathCorrected() as fact:
            again = {str(each) for each in fact.restored}
            guardians = tuple(each for each in before.until_death if each.representative in again)
            after = WardRow(before.was_minor, (*before.guardians, *guardians))
        case _:
            return rows
    if after == before:
        return rows
    return () if after == _NOBODY else (after,)


def _ended(row: WardRow, fact: RepresentationEnded) -> WardRow:
    who = str(fact.representative)
    acted = tuple(each for each in row.guardians if each.representative == who)
    until_death = (*row.until_death, *acted) if fact.ground == "death" else row.until_death
    return row._replace(guardians=_others(row, who), until_death=until_death)


def _others(row: WardRow, representative: str) -> tuple[Guardian, ...]:
    return tuple(each for each in row.guardians if each.representative != representative)


WARDS = Projection(
    name="wards",
    version=2,
    kind="party",
    topics=frozenset(
        {
            PartyBirthRecorded.topic,
            DeathCorrected.topic,
            PartyDied.topic,
            RepresentationEnded.topic,
            RepresentativeAppointed.topic,
        }
    ),
    row=WardRow,
    evolve=evolve,
)
