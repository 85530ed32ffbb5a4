"""Authority on a case: a person decides it, under a delegation that carries the decision on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.case.approved import approver_of
from ledger.case.known.approvals import Approval, Ground
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import NotAuthorised, Refusal
from ledger.policy.acting.authority import Exercise, only_one, undelegated, why_not
from ledger.policy.document.policy import RequestType
from ledger.policy.telling.days import day_said


@dataclass(frozen=True, slots=True)
class Authority:
    """Under which delegation somebody decides, if under any.

    `approved_by` is who approved besides that it was decided before it is recorded, where somebody has to.
    """

    delegation: str | None = None
    approved_by: str | None = None


def kind_of(case: Case, around: Circumstances) -> RequestType | None:
    """The request type of a case, as the policy in force has it."""
    return around.policies.in_force(around.now).policy.types.get(case.request_type or "")


def classified(case: Case, around: Circumstances) -> RequestType:
    """The request type of a case that is to be decided; refused before it is classified."""
    kind = kind_of(case, around)
    if kind is None:
        raise Refusal(
            "The case has no request type yet: classify it first.", rule="decided-when-classified"
        )
    return kind


def refuse_machine(around: Circumstances, *, said: str) -> None:
    """Refuses a machine a step that is for a person's judgement; `said` is the sentence that tells it so."""
    if around.actor.kind != "person":
        raise NotAuthorised(said)


def refuse_unauthorised(
    case: Case,
    around: Circumstances,
    *,
    outcome: str | None,
    amount_cents: int | None = None,
    ground: Ground,
) -> Authority:
    """Under which delegation it is decided: the one that was cited, or the only one that is theirs.

    Refuses whoever has no delegation for this: lapsed, not theirs, not for the type, or none cited of several.

    Where the type asks for no delegated authority any person decides; one that is cited nevertheless
    must carry the decision. It carries what was decided before it lapsed and is recorded since on the
    `ground` of evidence, once a second person has approved that.
    """
    kind, version = classified(case, around), around.policies.in_force(around.now)
    actor, cited = around.actor, around.actor.delegation
    if cited is None and not kind.judgement:
        return Authority()
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    exercise = Exercise(
        request_type=case.request_type or "",
        outcome=outcome,
        on=days.date_of(around.effective_at),
        member=actor.id,
        team=actor.team,
        on_behalf_of=actor.on_behalf_of,
        amount_cents=amount_cents,
    )
    cited = cited or only_one(version.policy, exercise)
    if cited is None:
        raise NotAuthorised(undelegated(version.policy, exercise))
    if sentence := why_not(version.policy, cited, exercise):
        raise NotAuthorised(sentence)
    today = days.date_of(around.now)
    if not version.policy.delegations[cited].valid_on(today):
        return Authority(cited, _approved_since(case, around, cited, ground, today))
    return Authority(cited)


def _approved_since(
    case: Case, around: Circumstances, cited: str, ground: Ground, today: date
) -> str:
    """Who approved a decision of before its delegation lapsed; refused without evidence and a second person."""
    shown = ground.evidence and case.items.keys() >= {*ground.evidence}
    approver = approver_of(case, around, None, around.effective_at)
    if not shown or approver is None:
        raise Refusal(
            f"The delegation {cited} is not valid on {day_said(today)} any more: cite one that is, "
            "or show by a record item of the case that it was decided before, and let a second person approve first "
            f"(`ApproveDatingBack`) that it is entered as of {around.in_office(around.effective_at)}.",
            rule="decided-before-it-lapsed",
        )
    return approver


def relies_as_decided(approval: Approval, decided: Any, happened: Happened | Entry) -> bool:
    """Whether a decision relies on an approval that it is entered as of then."""
    of_a_decision = approval.clock is None and decided.approved_by is not None
    return of_a_decision and approval.is_as_of(happened.context.effective_at)
