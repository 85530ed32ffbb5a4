"""What the department's leaders approve or refuse as second persons: what others enter afterwards, across a breach."""

from __future__ import annotations

from datetime import datetime

from api.department.desk import Desk
from api.department.matter import Matter
from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.refusing import RefuseDatingBack


def answer_what_was_kept(desk: Desk, matter: Matter) -> None:
    """Whoever leads approves that a time was kept which was over when that was entered; else the director does.

    Now and then they refuse: what is there to see says otherwise.
    """
    case = desk.case(matter.case_id)
    for code, clock in case.clocks.items():
        if clock.claimed is not None:
            leader = desk.leader(case.team)
            second = desk.leader(None) if leader.id in clock.claimed.by else leader
            if desk.happens("what was entered late is not believed", 10):
                reason = "The work sheet has a later day."
                desk.ask(
                    RefuseDatingBack(case_id=matter.case_id, clock=code, reason=reason), second
                )
            else:
                desk.ask(ApproveDatingBack(case_id=matter.case_id, clock=code), second)


def approve_ahead(desk: Desk, matter: Matter, dated_at: datetime) -> None:
    """Whoever leads approves that the clocks are moved by what is to be entered as of an earlier instant."""
    case = desk.case(matter.case_id)
    for clock in case.own_clocks:
        approval = ApproveDatingBack(case_id=matter.case_id, clock=clock.code, dated_at=dated_at)
        desk.ask(approval, desk.leader(case.team))
