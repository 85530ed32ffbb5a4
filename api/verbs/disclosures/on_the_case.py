"""What a verb of a disclosure brings with it on the case of the request: it waits, waits no more, reaches an act."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from api.verbs.disclosures.asked_of import disclosure_of
from api.verbs.verb import Around, Follow
from ledger.case.clocks.stopping import NOT_DONE
from ledger.case.clocks.undelivered import ContinuePublication, RecordAccessFailed
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.escalation.reaching import EscalateCase
from ledger.commands import Command
from ledger.keeping import case_of
from ledger.policy.document.policy import Policy

_BY_DELIVERY = frozenset({"access_given", "sent_to_applicant"})
"""Acts that are done by the disclosure that was delivered, which is then named."""
Holds = Callable[[Around], bool]
WaitOf = Callable[[Policy], str | None]


def begins_wait(reason_of: WaitOf) -> Follow:
    """The case waits for a reason of the policy, if it names one."""

    def bring(around: Around, made_id: UUID) -> Command | None:
        case_id, reason = disclosure_of(around).case_id, reason_of(around.policy)
        if case_id is None or reason is None:
            return None
        return BeginWaiting(case_id=case_id, wait_id=made_id, reason=reason)

    return Follow("waits", bring)


def ends_wait(reason_of: WaitOf, *, when: Holds) -> Follow:
    """A wait for that reason ends, if one is open."""

    def bring(around: Around, _made_id: UUID) -> Command | None:
        case_id, reason = disclosure_of(around).case_id, reason_of(around.policy)
        if case_id is None or reason is None or not when(around):
            return None
        waits = case_of(around.ledger, case_id).waits
        found = [each for each in waits if each.reason == reason and each.to_at is None]
        return EndWaiting(case_id=case_id, wait_id=found[0].wait_id) if found else None

    return Follow("waits no more", bring)


def reaches(milestone: str, *, when: Holds) -> Follow:
    """An act was done on the case which its clocks start or stop on."""

    def bring(around: Around, _made_id: UUID) -> Command | None:
        case_id = disclosure_of(around).case_id
        if case_id is None or not when(around):
            return None
        named = around.given["disclosure_id"] if milestone in _BY_DELIVERY else None
        return ReachMilestone(case_id=case_id, milestone=milestone, by_disclosure=named)

    return Follow(milestone, bring, lasts=True)


def _access_failed(around: Around, _made_id: UUID) -> Command | None:
    disclosure, named = disclosure_of(around), around.given["disclosure_id"]
    if disclosure.case_id is None or disclosure.lost_access_on(disclosure.case_id) is None:
        return None
    return RecordAccessFailed(case_id=disclosure.case_id, disclosure_id=named)


ACCESS_FAILED = Follow("access_failed", _access_failed)
"""The clocks that giving access had stopped go on."""


def _published_after_all(around: Around, _made_id: UUID) -> Command | None:
    case_id = disclosure_of(around).case_id
    if case_id is None or not around.given["publish"]:
        return None
    ended = any(each.cause == NOT_DONE for each in case_of(around.ledger, case_id).clocks.values())
    named = around.given["disclosure_id"]
    return ContinuePublication(case_id=case_id, disclosure_id=named) if ended else None


PUBLISHED_AFTER_ALL = Follow("publication_awaited", _published_after_all)
"""The clock goes on that the decision not to publish had ended."""


def _escalated(around: Around, made_id: UUID) -> Command | None:
    case_id, known = disclosure_of(around).case_id, around.policy.reasons.escalation
    if case_id is None:
        return None
    reason = "act" if "act" in known else next(iter(known), "act")
    return EscalateCase(case_id=case_id, escalation_id=made_id, party="leader", reason=reason)


ESCALATES = Follow("escalated", _escalated)
"""The case is brought before the leader of its team."""


def to_whoever_asked(around: Around) -> bool:
    """Whether the disclosure is for the applicant, or for the person it is about."""
    return disclosure_of(around).audience in ("applicant", "subject")


def fee_is_met(around: Around) -> bool:
    """Whether nothing is owed, or the deposit is paid."""
    fees = disclosure_of(around).fees
    return fees.paid >= min(fees.deposit or fees.total, fees.total)
