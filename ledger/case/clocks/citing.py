"""Citing: an act that rests on a notice names it, and the notice is of its kind and was given to the requester.

An office without templates keeps its notices elsewhere, and cites them with the time at which it gave them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ledger.case.known.answered import Notice
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.policy.document.notices import NoticeKind


def cited_notice(
    case: Case,
    notice_id: UUID | None,
    around: Circumstances,
    *,
    kind: NoticeKind,
    clock: str,
    otherwise: str,
) -> Notice | None:
    """The notice that is cited, where the office writes its notices here; refused if it is not what is needed.

    `otherwise` is the sentence for one of another kind, or about another clock.
    """
    if notice_id is None or not around.policies.in_force(around.now).policy.templates:
        return None
    notice = case.notices.get(notice_id)
    if notice is None:
        raise Refusal(
            "No such notice was issued on this case: issue it first (`IssueNotice`), or name another.",
            rule="notice-given",
        )
    if notice.failed_at is not None:
        raise Refusal(
            "This notice failed, so it was never given: issue another one, and name that.",
            rule="notice-given",
        )
    if notice.kind != kind or notice.clock not in (None, clock):
        raise Refusal(otherwise, rule="notice-of-its-kind", clock=clock)
    if notice.given_at is None or not notice.to_requester:
        raise Refusal(
            "This notice was not given to the requester yet: record that it was given "
            "(`RecordNoticeGiven`), then name it.",
            rule="notice-given",
        )
    return notice


def given_when(
    notice: Notice | None, said_at: datetime | None, around: Circumstances
) -> datetime | None:
    """When a notice was given, by its own entry where it lies here; refused if something else is said."""
    if notice is None:
        return said_at
    if said_at is not None and notice.given_at is not None and said_at != notice.given_at:
        raise InvalidCommand(
            f"This notice was given at {around.in_office(notice.given_at)}: leave the time out, its entry says it."
        )
    return notice.given_at
