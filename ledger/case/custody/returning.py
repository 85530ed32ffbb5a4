"""Returning: for two working days a team may give back, as misrouted, a case that the rules gave it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ledger.case.custody.adjudication import call_for_adjudication
from ledger.case.custody.confirming import refuse_unconfirmed
from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import coded, end_of_working_day, for_team, free_to_move
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion

_WITHIN_WORKING_DAYS = 2
"""Offices.md, row 'Accept / decline'."""


@fact
class CaseReturned(Fact):
    """The team gave the case back as misrouted; `returns` says how often that has happened by now."""

    from_team: str
    from_owner: str | None
    to_team: str
    reason: str
    returns: int
    words: PersonalText


class ReturnCase(InWords):
    """Give back a case that the rules routed to your team, as misrouted, with a coded reason."""

    team: str
    reason: str
    words: Words | None = None


@decides(ReturnCase)
def return_case(case: Case, asked: ReturnCase, around: Circumstances) -> Sequence[Happened]:
    """It goes to the team of the default rule, to be sorted anew; the second return has it adjudicated."""
    case.unresolved(around)
    version = around.policies.in_force(around.now)
    coded(version.policy.reasons.returned, asked.reason, "return a case")
    if asked.team in case.moves.returned_by and case.team != asked.team:
        return ()
    desk = default_team(version.policy)
    _refuse_to_return(case, asked, around, version, desk)
    decision = Decision(case.in_place(around), around)
    decision.happens(
        CaseReturned(
            from_team=asked.team,
            from_owner=case.owner,
            to_team=desk,
            reason=asked.reason,
            returns=case.moves.returns + 1,
            words=asked.words,
        )
    )
    call_for_adjudication(decision)
    return decision.happened


def _refuse_to_return(
    case: Case, asked: ReturnCase, around: Circumstances, version: PolicyVersion, desk: str
) -> None:
    """Refuses what no rule gave the team just now, whoever is not of it, and what the desk has that sorts it."""
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine returns no case: let a member of the team say it is misrouted."
        )
    for_team(around, asked.team)
    refuse_unconfirmed(case)
    routed_at = case.moves.routed_at
    free_to_move(case, around, to_team=desk)
    if case.handover is not None:
        raise UnlawfulTransition(
            "The case is in transit: it is to be accepted or declined before it is returned.",
            rule="returns-what-was-routed",
        )
    if case.team != asked.team or routed_at is None:
        raise UnlawfulTransition(
            f"No rule has given this case to the team {asked.team}: transfer it, with the reason.",
            rule="returns-what-was-routed",
        )
    if asked.team == desk:
        raise Refusal(
            f"The team {desk} sorts what is misrouted, so it returns nothing: transfer the case.",
            rule="returns-what-was-routed",
        )
    until = end_of_working_day(version, routed_at, _WITHIN_WORKING_DAYS)
    if around.effective_at >= until:
        raise Refusal(
            f"A case is returned within two working days, which ended with {around.last_day(until)}: transfer it.",
            rule="returned-in-time",
            until=until,
        )


def default_team(policy: Policy) -> str:
    """The team that gets what no other rule takes: it sorts what is misrouted."""
    return next(rule.team for rule in policy.routing if rule.default and rule.team is not None)


@evolves(CaseReturned)
def _returned(case: Case, returned: CaseReturned, at: datetime) -> Case:
    moves = case.moves.returned(returned.from_team)
    return changed(case, team=returned.to_team, owner=None, moves=moves, since=at)
