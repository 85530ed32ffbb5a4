"""Routing: the published rules give a case to a team, and the entry says why, completely enough to be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, Json, fact
from ledger.policy.routing import RoutingFacts, route


@fact
class CaseRouted(Fact):
    """The rules gave the case to a team.

    `decided` holds the rule, the facts it looked at, the load it saw and each alternative with why it
    lost, exactly as `ledger.policy.routing.route` gave it: asked again under `policy` with these facts
    and that load, it gives the same.
    """

    policy: str
    team: str
    rule: str
    by_default: bool
    decided: Mapping[str, Json]


class RouteCase(CaseCommand):
    """Route a case by the rules in force: one that no team has yet, or one whose facts have changed."""


def routing_facts(case: Case) -> RoutingFacts:
    """What the rules may look at of a case; the team whose decision it reviews stands as `decider`."""
    decider = case.review.decided_for if case.review else None
    return RoutingFacts(
        type=case.request_type,
        region=case.region,
        channel=case.channel,
        language=case.language,
        severity=case.severity,
        flags=case.flags,
        answers=dict(case.answers),
        related_teams={"decider": decider} if decider else {},
    )


def take_route(decision: Decision) -> None:
    """Routes the case as it now stands, by the policy in force; not before it came to where it is."""
    around, since = decision.around, decision.case.since
    version = around.policies.in_force(around.now)
    facts = routing_facts(decision.case)
    routing = route(version.compiled, facts, around.load())
    decision.happens(
        CaseRouted(
            policy=version.digest,
            team=routing.team,
            rule=routing.rule,
            by_default=routing.by_default,
            decided=routing.as_json(),
        ),
        at=max(around.effective_at, since or around.effective_at),
    )


@decides(RouteCase)
def route_case(case: Case, asked: RouteCase, around: Circumstances) -> Sequence[Happened]:
    """A case that somebody owns or that is in transit is moved by a transfer, not by the rules."""
    case.unresolved(at=around.effective_at)
    if case.owner is not None or case.handover is not None:
        raise UnlawfulTransition(
            "Somebody has this case already: transfer it, with the reason.",
            rule="routed-before-owned",
        )
    decision = Decision(case.in_place(at=around.effective_at), around)
    take_route(decision)
    routed: Any = decision.happened[-1].fact
    return () if routed.team == case.team else decision.happened


@evolves(CaseRouted)
def _routed(case: Case, routed: CaseRouted, at: datetime) -> Case:
    return changed(case, team=routed.team, since=at)
