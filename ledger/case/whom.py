"""Whom a case may go to, and by when they answer: the refusals that every chapter of custody shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ledger.case.known.answers import not_one_of
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.input.quoting import known_codes, quoted
from ledger.policy.acting.dispatching import dispatches
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.days import day_said


def known_team(policy: Policy, team: str) -> None:
    """Refuses a team that the policy does not know."""
    if team not in policy.teams:
        raise InvalidCommand(not_one_of("a team", team, policy.teams))


def member_of(policy: Policy, member: str, team: str) -> None:
    """Refuses whoever is not a person of the team."""
    found = policy.members.get(member)
    if found is None or team not in found.teams:
        raise Refusal(
            f"{quoted(member)} is not a member of the team {team}: name one of its members.",
            rule="member-of-team",
        )
    if found.kind != "person":
        raise Refusal(
            f"{member} is a machine, and only a person is accountable for a case: name a person.",
            rule="owner-is-a-person",
        )


def coded(allowed: Mapping[str, object], reason: str, what: str) -> None:
    """Refuses a reason that is not on the policy's list."""
    if reason not in allowed:
        raise InvalidCommand(
            f"{quoted(reason)} is not a reason to {what}; the policy knows {known_codes(reason, allowed)}."
        )


def for_team(around: Circumstances, team: str) -> None:
    """Refuses whoever acts for another team than the one to which a case was handed."""
    if around.actor.team is not None and around.actor.team != team:
        raise NotAuthorised(
            f"The case was handed to the team {team}: let one of its members answer for it."
        )


def not_recused(case: Case, member: str) -> None:
    """Refuses whoever recused themselves from the case."""
    if member in case.moves.recused:
        raise Refusal(
            f"{member} is recused from this case: name somebody else of the team.", rule="recused"
        )


def free_to_move(case: Case, around: Circumstances, *, to_team: str | None) -> None:
    """Refuses that a case leaves its team while it is to be adjudicated, or is bound by an adjudication."""
    moves = case.moves
    if to_team == case.team:
        return
    if moves.decide_by is not None:
        policy = around.policies.in_force(around.now).policy
        raise UnlawfulTransition(
            "The case was returned twice or moved three times, so it stands still until "
            f"{adjudicator_of(policy) or 'a supervisor'} adjudicates it: ask for that (`AdjudicateCase`).",
            rule="bounced-is-adjudicated",
            decide_by=moves.decide_by,
        )
    if moves.bound_until is not None and moves.bound(around.effective_at):
        raise UnlawfulTransition(
            f"The case was adjudicated, which binds until the end of {around.last_day(moves.bound_until)}: "
            "work on it here, or have it adjudicated anew.",
            rule="adjudication-binds",
            bound_until=moves.bound_until,
        )


def stays_apart(case: Case, around: Circumstances, *, to_team: str) -> None:
    """Refuses that a case is handed out of its compartment: what lies in one is kept from the other casework."""
    if case.compartment is None or to_team == case.team:
        return
    within = around.policies.in_force(around.now).compiled.teams_within(case.compartment)
    if within and to_team not in within:
        raise Refusal(
            f"The case lies in the compartment {case.compartment}, which {to_team} has no part in: classify it anew if "
            f"it is something else, or hand it to {' or '.join(sorted(within))}.",
            rule="stays-in-its-compartment",
        )


def adjudicator_of(policy: Policy) -> str | None:
    """Who adjudicates: the member named for it, else the director; None if the policy names neither."""
    return policy.custody.adjudicator or policy.office.director


def leader_of(policy: Policy, team: str | None) -> str | None:
    """Who leads a team, the director where nobody does; None if the policy names neither."""
    found = policy.teams.get(team) if team is not None else None
    return (found.leader if found else None) or policy.office.director


def end_of_working_day(version: PolicyVersion, at: datetime, days: int) -> datetime:
    """The end of the local date so many working days after that of an instant, by the office's counting calendar."""
    office, calendars = version.policy.office, version.compiled.calendars
    local = calendars.days_of(office.zone)
    return local.end(
        calendars.counting[office.counting_calendar].nth_after(local.date_of(at), days)
    )


def local_date(version: PolicyVersion, at: datetime) -> date:
    """The local date of an instant at the office."""
    return version.compiled.calendars.days_of(version.policy.office.zone).date_of(at)


def places(around: Circumstances) -> frozenset[str]:
    """Whose places whoever acts has: their own, and that of the absent member on whose behalf they say they act."""
    actor, whom = around.actor, around.actor.on_behalf_of
    if whom is None:
        return frozenset({actor.id})
    on = local_date(around.policies.in_force(around.now), around.now)
    return frozenset(
        {actor.id} | ({whom} if around.directory.stand_in(whom, on) == actor.id else set())
    )


def sets_work(around: Circumstances, team: str) -> bool:
    """Whether a person acts who dispatches for a team or leads it, or stands in for whoever does."""
    policy, actor = around.policies.in_force(around.now).policy, around.actor
    if actor.kind != "person":
        return False
    return dispatches(policy, team, places=places(around), role=actor.role)


def there(around: Circumstances, member: str, *, team: str) -> None:
    """Refuses whoever is absent or has left, naming who stands in."""
    on, directory = local_date(around.policies.in_force(around.now), around.now), around.directory
    if directory.present(member, on):
        return
    absence, stand_in = directory.absence_of(member, on), directory.stand_in(member, on)
    until = (
        ""
        if absence is None or absence.until_on is None
        else f" until {day_said(absence.until_on)}"
    )
    why = "has left" if directory.gone(member, on) else f"is absent{until}"
    told = (
        f": name {stand_in}, who stands in" if stand_in else ", and nobody stands in: name another"
    )
    raise Refusal(f"{member} {why}{told}, or the team {team} alone.", rule="receiver-is-there")


def leader_there(case: Case, around: Circumstances, team: str | None) -> str | None:
    """Who answers for a team's case today: its leader or who stands in, else the director or who stands in there.

    Nobody does who stepped back from the case.
    """
    version = around.policies.in_force(around.now)
    on, director = local_date(version, around.now), version.policy.office.director
    for each in (leader_of(version.policy, team), director):
        there = around.directory.stand_in(each, on) if each is not None else None
        if there is not None and there not in case.moves.recused:
            return there
    return None if director in case.moves.recused else director
