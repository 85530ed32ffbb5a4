"""Adjudication: a case that teams return or hand on stands still, and a named person says where it belongs.

The second return or the third hop calls for it. The adjudicator has two working days, then the director;
what was adjudicated binds for twenty working days (offices.md, row 'Third hop').
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.in_words import InWords, Words
from ledger.case.known.escalated import Escalation
from ledger.case.known.moves import RETURNS_AT_MOST
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import (
    adjudicator_of,
    coded,
    end_of_working_day,
    known_team,
    local_date,
    places,
)
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import derived_uuid
from ledger.policy.in_force import PolicyVersion
from ledger.times import Instant, stamp

ADJUDICATION_REQUIRED = "adjudication_required"
"""The alarm of a case that nobody has adjudicated yet."""
_DECIDED_WITHIN_WORKING_DAYS = 2
_BINDS_FOR_WORKING_DAYS = 20


@fact
class AdjudicationRequired(Fact):
    """The case bounced, so it stands still until somebody says where it belongs. An alert to the parties is owed."""

    escalation_id: UUID
    because: Literal["second_return", "third_hop"]
    parties: tuple[str, ...]
    decide_by: Instant


@fact
class CaseAdjudicated(Fact):
    """The adjudicator said with a coded reason where the case belongs; there it stays while that binds."""

    from_team: str | None
    from_owner: str | None
    to_team: str
    to_owner: str | None
    reason: str
    binds_until: Instant
    words: PersonalText


class AdjudicateCase(InWords):
    """Say where a case belongs that was returned twice or moved three times, with a coded reason."""

    to_team: str
    reason: str
    words: Words | None = None


def call_for_adjudication(decision: Decision) -> None:
    """Puts a case that has bounced before the adjudicator, once."""
    case, around = decision.case, decision.around
    if case.moves.decide_by is not None or not case.moves.bounced:
        return
    version, at = around.policies.in_force(around.now), around.effective_at
    decide_by = end_of_working_day(version, at, _DECIDED_WITHIN_WORKING_DAYS)
    twice = case.moves.returns >= RETURNS_AT_MOST
    decision.happens(
        AdjudicationRequired(
            escalation_id=derived_uuid(decide_by, "adjudication", around.stream, stamp(at)),
            because="second_return" if twice else "third_hop",
            parties=(adjudicator_of(version.policy) or "director",),
            decide_by=decide_by,
        )
    )


@decides(AdjudicateCase)
def adjudicate_case(case: Case, asked: AdjudicateCase, around: Circumstances) -> Sequence[Happened]:
    """Only the adjudicator or the director adjudicates; until it binds no longer they may decide anew."""
    case.unresolved(around)
    version = around.policies.in_force(around.now)
    known_team(version.policy, asked.to_team)
    coded(version.policy.reasons.transfer, asked.reason, "adjudicate")
    if not case.moves.still(around.effective_at):
        raise UnlawfulTransition(
            "The case moves freely, so there is nothing to adjudicate: transfer it.",
            rule="bounced-is-adjudicated",
        )
    if case.moves.decide_by is None and case.team == asked.to_team:
        return ()
    _may_adjudicate(version, around)
    owner = case.owner if case.team == asked.to_team and case.handover is None else None
    decision = Decision(case.in_place(around), around)
    decision.happens(
        CaseAdjudicated(
            from_team=case.team,
            from_owner=case.owner,
            to_team=asked.to_team,
            to_owner=owner,
            reason=asked.reason,
            binds_until=end_of_working_day(version, around.effective_at, _BINDS_FOR_WORKING_DAYS),
            words=asked.words,
        )
    )
    return decision.happened


def _may_adjudicate(version: PolicyVersion, around: Circumstances) -> None:
    """The member named for it, the director, who acts in the stead of either; where none is named, who supervises."""
    policy, actor = version.policy, around.actor
    named, director = adjudicator_of(policy), policy.office.director
    if actor.kind != "person":
        raise NotAuthorised("A machine adjudicates nothing: let the adjudicator decide.")
    known = [each for each in (named, director) if each]
    if not places(around).isdisjoint(known):
        return
    on = local_date(version, around.now)
    stood_for = [each for each in known if around.directory.stand_in(each, on) == actor.id]
    if stood_for:
        raise NotAuthorised(
            f"{actor.id} stands in for {stood_for[0]}: adjudicate on behalf of {stood_for[0]}, as the trail then says."
        )
    if known or actor.role not in ("supervisor", "director"):
        if named is not None and named == director:
            raise NotAuthorised(f"{actor.id} may not adjudicate: let {named} decide.")
        raise NotAuthorised(
            f"{actor.id} may not adjudicate: let {named or 'a supervisor'} or the director decide."
        )


def _overdue(case: Case, around: Circumstances) -> bool:
    decide_by = case.moves.decide_by
    return decide_by is not None and decide_by <= around.now


def _to_director(_case: Case) -> str:
    return "director"


def _required_still(case: Case, _around: Circumstances) -> bool:
    return case.moves.decide_by is not None


alarm(ADJUDICATION_REQUIRED, _required_still, party=_to_director)
alarm("adjudication_overdue", _overdue, party=_to_director)


@evolves(AdjudicationRequired)
def _required(case: Case, required: AdjudicationRequired, at: datetime) -> Case:
    raised = Escalation(required.parties, at, alarm=ADJUDICATION_REQUIRED)
    return changed(
        case,
        moves=case.moves.awaiting(required.decide_by),
        escalations={
            **case.escalations,
            required.escalation_id: raised,
        },
    )


@evolves(CaseAdjudicated)
def _adjudicated(case: Case, adjudicated: CaseAdjudicated, at: datetime) -> Case:
    return changed(
        case,
        team=adjudicated.to_team,
        owner=adjudicated.to_owner,
        handover=None,
        proposal=None,
        moves=case.moves.adjudicated(adjudicated.binds_until),
        since=at,
    )
