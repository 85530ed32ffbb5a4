"""Reopening: a resolved case is opened again, with its clocks, by a person and for a reason of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ledger.case.authority import refuse_machine
from ledger.case.clocks.facts import ClockPolicy
from ledger.case.clocks.running import arm_clocks, reopen_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.intake.chasing import begin_chase
from ledger.case.outcome.returns import return_decided
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import local_date
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact_version
from ledger.input.quoting import known_codes, quoted


@fact_version(2, from_1=lambda said: said)
class CaseReopened(Fact):
    """A resolved case was opened again; `clock_policy` says what its clocks do about the time in between.

    It is with `owner` again, or where nobody is named with the team.
    """

    reason: str
    clock_policy: ClockPolicy
    words: PersonalText
    owner: str | None = None


class ReopenCase(InWords):
    """Open a resolved case again, with a coded reason."""

    reason: str
    clock_policy: ClockPolicy
    words: Words | None = None


@decides(ReopenCase)
def reopen_case(case: Case, asked: ReopenCase, around: Circumstances) -> Sequence[Happened]:
    """Only a person reopens; the first and the last resolution are both kept."""
    if case.known().status == "open":
        raise UnlawfulTransition(
            "The case is open, so there is nothing to reopen: go on working on it.",
            rule="reopen-resolved",
        )
    refuse_machine(around, said="A machine never reopens a case: propose it to a person.")
    decision = Decision(case.in_place(around), around)
    reopen(decision, asked.reason, asked.clock_policy, asked.words)
    return decision.happened


def reopen(decision: Decision, reason: str, clock_policy: ClockPolicy, words: Words | None) -> None:
    """Opens a resolved case again; a return that is proposed is thereby decided to be one.

    The case goes to its owner again if they are still there and of its team, else to the team. After the quiet
    window its clocks begin anew (decision table, rows 34-36); those that a failed notice had stopped go
    on as if it had never been given. What is missing still is chased anew.
    """
    case, around = decision.case, decision.around
    version = around.policies.in_force(around.now)
    policy = version.policy
    if reason not in policy.reasons.reopen:
        raise InvalidCommand(
            f"{quoted(reason)} is not a reason to reopen; "
            f"the policy knows {known_codes(reason, policy.reasons.reopen)}."
        )
    resolution = case.resolution
    if resolution is not None and resolution.settled_at is not None and clock_policy != "restart":
        raise UnlawfulTransition(
            "The resolution is settled, so its clocks begin anew: reopen with 'restart', or open a new "
            "case and link it.",
            rule="restart-after-settling",
        )
    if resolution is not None and resolution.returning is not None:
        return_decided(decision, resolution, "return", None)
    owner = policy.members.get(case.owner or "")
    still = owner is not None and owner.kind == "person" and case.team in owner.teams
    if case.owner and around.directory.gone(case.owner, local_date(version, around.now)):
        still = False
    decision.happens(
        CaseReopened(
            reason=reason,
            clock_policy=clock_policy,
            words=words,
            owner=case.owner if still else None,
        )
    )
    for notice in case.notices.values():
        if notice.failed_at is not None:
            undone = tuple(act for act in notice.acts if act not in case.milestones)
            reopen_clocks(decision, notice.given_at, "continue", acts=undone)
    reopen_clocks(decision, case.resolved_at, clock_policy)
    arm_clocks(decision)
    begin_chase(decision)


@evolves(CaseReopened)
def _reopened(case: Case, reopened: CaseReopened, at: datetime) -> Case:
    return changed(
        case,
        status="open",
        owner=reopened.owner,
        resolution=None,
        since=at,
    )
