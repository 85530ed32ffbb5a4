"""For the rules: what those that choose a team, arm clocks and ask for fields may look at of a case."""

from __future__ import annotations

from ledger.case.state import Case
from ledger.policy.document.conditions import RoutingFacts


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
        interview_language=case.spoken.interview_language,
    )
