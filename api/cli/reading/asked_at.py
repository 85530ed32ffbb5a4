"""What instant a question is about, and whether people or programs read the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Annotated

from cyclopts import Group, Parameter

from api.cli.showing import local
from api.cli.wording.in_french import told
from api.moments import moment_of
from ledger.policy.calendars.zones import LocalDays, day_ended_by
from ledger.then import Then

_GROUP = Group("When, and for whom", sort_key=8)


@dataclass(frozen=True, slots=True)
class Instants:
    """A question's instants: what passes with time is told at `at`; `known_at` and `as_of` are None where not asked."""

    at: datetime
    known_at: datetime | None
    as_of: datetime | None

    @property
    def then(self) -> Then:
        """What counts."""
        return Then(self.known_at, self.as_of)

    def told_of(self, position: int, zone: tzinfo) -> str:
        """Up to which entry an answer goes, and of which instants it tells."""
        said = told("Up to date as of entry {position}", position=position)
        if self.known_at is not None:
            said += _at(", as known at {at}", ", as known at the end of {on}", self.known_at, zone)
        if self.as_of is not None:
            said += _at(", as of {at}", ", as of the end of {on}", self.as_of, zone)
        return said

    def foot(self, position: int, days: LocalDays) -> str:
        """The sentence at the foot of an answer."""
        return f"{self.told_of(position, days.zone)} ({days.name})."


def _at(said: str, of_a_day: str, instant: datetime, zone: tzinfo) -> str:
    """Of which instant; of the day that was given, where its end is meant."""
    on = day_ended_by(instant, zone)
    return told(said, at=local(instant, zone)) if on is None else told(of_a_day, on=on)


@Parameter(name="*", group=_GROUP)
@dataclass(frozen=True, kw_only=True)
class AskedThen:
    """The instants that a question may be about."""

    known_at: Annotated[str | None, Parameter(name="--known-at")] = None
    "Only what was known by then: an instant, or a date (the end of that day at the office)."
    as_of: Annotated[str | None, Parameter(name="--as-of")] = None
    "What had happened by then, as far as it is known now (or by --known-at)."

    def instants(self, days: LocalDays, *, now: datetime) -> Instants:
        """The instants asked for; InvalidCommand if one is not a time."""
        known_at = (
            moment_of(self.known_at, option="--known-at", days=days) if self.known_at else None
        )
        as_of = moment_of(self.as_of, option="--as-of", days=days) if self.as_of else None
        return Instants(as_of or known_at or now, known_at, as_of)


@Parameter(name="*", group=_GROUP)
@dataclass(frozen=True, kw_only=True)
class Asked(AskedThen):
    """Options that every reading command shares."""

    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False
    "Answer as JSON."
