"""Joining: somebody is concerned in a case that is there; what the requester's record holds is asked for no more."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.case.clocks.running import arm_clocks
from ledger.case.for_rules import routing_facts
from ledger.case.intake.information import settle_anew
from ledger.case.intake.needs import complete_since
from ledger.case.people.concerned import AddCaseParty, CasePartyAdded
from ledger.case.people.recorded import on_record, refuse_stranger
from ledger.case.state import Case, Decision, changed, decides
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition
from ledger.policy.clocks.arming import wanting


@decides(AddCaseParty)
def add_case_party(case: Case, asked: AddCaseParty, around: Circumstances) -> Sequence[Happened]:
    """One person can have several roles; a case has one requester at a time."""
    if (asked.party, asked.role) in case.known().parties:
        return ()
    if asked.role == "requester" and case.requester not in (None, asked.party):
        raise UnlawfulTransition(
            "The case has a requester already: remove that one first, or give this person another role.",
            rule="one-requester",
        )
    refuse_stranger(case, asked.party, around)
    decision = Decision(case, around)
    decision.happens(CasePartyAdded(**asked.for_fact()))
    if asked.role == "requester":
        _heed_record(decision)
    return decision.happened


def _heed_record(decision: Decision) -> None:
    """What the record of whoever asks holds is not missing, and with the last of it the case is complete."""
    case, around = decision.case, decision.around
    version = around.policies.in_force(around.now)
    kind = version.policy.types.get(case.request_type or "")
    if kind is None or case.status != "open" or not on_record(case.requester, around):
        return
    known = on_record(case.requester, around) | case.answered
    missing = wanting(version.compiled, routing_facts(case), known)
    if case.missing == frozenset(missing):
        return
    informed_at = max(around.effective_at, case.informed_at or around.effective_at)
    since = complete_since(kind, missing=missing, needs=case.needs, informed_at=informed_at)
    told = changed(case, missing=frozenset(missing), complete_at=case.complete_at or since)
    settle_anew(decision, told, kind, policy=version.digest)
    arm_clocks(decision)
