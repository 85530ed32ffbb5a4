"""Confirming: where somebody needs care the rules only propose, and a duty person confirms or sends it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ledger.case.alarms import alarm
from ledger.case.in_words import InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.case.whom import free_to_move, known_team, stays_apart
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact


@fact
class RoutingConfirmed(Fact):
    """A duty person confirmed what the rules proposed, or sent the case to another team and said why."""

    team: str
    proposed: str
    reason: PersonalText


class ConfirmRouting(InWords):
    """Confirm what the rules propose for a case that needs care, or name another team with the reason."""

    team: str | None = None
    reason: Words | None = None


@decides(ConfirmRouting)
def confirm_routing(case: Case, asked: ConfirmRouting, around: Circumstances) -> Sequence[Happened]:
    """Only a person of the duty team confirms; another team than the proposed one takes a reason."""
    proposal = case.unresolved(around).proposal
    if proposal is None:
        raise UnlawfulTransition(
            "Nothing is to be confirmed on this case: transfer it if it is to move.",
            rule="confirms-a-proposal",
        )
    if around.actor.kind != "person" or around.actor.team != proposal.team:
        raise NotAuthorised(
            f"The team {proposal.team} confirms this routing: let one of its people do it."
        )
    team = asked.team or proposal.proposed
    known_team(around.policies.in_force(around.now).policy, team)
    if team != proposal.proposed and not asked.reason:
        raise InvalidCommand(
            f"The rules propose {proposal.proposed}: say why the case goes to {team} instead."
        )
    if case.owner is None:
        free_to_move(case, around, to_team=team)
        stays_apart(case, around, to_team=team)
    case.in_place(around)
    confirmed = RoutingConfirmed(team=team, proposed=proposal.proposed, reason=asked.reason)
    return (around.happened(confirmed),)


def refuse_unconfirmed(case: Case) -> None:
    """Refuses to move a case that a duty person is still to confirm."""
    if case.proposal is not None and case.proposal.kept:
        raise UnlawfulTransition(
            f"The team {case.proposal.team} is to confirm where this case goes: let one of its people "
            "confirm it first.",
            rule="confirmed-before-moved",
        )


@evolves(RoutingConfirmed)
def _confirmed(case: Case, confirmed: RoutingConfirmed, at: datetime) -> Case:
    if case.owner is not None or confirmed.team == case.team:
        return changed(case, proposal=None)
    by_rule = confirmed.team == confirmed.proposed
    moves = case.moves.routed(at) if by_rule else case.moves.placed()
    return changed(case, team=confirmed.team, proposal=None, moves=moves, since=at)


alarm("never_confirmed", lambda case, _around: case.proposal is not None)
