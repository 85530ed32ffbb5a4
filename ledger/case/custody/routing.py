"""Routing: the published rules give a case to a team, and the entry says why, completely enough to be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ledger.case.for_rules import routing_facts
from ledger.case.known.handed import Proposal
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import free_to_move, local_date
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, Json, fact
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.rules import Confirmer, route
from ledger.times import Instant

IMMEDIATE = "immediate"
"""The lane of a rule for immediate danger."""


@fact
class CaseRouted(Fact):
    """The rules gave the case to a team.

    `decided` holds the rule, the facts it looked at, the load it saw and each alternative with why it
    lost, exactly as `ledger.policy.routing.rules.route` gave it: asked again under `policy` with these facts
    and that load, it gives the same. Where a duty team is to confirm what the rules propose,
    `confirm_by` says by when; `team` is then the duty team, and `proposed` the one it is kept from
    meanwhile. Danger does not wait: in the immediate lane `team` is the rules' own, and nothing is kept.
    """

    policy: str
    team: str
    rule: str
    by_default: bool
    decided: Mapping[str, Json]
    confirm_team: str | None = None
    confirm_by: Instant | None = None
    proposed: str | None = None


class RouteCase(CaseCommand):
    """Route a case by the rules in force: one that no team has yet, or one whose facts have changed."""


def take_route(decision: Decision) -> None:
    """Routes the case as it now stands, by the policy in force; not before it came to where it is.

    One that is to be adjudicated, or was, stays where it is.
    """
    around, since = decision.around, decision.case.since
    if decision.case.moves.still(around.effective_at):
        return
    version = around.policies.in_force(around.now)
    facts = routing_facts(decision.case)
    present = around.directory.present_of(version.policy, local_date(version, around.now))
    routing = route(version.compiled, facts, around.load(), present=present)
    at = max(around.effective_at, since or around.effective_at)
    confirm = routing.confirm
    kept = confirm is not None and routing.lane != IMMEDIATE
    decision.happens(
        CaseRouted(
            policy=version.digest,
            team=confirm.team if confirm is not None and kept else routing.team,
            rule=routing.rule,
            by_default=routing.by_default,
            decided=routing.as_json(),
            confirm_team=confirm.team if confirm is not None else None,
            confirm_by=_confirm_by(version, at, confirm) if confirm is not None else None,
            proposed=routing.team if kept else None,
        ),
        at=at,
    )


def _confirm_by(version: PolicyVersion, at: datetime, confirm: Confirmer) -> datetime:
    """By when a duty person is to confirm: so many hours of the office or of the clock, or the end of so many days."""
    office, calendars = version.policy.office, version.compiled.calendars
    hours = timedelta(hours=confirm.within)
    days = calendars.days_of(office.zone)
    match confirm.unit:
        case "elapsed_hours":
            return at + hours
        case "working_days":
            counting = calendars.counting[office.counting_calendar]
            return days.end(counting.nth_after(days.date_of(at), confirm.within))
        case "calendar_days":
            return days.end(days.date_of(at) + timedelta(days=confirm.within))
        case _:
            return calendars.hours[office.office_calendar].after(at, hours)


@decides(RouteCase)
def route_case(case: Case, asked: RouteCase, around: Circumstances) -> Sequence[Happened]:
    """A case that somebody owns or that is in transit is moved by a transfer, not by the rules."""
    case.unresolved(around)
    if case.owner is not None or case.handover is not None:
        raise UnlawfulTransition(
            "Somebody has this case already: transfer it, with the reason.",
            rule="routed-before-owned",
        )
    free_to_move(case, around, to_team=None)
    decision = Decision(case.in_place(around), around)
    take_route(decision)
    routed: Any = decision.happened[-1].fact
    if routed.team == case.team:
        return ()
    if routed.team in case.moves.returned_by:
        raise Refusal(
            f"The rules would give the case to {routed.team} again, which returned it: "
            "classify it first, or transfer it.",
            rule="returned-is-sorted-anew",
        )
    return decision.happened


@evolves(CaseRouted)
def _routed(case: Case, routed: CaseRouted, at: datetime) -> Case:
    proposal = None
    if routed.confirm_by is not None and routed.confirm_team is not None:
        proposal = Proposal(
            routed.confirm_team,
            routed.confirm_by,
            routed.proposed or routed.team,
            kept=routed.proposed is not None,
        )
    lane = IMMEDIATE if routed.decided.get("lane") == IMMEDIATE else case.lane
    moves = case.moves.routed(at)
    return changed(
        case,
        team=routed.team,
        proposal=proposal,
        lane=lane,
        compartment=routed.decided.get("compartment"),
        moves=moves,
        since=at,
    )
