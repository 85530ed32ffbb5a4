"""Presence: who is absent or has left on a date, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from ledger.policy.dates import ONE_DAY
from ledger.policy.document.naming import Wrong, unknown
from ledger.policy.document.policy import Policy


@dataclass(frozen=True, slots=True)
class Absence:
    """A member is not there from one local date to another, both included; `until_on` is None while nobody knows."""

    absence_id: UUID
    member: str
    from_on: date
    until_on: date | None
    planned: bool
    substitute: str | None

    def covers(self, on: date) -> bool:
        """Whether this date is one of it."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)

    def within(self, from_on: date, until_on: date | None) -> tuple[date, date | None] | None:
        """The dates that it shares with a span of dates, or None if it shares none."""
        first = max(self.from_on, from_on)
        ends = [each for each in (self.until_on, until_on) if each is not None]
        last = min(ends) if ends else None
        return None if last is not None and last < first else (first, last)


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member who has left: the first date on which they are not there any more, and who takes over."""

    left_on: date
    successor: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the system that keeps the directory says of somebody, for a person to publish; empty, it says nothing."""

    active: bool
    teams: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is absent when, by member and in the order in which it was recorded, and who has left."""

    absences: Mapping[str, tuple[Absence, ...]] = field(
        default_factory=dict[str, tuple[Absence, ...]]
    )
    leavers: Mapping[str, Leaver] = field(default_factory=dict[str, Leaver])
    proposals: Mapping[str, Proposal] = field(default_factory=dict[str, Proposal])
    unlisted: frozenset[str] = frozenset()
    """Of whom the system that keeps the directory deleted its record."""
    named_elsewhere: Mapping[str, str] = field(default_factory=dict[str, str])
    """A pseudonym of the id by which that system names somebody, by member."""
    _away: dict[date, frozenset[str]] = field(
        init=False, repr=False, compare=False, default_factory=dict[date, frozenset[str]]
    )
    """Who is not there on a date, once it was asked."""

    def gone(self, member: str, on: date) -> bool:
        """Whether the member has left by this date."""
        leaver = self.leavers.get(member)
        return leaver is not None and leaver.left_on <= on

    def absence_of(self, member: str, on: date) -> Absence | None:
        """The absence of a member on a date."""
        for absence in self.absences.get(member, ()):
            if absence.covers(on):
                return absence
        return None

    def present(self, member: str, on: date) -> bool:
        """Whether a member is there on a date."""
        return not self.gone(member, on) and self.absence_of(member, on) is None

    def stand_in(self, member: str, on: date) -> str | None:
        """Who is there in place of a member: the substitute, theirs if they are absent too; None if nobody is."""
        seen = {member}
        while not self.present(member, on):
            leaver, absence = self.leavers.get(member), self.absence_of(member, on)
            successor = leaver.successor if leaver and leaver.left_on <= on else None
            following = successor or (absence.substitute if absence else None)
            if following is None or following in seen:
                return None
            member = following
            seen.add(member)
        return member

    def absent(self, on: date) -> Iterator[Absence]:
        """Every absence that covers a date, by member; those who have left are not among them."""
        for member in sorted(self.absences):
            absence = self.absence_of(member, on)
            if absence is not None and not self.gone(member, on):
                yield absence

    def gone_by(self, on: date) -> Iterator[str]:
        """Everybody who has left by a date."""
        return (member for member in sorted(self.leavers) if self.gone(member, on))

    def present_of(self, policy: Policy, on: date) -> frozenset[str] | None:
        """The members of a policy who are there on a date; None if all of them are."""
        if not self.absences and not self.leavers:
            return None
        away = self._away.get(on)
        if away is None:
            absent = (absence.member for absence in self.absent(on))
            away = self._away[on] = frozenset(absent).union(self.gone_by(on))
        return frozenset(policy.members.keys() - away) if away else None

    def circle(self, member: str, from_on: date, until_on: date | None, via: str) -> bool:
        """Whether the substitutes of others would lead from `via` back to a member absent over these dates."""
        if via == member:
            return True
        for absence in self.absences.get(via, ()):
            shared = absence.within(from_on, until_on)
            following = absence.substitute
            if shared and following and self.circle(member, *shared, following):
                return True
        return False

    def with_absence(self, absence: Absence) -> Directory:
        """With one more absence."""
        known = self.absences.get(absence.member, ())
        return replace(self, absences={**self.absences, absence.member: (*known, absence)})

    def ended(self, member: str, absence_id: UUID, back_on: date) -> Directory:
        """With an absence that ends before a date; one that had not begun by then is as if it were not."""
        known = tuple(
            replace(each, until_on=back_on - ONE_DAY) if each.absence_id == absence_id else each
            for each in self.absences.get(member, ())
        )
        return replace(self, absences={**self.absences, member: known})

    def without(self, member: str, left_on: date, successor: str | None) -> Directory:
        """With one member less from a date on."""
        return replace(self, leavers={**self.leavers, member: Leaver(left_on, successor)})

    def proposing(self, member: str, proposal: Proposal) -> Directory:
        """With the latest that is proposed of somebody."""
        listed = self.unlisted - {member} if proposal.active else self.unlisted
        return replace(self, proposals={**self.proposals, member: proposal}, unlisted=listed)

    def unlisting(self, member: str) -> Directory:
        """With one of whom the system that keeps the directory is told no more."""
        gone = replace(self, unlisted=self.unlisted | {member})
        return gone.naming_elsewhere(member, None)

    def naming_elsewhere(self, member: str, pseudonym: str | None) -> Directory:
        """With the pseudonym of the id that somebody has in the system that keeps the directory; None: without."""
        others = {code: each for code, each in self.named_elsewhere.items() if code != member}
        named = others if pseudonym is None else {**others, member: pseudonym}
        return replace(self, named_elsewhere=named)


def wrong_directory_system(policy: Policy) -> Iterator[Wrong]:
    """What keeps the directory is a machine among the members."""
    machines = [code for code, each in policy.members.items() if each.kind == "machine"]
    path, system = ("office", "directory_system"), policy.office.directory_system
    yield from unknown(path, system, machines, "machine among the members")
