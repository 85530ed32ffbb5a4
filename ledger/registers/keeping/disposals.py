"""Disposals: of which closed cases, due by their class, all that is personal may go, and which came back meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.ids import case_stream, reference_of
from ledger.policy.telling.days import day_said

ToArchives = Literal["none", "whole", "index"]


class DisposalItem(BaseModel):
    """A case that is due for disposal: by which class, from when, since when, and what the archives get of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: UUID
    retention: str
    start_on: date
    due_on: date
    to_archives: ToArchives = "none"


def refuse_undue(items: Iterable[DisposalItem], around: Circumstances) -> None:
    """Refuses a case that is open, or is kept by no class of the policy, or is not due yet."""
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    for item in items:
        case: Any = around.look(case_stream(item.case_id))
        if case.status != "resolved" or item.retention not in version.policy.retention:
            raise InvalidCommand(
                "A case that is disposed of is resolved, and kept by a class of the policy: see "
                "`caseledger retention`."
            )
        if item.due_on > days.date_of(around.now):
            raise Refusal(
                f"A case is kept until {day_said(item.due_on)}: propose it once it is due.",
                rule="disposed-when-due",
            )


def refuse_reopened(
    items: Iterable[DisposalItem], around: Circumstances, *, since: datetime | None
) -> None:
    """Refuses a case that was opened again since it was found to be due: it is in use, or its time began anew.

    What counts is when that was recorded: both can be dated back to before.
    """
    again: list[str] = []
    for item in items:
        resolution: Any = around.look(case_stream(item.case_id)).resolution
        if resolution is None or (since is not None and resolution.known_at > since):
            again.append(reference_of(item.case_id))
    if again:
        raise Refusal(
            f"Cases of this that were opened again since it was proposed: {len(again)} ({', '.join(again[:5])}); "
            "propose what is due still without them.",
            rule="disposed-when-due",
        )
