"""Overlooking: a case sits because its owner is absent or silent, and the leader of the team is asked about it."""

from __future__ import annotations

from ledger.case.alarms import alarm
from ledger.case.clocks.standing import deadlines
from ledger.case.state import Case
from ledger.case.whom import end_of_working_day, local_date
from ledger.commands import Circumstances

OWNER_ABSENT = "owner_absent"
OWNER_SILENT = "owner_silent"


def _sits_with_absent_owner(case: Case, around: Circumstances) -> bool:
    """Whether a case cannot wait for its absent owner: in danger, or due by their return or the next working day."""
    if case.owner is None or case.paused:
        return False
    version = around.policies.in_force(around.now)
    absence = around.directory.absence_of(case.owner, local_date(version, around.now))
    if absence is None:
        return False
    if case.severity == "immediate_danger":
        return True
    by = end_of_working_day(version, around.now, 1)
    if absence.until_on is not None:
        days = version.compiled.calendars.days_of(version.policy.office.zone)
        by = max(by, days.end(absence.until_on))
    return any(due_at <= by for due_at, _ in deadlines(case, around.policies))


def _sits_with_silent_owner(case: Case, around: Circumstances) -> bool:
    """Whether an owner who is there has a case that waits for nobody else; that they were silent the log says."""
    if case.owner is None or case.paused:
        return False
    version = around.policies.in_force(around.now)
    return around.directory.present(case.owner, local_date(version, around.now))


alarm(OWNER_ABSENT, _sits_with_absent_owner, of_staff=True)
alarm(OWNER_SILENT, _sits_with_silent_owner, of_owner=True, of_staff=True)
