"""Addressing: who is told of a case, as the policy says, who is there today, and who stepped back from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from ledger.ids import case_stream
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.service import Ledger
from projections.lists.calling import OwedAlert


@dataclass(frozen=True, slots=True)
class Addressing:
    """By what it is told who the parties of a case are: the policy, who is there, and who stepped back from it."""

    version: PolicyVersion
    directory: Directory
    on: date
    recused: frozenset[str]

    @classmethod
    def of(
        cls, owed: OwedAlert, ledger: Ledger, directory: Directory, now: datetime
    ) -> Addressing | None:
        """That of a case; None while no policy says who anybody is."""
        policies = ledger.policies()
        if not policies.versions:
            return None
        version = policies.in_force(now)
        on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)
        recused = ledger.state_of(case_stream(owed.case_id)).moves.recused
        return cls(version, directory, on, recused)

    @property
    def zone(self) -> tzinfo:
        """The zone in which the office tells times."""
        return self.version.compiled.calendars.days_of(self.version.policy.office.zone).zone

    def recipients(self, owed: OwedAlert) -> tuple[str, ...]:
        """Who the parties are, as the policy and the case say, or who stands in; else the leader or the director.

        Whoever is on call is told, all of them who are there; who dispatches for a team is its dispatchers.
        Nobody is told who stepped back from the case: where the leader and the director did, the team is,
        and a team of which somebody did by each of the others who are there.
        """
        policy = self.version.policy
        team = policy.teams.get(owed.team or "")
        leader, director = self._there(team.leader if team else None), self._director()
        known = {
            "owner": [self._there(owed.owner) or leader],
            "team": self._people(owed.team),
            "leader": [leader],
        }
        known |= {party: [self._there(party) or leader] for party in policy.members}
        known["on_call"] = [self._there(each) for each in (team.on_call if team else ())]
        known["dispatcher"] = [self._there(each) for each in _dispatchers(policy, owed.team)]
        last = self._people(owed.team) if self.recused else []
        told: list[str] = []
        for party in owed.parties:
            found = [each for each in known.get(party, ()) if each]
            by_leader = leader if party in ("on_call", "dispatcher") else None
            one = by_leader or director
            told += found or ([one] if one else last) or [party]
        return tuple(dict.fromkeys(told))

    def _there(self, member: str | None) -> str | None:
        """Who is there for a member today: they or who stands in; None if nobody is, or whoever it is stepped back."""
        there = self.directory.stand_in(member, self.on) if member is not None else None
        return None if there in self.recused else there

    def _people(self, team: str | None) -> list[str]:
        """A team by its name, or where somebody of it stepped back the others of it who are there."""
        members = self.version.policy.members
        people = [code for code, each in members.items() if team in each.teams]
        if team is None or self.recused.isdisjoint(people):
            return [team] if team is not None else []
        there = (self._there(each) for each in people if members[each].kind == "person")
        return [each for each in there if each]

    def _director(self) -> str | None:
        """Who is there for the director, else the director all the same, unless they stepped back."""
        director = self.version.policy.office.director
        return self._there(director) or (None if director in self.recused else director)


def _dispatchers(policy: Policy, team: str | None) -> list[str]:
    """The people of a team who have the role of its dispatcher; of all teams while none has the case."""
    return [
        code
        for code, member in policy.members.items()
        if "dispatcher" in member.roles and (team is None or team in member.teams)
    ]
