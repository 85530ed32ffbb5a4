"""Telling: which decision a letter tells of, and whether it still gives that one."""

from __future__ import annotations

from uuid import UUID

from ledger.case.known.answered import Notice
from ledger.case.state import Case
from ledger.errors import Refusal
from ledger.policy.document.notices import NoticeKind
from ledger.policy.telling.templates import ACTS

OF_A_DECISION = frozenset({"decision", "refusal"})
"""Kinds of notice that tell of a decision."""


def refuse_undecided(case: Case, kind: NoticeKind, about: UUID | None) -> None:
    """Refuses a letter of a decision that there is none of, or that is to be made anew."""
    if kind not in OF_A_DECISION:
        return
    if case.decided is None:
        raise Refusal(
            "The case is not decided, so there is no decision to give notice of: record it first.",
            rule="decision-before-notice",
        )
    if about is None and _given_before_reopening(case, kind):
        raise Refusal(
            "The case was opened again since its decision was given: record the decision that stands now, the same or "
            "another, and issue its notice; a copy of the former one names that decision (`about`), and ends no clock.",
            rule="decision-before-notice",
        )


def of_an_earlier_decision(notice: Notice, case: Case) -> bool:
    """Whether a notice tells of a decision that another one has taken the place of: it gives no later one.

    Which one it tells of is told by what was recorded when it was issued, not by dates, which are given by hand.
    """
    if case.decided is None or notice.kind not in OF_A_DECISION:
        return False
    return notice.decision_id != case.decided.decision_id


def gives_no_more(notice: Notice, case: Case) -> bool:
    """Whether what a notice tells of was decided before another decision, or given before the case was opened again."""
    if notice.kind not in OF_A_DECISION:
        return False
    return of_an_earlier_decision(notice, case) or _given_before_reopening(case, notice.kind)


def _given_before_reopening(case: Case, kind: str) -> bool:
    """Whether the latest decision was given, and the case was resolved and opened again since it was made."""
    decided = case.decided
    reopened = decided is not None and decided.resolutions < case.resolutions
    return reopened and case.status == "open" and not case.milestones.keys().isdisjoint(ACTS[kind])
