"""A case of another system, as it comes in."""

from __future__ import annotations

from datetime import timedelta

from ledger.case.history.imported import ImportCase, ImportedStep
from tests.deciding import CASE_ID, MONDAY, number

DAY = timedelta(days=1)
RECEIVED = MONDAY - 30 * DAY
DUE = RECEIVED + 10 * DAY
IMPORT = ImportCase(
    case_id=CASE_ID,
    batch=number(5),
    source="permits",
    external_id="case-1",
    channel="desk",
    channel_family="walk_in",
    request_type="permit",
    received_at=RECEIVED,
    deadline_at=DUE,
    ended_at=RECEIVED + 4 * DAY,
    team="permits",
    responsible="x-33",
    steps=(
        ImportedStep(at=RECEIVED, activity="register", actor="x-11", takes_over=True, rows=(1,)),
        ImportedStep(at=RECEIVED + DAY, activity="check", actor="x-11", rows=(2, 3)),
        ImportedStep(
            at=RECEIVED + 2 * DAY, activity="decide", actor="x-22", team="board",
            takes_over=True, rows=(4,),
        ),
        ImportedStep(at=RECEIVED + 3 * DAY, activity="archive", rows=(5,)),
    ),
    findings=("no-phone",),
)  # fmt: skip
