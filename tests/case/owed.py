"""A task that is owed on a case: to call somebody back, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

from ledger.case.work.overdue import CallObligation
from ledger.case.work.tasks import AddTask, CompleteTask
from tests.deciding import CASE_ID, MONDAY, number

DUE = MONDAY + timedelta(days=2)
CALL_BACK = AddTask(case_id=CASE_ID, task_id=number(1), title="Call her back.", due_at=DUE)
DONE = CompleteTask(case_id=CASE_ID, task_id=number(1), words="She knows.")
OVERDUE = CallObligation(case_id=CASE_ID, owed_id=number(1), due_at=DUE)
