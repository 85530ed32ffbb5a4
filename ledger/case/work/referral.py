"""Referral: a case, a part of it, or a question about it, goes to another body, which confirms that it came.

A transfer stops our clocks as transferred once the other body has it (clocks.md, row 24). Where a part alone is
transferred they run on, since what stays is still to be answered. A consultation makes the case wait for the other
body. What comes to nothing is with us as before: it waits for nobody, and may go to the body whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.case.clocks.backdating import days_back
from ledger.case.clocks.running import restate_clocks
from ledger.case.clocks.standing import refuse_vain_waits
from ledger.case.clocks.stopping import RESOLVED, stop_clocks
from ledger.case.clocks.waiting import WaitingBegan, WaitingEnded
from ledger.case.in_words import InWords, Words
from ledger.case.known.owed import Referral, ReferralKind
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import end_of_working_day
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.in_clear import FewWords
from ledger.policy.document.policy import Policy
from ledger.times import Instant

_CONFIRMED_WITHIN_WORKING_DAYS = 5
"""Where nothing else is said. Our assumption: no text that we know sets it."""
_ANOTHER_BODY = "other-body"
"""The reason to wait of the sample department; a policy without it waits for its first reason on another body."""

Consent = Literal["given", "not_required"]
Nothing = Literal["declined", "unanswered", "taken_back"]
"""How a referral comes to nothing: the other body declines it, never answers, or we take it back."""


@fact
class CaseReferred(Fact):
    """The case or a question about it went to another body: with whose consent, what, and who tells the requester."""

    referral_id: UUID
    kind: ReferralKind
    body: str
    consent: Consent
    legal_basis: str | None
    told_by: Literal["us", "them"]
    sent: tuple[UUID, ...]
    confirm_by: Instant
    words: PersonalText


@fact
class ReferralConfirmed(Fact):
    """The other body confirmed that it has what was sent, since when, and under which number of its own."""

    referral_id: UUID
    received_at: Instant
    their_reference: PersonalText


@fact
class ReferralEnded(Fact):
    """A referral came to nothing: the other body declined it or never answered, or it was taken back."""

    referral_id: UUID
    ending: Nothing
    words: PersonalText


class ReferCase(InWords):
    """Send a case, a part of it, or a question about it, to another body."""

    referral_id: UUID
    body: FewWords
    kind: ReferralKind
    consent: Consent
    legal_basis: FewWords | None = None
    told_by: Literal["us", "them"] = "us"
    sent: tuple[UUID, ...] = ()
    confirm_by: Instant | None = None
    words: Words | None = None


class ConfirmReferral(CaseCommand):
    """Record that the other body has what was sent, and since when."""

    referral_id: UUID
    received_at: Instant | None = None
    their_reference: str | None = None


class EndReferral(InWords):
    """Say that a referral came to nothing, and how."""

    referral_id: UUID
    ending: Nothing
    words: Words | None = None


@decides(ReferCase)
def refer_case(case: Case, asked: ReferCase, around: Circumstances) -> Sequence[Happened]:
    """A person refers, with consent or the provision that needs none; what was transferred goes to no third body.

    Parts may go to several bodies, and what is left to one more.
    """
    if asked.referral_id in case.unresolved(around).owed.referrals:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised("A machine refers nothing to another body: let a person do it.")
    if asked.consent == "not_required" and not asked.legal_basis:
        raise InvalidCommand(
            "Without the requester's consent a provision must allow it: name it (`legal_basis`)."
        )
    if unknown := [str(each) for each in asked.sent if each not in case.items]:
        raise Refusal(
            f"The record item {unknown[0]} is not on this case: add it first, or leave it out.",
            rule="sends-what-is-there",
        )
    before = case.owed.referrals.values()
    if asked.kind != "consultation" and any(
        each.kind == "transfer" and not each.ended for each in before
    ):
        raise Refusal(
            "The case was transferred to another body before, and goes to no third: consult instead.",
            rule="transferred-once",
        )
    if asked.confirm_by is not None and asked.confirm_by <= around.effective_at:
        raise InvalidCommand("The receipt is to be confirmed by a time to come: give a later one.")
    version = around.policies.in_force(around.now)
    waits_for = _reason_to_wait(version.policy) if asked.kind == "consultation" else None
    if waits_for is not None:
        refuse_vain_waits(case, around, waits_for)
    decision = Decision(case, around)
    confirm_by = asked.confirm_by or end_of_working_day(
        version, around.effective_at, _CONFIRMED_WITHIN_WORKING_DAYS
    )
    said: dict[str, Any] = {**asked.for_fact(), "confirm_by": confirm_by}
    decision.happens(CaseReferred(**said))
    if waits_for is not None:
        decision.happens(WaitingBegan(wait_id=asked.referral_id, reason=waits_for, words=None))
        restate_clocks(decision, asked.referral_id)
    return decision.happened


@decides(ConfirmReferral)
def confirm_referral(
    case: Case, asked: ConfirmReferral, around: Circumstances
) -> Sequence[Happened]:
    """A receipt is confirmed once; with that of a transfer our clocks stop, as of when the other body had it.

    With that of a part none does: the rest is still to be answered.
    """
    referral = _made(case, asked.referral_id, rule="confirms-a-referral")
    if referral.confirmed:
        return ()
    if referral.ended:
        raise UnlawfulTransition(
            "This referral came to nothing before: refer it anew (`ReferCase`) if the other body has it after all.",
            rule="confirms-a-referral",
        )
    received_at = asked.received_at or around.effective_at
    if not referral.referred_at <= received_at <= around.now:
        raise InvalidCommand(
            "The other body has it after it was sent, and not in the future: give such a time."
        )
    decision = Decision(case, around)
    decision.happens(
        ReferralConfirmed(
            referral_id=asked.referral_id,
            received_at=received_at,
            their_reference=asked.their_reference,
        )
    )
    if referral.kind == "transfer" and case.status == "open":
        stop_clocks(decision, RESOLVED, outcome="transferred", at=received_at)
    return decision.happened


@decides(EndReferral)
def end_referral(case: Case, asked: EndReferral, around: Circumstances) -> Sequence[Happened]:
    """A person says so, once; what another body has as a whole is not ours to end. With a question its wait ends."""
    referral = _made(case, asked.referral_id, rule="ends-a-referral")
    if referral.ended:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised("A machine ends no referral: let a person say what came of it.")
    if not referral.may_come_to_nothing:
        raise UnlawfulTransition(
            "The other body has the whole case: close it as referred, and reopen it (`ReopenCase`) if it comes back.",
            rule="ends-a-referral",
        )
    if around.effective_at < referral.referred_at:
        raise InvalidCommand("It came to nothing after it was sent: give a later time.")
    waits = any(each.wait_id == asked.referral_id and each.to_at is None for each in case.waits)
    if waits and days_back(around):
        raise Refusal(
            "A wait that ended before today is ended on evidence: end it first (`EndWaiting`), then say what came of "
            "the referral.",
            rule="backdating-evidence",
        )
    decision = Decision(case, around)
    decision.happens(ReferralEnded(**asked.for_fact()))
    if waits:
        decision.happens(WaitingEnded(wait_id=asked.referral_id))
        restate_clocks(decision, asked.referral_id)
    return decision.happened


def _made(case: Case, referral_id: UUID, *, rule: str) -> Referral:
    referral = case.known().owed.referrals.get(referral_id)
    if referral is None:
        raise UnlawfulTransition(
            "No such referral is on this case: name one that was made.", rule=rule
        )
    return referral


def refuse_unreceived(case: Case) -> None:
    """Refuses to close as referred what went nowhere, or what the other body has not confirmed: it would sink.

    So would what stays of a case of which parts went elsewhere.
    """
    referrals = case.owed.referrals.values()
    transfers = [each for each in referrals if each.kind != "consultation" and not each.ended]
    if not transfers:
        raise Refusal(
            "Nothing of this case was transferred to another body: refer it (`ReferCase`) and record that they have "
            "it, or close it otherwise.",
            rule="received-before-referred-out",
        )
    if all(each.kind == "transfer_in_part" for each in transfers):
        raise Refusal(
            "Only a part of this case was transferred to another body: answer what stayed here, or transfer that too "
            "(`ReferCase`) and record that they have it.",
            rule="received-before-referred-out",
        )
    if any(not each.confirmed for each in transfers):
        raise Refusal(
            "The other body has not confirmed that it has the case: record its receipt first (`ConfirmReferral`), or "
            "that it came to nothing (`EndReferral`).",
            rule="received-before-referred-out",
        )


def _reason_to_wait(policy: Policy) -> str | None:
    """The reason for which a case waits on another body; None where the policy has none."""
    reasons = [code for code, each in policy.reasons.wait.items() if each.on == "other_body"]
    return _ANOTHER_BODY if _ANOTHER_BODY in reasons else next(iter(reasons), None)


@evolves(CaseReferred)
def _referred(case: Case, referred: CaseReferred, at: datetime) -> Case:
    referral = Referral(referred.referral_id, referred.kind, referred.body, at, referred.confirm_by)
    return changed(case, owed=case.owed.with_referral(referral))


@evolves(ReferralConfirmed)
def _confirmed(case: Case, confirmed: ReferralConfirmed, at: datetime) -> Case:
    return _with(case, confirmed.referral_id, confirmed=True)


@evolves(ReferralEnded)
def _came_to_nothing(case: Case, ended: ReferralEnded, at: datetime) -> Case:
    return _with(case, ended.referral_id, ended=True)


def _with(case: Case, referral_id: UUID, **fields: Any) -> Case:
    found = case.owed.referrals.get(referral_id)
    if found is None:
        return case
    return changed(case, owed=case.owed.with_referral(replace(found, **fields)))
