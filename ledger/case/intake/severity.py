"""Severity: found by a written criterion, by somebody, and found anew when more is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ledger.case.clocks.running import arm_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.known.answers import not_one_of
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.document.conditions import Severity


@fact
class SeverityAssessed(Fact):
    """Somebody found how severe a matter is, by a criterion of the policy; `before` is what it was found to be."""

    severity: Severity
    criterion: str
    before: Severity
    urgency_stated: bool
    reason: PersonalText


class AssessSeverity(InWords):
    """Say how severe a matter is and by which criterion; what the requester states as urgent is another thing."""

    severity: Severity
    criterion: str
    urgency_stated: bool | None = None
    reason: Words | None = None


@decides(AssessSeverity)
def assess_severity(case: Case, asked: AssessSeverity, around: Circumstances) -> Sequence[Happened]:
    """Each level is found by a written criterion; a clock whose condition now holds begins."""
    case.unresolved(around)
    criteria = around.policies.in_force(around.now).policy.reasons.severity
    if asked.criterion not in criteria:
        raise InvalidCommand(not_one_of("a criterion of severity", asked.criterion, criteria))
    stated = case.urgency_stated if asked.urgency_stated is None else asked.urgency_stated
    known = (case.severity, case.severity_criterion, case.urgency_stated)
    if (asked.severity, asked.criterion, stated) == known:
        return ()
    decision = Decision(case, around)
    decision.happens(
        SeverityAssessed(
            severity=asked.severity,
            criterion=asked.criterion,
            before=case.severity,
            urgency_stated=stated,
            reason=asked.reason,
        )
    )
    arm_clocks(decision)
    return decision.happened


@evolves(SeverityAssessed)
def _assessed(case: Case, assessed: SeverityAssessed, at: datetime) -> Case:
    return changed(
        case,
        severity=assessed.severity,
        severity_criterion=assessed.criterion,
        urgency_stated=assessed.urgency_stated,
        lane=None,
    )
